"""The loader refuses what is doubtful and says where: each refusal beside the same data without the fault."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from guong.law import LawError, load, marked, read_law
from guong.law.loading import PARAMS
from guong.law.marked import parse_marked

BASE = "values/money.yaml"
FAULTS = [
    (
        "a name twice",
        BASE,
        "  money.base_salary:\n",
        "  money.rounding:\n    about: x\n  money.base_salary:\n",
        "given twice",
    ),
    ("a gap in days", BASE, "from: 2019-07-01", "from: 2019-07-02", "gap"),
    ("an overlap in days", BASE, "from: 2019-07-01", "from: 2019-06-30", "overlap"),
    (
        "days turned round",
        BASE,
        "from: 2019-07-01, to: 2023-06-30",
        "from: 2019-07-01, to: 2019-06-30",
        "lies before",
    ),
    ("a wrong type", BASE, "value: 1490000", 'value: "1490000"', "is no money"),
    ("a negative sum", BASE, "value: 1490000", "value: -1490000", "is no money"),
    ("an unknown field", BASE, "source: NĐ 38/2019", "sorce: NĐ 38/2019", "unknown name 'sorce'"),
    ("no source", BASE, "source: NĐ 38/2019, ", "", "'source' is missing"),
    (
        "no confidence",
        BASE,
        "source: NĐ 38/2019, confidence: secondary",
        "source: NĐ 38/2019",
        "'confidence' is missing",
    ),
    (
        "an unknown confidence",
        BASE,
        "source: NĐ 38/2019, confidence: secondary",
        "source: NĐ 38/2019, confidence: sure",
        "unknown name 'sure'",
    ),
    ("an alias of two awards", "aliases.yaml", "short: CSTĐ tỉnh", "short: cstd bo", "means CSTDT and CSTDB"),
    ("an alias of no award", "aliases.yaml", "  CSTT: {short", "  CSTX: {short", "unknown award 'CSTX'"),
    (
        "an award without a short name",
        "aliases.yaml",
        "{short: LĐTT}",
        "{also: [LĐTT]}",
        "'short' is missing",
    ),
    ("no date", BASE, "from: 2019-07-01", "from: July", "a date"),
    ("a day that is none", BASE, "from: 2019-07-01", "from: 2019-07-32", "cannot be read"),
    (
        "a gap in regimes",
        "values/votes.yaml",
        "    R2: {value: 80, source: N98 Đ.30(7), confidence: secondary}\n",
        "",
        "gap: nothing is laid down for R2",
    ),
    (
        "an overlap in regimes",
        "values/votes.yaml",
        "    R2: {value: 80,",
        "    R1-R2: {value: 80,",
        "overlap: R1",
    ),
    (
        "an unknown regime",
        "values/votes.yaml",
        "    R2: {value: 80,",
        "    R9: {value: 80,",
        "unknown name 'R9'",
    ),
    (
        "more than a hundred percent",
        "values/votes.yaml",
        "R2: {value: 80,",
        "R2: {value: 180,",
        "is no percent",
    ),
    (
        "an unknown instrument",
        "values/votes.yaml",
        "source: N98 Đ.30(7)",
        "source: N99 Đ.30(7)",
        "unknown instrument 'N99'",
    ),
    (
        "nobody knows, yet sure",
        "values/votes.yaml",
        "value: 80, source: N98 Đ.30(7)",
        "value: null, source: N98 Đ.30(7)",
        "must be unverified",
    ),
    ("an unknown condition", "rules/titles.yaml", "is: rating,", "is: raiting,", "unknown name 'raiting'"),
    (
        "an unknown figure",
        "rules/titles.yaml",
        "is: months_employed, months: 10",
        "is: months_employed, mounths: 10",
        "unknown name 'mounths'",
    ),
    ("a figure of the wrong type", "rules/titles.yaml", "months: 10", "months: ten", "wrong type"),
    ("an unknown rating", "rules/titles.yaml", "at_least: HTXS", "at_least: HTXXS", "unknown name 'HTXXS'"),
    (
        "an unknown award in a condition",
        "rules/titles.yaml",
        "codes: [LDTT, CSTT]",
        "codes: [LDTT, CSTX]",
        "unknown name 'CSTX'",
    ),
    ("an unknown award", "rules/titles.yaml", "  CSTDTQ:\n", "  CSTDTX:\n", "unknown award"),
    (
        "an unknown question",
        "rules/titles.yaml",
        "question: spirit",
        "question: ghost",
        "unknown name 'ghost'",
    ),
    (
        "an unknown paper",
        "rules/titles.yaml",
        "evidence: [minutes]",
        "evidence: [hours]",
        "unknown name 'hours'",
    ),
    (
        "a condition twice in a rule",
        "rules/titles.yaml",
        "- {is: leave_days, at_most: 39}",
        "- {is: rating, at_least: HT}",
        "given twice in one rule",
    ),
    (
        "a chain wanted",
        "rules/collectives.yaml",
        "is: no_member_disciplined",
        "is: chain_length",
        "needs a chain",
    ),
    ("an unknown branch", "rules/forms.yaml", "      worker:\n", "      wirker:\n", "unknown branch"),
    (
        "regimes with a gap",
        "regimes.yaml",
        "to: 2025-06-30, instruments",
        "to: 2025-06-29, instruments",
        "gap between R2 and R3",
    ),
    (
        "regimes that overlap",
        "regimes.yaml",
        "to: 2025-06-30, instruments",
        "to: 2025-07-01, instruments",
        "overlap: R2 and R3",
    ),
    ("an unknown parent", "regimes.yaml", "inherits: R3", "inherits: R8", "not known before it"),
    ("a condition without words", "words.yaml", "    held: ", "    hold: ", "no sentence for 'held'"),
    (
        "a language missing",
        "words.yaml",
        "HT: {vi: hoàn thành nhiệm vụ, en: task fulfilled}",
        "HT: {vi: hoàn thành nhiệm vụ}",
        "'en' is missing",
    ),
    ("an unknown level", "awards.yaml", "level: commune", "level: village", "unknown name 'village'"),
    ("a part nobody knows", "regimes.yaml", "posts: [", "pots: [", "unknown name 'pots'"),
    ("broken YAML", "regimes.yaml", "posts: [", "posts: [[", "not YAML"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "why"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_fault_is_refused_with_its_place(tmp_path: Path, file: str, old: str, new: str, why: str) -> None:
    folder = tmp_path / "params"
    shutil.copytree(PARAMS, folder)
    text = (folder / file).read_text(encoding="utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawError, match=rf"\w+\.yaml:\d+: .*{why}"):
        read_law(folder)


def test_untouched_copy_is_read(tmp_path: Path) -> None:
    shutil.copytree(PARAMS, tmp_path / "params")
    assert read_law(tmp_path / "params").version == load().version


def test_line_is_the_line_of_the_fault(tmp_path: Path) -> None:
    with pytest.raises(LawError, match=r"^x\.yaml:3: 'a' is given twice$"):
        parse_marked("a: 1\nb: 2\na: 3\n", "x.yaml")


def test_name_in_two_files_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "params"
    shutil.copytree(PARAMS, folder)
    shutil.copy(folder / "values/caps.yaml", folder / "values/more.yaml")
    with pytest.raises(LawError, match=r"more\.yaml:\d+: .* first at values/caps\.yaml:\d+"):
        read_law(folder)


@pytest.mark.parametrize("text", ["", "a: [1", "? [a]: b", "\t- a"])
def test_hostile_text_is_one_sentence(text: str) -> None:
    with pytest.raises(LawError) as problem:
        parse_marked(text, "x.yaml")
    assert str(problem.value).startswith("x.yaml")


def test_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LawError, match="no law data"):
        read_law(tmp_path)


def test_changed_data_change_the_version(tmp_path: Path) -> None:
    folder = tmp_path / "params"
    shutil.copytree(PARAMS, folder)
    path = folder / BASE
    path.write_text(path.read_text(encoding="utf-8") + "# nothing\n", encoding="utf-8")
    assert read_law(folder).version != load().version


LINES = ["l0: &l0 [1, 2]", *(f"l{n}: &l{n} [*l{n - 1}, *l{n - 1}]" for n in range(1, 30))]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: " + "[" * 50_000, "x:1: not YAML"),
        ("a: " + "[" * 60 + "]" * 60, "x:1: too many parts"),
        ("a: &a [*a]\n", "x:1: too many parts"),
        ("\n".join(LINES), "too many parts"),
        ("a: 1\nb: 99999999999999\n", "x:2: '99999999999999' cannot be read"),
        ("a: !!float nan\n", "x:1: 'nan' cannot be read"),
    ],
    ids=["very deep", "deep", "inside itself", "doubling", "too large", "no number"],
)
def test_text_that_would_use_up_the_machine_is_refused(text, said):
    with pytest.raises(LawError, match=said):
        parse_marked(text, "x")


def test_twin_repeated_parts_within_repeated_parts_grow_without_the_limit(monkeypatch):
    text = "\n".join(LINES[:12])
    monkeypatch.setattr(marked, "MOST_NODES", 4000)
    with pytest.raises(LawError):
        parse_marked(text, "x")
    monkeypatch.setattr(marked, "MOST_NODES", 10**9)
    assert len(str(parse_marked(text, "x").map()["l11"].plain())) > 4096
