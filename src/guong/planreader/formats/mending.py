"""What Tesseract gets wrong and only one reading is possible: marks of phrases every plan is made of.

Only diacritics are put right, and only inside these phrases; a name, a number or a date is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

_PHRASES = """
cộng hòa xã hội chủ nghĩa việt nam; độc lập; tự do; hạnh phúc; kế hoạch; chương trình; mục đích, yêu cầu;
mục đích; yêu cầu; tổ chức thực hiện; nơi nhận; căn cứ; quyết định; nghị quyết; nghị định; chỉ thị; thông tư;
công văn; hướng dẫn; như sau; cụ thể như sau; về việc; ban hành; triển khai thực hiện; triển khai; thực hiện;
phối hợp; chủ trì; chịu trách nhiệm; trách nhiệm; nhiệm vụ; giải pháp; biện pháp; nội dung; thời gian;
địa điểm; đối tượng; thành phần; kinh phí; tiến độ; kết quả; kết quả thực hiện; báo cáo kết quả;
báo cáo; tổng hợp; đánh giá; kiểm tra; giám sát; đôn đốc; theo dõi; tuyên truyền; phổ biến; giáo dục;
pháp luật; vận động; huy động; đẩy mạnh; tăng cường; nâng cao; chất lượng; hiệu quả; tiết kiệm; thiết thực;
phong trào thi đua; phong trào; thi đua; khen thưởng; tập thể; cá nhân; điển hình tiên tiến; điển hình;
tiêu biểu; xuất sắc; danh hiệu; đề nghị; xét duyệt; hồ sơ; tiêu chuẩn; tiêu chí; chỉ tiêu; hội đồng;
các đơn vị trực thuộc; đơn vị trực thuộc; trực thuộc; đơn vị; cơ quan; tổ chức; phòng, chống; phòng chống;
bảo vệ; chăm sóc; sức khỏe; y tế; sở y tế; bộ y tế; bệnh viện; trung tâm y tế; trạm y tế; khám bệnh;
chữa bệnh; người bệnh; bác sĩ; điều dưỡng; giường bệnh; cán bộ; viên chức; công chức; người lao động;
công đoàn; đoàn thanh niên; phụ nữ; trẻ em; bình đẳng giới; bình đẳng; bạo lực; xâm hại;
chủ đề; khẩu hiệu; thông điệp; hoạt động; hội nghị; hội thảo; tập huấn; sơ kết; tổng kết; phát động;
đăng ký; giám đốc; phó giám đốc; chủ tịch; phó chủ tịch; lãnh đạo; đảng ủy; ủy ban nhân dân; nhân dân;
thực tế; điều kiện; hoàn cảnh; khó khăn; xây dựng kế hoạch; xây dựng; phát triển; sự nghiệp;
kinh tế; xã hội; chính trị; chính sách; quy định; trên địa bàn tỉnh; địa bàn; tỉnh; liên quan; sử dụng;
số liệu; thống kê; khảo sát; trung thực; định kỳ; tiếp tục; bảo đảm;
đảm bảo; tham mưu; đầu mối; phân công; phụ lục; đính kèm; kèm theo; lưu ý; đại biểu; chế độ; thực trạng;
nguồn lực; nguồn nhân lực; ứng dụng; công nghệ thông tin; thủ tục hành chính; dịch vụ;
chuyên môn; kỹ thuật; nghiệp vụ; kỹ năng; tầm quan trọng; ý nghĩa; mục tiêu; quan tâm;
tham gia; hành động; tháng hành động; chiến dịch; phát hiện; ngăn ngừa; giám định; thẩm định; dự phòng;
dịch bệnh; vệ sinh; an toàn thực phẩm; an toàn; bảo hiểm y tế; dân số; tiêm chủng; văn phòng; thanh tra;
tài chính; kế toán; lao động; thương binh và xã hội; chấp hành; cấp ủy; chi bộ; đảng viên; đoàn viên;
đoàn thể; mặt trận tổ quốc; kiên quyết; kịp thời; chậm nhất ngày; trước ngày; cuối năm;
đề ra; đề xuất; vướng mắc; phát sinh; xem xét; giải quyết; chỉ đạo; để báo cáo; để thực hiện; để phối hợp
"""
Phrases = dict[tuple[str, ...], tuple[str, ...]]
_TOKEN = re.compile(r"[^\W\d_]+")
_ONE = re.compile(r"^(\W*)[lI|](?=[.)]\s?\d)|^(\W*)l(?=[.)]\s)")

_RECIPIENTS = re.compile(r"^\W*[NM][ơớờởợo]i\s+nh[ậâấầaă]n\s*[:;.]?(?=\s|$)")
_NUMBER = re.compile(r"^[\W_]*S[ốồổóòỏôơớờo]\s*[:;]\s*(?=\S*/)")
_DASH = re.compile(r"^[-–—~]\s*(?=[^\W\d_]{2})")
_COMMA = re.compile(r"^(\d{1,2}),(?=\s[A-ZĐÁÀẢÃẠĂÂÊÔƠƯ])")


def mended(line: str) -> str:
    """The line with these phrases in their only spelling and a small l before a full stop read as 1."""
    line = _ONE.sub(lambda found: (found.group(1) or found.group(2) or "") + "1", line)
    line = _RECIPIENTS.sub("Nơi nhận:", line)
    line = _NUMBER.sub("Số: ", line)
    line = _DASH.sub("- ", _COMMA.sub(r"\1.", line))
    tokens = list(_TOKEN.finditer(line))
    known, longest = _known()
    at = 0
    parts: list[str] = []
    done = 0
    while at < len(tokens):
        size, right = _longest(tokens, at, known, longest, line)
        for token, word in zip(tokens[at : at + size], right, strict=True):
            parts += [line[done : token.start()], _like(token.group(), word)]
            done = token.end()
        at += max(size, 1)
    return "".join(parts) + line[done:]


def _longest(
    tokens: list[re.Match[str]],
    at: int,
    known: Phrases,
    longest: int,
    line: str,
) -> tuple[int, tuple[str, ...]]:
    """How many words from here make a phrase, and the right words."""
    for size in range(min(longest, len(tokens) - at), 1, -1):
        words = tokens[at : at + size]
        right = known.get(tuple(_bare(word.group()) for word in words))
        if right is not None and _beside(words, line, right in _with_commas()):
            return size, right
    return 0, ()


def _beside(words: list[re.Match[str]], line: str, commas: bool) -> bool:
    """Nothing but a blank between them; a comma only where the phrase has one."""
    allowed = (" ", ", ") if commas else (" ",)
    return all(line[a.end() : b.start()] in allowed for a, b in pairwise(words))


def _like(found: str, right: str) -> str:
    """The right word in the case of the word found; a word right already stays as it is spelt."""
    if _marks(found.lower()) == _marks(right):
        return found  # also where the tone stands on the other vowel, as older spelling has it
    if len(found) > 1 and found.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if found[0].isupper() else right


@cache
def _with_commas() -> frozenset[tuple[str, ...]]:
    """Phrases written with a comma."""
    return frozenset(tuple(_TOKEN.findall(phrase)) for phrase in _PHRASES.split(";") if "," in phrase)


def _marks(word: str) -> list[str]:
    return sorted(unicodedata.normalize("NFD", word))


@cache
def _known() -> tuple[Phrases, int]:
    """Right words by their bare letters, and the number of words of the longest phrase."""
    found = {}
    for phrase in _PHRASES.split(";"):
        words = tuple(_TOKEN.findall(unicodedata.normalize("NFC", phrase)))
        if len(words) > 1:
            found[tuple(_bare(word) for word in words)] = words
    return found, max(map(len, found))


@cache
def _bare(word: str) -> str:
    """Small letters without marks."""
    apart = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
