"""A plan made into a paper, and read back from it: nothing lost, nothing added (issue 3).

What may differ between a plan and its reading back, and nothing else:
- `sections` and `citations` of a plan that has no text yet: the paper is its first text;
- `issued_on` that is None: a draft shows its year, which reads as a date of that precision;
- a closing paragraph: every plan gets one, and the end mark "./.".
"""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from guong.papers import layout, pdf, word
from guong.papers.model import OfficialPaper
from guong.planreader import (
    LegalBasis,
    Movement,
    Peak,
    Period,
    Plan,
    Quota,
    Recipient,
    Recurring,
    Section,
    Signatory,
    read,
)
from guong.plans.paper import Facts, plan_paper
from tests.planreader import made
from tests.plans.invented import Maker

SEEDS = range(100)
FACTS = Facts(issuer_above="UBND tỉnh An Bình", issuer="Sở Y tế", symbol="KH-SYT", year=2026)
TEXT_OF_ITS_OWN = {"sections", "citations"}


def paper_of(plan: Plan, facts: Facts = FACTS) -> OfficialPaper:
    return plan_paper(plan, facts)


def from_word(plan: Plan, facts: Facts = FACTS) -> Plan:
    return read(word.to_docx(paper_of(plan, facts)), "plan.docx").plan


def from_pdf(plan: Plan, facts: Facts = FACTS) -> Plan:
    return read(pdf.to_pdf(paper_of(plan, facts)), "plan.pdf").plan


def differing(plan: Plan, again: Plan) -> dict[str, tuple[object, object]]:
    """Fields that changed; the text of a plan that had none is no change."""
    pairs = {field: (getattr(plan, field), getattr(again, field)) for field in vars(plan)}
    return {
        field: pair
        for field, pair in pairs.items()
        if pair[0] != pair[1] and (pair[0] or field not in TEXT_OF_ITS_OWN)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_word_says_the_plan_again(seed: int) -> None:
    plan = Maker(seed).plan()
    assert differing(plan, from_word(plan)) == {}


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_plan_with_its_text_never_changes_again(seed: int) -> None:
    plan = from_word(Maker(seed).plan())
    assert plan.sections
    assert from_word(plan) == plan


@pytest.mark.parametrize("seed", SEEDS[::4])
def test_pdf_says_the_plan_again(seed: int) -> None:
    plan = Maker(seed).plan()
    assert differing(plan, from_pdf(plan)) == {}


@pytest.mark.parametrize("name", made.NAMES)
def test_issued_plan_printed_again_reads_the_same(name: str) -> None:
    plan = read(made.text_of(name).encode(), f"{name}.txt").plan
    assert from_word(plan) == plan


def test_generator_fills_every_field() -> None:
    plans = [Maker(seed).plan() for seed in SEEDS]
    empty = {field.name for field in fields(Plan) if not any(getattr(plan, field.name) for plan in plans)}
    assert empty == TEXT_OF_ITS_OWN


@pytest.mark.parametrize(
    "field", sorted(field.name for field in fields(Plan) if field.name not in TEXT_OF_ITS_OWN)
)
def test_field_left_out_of_the_paper_is_noticed(field: str) -> None:
    """The twin: without one field the round trip fails for plans that say it nowhere else."""
    plans = (plan for plan in (Maker(seed).plan() for seed in SEEDS) if getattr(plan, field))
    left_out = ((plan, replace(plan, **{field: getattr(Plan(), field)})) for plan in plans)
    assert any(field in differing(plan, from_word(without)) for plan, without in left_out)


def test_free_text_takes_its_place_among_the_made_sections() -> None:
    plan = Plan(
        issued_on="2026-03-02",
        purposes=("Người bệnh đỡ chờ",),
        period=Period("2026-04", "2026-09"),
        sections=(
            Section(
                "II", "GIẢI PHÁP", ("1. Về nhân lực", "- Xếp lại ca trực.", "Khoa nào xong khoa ấy báo.")
            ),
            Section(None, "KIỂM TRA", ("Mỗi khoa tự kiểm tra.",)),
        ),
        distribution=(Recipient("Lưu: VT"),),
        signatory=Signatory("GIÁM ĐỐC", "Lương Gia Khiêm"),
    )
    again = from_word(plan)
    assert [(section.code, section.title) for section in again.sections][:-1] == [
        ("I", "MỤC ĐÍCH, YÊU CẦU"), ("II", "GIẢI PHÁP"), ("III", "KIỂM TRA"), ("IV", "THỜI GIAN THỰC HIỆN"),
    ]  # fmt: skip
    assert again.sections[1].paragraphs == plan.sections[0].paragraphs
    assert (again.purposes, again.period) == (plan.purposes, plan.period)


def test_what_the_text_says_is_not_written_a_second_time() -> None:
    plan = Maker(3).plan()
    first, second = (layout.content(paper_of(item)) for item in (plan, from_word(plan)))
    assert [block.label + block.text for block in first.blocks] == [
        block.label + block.text for block in second.blocks
    ]
    assert first.annexes == second.annexes


def test_draft_shows_blanks_and_says_it_is_one() -> None:
    plan = Plan(title="Phát động thi đua năm 2027", place="An Bình", signatory=Signatory("CHỦ TỊCH", ""))
    facts = replace(FACTS, draft=True, authority="TM. ỦY BAN NHÂN DÂN\nKT. Chủ tịch", year=2027)
    content = layout.content(paper_of(plan, facts))
    assert (content.draft, content.issuer, content.issuer_above) == (
        "DỰ THẢO",
        "SỞ Y TẾ",
        "UBND TỈNH AN BÌNH",
    )
    assert content.number.split() == ["Số:", "/KH-SYT"]
    assert content.place_and_day.split()[-2:] == ["năm", "2027"]
    assert content.signature.lines == ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "CHỦ TỊCH")
    again = from_word(replace(plan, distribution=(Recipient("Lưu: VT"),), purposes=("Một việc tốt",)), facts)
    assert (again.number, again.issued_on, again.title) == ("/KH-SYT", "2027", plan.title)


def test_known_month_of_a_draft_stays() -> None:
    content = layout.content(paper_of(Plan(number="/KH-SYT", issued_on="2026-02")))
    assert content.place_and_day.endswith("tháng 02 năm 2026")


def test_plan_of_no_known_year_is_refused() -> None:
    with pytest.raises(ValueError, match="year"):
        plan_paper(Plan(), Facts())


def test_figures_without_words_get_words() -> None:
    movements = (
        Movement("2.1", "Thi đua một", quota=Quota(5, 10, per_programme=True), in_charge="Văn phòng Sở"),
        Movement("2.2", "Thi đua hai", quota=Quota(None, 3), judged_at="Cuối năm"),
    )
    plan = Plan(
        issued_on="2026",
        movements=movements,
        peaks=(Peak(rule="tet"), Peak(rule="doctors_day")),
        period=Period("2026-01", "2026-12"),
        recurring=(Recurring("giới thiệu người tốt", "mỗi đơn vị", "quarter", 1, 2, on="--11-30"),),
        citations=(LegalBasis("Quyết định", "8/QĐ-SYT", "2026-01-09", "Sở Y tế", "mẫu phiếu"),),
        distribution=(Recipient("Lưu: VT"),),
    )
    again = from_word(plan)
    assert [item.quota for item in again.movements] == [item.quota for item in movements]
    assert again.movements[0].quota_text == "05 tập thể và 10 cá nhân cho mỗi chương trình"
    assert [peak.rule for peak in again.peaks] == ["tet", "doctors_day"]
    assert replace(again.recurring[0], what=plan.recurring[0].what) == plan.recurring[0]
    assert again.citations == plan.citations


def test_strange_words_stay_words() -> None:
    strange = '#panic() *đậm* $x$ "ngoặc" \\ {{ x }} <w:b/> & ]]> @nhãn `mã` | a\n\x00'
    plan = Plan(
        kind=strange,
        issued_on="2026",
        title=strange * 9,
        movements=(Movement(strange, strange, content=strange),),
        sections=(Section(strange, strange, (strange, "a | b | c", "")),),
        signatory=Signatory(strange, strange),
    )
    assert word.to_docx(paper_of(plan))
    assert pdf.to_pdf(paper_of(plan)).startswith(b"%PDF")


def test_draft_without_recipients_is_signed_all_the_same() -> None:
    plan = Plan(issued_on="2026", purposes=("Một việc tốt",), signatory=Signatory("GIÁM ĐỐC", "Tô Văn Chẩn"))
    assert from_word(plan).signatory == from_pdf(plan).signatory == plan.signatory
