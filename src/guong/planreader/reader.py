"""From a file to a Reading."""

from __future__ import annotations

from dataclasses import replace

from guong.planreader.dates import point_of
from guong.planreader.defects import defects_of
from guong.planreader.document import Document, document_of
from guong.planreader.fields.activities import activities_of
from guong.planreader.fields.aims import purposes_of, requirements_of
from guong.planreader.fields.assignments import assignments_of
from guong.planreader.fields.bases import bases_of
from guong.planreader.fields.citations import citations_of
from guong.planreader.fields.closing import closing_of
from guong.planreader.fields.deadlines import deadlines_of
from guong.planreader.fields.event import event_of
from guong.planreader.fields.heading import heading_of
from guong.planreader.fields.movements import movements_of
from guong.planreader.fields.peaks import peaks_of
from guong.planreader.fields.prose import sections_of
from guong.planreader.fields.recurring import recurring_of
from guong.planreader.fields.targets import targets_of
from guong.planreader.fields.timing import period_in
from guong.planreader.fields.topics import topics_of
from guong.planreader.formats import lines_of
from guong.planreader.formats.means import Means
from guong.planreader.model import Period, Plan, Reading
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
    plan = Plan(
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
    return _with_text(plan, document, period, ledger)


def _with_text(plan: Plan, document: Document, period: Period | None, ledger: Ledger) -> Plan:
    """The plan with what its prose says beyond the fields of the schema, and the prose itself."""
    return replace(
        plan,
        purposes=purposes_of(document, ledger),
        requirements=requirements_of(document, ledger),
        peaks=peaks_of(document, ledger),
        recurring=recurring_of(document, period, ledger),
        citations=citations_of(document, plan.legal_bases, plan.number, ledger),
        sections=sections_of(document, ledger),
    )
