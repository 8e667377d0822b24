"""Values of a plan itself: facts, legal bases, targets, assignments, obligations, recipients, kept parts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guong.base.models import Denominator
from guong.plans.reading import kinds
from guong.plans.reading.kinds import Field
from guong.plans.reading.words import bodies_of, denominator_of, issuing_body, year_of

NO_CHOICE = ("", _("not said"))

PLAN = (
    Field("kind", _("Kind of document"), required=True, longest=80),
    Field("number", _("Number"), wanted=True, longest=80),
    Field("issued_on", _("Issued on"), kinds.DATE, wanted=True),
    Field("place", _("Place of issue"), wanted=True, longest=120),
    Field("issuer", _("Issuer"), longest=250),
    Field("title", _("Title"), kinds.LONG, required=True, longest=600),
    Field("theme", _("Theme"), longest=400),
    Field("year", _("Year"), kinds.WHOLE, required=True, derive=year_of),
    Field("period.start", _("From"), kinds.DATE),
    Field("period.end", _("Until"), kinds.DATE),
    Field("signatory.position", _("Signatory's position"), longest=120),
    Field("signatory.name", _("Signatory"), longest=120),
)
ISSUED_BY = Field("body", _("Issued by, in Gương"), kinds.BODIES, derive=issuing_body, of="issuer")
BASIS = (
    Field("kind", _("Kind"), required=True, longest=60),
    Field("number", _("Number"), longest=80),
    Field("issued_on", _("Issued on"), kinds.DATE),
    Field("issuer", _("Issuer"), longest=250),
    Field("subject", _("About"), kinds.LONG, longest=500),
)
YEAR = PLAN[7]
PERIOD = {"start": PLAN[8], "end": PLAN[9]}
CITATION = (
    Field("kind", _("Kind"), longest=60),
    Field("number", _("Number"), longest=80),
    Field("issued_on", _("Issued on"), kinds.DATE),
    Field("issuer", _("Issuer"), longest=250),
    Field("subject", _("About"), kinds.LONG, longest=500),
)
TARGET = (
    Field("metric", _("What"), kinds.LONG, required=True, longest=400),
    Field("value", _("Value"), required=True, longest=80),
    Field(
        "denominator",
        _("Share of"),
        kinds.CHOICE,
        choices=(NO_CHOICE, *Denominator.choices),
        derive=denominator_of,
        of="metric",
    ),
)
ASSIGNED = (
    Field("unit", _("Assigned to"), required=True, longest=400),
    Field("bodies", _("Means"), kinds.BODIES, derive=bodies_of("unit"), of="unit"),
)
TASK = Field("", _("Task"), kinds.LONG, required=True)
OBLIGATION = (
    Field("what", _("What"), kinds.LONG, required=True),
    Field("on", _("Date on the paper"), kinds.DATE, required=True),
    Field("strict", _("“before” that date: the day before is the last"), kinds.YES),
    Field("by", _("By whom"), longest=400),
    Field("bodies", _("Owed by"), kinds.BODIES, wanted=True, derive=bodies_of("by"), of="by"),
    Field("to", _("To whom"), longest=400),
)
RECIPIENT = (
    Field("recipient", _("Recipient"), required=True, longest=250),
    Field("purpose", _("Purpose"), longest=80),
    Field("bodies", _("Means"), kinds.BODIES, derive=bodies_of("recipient"), of="recipient"),
)
TOPIC = (Field("code", _("No."), longest=20), Field("text", _("Topic"), kinds.LONG, required=True))
ACTIVITY = (
    Field("when.start", _("From"), kinds.DATE),
    Field("when.end", _("Until"), kinds.DATE),
    Field("name", _("Activity"), kinds.LONG, required=True),
    Field("lead_units", _("Leads"), kinds.LINES),
    Field("related_units", _("Takes part"), kinds.LINES),
    Field("outputs", _("Outputs"), kinds.LINES),
)
EVENT = (
    Field("name", _("Event"), kinds.LONG, required=True),
    Field("when", _("Time"), kinds.DATE),
    Field("duration", _("Length")),
    Field("max_delegates", _("Most delegates"), kinds.WHOLE),
    Field("programme", _("Programme"), kinds.LINES),
    Field("papers", _("Papers"), kinds.WHOLE),
    Field("funding", _("Funding"), kinds.LONG),
)
DELEGATION = (
    Field("units", _("Units"), kinds.LONG, required=True),
    Field("leaders", _("Leaders"), kinds.WHOLE),
    Field("union_chairs", _("Union chairs"), kinds.WHOLE),
    Field("representatives", _("Representatives"), kinds.WHOLE),
)
