"""Two secret votes of the demo: one under way, one counted, with key sheets to play the counting with."""

from __future__ import annotations

from django.conf import settings

from guong.awards.actions import boxes
from guong.awards.flow import SESSION_STEPS
from guong.awards.models import Session
from guong.base.workflow import take
from guong.papers.key_sheets import KeySheet, key_sheets_pdf
from guong.papers.sealing import KeySheets
from guong.site.demo.current import Stage

BOARD = ("congdoan", "thukyhoidong", "uyvien")  # who keep the three sheets
VOTERS = ("phogiamdoc", "thukyhoidong", "uyvien", "congdoan", "doanthanhnien")
NOT_YET = ("uyvien", "doanthanhnien")  # so that somebody has a ballot to cast


def play(stage: Stage, running: Session, counted: Session) -> None:
    """Members of the first still vote; the second waits for the chair's conclusion."""
    keys = _open(stage, running)
    _keep_sheets(stage, running, keys)
    for name in VOTERS:
        if name not in NOT_YET:
            _cast(stage, running, name, {})
    keys = _open(stage, counted)
    for place, name in enumerate(VOTERS):
        _cast(stage, counted, name, {place: "no"})
    secretary = stage.users["thukyhoidong"]
    take(SESSION_STEPS["close_box"], counted, by=secretary)
    boxes.open_box(by=secretary, session=counted, sheets=keys.sheets[:2])
    boxes.record_destruction(by=secretary, session=counted)


def _open(stage: Stage, session: Session) -> KeySheets:
    secretary = stage.users["thukyhoidong"]
    holders = [session.seats.get(person=stage.users[name].person) for name in BOARD]
    _box, keys = boxes.set_up(by=secretary, session=session, holders=holders)
    take(SESSION_STEPS["open_voting"], session, by=secretary)
    session.refresh_from_db()
    return keys


def _cast(stage: Stage, session: Session, name: str, against: dict[int, str]) -> None:
    items = list(session.items.order_by("order", "pk").values_list("pk", flat=True))
    choices = {item: against.get(place, "yes") for place, item in enumerate(items)}
    boxes.cast_unsealed(by=stage.users[name], session=session, choices=choices)


def _keep_sheets(stage: Stage, session: Session, keys: KeySheets) -> None:
    """The demo's sheets lie in var/demo: nobody prints them, and the counting is there to be tried."""
    roles = ("Trưởng ban kiểm phiếu", "Thư ký ban kiểm phiếu", "Ủy viên ban kiểm phiếu")
    sheets = [
        KeySheet(stage.users[name].person.name, role, words)
        for name, role, words in zip(BOARD, roles, keys.sheets, strict=True)
    ]
    folder = settings.VAR / "demo"
    folder.mkdir(parents=True, exist_ok=True)
    mark = session.box.setup_hash[:8]
    pdf = key_sheets_pdf(session.council.name, session.title, session.local_day, mark, sheets)
    (folder / "phieu-khoa.pdf").write_bytes(pdf)
