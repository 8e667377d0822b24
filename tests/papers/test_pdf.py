from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import typst

from guong.papers import pdf
from guong.papers.layout import plain
from guong.papers.model import Article
from guong.papers.pdf import to_pdf
from guong.papers.printing import NotPrintableError
from tests.papers.samples import HOSTILE, annex, decision, draft, is_nfc, minutes, pdf_pages


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_pdf_says_everything_in_nfc() -> None:
    first, second = pdf_pages(to_pdf(decision()))
    assert is_nfc(first + second)
    for words in (
        "UBND TỈNH AN BÌNH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 213/QĐ-SYT",
        "An Bình, ngày 23 tháng 11 năm 2026",
        "GIÁM ĐỐC SỞ Y TẾ",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        "QUYẾT ĐỊNH:",
        "Điều 2. Tiền thưởng trích từ Quỹ thi đua.",
        "Quyết định này./.",
        "- Lưu: VT, VP.",
        "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC",
    ):
        assert words in first
    for words in ("DANH SÁCH", "I. CÁ NHÂN", "Ông Đinh Trọng Nghĩa", "760.000"):
        assert words in second


def test_decomposed_input_comes_out_composed() -> None:
    paper = replace(decision(), subject="Về việc tặng thưởng")
    assert "Về việc tặng thưởng" in pdf_pages(to_pdf(paper))[0]


def test_pdf_declares_pdf_a_2b_and_its_own_fonts() -> None:
    made = to_pdf(decision())
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in made
    assert b"LiberationSerif" in made
    assert b"<dc:language><rdf:Bag><rdf:li>vi</rdf:li>" in made


def test_equal_papers_are_equal_bytes() -> None:
    assert to_pdf(decision()) == to_pdf(decision())


def test_draft_leaves_room_for_number_and_day() -> None:
    page = pdf_pages(to_pdf(draft()))[0]
    assert "Số: /QĐ-SYT" in page
    assert "An Bình, ngày tháng năm 2026" in page


def test_minutes_are_signed_by_two() -> None:
    page = pdf_pages(to_pdf(minutes()))[0]
    assert "Số: 07/BB-HĐTĐKT" in page
    assert {"THƯ KÝ", "CHỦ TỌA"} <= {words for words in ("THƯ KÝ", "CHỦ TỌA") if words in page}
    assert "QUYẾT ĐỊNH:" not in page


def test_annex_of_500_rows_repeats_its_head_and_numbers_its_own_pages() -> None:
    main, *pages = pdf_pages(to_pdf(decision(people=500)))
    assert len(pages) > 10
    assert all("Họ tên" in page and "Chức vụ, đơn vị" in page for page in pages)
    assert pages[0].startswith("DANH SÁCH"), "no number on the first page"
    assert [page.split()[0] for page in pages[1:4]] == ["2", "3", "4"]
    assert "500 Ông Đinh Trọng Nghĩa" in pages[-1]
    assert not main[:1].isdigit()


def test_text_over_several_pages_is_numbered_from_the_second() -> None:
    long = replace(decision(), articles=(Article("Điều 1.", ("Nội dung rất dài. " * 60,) * 8),), annexes=())
    pages = pdf_pages(to_pdf(long))
    assert not pages[0][:1].isdigit()
    assert [page.split()[0] for page in pages[1:]] == [str(n) for n in range(2, len(pages) + 1)]


@pytest.mark.parametrize("lines", range(18, 30))
def test_signature_never_stands_alone_on_a_page(lines: int) -> None:
    paper = replace(decision(), articles=(Article("Điều 1.", ("Một dòng.",) * lines),), annexes=())
    last = pdf_pages(to_pdf(paper))[-1]
    assert "Một dòng./." in last and "Phùng Văn Khải" in last


def test_hostile_words_stay_words() -> None:
    paper = replace(
        decision(),
        issuer=HOSTILE,
        subject=HOSTILE,
        recipients=(HOSTILE,),
        articles=(Article(HOSTILE, (HOSTILE,)),),
        annexes=(replace(annex(), rows=((1, HOSTILE, HOSTILE, 2),), intro=HOSTILE),),
    )
    main, listed = pdf_pages(to_pdf(paper))
    assert squeezed(main).count(squeezed(plain(HOSTILE))) == 4
    assert squeezed(plain(HOSTILE)).upper() in squeezed(main)
    # In narrow columns lines of two cells alternate; the words are all there.
    assert squeezed(plain(HOSTILE)) in squeezed(listed)
    for word in plain(HOSTILE).split():
        assert squeezed(listed).count(word) >= 3


def test_markup_in_a_template_would_run_without_json(tmp_path: Path) -> None:
    """The twin: the same words written into a template by string formatting do stop it."""
    spoiled = tmp_path / "spoiled.typ"
    spoiled.write_text(f'#set text(lang: "vi")\n{HOSTILE}', encoding="utf-8")
    with pytest.raises(typst.TypstError):
        typst.compile(str(spoiled), format="pdf")


def test_name_of_10000_letters_is_printed_whole_inside_the_page() -> None:
    paper = replace(
        decision(), subject="Ă" * 10_000, annexes=(replace(annex(), rows=((1, "y" * 10_000, "b", 2),)),)
    )
    text = squeezed("".join(pdf_pages(to_pdf(paper))))
    assert text.count("Ă") >= 10_000
    assert text.count("y") >= 10_000


def test_character_outside_the_font_is_named() -> None:
    with pytest.raises(NotPrintableError) as refusal:
        to_pdf(replace(decision(), subject="Khen 😀 tặng"))
    assert "😀" in refusal.value.characters


def test_fonts_carry_their_licence() -> None:
    fonts = Path(pdf.__file__).parent / "fonts"
    assert len(list(fonts.glob("LiberationSerif-*.ttf"))) == 4
    assert "SIL OPEN FONT LICENSE" in (fonts / "LICENCE.txt").read_text(encoding="utf-8")
