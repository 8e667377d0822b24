"""Words of the genre: kinds of documents and bodies, verbs of duties, posts. No name of a place or person."""

from __future__ import annotations

import re

from guong.planreader.spelling import bare, bare_pattern

UPPER = "A-ZÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝĂĐĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
LOWER = "a-zà-ãè-êìíò-õùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"

DOCUMENT = (
    r"(?:Kế hoạch|Chương trình|Nghị quyết|Hướng dẫn|Thông báo|Công văn|Quy chế)"
    r"\s(?:hành động|liên tịch|liên ngành|phối hợp|kết luận|công tác|hỏa tốc|chung)"
    r"|Kế hoạch|Hướng dẫn|Nghị quyết|Nghị định|Quyết định|Chỉ thị|Thông tư liên tịch|Thông tư"
    r"|Công văn|Thông báo|Chương trình|Quy chế|Quy định|Kết luận|Pháp lệnh|Luật|Đề án|Tờ trình|Công điện"
    r"|Văn bản|Phương án|Báo cáo"
)

# What a body's name begins with; a duty is laid on a body only when its line begins so.
BODY = (
    r"Sở|Phòng|Văn phòng|Thanh tra|Trung tâm|Bệnh viện|Chi cục|Công đoàn|Đoàn|Hội đồng|Ban|Các|Lãnh đạo"
    r"|Thủ trưởng"
    r"|Giám đốc|Khối|Cụm|UBND|Ủy ban|Uỷ ban|HĐND|Trạm|Khoa|Tổ|Báo|Đài|Cổng|Bộ|Hội|Trưởng|Liên đoàn|Mặt trận"
    r"|Trường"
    r"|Đội|Chi đoàn|Đảng ủy|Đảng uỷ|Cơ quan|Đơn vị|Doanh nghiệp|Ngành|Cục|Vụ|Viện|Thành viên|Cán bộ|Chánh"
    r"|Bộ phận"
    r"|Uy ban|Đài|Doan|Dang uy|Don vi|Thường trực|Công an|Kho bạc|Bảo hiểm|Tạp chí|Học viện|Nhà|TTYT"
    r"|BVĐK|Website|Trang|CĐCS|Đề nghị|Giao"
    r"|Yêu cầu"
)
BODY_START = re.compile(rf"(?:{BODY})\b", re.IGNORECASE)
# The name of the body that issues a plan, at the start of a paragraph; searched in bare text.
BODY_OPENS = bare_pattern(
    r"^\W*(?:Sở|UBND|Ủy ban|Bộ|Trung tâm|Bệnh viện|Thanh tra|Công đoàn|Liên đoàn|Đoàn|Ban|Hội|Cục|Chi cục"
    r"|Vụ|Viện|Trường|Phòng|Văn phòng|Đảng ủy|Tỉnh ủy|Huyện ủy|Thành ủy|Chi bộ|Tổ|Học viện|Tổng)\b",
    re.NOFLAG,
)
# "Nơi nhận", whose first word scanners misread when the caption stands alone on its line.
RECIPIENTS = bare_pattern(r"^\W*(?:Nơi\s+nhận\b|[NVM]\w{1,3}\s+nhận\s*:\W*$)")
CAPTION = re.compile(RECIPIENTS.pattern + r"\s*:?\s*", re.IGNORECASE)

# Verbs that open what a body must do. Written small: the same words begin with a capital inside names.
DUTY = re.compile(
    r"(?<!\bban )(?<!\bcác )(?<!\bnhững )(?<!\bcông tác )(?<!\bcán bộ )(?<!\bphân công )"
    r"(?<!\bvà )(?<!\bđược )\b(?:"
    r"làm đầu mối|là đầu mối|là bộ phận|là cơ quan|có trách nhiệm|có nhiệm vụ|chịu trách nhiệm|phối hợp"
    r"|chủ trì|căn cứ"
    r"|chỉ đạo|nghiên cứu|tăng cường|xây dựng"
    r"|(?<!\bphòng )tổ chức(?! (?:chính trị|đoàn thể|xã hội|cơ sở|đảng|Đảng"
    r"|thành viên|liên quan|tham mưu))|tham mưu|hướng dẫn|theo dõi|đôn đốc|tổng hợp|thực hiện|triển khai"
    r"|báo cáo|bố trí|đẩy mạnh|cung cấp|đăng tải|rà soát|tiếp tục|chủ động|thường xuyên|định kỳ|ban hành"
    r"|tuyên truyền"
    r"|phổ biến|vận động|kiểm tra|giám sát|thẩm định|phát động|bảo đảm|đảm bảo|lựa chọn|xét chọn|gửi|lập"
    r"|đưa tin|mở|trưng tập|(?<!\bbầu )cử|chuẩn bị|huy động|khẩn trương|tích cực|kịp thời|lồng ghép"
    r"|quán triệt|nghiêm túc|phát huy|tham gia|đề xuất|hoàn thành|duy trì|tiến hành)\b"
)

# The section that says who does what; searched in bare text.
ORGANISATION = bare_pattern(
    r"tổ chức(?:,? và)? thực hiện|phân công|tổ chức triển khai|trách nhiệm (?:thực hiện|của)|giao nhiệm vụ"
    r"|nhiệm vụ của các"
)

UNIT_END = re.compile(r"[:;.]\s*$")

POST = (
    r"bác sĩ|bác sỹ|điều dưỡng|hộ sinh|dược sĩ|dược sỹ|kỹ thuật viên|y sĩ|y sỹ|y tá|(?:trạm )?trưởng trạm"
    r"(?: y tế)?"
    r"|trưởng khoa|trưởng phòng|điều dưỡng trưởng|hộ lý|nhân viên y tế thôn bản|cô đỡ thôn bản"
    r"|cộng tác viên dân số"
    r"|lái xe cứu thương|báo cáo viên|tuyên truyền viên"
)

POSITIONS = (
    "GIÁM ĐỐC", "CHỦ TỊCH", "CHÁNH VĂN PHÒNG", "CHÁNH THANH TRA", "TRƯỞNG PHÒNG", "TRƯỞNG BAN", "VIỆN TRƯỞNG",
    "HIỆU TRƯỞNG", "CHI CỤC TRƯỞNG", "TỔNG CỤC TRƯỞNG", "CỤC TRƯỞNG", "VỤ TRƯỞNG", "BỘ TRƯỞNG", "THỨ TRƯỞNG",
    "BÍ THƯ", "TRƯỞNG KHOA", "TRƯỞNG TRẠM", "TRƯỞNG TTYT", "TRƯỞNG ĐOÀN", "TỔ TRƯỞNG", "ĐỘI TRƯỞNG",
    "VIỆN PHÓ", "HIỆU PHÓ", "CHÁNH ÁN", "THỦ TRƯỞNG", "CHỈ HUY TRƯỞNG", "TỔNG THANH TRA", "TỔNG BIÊN TẬP",
    "CHỦ NHIỆM",
)  # fmt: skip
# Searched in bare text: the accents of capitals get lost.
POSITION = re.compile(
    bare(
        rf"\b(?:PHÓ\s+)?(?:TỔNG\s+)?(?:{'|'.join(POSITIONS)})"
        r"(?:\s+THƯỜNG TRỰC)?(?:\s+(?:SỞ|BỆNH VIỆN|TRUNG TÂM)(?:\s+Y TẾ)?)?"
    )
)
