"""A text that is wrong is refused with file and line in Vietnamese; every fault of the law has its words."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.utils import translation

from guong import law
from guong.base.workflow import Refused
from guong.law import read_layer
from guong.law.reading_rules import KINDS
from guong.regulations.faults import FAULTS
from guong.regulations.here import national_law
from guong.regulations.reading import decoded, read
from tests.regulations.house import text

PLACE = Path(law.__file__).parent
WHOLE = {"marked.py": None, "layers.py": None}
PART = {"reading_values.py": {"read_cited", "read_plain", "read_dates"},
        "reading_rules.py": {"read_group", "_group", "_criterion", "_build", "_typed"}}  # fmt: skip
HEAD = "layer: {code: x, vi: Thử, decision: 1/QĐ, from: 2025-01-01, to: open}\n"
VALUE = HEAD + "values:\n  %s\n"
RULE = HEAD + "rules:\n  LDTT:\n    individual:\n      merit:\n"
ASKED = RULE + "        {source: a, confidence: text, all: [{is: %s}]}\n"


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "x.yaml, dòng 1: tệp trống."),
        ("layer: [", "x.yaml, dòng 2: viết chưa đúng YAML"),
        ("a: 1\n", "x.yaml, dòng 1: không có tên 'a'; các tên dùng được: layer, rules, values."),
        ("values: {}\n", "x.yaml, dòng 1: thiếu 'layer'."),
        (HEAD.replace("open", "2024-01-01"), "2024-01-01 đứng trước 2025-01-01"),
        (HEAD.replace("2025-01-01", "hôm nay"), "cần ngày dạng 2024-01-01, không phải 'hôm nay'"),
        (HEAD, "x.yaml chưa quy định gì"),
        (VALUE % "caps.gone: {value: 1, source: a, confidence: text}", "dòng 3: không có giá trị tên"),
        (VALUE % "votes.quorum: {value: 101, source: a, confidence: text}", "không đúng kiểu percent"),
        (VALUE % "votes.quorum: {value: 70, confidence: text}", "dòng 3: thiếu 'source'"),
        (
            HEAD + "rules:\n  LDTT: {individual: {never: {all: []}}}\n",
            "quy tắc LDTT.individual.never",
        ),
        (ASKED % "kind", "không có tên 'kind'"),
        (RULE + "        {all: [{is: rating, at_least: HT}]}\n", "thiếu source và confidence"),
        (ASKED % "leave_days, at_most: -1", "không đúng kiểu"),
        (ASKED % "chain_length", "'chain_length' cần có chain"),
        (ASKED % "no_pending_matter", "đã xét với mọi"),
        ("x" * 100_001, "dài quá 100000 ký tự"),
    ],
)
def test_what_is_wrong_is_said_with_file_and_line(words, said):
    with pytest.raises(Refused) as refused:
        read(words, "x.yaml")
    assert said in str(refused.value)


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(Refused, match="UTF-8"):
        decoded("Quy định".encode("utf-16"), "x.yaml")
    assert decoded("\ufeffa\r\nb".encode(), "x.yaml") == "a\nb"


def faults_in(path: Path, functions: set[str] | None) -> set[str]:
    """First arguments of `.wrong(…)` in a module, or in some functions of it."""
    found = set()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.targets[0].id: node.value.value for node in tree.body
             if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
             and isinstance(node.targets[0], ast.Name)}  # fmt: skip
    for part in ast.walk(tree):
        if not isinstance(part, ast.FunctionDef) or (functions is not None and part.name not in functions):
            continue
        for call in ast.walk(part):
            if isinstance(call, ast.Call) and getattr(call.func, "attr", "") == "wrong":
                said = call.args[0]
                assert not isinstance(said, ast.JoinedStr), (path.name, ast.unparse(call))
                if isinstance(said, ast.Name):
                    found |= {names[said.id]} if said.id in names else set()
                else:
                    found.add(ast.literal_eval(said))
    return found


def test_every_fault_a_text_can_have_is_said_in_vietnamese():
    found = set()
    for name, functions in {**WHOLE, **PART}.items():
        found |= faults_in(PLACE / name, functions)
    assert found == set(FAULTS)
    assert [fault for fault in FAULTS if translation.gettext(fault) == fault] == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_condition_can_be_asked_under_a_layer(kind):
    """With only what it needs: its sentence has all its words, and the engine can ask it."""
    needs = {
        "rating": "at_least: HTT", "titles_in_chain": "codes: [LDTT], count: 1",
        "ratings_in_chain": "at_least: HTXS, count: 1", "initiatives_in_chain": "level: unit, count: 1",
        "title_years": "codes: [LDTT], years: 1", "titles_in_a_row": "codes: [LDTT], apart_at_most: 3",
        "held": "codes: [BKT]", "not_held": "codes: [BKT]", "initiatives": "level: unit, count: 1, years: 1",
        "months_employed": "months: 10", "contract_months": "months: 12", "leave_days": "at_most: 40",
        "study_result": "months: 3", "no_discipline": "level: reprimand, when: year",
        "not_serving": "level: reprimand",
        "years_since_served": "years: 5", "service": "basis: direct, years: 10",
        "post": "post: department_director, years: 5",
        "attribute": "name: manager, one_of: ['true']", "existence": "years: 10",
        "member_share": "having: LDTT, percent: 70", "member_count": "having: CSTDCS, at_least: 1",
        "judged": "question: spirit, evidence: [minutes]",
        "judged_of_head": "question: spirit, evidence: [minutes]",
    }  # fmt: skip
    chain = "chain: {rating: HTT, years: 2}, " if kind.endswith("chain") or kind == "chain_length" else ""
    asked = ", ".join(filter(None, [f"id: own, is: {kind}", needs.get(kind, "")]))
    words = RULE + f"        {{source: a, confidence: text, {chain}all: [{{{asked}}}]}}\n"
    assert read(words, "x.yaml").rules


def test_only_what_is_written_is_kept():
    layer = read(text(), "x.yaml")
    assert layer == read_layer(text(), "x.yaml", national_law())
