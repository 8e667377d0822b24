from __future__ import annotations

import pypdfium2
import pytest
import segno

from guong.papers import certificates
from guong.papers.certificates import TextTooLongError, certificates_pdf
from guong.papers.model import Signature
from guong.papers.printing import DrawingError, NotPrintableError
from tests.papers.samples import HOSTILE, certificate, is_nfc, pdf_pages

QR_SIDE = 28 / 25.4 * 72  # points
MARGIN_LEFT, MARGIN_BOTTOM = 26 / 25.4 * 72, 23 / 25.4 * 72


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_certificate_says_everything_in_nfc() -> None:
    one = certificate()
    (page,) = pdf_pages(certificates_pdf([one]))
    assert is_nfc(page)
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "GIÁM ĐỐC SỞ Y TẾ TỈNH AN BÌNH",
        "TẶNG",
        "GIẤY KHEN",
        "Bà Chu Thị Nhàn",
        "Điều dưỡng trưởng Khoa Nội, Bệnh viện Đa khoa tỉnh",
        "Đã có thành tích xuất sắc",
        "Quyết định số 213/QĐ-SYT ngày 23 tháng 11 năm 2026",
        "Số sổ vàng: 12",
        "An Bình, ngày 23 tháng 11 năm 2026",
        "Phùng Văn Khải",
        one.code,
    ):
        assert words in page


def test_each_certificate_has_its_own_page_in_order() -> None:
    batch = [certificate(name=f"Bà Nguyễn Thị {n}") for n in range(5)]
    pages = pdf_pages(certificates_pdf(batch))
    assert len(pages) == 5
    for one, page in zip(batch, pages, strict=True):
        assert one.name in page and one.code in page


def test_certificate_is_pdf_a_on_a4_on_its_side() -> None:
    pdf = certificates_pdf([certificate()])
    assert b"<pdfaid:part>2</pdfaid:part>" in pdf
    document = pypdfium2.PdfDocument(pdf)
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == [297, 210]
    document.close()


def drawn_modules(pdf: bytes, count: int) -> list[str]:
    """The QR code as it is seen on the page: one look at the middle of each module."""
    document = pypdfium2.PdfDocument(pdf)
    scale = 8
    picture = document[0].render(scale=scale, grayscale=True)
    pixels, stride, height = bytes(picture.buffer), picture.stride, picture.height
    document.close()
    step = QR_SIDE / (count + 4) * scale
    left, top = MARGIN_LEFT * scale, height - (MARGIN_BOTTOM + QR_SIDE) * scale

    def dark(row: int, column: int) -> bool:
        return pixels[int(top + (row + 2.5) * step) * stride + int(left + (column + 2.5) * step)] < 128

    return ["".join("01"[dark(row, column)] for column in range(count)) for row in range(count)]


def test_qr_code_on_the_page_holds_the_address() -> None:
    one = certificate()
    code = segno.make_qr(one.url, mode="byte", error="m", mask=0, boost_error=False)
    rows = ["".join(map(str, line)) for line in code.matrix]
    assert drawn_modules(certificates_pdf([one]), len(rows)) == rows


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Tập thể " + "Khoa Hồi sức tích cực – Chống độc và Đơn vị Thận nhân tạo, " * 4},
        {"post": "Trung tâm Y tế khu vực Đồng Mây, " * 12},
        {"achievement": "Đã có thành tích xuất sắc trong công tác phòng, chống dịch. " * 16},
        {
            "form": "Tập thể lao động xuất sắc tiêu biểu của ngành Y tế trong năm",
            "grants": "Tặng danh hiệu",
        },
        {"authority": "Chủ tịch Hội đồng Thi đua - Khen thưởng ngành Y tế, Giám đốc Sở Y tế tỉnh An Bình"},
        {
            "signature": Signature(
                "Phó Giám đốc phụ trách Trung tâm Kiểm soát bệnh tật", "Lê Văn A", "KT. Giám đốc"
            )
        },
    ],
)
def test_long_words_shrink_and_wrap_but_are_never_cut(changes: dict[str, object]) -> None:
    pages = pdf_pages(certificates_pdf([certificate(**changes)]))
    assert len(pages) == 1, "words that overflow would open a second page"
    for value in changes.values():
        words = value.name if isinstance(value, Signature) else str(value)
        assert squeezed(words).upper() in squeezed(pages[0]).upper()


@pytest.mark.parametrize("times", [250, 100_000])
def test_words_that_fit_at_no_size_are_refused_with_their_code(times: int) -> None:
    long = certificate(achievement="Thành tích " * times)
    with pytest.raises(TextTooLongError) as refusal:
        certificates_pdf([certificate(), long])
    assert refusal.value.code == long.code


def test_hostile_words_stay_words() -> None:
    (page,) = pdf_pages(certificates_pdf([certificate(name=HOSTILE, achievement=HOSTILE)]))
    assert squeezed(page).count(squeezed(HOSTILE)) == 2


def test_empty_batch_and_unknown_characters_are_refused() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        certificates_pdf([])
    with pytest.raises(NotPrintableError):
        certificates_pdf([certificate(name="Bà 😀")])


def test_other_template_errors_are_not_called_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "_CHECK", {"not": "text"})
    with pytest.raises(DrawingError):
        certificates_pdf([certificate()])
