"""Anyone can check a box: the verifier against right boxes and every way to spoil one (C9)."""

from __future__ import annotations

import ast
import base64
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from guong.papers import sealing, verify_session
from guong.papers.verify_session import Fault, verify
from tests.drill import size
from tests.papers.boxes import Box, box

FILE = Path(verify_session.__file__)


def spoiled(made: Box, draw: random.Random, how: str) -> str:
    """The file of the box with one envelope taken, exchanged or added after the closing."""
    found = json.loads(made.file(made.opened()))
    entries = found["envelopes"]
    place = draw.randrange(len(entries))
    if how == "remove":
        del entries[place]
    else:
        member = entries[place]["member"] if how == "swap" else draw.randrange(90, 130)
        fresh = sealing.seal(made.key.public, made.hash, member, "Y" * len(made.items))
        entry = {"member": member, "ciphertext": base64.b64encode(fresh).decode()}
        entries[place : place + (how == "swap")] = [entry]
    return json.dumps(found)


def test_c09_verifier_agrees_with_the_app_in_random_sessions():
    draw = random.Random(9)
    key = sealing.new_key()
    for _ in range(size(40, 1000)):
        made = box(draw, draw.randint(3, 12), draw.randint(1, 8), key=key)
        opened = made.opened()
        trackers = [sealing.tracker(envelope) for envelope in made.envelopes.values()]
        said = verify(made.file(opened), sheets=list(key.sheets[1:]))
        assert said.startswith(sealing.list_hash(made.hash, trackers))
        counted = json.loads(said.partition("\n")[2])
        assert counted["valid"] == opened.valid
        assert [Counter(pile) for pile in opened.piles] == list(map(Counter, counted["counts"].values()))


@pytest.mark.parametrize("how", ["remove", "swap", "add"])
def test_c09_every_change_after_closing_is_found(how):
    draw = random.Random(10)
    for _ in range(size(34, 100)):
        made = box(draw, 6, 3, away=0)
        with pytest.raises(Fault):
            verify(spoiled(made, draw, how))


def test_c09_without_the_list_hash_an_exchanged_envelope_passes(monkeypatch):
    """The twin: a box whose hash is written anew agrees with itself; only the printed hash tells."""
    made = box(random.Random(11), 6, 3, away=0)
    closed = json.loads(made.file())["list_hash"]
    made.envelopes[101] = sealing.seal(made.key.public, made.hash, 101, "YYY")
    forged = made.file()
    assert verify(forged)
    with pytest.raises(Fault, match="biên bản"):
        verify(forged, printed=closed)


def test_c09_counts_that_are_not_those_of_the_envelopes_are_found():
    draw = random.Random(12)
    made = box(draw, 9, 3, away=0, back=0)
    right = made.file(made.opened())
    assert verify(right)
    for change in range(3):
        found = json.loads(right)
        item = str(draw.choice(made.items))
        if change == 0:
            found["result"]["counts"][item]["votes"]["yes"] += 1
        elif change == 1:
            found["result"]["counts"][item]["enough"] ^= True
        else:
            found["result"]["slips"][item] += "Y"
        with pytest.raises(Fault):
            verify(json.dumps(found))
    found = json.loads(right)
    pile = found["result"]["slips"]["201"]
    found["result"]["slips"]["201"] = pile.replace("N", "Y").replace("-", "Y")
    found["result"]["counts"]["201"] = {"votes": {"yes": 9, "no": 0, "silent": 0}, "enough": True}
    verify(json.dumps(found))  # agrees with itself: only opening the envelopes again tells
    with pytest.raises(Fault, match="kiểm lại"):
        verify(json.dumps(found), sheets=list(made.key.sheets[:2]))


def test_c09_frozen_rule_and_list_cannot_be_written_anew():
    made = box(random.Random(13), 5, 2)
    found = json.loads(made.file())
    found["setup"] = found["setup"].replace("Xét khen", "Xét khác")
    with pytest.raises(Fault, match="setup_hash"):
        verify(json.dumps(found))


def test_c08_verifier_refuses_sheets_of_another_session():
    made = box(random.Random(14), 5, 2)
    for sheets in (sealing.new_key().sheets[:2], [made.key.sheets[0], made.key.sheets[0]], ["a b", "c d"]):
        with pytest.raises(Fault):
            verify(made.file(), sheets=list(sheets))


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "null", '{"setup": 1}', '{"setup": "x", "setup_hash": "y"}']
)
def test_file_that_is_no_box_is_one_line(text):
    with pytest.raises(Fault):
        verify(text)


def test_c09_verifier_is_short_and_stands_alone():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 200
    modules = {
        name
        for node in ast.walk(ast.parse("\n".join(lines)))
        for name in (
            [node.module]
            if isinstance(node, ast.ImportFrom)
            else [one.name for one in getattr(node, "names", [])]
        )
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    assert not [name for name in modules if name and name.startswith(("guong", "django"))]


def test_c09_verifier_runs_alone_on_a_file(tmp_path):
    made = box(random.Random(15), 5, 2, away=0)
    path = tmp_path / "hòm phiếu.json"
    path.write_text(made.file(made.opened()), encoding="utf-8")
    command = [sys.executable, "-I", str(FILE), str(path), "--sheets"]
    sheets = "\n".join(made.key.sheets[:2]).encode()
    right = subprocess.run(command, input=sheets, capture_output=True, env={"PYTHONUTF8": "1"})
    assert (right.returncode, right.stderr) == (0, b"")
    assert "KHỚP" in right.stdout.decode()
    path.write_text(path.read_text(encoding="utf-8").replace('"valid": 5', '"valid": 4'), encoding="utf-8")
    wrong = subprocess.run(command, input=sheets, capture_output=True, env={"PYTHONUTF8": "1"})
    assert wrong.returncode == 1
    assert "KHÔNG KHỚP" in wrong.stderr.decode()
