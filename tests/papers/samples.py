"""Invented papers for the tests of this folder."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from datetime import date

import pypdfium2

from guong.papers import seal
from guong.papers.certificates import Certificate
from guong.papers.model import Annex, Article, OfficialPaper, Signature

HOSTILE = "#panic() *đậm* $x^2$ \"ngoặc\" 'đơn' \\ {{ x }} {% y %} <w:b/> & ]]> @nhãn `mã` // ghi chú"
PEOPLE = (
    ("Bà Chu Thị Nhàn", "Điều dưỡng, Bệnh viện Đa khoa tỉnh"),
    ("Ông Đinh Trọng Nghĩa", "Bác sĩ, Bệnh viện Y học cổ truyền"),
    ("Bà Hoàng Thị Lựu", "Dược sĩ, Trung tâm Kiểm soát bệnh tật"),
)


def annex(people: int = 3) -> Annex:
    rows = [(n + 1, *PEOPLE[n % len(PEOPLE)], 760_000) for n in range(people)]
    return Annex(
        title="Danh sách",
        subject="Cá nhân được tặng Giấy khen",
        intro="(Kèm theo Quyết định số 213/QĐ-SYT ngày 23 tháng 11 năm 2026 của Giám đốc Sở Y tế)",
        headings=("TT", "Họ tên", "Chức vụ, đơn vị", "Tiền thưởng (đồng)"),
        rows=(("I. CÁ NHÂN",), *rows),
        widths=(12, 50, 72, 28),
    )


def decision(people: int = 3) -> OfficialPaper:
    return OfficialPaper(
        issuer_above="UBND tỉnh An Bình",
        issuer="Sở Y tế",
        number="213/QĐ-SYT",
        symbol="QĐ-SYT",
        place="An Bình",
        day=date(2026, 11, 23),
        kind="Quyết định",
        subject="Về việc tặng Giấy khen phong trào “Học tập và làm theo Bác” năm 2026",
        authority="Giám đốc Sở Y tế",
        bases=(
            "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
            "Căn cứ Quy chế của tỉnh An Bình.",
        ),
        proposal="Theo đề nghị của Hội đồng tại Tờ trình số 41/TTr-HĐTĐKT ngày 20 tháng 11 năm 2026;",
        articles=(
            Article("Điều 1.", ("Tặng Giấy khen cho 03 cá nhân đã có thành tích xuất sắc.",)),
            Article("Điều 2.", ("Tiền thưởng trích từ Quỹ thi đua.", "Mức thưởng theo quy định.")),
            Article("Điều 3.", ("Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này.",)),
        ),
        recipients=("Như Điều 3;", "- Sở Nội vụ (b/cáo)", "Lưu: VT, VP."),
        signature=Signature("Phó Giám đốc", "Phùng Văn Khải", "KT. Giám đốc"),
        annexes=(annex(people),),
    )


def draft() -> OfficialPaper:
    return replace(decision(), number="", day=None, year=2026)


def minutes() -> OfficialPaper:
    return OfficialPaper(
        issuer_above="Sở Y tế",
        issuer="Hội đồng Thi đua - Khen thưởng",
        number="7/BB-HĐTĐKT",
        place="An Bình",
        day=date(2026, 1, 5),
        kind="Biên bản",
        subject="Họp xét khen thưởng",
        articles=(Article("I. Thành phần", ("Có mặt 13/15 thành viên.",), own_line=True),),
        closing="Cuộc họp kết thúc lúc 16 giờ 30 phút.",
        recipients=("Lưu: VT",),
        signature=Signature("Chủ tọa", "Lê Thị Hòa"),
        secretary=Signature("Thư ký", "Trần Văn Bảy"),
    )


def certificate(**changes: object) -> Certificate:
    code = seal.new_code()
    made = Certificate(
        authority="Giám đốc Sở Y tế tỉnh An Bình",
        form="Giấy khen",
        name="Bà Chu Thị Nhàn",
        post="Điều dưỡng trưởng Khoa Nội, Bệnh viện Đa khoa tỉnh",
        achievement="Đã có thành tích xuất sắc trong phong trào “Học tập và làm theo Bác” năm 2026",
        decision_number="213/QĐ-SYT",
        day=date(2026, 11, 23),
        place="An Bình",
        signature=Signature("Giám đốc", "Phùng Văn Khải"),
        code=code,
        url=f"https://thidua.example.vn/kiem-chung/{code}/",
        entry=12,
    )
    return replace(made, **changes)


def pdf_pages(pdf: bytes) -> list[str]:
    """Text of each page, line breaks and no-break blanks as blanks."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        texts = [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()
    return [" ".join(text.replace("\ufffe", "-").split()) for text in texts]


def is_nfc(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text)
