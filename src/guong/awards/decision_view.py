"""What the page of a decision shows besides its text: the road, the numbers around, what was checked (08)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guong import law as rules
from guong.awards import money
from guong.awards.authority import must_decide_here
from guong.awards.models import Bonus, Decision
from guong.law import Law
from guong.regulations.here import law_of

State = Decision.State
ORDER = (State.DRAFT, State.NUMBERED, State.SIGNED, State.ISSUED)


def road(decision: Decision) -> list[dict[str, Any]]:
    """The timeline: chosen, draft, number, signed copy, issued; the end as it came."""
    ended = decision.state in (State.REVOKED, State.VOID)
    at = ORDER.index(decision.state) if not ended else 4 if decision.issued_at else 2
    session = decision.session
    chosen = f"{session.held_at:%d/%m/%Y}" if session else _("ad hoc")
    dated = f"{decision.signed_on:%d/%m/%Y}" if decision.signed_on else ""
    notes = [
        (_("Chosen"), chosen, "done"),
        (_("Draft"), _("version %(n)s") % {"n": decision.version}, _status(at, 0)),
        (_("Number"), f"{decision.number}, {dated}" if decision.number else "", _status(at, 1, after=True)),
        (_("Signed copy"), _("kept") if decision.signed_file_id else "", _status(at, 2, after=True)),
        (
            _("Issued"),
            f"{decision.issued_at:%d/%m/%Y}" if decision.issued_at else "",
            _status(at, 3, after=True),
        ),
    ]
    found = [{"label": label, "note": note, "status": status} for label, note, status in notes]
    return [*_until(found, decision), _end(decision)] if ended else found


def _status(at: int, mine: int, *, after: bool = False) -> str:
    """A stage that is reached by an act (`after`) is done once it is reached."""
    if after:
        return "done" if at >= mine else "now" if 0 < at == mine - 1 else "later"
    return "done" if at > mine else "now"


def _until(found: list[dict[str, Any]], decision: Decision) -> list[dict[str, Any]]:
    """A cancelled decision never reached the later stages: they are not shown."""
    return (
        found if decision.issued_at else [step for step in found if step["status"] == "done" and step["note"]]
    )


def _end(decision: Decision) -> dict[str, Any]:
    label = _("Revoked") if decision.state == State.REVOKED else _("Cancelled")
    return {
        "label": label,
        "note": f"{decision.revoked_on:%d/%m/%Y}" if decision.revoked_on else "",
        "status": "back",
    }


def neighbours(decision: Decision) -> list[Decision]:
    """The decisions with the numbers just before and after, to show that the series has no gap."""
    if not decision.number:
        return []
    around = range(decision.number - 1, decision.number + 2)
    return list(
        Decision.objects.filter(
            department=decision.department_id, symbol=decision.symbol, year=decision.year, number__in=around
        ).order_by("number")
    )


def to_settle(decision: Decision, bonuses: Sequence[Bonus]) -> list[dict[str, str]]:
    """What the clerk must know before a draft gets its number: authority, legal bases, money."""
    law, today = law_of(decision.department), timezone.localdate()
    codes = dict.fromkeys(bonus.award.title_code for bonus in bonuses)
    refused = [why for code in codes if (why := must_decide_here(law, code, today))]
    return [
        *({"kind": "must", "text": text, "source": ""} for text in refused),
        *_doubtful_bases(decision, law, today),
        *({"kind": "open", "text": text, "source": ""} for text in money.doubts(bonuses)),
    ]


def _doubtful_bases(decision: Decision, law: Law, day: date) -> Iterator[dict[str, str]]:
    """Bases that fell, bases that are missing, and what of the rest nobody compared with its document."""
    proposed = rules.legal_bases(law, day)
    cited = {line.rstrip(" ;.") for line in decision.bases}
    for instrument in rules.ended(law, decision.bases, day):
        text = _("A legal basis does not apply on %(day)s: %(name)s.")
        words = {"day": f"{day:%d/%m/%Y}", "name": instrument.name}
        yield {"kind": "must", "text": text % words, "source": ""}
    for basis in proposed:
        if basis.text not in cited:
            yield {"kind": "open", "text": _("Not cited: %(basis)s.") % {"basis": basis.text}, "source": ""}
    doubtful = [basis for basis in proposed if basis.unverified and basis.text in cited]
    if doubtful:
        text = _("%(n)s legal bases were not compared with their documents: check name, number and day.")
        yield {"kind": "open", "text": text % {"n": len(doubtful)}, "source": doubtful[-1].why}


def signature_checks(decision: Decision) -> list[dict[str, str]]:
    """What is known of the signed copy, and plainly what is not."""
    if decision.signed_file is None:
        return [{"kind": "must", "text": _("The signed copy has not been uploaded yet."), "source": ""}]
    file = decision.signed_file
    return [
        {
            "kind": "open",
            "text": _("The digital signature in the file was not checked: a person must look at it."),
            "source": _("not verified"),
        },
        {
            "kind": "met",
            "text": _("The file is a whole PDF and is kept unchanged."),
            "source": f"SHA-256 {file.sha256[:16]}…",
        },
    ]
