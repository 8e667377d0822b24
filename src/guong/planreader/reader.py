"""From a file to a Reading."""

from __future__ import annotations

from guong.planreader.dates import point_of
from guong.planreader.defects import defects_of
from guong.planreader.document import Document, document_of
from guong.planreader.fields.activities import activities_of
from guong.planreader.fields.assignments import assignments_of
from guong.planreader.fields.bases import bases_of
from guong.planreader.fields.closing import closing_of
from guong.planreader.fields.deadlines import deadlines_of
from guong.planreader.fields.event import event_of
from guong.planreader.fields.heading import heading_of
from guong.planreader.fields.movements import movements_of
from guong.planreader.fields.targets import targets_of
from guong.planreader.fields.timing import period_in
from guong.planreader.fields.topics import topics_of
from guong.planreader.formats import lines_of
from guong.planreader.formats.means import Means
from guong.planreader.model import Plan, Reading
from guong.planreader.passage import Ledger
from guong.planreader.reasons import Unreadable
from guong.planreader.recognised import to_be_compared


def read(data: bytes, name: str, means: Means | None = None) -> Reading:
    """What the plan in a file says, each value with its source. Raises Unreadable.

    Hostile files may still cost time or memory here: a server reads through `sandbox.read_limited`.
    """
    text = lines_of(data, name, means)
    document = document_of(text.lines)
    if document is None:
        raise Unreadable("not_a_plan", name=name)
    ledger = Ledger()
    plan = _plan(document, ledger)
    defects = defects_of(document, plan, ledger.sources, mixed_accents=text.mixed_accents)
    sources = to_be_compared(ledger.sources, text)
    return Reading(plan, text.lines, sources, defects, tuple(sorted(text.scanned)))


def _plan(document: Document, ledger: Ledger) -> Plan:
    heading = heading_of(document, ledger)
    bases = bases_of(document, ledger)
    document.like = heading.issued_on or point_of(heading.title or "")
    period = period_in(document, ledger)
    document.like = document.like or (period.start if period else None)
    event = event_of(document, heading.title, ledger)
    closing = closing_of(document, ledger)
    return Plan(
        **vars(heading),
        legal_bases=bases,
        period=None if event else period,
        movements=movements_of(document, ledger),
        topics=topics_of(document, ledger),
        activities=activities_of(document, ledger),
        event=event,
        assignments=assignments_of(document, ledger),
        deadlines=deadlines_of(document, ledger),
        targets=targets_of(document, ledger),
        distribution=closing.recipients,
        signatory=closing.signatory,
    )
