"""The form in which somebody signs, by the post (NĐ 30/2020), as Word and PDF print it."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from docx import Document

from guong.papers.pdf import to_pdf
from guong.papers.signing import signature
from guong.papers.word import to_docx
from tests.papers.samples import decision, pdf_pages

CASES = [
    ("Giám đốc", "", {}, "", "GIÁM ĐỐC"),
    ("Giám đốc Sở", "", {}, "", "GIÁM ĐỐC"),
    ("Phó Giám đốc Sở", "", {}, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("Phó Giám đốc phụ trách", "", {}, "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
    ("Quyền Giám đốc", "", {}, "", "Q. GIÁM ĐỐC"),
    ("Q. Giám đốc", "", {}, "", "Q. GIÁM ĐỐC"),
    ("Chánh Văn phòng", "", {}, "TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG"),
    ("Trưởng phòng Tổ chức cán bộ", "", {"authorised": True}, "TUQ. GIÁM ĐỐC", "TRƯỞNG PHÒNG TỔ CHỨC CÁN BỘ"),
    ("Chủ tịch", "Hội đồng", {"head": "Chủ tịch"}, "TM. HỘI ĐỒNG", "CHỦ TỊCH"),
    (
        "Phó Chủ tịch", "Hội đồng", {"head": "Chủ tịch"}, "TM. HỘI ĐỒNG\nKT. CHỦ TỊCH", "PHÓ CHỦ TỊCH",
    ),
]  # fmt: skip


def signed(post, collective, options):
    options = dict(options)
    return signature(options.pop("head", "GIÁM ĐỐC"), post, "Tạ Thị Lam", collective=collective, **options)


@pytest.mark.parametrize(("post", "collective", "options", "above", "position"), CASES)
def test_form_by_the_post(post, collective, options, above, position):
    made = signed(post, collective, options)
    assert (made.authority, made.position, made.name) == (above, position, "Tạ Thị Lam")


@pytest.mark.parametrize(("post", "collective", "options", "above", "position"), CASES[2::3])
def test_word_and_pdf_print_it(post, collective, options, above, position):
    paper = replace(decision(), signature=signed(post, collective, options))
    document = Document(io.BytesIO(to_docx(paper)))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    pdf = " ".join(" ".join(pdf_pages(to_pdf(paper))).split())
    for line in (*above.splitlines(), position, "Tạ Thị Lam"):
        assert any(line in cell for cell in cells), line
        assert line in pdf
    assert " ".join([*above.splitlines(), position]) in pdf
