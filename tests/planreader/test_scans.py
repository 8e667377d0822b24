"""Scans: what Tesseract sees becomes lines in reading order, and no value of it is called sure."""

from __future__ import annotations

import io
from difflib import SequenceMatcher

import pytest
from bench import scans as paper
from PIL import Image

from guong.planreader import Unreadable, read
from guong.planreader.formats import drawing, lines_of, scans
from guong.planreader.formats.means import Means
from guong.planreader.formats.mending import mended
from guong.planreader.sandbox import page_limited, read_limited
from tests.planreader import made
from tests.tools import needs_tesseract, no_programs  # noqa: F401 - a fixture

NAME = "an-binh-communications"
TEXT = made.text_of(NAME)


@pytest.fixture(scope="module")
def sheets() -> list[Image.Image]:
    """Three pages: a heading in two columns, a signature, an appendix table."""
    return paper.sheets(made.as_pdf(TEXT))


@pytest.fixture(scope="module")
def pdf(sheets: list[Image.Image]) -> bytes:
    return paper.as_pdf(sheets)


def words(text: str) -> list[str]:
    return text.replace("|", " ").split()


def agreement(found: str, right: str) -> float:
    return SequenceMatcher(None, words(found), words(right), autojunk=False).ratio()


@needs_tesseract
def test_a_scanned_plan_is_read_with_its_columns_and_table(pdf: bytes) -> None:
    told: list[tuple[int, int]] = []
    reading = read(pdf, "x.pdf", Means(told=lambda done, total: told.append((done, total))))
    plan = reading.plan
    assert (plan.number, plan.issued_on, plan.issuer) == ("31/KH-SYT", "2026-09-28", "Sở Y tế tỉnh An Bình")
    assert plan.signatory is not None
    assert plan.signatory.name == "Lương Gia Khiêm"
    assert len(plan.activities) == 7
    assert reading.scanned == (1, 2, 3)
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert agreement("\n".join(line.text for line in reading.lines), TEXT) > 0.93


@needs_tesseract
def test_nothing_from_a_scan_is_called_clear(pdf: bytes) -> None:
    assert all(source.confidence <= 0.75 for source in read(pdf, "x").sources.values())


@needs_tesseract
def test_pictures_are_pages(sheets: list[Image.Image]) -> None:
    lines = lines_of(paper.as_tiff(sheets[:2]), "x.tif").lines
    assert {line.page for line in lines} == {1, 2}
    for form in ("PNG", "JPEG"):
        stream = io.BytesIO()
        sheets[0].copy().save(stream, form)
        assert "KẾ HOẠCH" in {line.text for line in lines_of(stream.getvalue(), "x").lines}


@needs_tesseract
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_sheet_that_lies_is_turned(sheets: list[Image.Image], turn: int) -> None:
    rows = scans.rows_in(sheets[0].rotate(turn, expand=True))
    assert "KẾ HOẠCH" in {" ".join(word.text for word in row) for row in rows}


@needs_tesseract
def test_a_blank_sheet_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read(made.picture(1600, 2300), "x.png")
    assert refused.value.code == "unclear_scan"


@needs_tesseract
def test_a_scan_is_for_later_when_nobody_waits(pdf: bytes) -> None:
    with pytest.raises(Unreadable) as refused:
        read_limited(pdf, "x")
    assert (refused.value.code, refused.value.params["pages"]) == ("needs_time", 3)


@needs_tesseract
def test_a_bad_text_layer_is_not_believed() -> None:
    """Letters of a broken font: the page is drawn and recognised."""
    garbled = "".join(letter if letter.isascii() else "ðþßøåæ"[at % 6] for at, letter in enumerate(TEXT))
    assert lines_of(paper.printed(garbled), "x").scanned


@needs_tesseract
def test_recognition_fits_the_limits_of_the_child(pdf: bytes) -> None:
    assert read_limited(pdf, "x", 120, scans=True).plan.number == "31/KH-SYT"


@pytest.mark.usefixtures("no_programs")
def test_without_tesseract_the_line_says_what_to_install(pdf: bytes) -> None:
    with pytest.raises(Unreadable, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        read(pdf, "x")


MENDED = {
    "KẺ HOẠCH": "KẾ HOẠCH",
    "I. MỤC ĐÍCH, YÊU CÂU": "I. MỤC ĐÍCH, YÊU CẦU",
    "l. Mục đích": "1. Mục đích",
    ";Mới nhận:": "Nơi nhận:",
    "Só: 12/KH-SYT": "Số: 12/KH-SYT",
    "-Căn cứ": "- Căn cứ",
    "bình đăng giới và phòng chông": "bình đẳng giới và phòng chống",
    "3, Yêu câu": "3. Yêu cầu",
}
KEPT = [
    "cá nhân thực hiện",
    "cùng cấp",
    "truyền thống, y tế",
    "sức khoẻ, uỷ ban nhân dân",
    "Lê Hoàng Ánh",
    "ngày 20 tháng 1O năm 2017",
    "2004/KH-SYT-CĐN",
    "- Bạn VSTB PN Bộ VY tẻ",
    "Tô Hoài",
    "số 1,5 triệu",
]


@pytest.mark.parametrize(("seen", "right"), MENDED.items())
def test_what_can_only_be_one_phrase_is_mended(seen: str, right: str) -> None:
    assert mended(seen) == right
    assert mended(right) == right


@pytest.mark.parametrize("line", KEPT)
def test_names_numbers_and_dates_are_never_touched(line: str) -> None:
    assert mended(line) == line


@pytest.mark.parametrize("name", made.NAMES)
def test_a_right_text_is_left_as_it_is(name: str) -> None:
    lines = made.text_of(name).splitlines()
    assert [mended(line) for line in lines] == lines


def test_a_page_is_shown_as_a_picture(pdf: bytes) -> None:
    with Image.open(io.BytesIO(page_limited(pdf, "x", 2))) as shown:
        assert shown.format == "JPEG"
        assert max(shown.size) == drawing.LONG_SIDE


@pytest.mark.parametrize("number", [0, -1, 4])
def test_a_page_that_is_not_there_is_refused(pdf: bytes, number: int) -> None:
    with pytest.raises(Unreadable):
        page_limited(pdf, "x", number)
