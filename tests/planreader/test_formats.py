"""Good files however they were saved: marks, accents, line ends, automatic numbers, tables."""

from __future__ import annotations

import unicodedata

import pytest

from guong.planreader import Unreadable, read
from guong.planreader.formats import lines_of
from tests.planreader import made

YEARLY = made.text_of("an-binh-yearly")
PLAN = made.expected("an-binh-yearly")["plan"]


def plan_of(data: bytes) -> dict:
    return read(data, "x").to_json()["plan"]


@pytest.mark.parametrize(
    "data",
    [
        ("\ufeff" + YEARLY).encode(),
        YEARLY.replace("\n", "\r\n").encode(),
        YEARLY.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", YEARLY).encode(),
        YEARLY.replace(" ", "\u00a0").encode(),
        YEARLY.replace("\n", "\n\n").encode(),
        YEARLY.replace("KẾ HOẠCH\n", "**KẾ HOẠCH**\n\n### ").encode(),
        YEARLY.replace("\nI", "\n## **I").replace("YÊU CẦU\n", "YÊU CẦU**\n").encode(),
    ],
    ids=["mark", "Windows", "old Mac", "apart", "hard blanks", "spaced", "markdown", "markdown headings"],
)
def test_text_says_the_same_however_saved(data: bytes) -> None:
    assert plan_of(data) == PLAN


def test_mixed_accents_are_reported() -> None:
    mixed = YEARLY[:2000] + unicodedata.normalize("NFD", YEARLY[2000:])
    reading = read(mixed.encode(), "x")
    assert "mixed_accents" in {defect.code for defect in reading.defects}
    assert reading.to_json()["plan"] == PLAN
    assert "mixed_accents" not in {defect.code for defect in read(YEARLY.encode(), "x").defects}


def test_lines_keep_their_numbers_and_pages() -> None:
    lines = lines_of("một\n\nhai\fba\n".encode(), "x").lines
    assert [(line.page, line.number, line.text) for line in lines] == [
        (1, 1, "một"), (1, 2, ""), (1, 3, "hai"), (2, 4, "ba"),
    ]  # fmt: skip


def test_automatic_numbers_of_word_are_written_out() -> None:
    data = made.numbered_word(
        [
            (None, "KẾ HOẠCH"),
            (None, "Thử số tự động"),
            (0, "MỤC ĐÍCH"),
            (2, "Làm tốt"),
            (0, "TỔ CHỨC THỰC HIỆN"),
            (1, "Văn phòng Sở"),
            (2, "Theo dõi, đôn đốc."),
            (1, "Các phòng thuộc Sở"),
            (2, "Phối hợp."),
            (0, "KINH PHÍ"),
        ]
    )
    reading = read(data, "x.docx")
    texts = [line.text for line in reading.lines]
    assert texts[2:8] == [
        "I. MỤC ĐÍCH", "- Làm tốt", "II. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở", "- Theo dõi, đôn đốc.",
        "2. Các phòng thuộc Sở",
    ]  # fmt: skip
    assert texts[-1] == "III. KINH PHÍ"
    assert [item.unit for item in reading.plan.assignments] == ["Văn phòng Sở", "Các phòng thuộc Sở"]


def word_lines(body: str, **parts: str) -> list[str]:
    data = made.package(made.word_parts(body, **parts))
    return [line.text for line in lines_of(data, "x").lines]


def test_deleted_words_are_not_read_and_inserted_ones_are() -> None:
    body = (
        "<w:p><w:r><w:t>giữ </w:t></w:r><w:del><w:r><w:delText>bỏ</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>thêm</w:t></w:r></w:ins></w:p>"
    )
    assert word_lines(body) == ["giữ thêm"]


def test_page_breaks_of_word_count_pages() -> None:
    body = made.paragraph("một") + '<w:p><w:r><w:br w:type="page"/><w:t>hai</w:t></w:r></w:p>'
    lines = lines_of(made.package(made.word_parts(body)), "x").lines
    assert [(line.page, line.text) for line in lines] == [(1, "một"), (2, "hai")]


def test_merged_cells_keep_their_columns() -> None:
    cells = ['<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + made.paragraph("rộng") + "</w:tc>"]
    cells.append("<w:tc>" + made.paragraph("hẹp") + made.paragraph("dưới") + "</w:tc>")
    assert word_lines(f"<w:tbl><w:tr>{''.join(cells)}</w:tr></w:tbl>") == ["", "rộng |  | hẹp; dưới", ""]


def test_control_signs_are_left_out() -> None:
    long = " năm" * 100
    assert [line.text for line in lines_of(f"kế\u200b hoạch\u202e\x07{long}".encode(), "x").lines] == [
        f"kế hoạch{long}"
    ]


def test_limits_do_not_touch_a_long_plan() -> None:
    long = YEARLY.replace(
        "II. NỘI DUNG", "\n".join(f"- Việc thứ {n} của đơn vị." for n in range(3000)) + "\nII. NỘI DUNG"
    )
    assert read(long.encode(), "x").plan.number == "07/KH-SYT"


def test_one_line_too_many_is_refused() -> None:
    with pytest.raises(Unreadable, match="dài quá mức"):
        read((YEARLY + "\n" * 30_000).encode(), "x")


def test_a_text_box_is_lines_of_its_own() -> None:
    inside = made.paragraph("HỎA TỐC") + made.paragraph("MẬT")
    box = f"<w:pict><w:txbxContent>{inside}</w:txbxContent></w:pict>"
    lines = word_lines(f"<w:p><w:r><w:t>trước</w:t>{box}<w:t>sau</w:t></w:r></w:p>")
    assert lines == ["trước", "HỎA TỐC", "MẬT", "sau"]


@pytest.mark.parametrize(("said", "is_read"), [("Số: 07/KH-SYT", True), ("Kế hoạch năm 2026, trang", False)])
def test_a_page_header_is_read_when_it_is_the_head_of_the_paper(said: str, is_read: bool) -> None:
    header = f"<w:hdr {made.W}>{made.paragraph(said)}</w:hdr>"
    lines = word_lines(made.paragraph("KẾ HOẠCH"), **{"word/header1.xml": header})
    assert lines == ([said] if is_read else []) + ["KẾ HOẠCH"]


def test_numbers_that_live_in_a_style_are_written_out() -> None:
    """The style has the number itself, or from the style it is based on."""
    level = '<w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    numbering = (
        f'<w:numbering {made.W}><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    styles = (
        f'<w:styles {made.W}><w:style w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:styleId="MucDam"><w:basedOn w:val="Muc"/></w:style></w:styles>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'
        for style, text in (("Muc", "MỤC ĐÍCH"), ("MucDam", "NỘI DUNG"))
    )
    parts = made.word_parts(body, **{"word/numbering.xml": numbering, "word/styles.xml": styles})
    lines = lines_of(made.package(parts), "x").lines
    assert [line.text for line in lines] == ["I. MỤC ĐÍCH", "II. NỘI DUNG"]
