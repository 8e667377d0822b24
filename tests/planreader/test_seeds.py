"""The five real plans against their hand-made values, by the project's own scorer."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

import guong.planreader
from guong.planreader import read

SHARED = Path(__file__).resolve().parents[3] / "shared"
SEEDS = sorted((SHARED / "seeds").glob("*.txt"))
GOLD = sorted((SHARED / "plans" / "gold").glob("seed*.json"))
SOURCES = sorted(Path(guong.planreader.__file__).parent.rglob("*.py"))

needs_shared = pytest.mark.skipif(
    len(SEEDS) != 5 or len(GOLD) != 5, reason="the five real plans are kept beside the repository, not in it"
)


@needs_shared
def test_seeds_reach_their_score(tmp_path: Path) -> None:
    for number, seed in enumerate(SEEDS):
        plan = read(seed.read_bytes(), seed.name).to_json()["plan"]
        (tmp_path / f"seed{number}.json").write_text(json.dumps(plan), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, SHARED / "tools" / "score.py", tmp_path, GOLD[0].parent, "--tier", "seed"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    score = float(re.search(r"overall micro-F1 ([\d.]+)", result.stdout).group(1))
    assert score >= 0.97, result.stdout


@needs_shared
@pytest.mark.parametrize(("tier", "least"), [("real", 0.95), ("reworded", 0.95), ("composed", 0.95)])
def test_other_known_plans_reach_their_score(tier: str, least: float, tmp_path: Path) -> None:
    for text in sorted((SHARED / "plans" / "dev").glob("*.txt")):
        plan = read(text.read_bytes(), text.name).to_json()["plan"]
        (tmp_path / f"{text.stem}.json").write_text(json.dumps(plan), encoding="utf-8")
    result = subprocess.run(
        [sys.executable, SHARED / "tools" / "score.py", tmp_path, GOLD[0].parent, "--tier", tier],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    score = float(re.search(r"overall micro-F1 ([\d.]+)", result.stdout).group(1))
    assert score >= least, result.stdout


@needs_shared
def test_seeds_show_their_known_faults() -> None:
    faults = [{defect.code for defect in read(seed.read_bytes(), seed.name).defects} for seed in SEEDS]
    assert {"duplicate_section", "missing_section", "purpose_guessed"} <= faults[0]
    assert {
        "missing_number",
        "movement_other_year",
        "movement_open_quota",
        "movement_without_lead",
    } <= faults[1]
    assert {"blank_number", "blank_day", "misread_section", "topic_without_activity"} <= faults[2]
    assert {"report_before_end", "repeated_heading", "mixed_accents"} <= faults[2]
    assert {"duplicate_section", "missing_number", "missing_place"} <= faults[3]
    assert "basis_after_start" in faults[4]


def proper_names() -> set[str]:
    """Provinces, people, districts and titles the real plans name."""
    names: set[str] = set()
    for path in GOLD:
        gold = json.loads(path.read_text(encoding="utf-8"))
        names |= {gold["signatory"]["name"], gold["title"], gold["place"], gold["theme"]} - {None}
        for issuer in [gold["issuer"], *gold["_alt"].get("issuer", [])]:
            names.add(re.sub(r"^(?:Sở Y tế|Trung tâm Y tế)(?: tỉnh| thị xã)?\s*", "", issuer))
        names |= {movement["name"] for movement in gold["movements"]}
        names |= set(re.findall(r"“([^”]+)”", " ".join(movement["name"] for movement in gold["movements"])))
        names |= {basis["number"] for basis in gold["legal_bases"]}
    return {unicodedata.normalize("NFC", name).casefold() for name in names if len(name) > 2}


@needs_shared
def test_no_rule_names_what_the_seeds_name() -> None:
    names = proper_names()
    assert len(names) > 30
    texts = {
        path.name: unicodedata.normalize("NFC", path.read_text(encoding="utf-8")).casefold()
        for path in SOURCES
    }
    assert [(file, name) for file, text in texts.items() for name in names if name in text] == []


@needs_shared
def test_a_rule_naming_a_province_would_be_found() -> None:
    planted = f'if place == "{json.loads(GOLD[0].read_text(encoding="utf-8"))["place"]}":'.casefold()
    assert any(name in planted for name in proper_names())
