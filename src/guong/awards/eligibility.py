"""What the law says of a nomination, as sentences beside what is missing in the dossier.

Not eligible: it must not be sent. Where that answer rests on a text not verified, the head may insist with a
written reason. Open: it may be sent, and the list says what a person or a record must settle. Nothing that
rests on a text not verified is shown without the mark.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from guong.awards.assessing import answer_today, counted_with, received_on
from guong.awards.models import Nomination
from guong.awards.reasons import Reason
from guong.awards.titles import must_be_laid_down
from guong.law import FactsError, NotInForce
from guong.law.assessment import Assessment as Answer
from guong.law.assessment import Finding

RECORDS = {
    "ratings": pgettext_lazy("record", "rating"),
    "titles": pgettext_lazy("record", "titles won"),
    "initiatives": pgettext_lazy("record", "initiatives"),
    "disciplines": pgettext_lazy("record", "disciplines"),
    "leave": pgettext_lazy("record", "leave"),
    "employment": pgettext_lazy("record", "posts held"),
    "service": pgettext_lazy("record", "years of service"),
    "members": pgettext_lazy("record", "titles and ratings of the members"),
    "subjects": pgettext_lazy("record", "personal details"),
}
FAILED = ("not_eligible", "suspended")
LOOKS = {"eligible": "ok", "not_eligible": "stop", "suspended": "stop", "open": "warn"}
UNVERIFIED = gettext_lazy("not verified")


def reasons_of_law(nomination: Nomination) -> Iterator[Reason]:
    """Every condition of the title with today's answer, and what else the answer rests on."""
    if why := must_be_laid_down(nomination, received_on(nomination)):
        yield Reason("must", why)
        return
    try:
        answer = answer_today(nomination)
    except (FactsError, NotInForce):
        yield Reason("must", _("The record book knows nothing of %(name)s yet.") % {"name": nomination.name})
        return
    insisted = bool(nomination.insisted_because) and answer.unverified
    yield from sentences(answer, insisted=insisted)
    yield from _beside(nomination, insisted=insisted)


def sentences(answer: Answer, *, insisted: bool = False) -> list[Reason]:
    """The conditions of an answer: failed ones first, then what is open, then what is met."""
    failed = "must" if answer.outcome in FAILED and not insisted else "open"
    return [
        *(_reason(failed, each, _not_met(each)) for each in answer.deciding("failed")),
        *(_reason("open", each, _still_open(each)) for each in answer.deciding("open")),
        *(_reason("met", each, each.vi) for each in answer.finding.leaves() if each.state == "met"),
    ]


def _reason(kind: str, finding: Finding, text: str) -> Reason:
    mark = f" ({UNVERIFIED})" if finding.confidence == "unverified" else ""
    return Reason(kind, text, f"{finding.source}{mark}", personal=True)


def _not_met(finding: Finding) -> str:
    word = _("Must wait: %(condition)s.") if finding.suspends else _("Not met: %(condition)s.")
    return word % {"condition": finding.vi}


def _still_open(finding: Finding) -> str:
    named = {"condition": finding.vi}
    if finding.for_people:
        papers = ", ".join(finding.evidence)
        if papers:
            return _("People judge: %(condition)s. Evidence: %(papers)s.") % {**named, "papers": papers}
        return _("People judge: %(condition)s.") % named
    records = ", ".join(str(RECORDS.get(name, name)) for name in finding.missing.split(", "))
    return _("Open: %(condition)s. Not in the record book yet: %(records)s.") % {**named, "records": records}


def _beside(nomination: Nomination, *, insisted: bool) -> Iterator[Reason]:
    same = counted_with(nomination)
    if same:
        named = ", ".join(f"{each.title} ({each.pk})" for each in same)
        yield Reason("open", _("Counted as won, from the same review: %(titles)s.") % {"titles": named})
    if insisted:
        yield Reason(
            "open",
            _("Sent although a text not verified says no. The head writes: %(why)s")
            % {"why": nomination.insisted_because},
        )
