"""A plan goes to its recipients: a copy for each body of ours, read, passed on to sections (B-12, B-20)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.models import Body, BodyKind, User
from guong.base.text import fold
from guong.base.workflow import Refused, guarded
from guong.plans import access
from guong.plans.models import Delivery, Plan, Recipient, Reminder
from guong.plans.reading.bodies import Directory

Purpose = Delivery.Purpose
# The strongest purpose first: a body that stands in two lines gets one copy.
PURPOSES = (
    (Purpose.EXECUTE, r"\b(thuc hien|t ?hien|t ?h|trien khai)\b"),
    (Purpose.COORDINATE, r"\b(phoi hop|p ?hop|p ?h)\b"),
    (Purpose.REPORT, r"\b(bao cao|b ?cao|b ?c)\b"),
    (Purpose.FILE, r"\bluu\b"),
    (Purpose.INFORM, r""),
)
STRENGTH = {purpose: place for place, (purpose, _words) in enumerate(PURPOSES)}
_OFFICES = re.compile(r"\b(cac|tat ca)\b.*\bphong\b.*\b(thuoc|co quan|chuyen mon)\b.*\bso\b")
_SECTIONS = re.compile(r"\b(cac|toan the)\b.*\b(khoa|phong|to)\b")


def purpose_of(recipient: Recipient) -> str:
    """For what the line's words say the copy is; for information when they say nothing."""
    words = fold(recipient.purpose) or fold(recipient.text).partition(":")[0]
    return next(purpose for purpose, pattern in PURPOSES if re.search(pattern, words))


def bodies_of(recipient: Recipient, directory: Directory) -> list[Body]:
    """Bodies of ours behind a line of "Nơi nhận", the issuer too; none for those outside the department."""
    plan = recipient.plan
    if recipient.body:
        found = [recipient.body]
    elif recipient.group:
        found = directory.units[recipient.group]
    elif _OFFICES.search(fold(recipient.text)):
        found = [body for body in directory.all if body.kind == BodyKind.OFFICE and body.inside]
    elif plan.body and plan.body.kind in access.OWN_KEEPERS and _SECTIONS.search(fold(recipient.text)):
        found = sections_of(plan.body)
    else:
        found = directory.owners(directory.match(recipient.text))
    here = plan.department.path
    return [body for body in found if body.path.startswith(here)]


def sections_of(unit: Body) -> list[Body]:
    """Sections of a unit that exist today, in dictionary order."""
    return list(Body.objects.under(unit).current().filter(kind=BodyKind.SECTION).by_name())


def deliver(plan: Plan) -> int:
    """A copy of the edition in force for every body of ours among the recipients; how many went out.

    Runs inside the act that issues or revises the plan; what was delivered already is not delivered again.
    """
    wanted: dict[int, str] = {}
    directory = Directory(plan.department)
    for recipient in plan.recipients.select_related("body"):
        recipient.plan = plan
        purpose = purpose_of(recipient)
        for body in bodies_of(recipient, directory):
            wanted[body.pk] = min(wanted.get(body.pk, purpose), purpose, key=STRENGTH.__getitem__)
    wanted.pop(plan.body_id or 0, None)
    known = set(plan.deliveries.filter(edition=plan.edition).values_list("body_id", flat=True))
    made = [
        Delivery(plan=plan, body_id=pk, edition=plan.edition, purpose=purpose)
        for pk, purpose in wanted.items()
        if pk not in known
    ]
    return len(Delivery.objects.bulk_create(made))


def confirm_read(user: User, delivery: Delivery) -> Delivery:
    """Somebody of the receiving body says it has read the plan. Raises Refused: not theirs, read before."""
    with guarded(user, "confirm_read", delivery) as log:
        locked = _locked(delivery)
        if why := access.must_receive(user, locked):
            raise Refused(why)
        if locked.read_at:
            raise Refused(_("%(who)s has confirmed this already.") % {"who": locked.read_by})
        _stamp(locked, user)
        log.about(locked)
    return locked


def pass_on(user: User, delivery: Delivery, sections: Iterable[Body]) -> int:
    """Give the unit's copy to sections of its house; how many got it now. The unit has then read it itself.

    Raises Refused: not one's own unit, an old edition, no section chosen, all of them have it.
    """
    with guarded(user, "pass_on", delivery) as log:
        locked = _locked(delivery)
        if why := access.must_pass_on(user, locked) or _must_be_current(locked):
            raise Refused(why)
        ours = {body.pk for body in sections_of(locked.body)} & {body.pk for body in sections}
        have = set(locked.plan.deliveries.filter(edition=locked.edition).values_list("body_id", flat=True))
        if not ours:
            raise Refused(_("Choose at least one section."))
        if not ours - have:
            raise Refused(_("These sections have the plan already."))
        Delivery.objects.bulk_create(
            Delivery(
                plan=locked.plan, body_id=pk, edition=locked.edition, purpose=locked.purpose, passed_on=locked
            )
            for pk in sorted(ours - have)
        )
        if not locked.read_at:
            _stamp(locked, user)
        log.about(locked, note=_("to %(n)s sections") % {"n": len(ours - have)})
    return len(ours - have)


def remind(user: User, plan: Plan, bodies: Iterable[Body], about: str) -> int:
    """Remind bodies of a plan; each once a day at most. How many were reminded now.

    Raises Refused: not one's own plan, nobody left to remind, all of them reminded today.
    """
    with guarded(user, "remind", plan) as log:
        locked = _locked_plan(plan)
        wanted = {body.pk: body for body in bodies}
        if why := _must_remind(user, locked, wanted):
            raise Refused(why)
        if locked.state != Plan.State.IN_FORCE:
            raise Refused(_("The plan is closed; nobody is reminded of it any more."))
        if not wanted:
            raise Refused(_("Nobody is missing; there is nobody to remind."))
        today = timezone.localdate()
        told = set(
            Reminder.objects.filter(plan=locked, about=about, day=today).values_list("body_id", flat=True)
        )
        left = [pk for pk in wanted if pk not in told]
        if not left:
            raise Refused(_("All of them were reminded today. Remind them again tomorrow."))
        Reminder.objects.bulk_create(
            Reminder(plan=locked, body_id=pk, about=about, day=today, by=user) for pk in left
        )
        log.about(
            locked, note=_("%(n)s bodies, %(about)s") % {"n": len(left), "about": Reminder.About(about).label}
        )
    return len(left)


def _must_remind(user: User, plan: Plan, bodies: Mapping[int, Body]) -> str | None:
    """The issuer reminds anyone; a unit reminds its own sections."""
    own = all(
        body.kind == BodyKind.SECTION and user.scope.holds(body, *access.REPORTERS)
        for body in bodies.values()
    )
    return None if bodies and own else access.must_keep_plans(user, plan)


def _must_be_current(delivery: Delivery) -> str | None:
    if delivery.edition == delivery.plan.edition:
        return None
    return _("This is the copy of an earlier edition. Open the newest copy of the plan.")


def _locked_plan(plan: Plan) -> Plan:
    found = Plan.objects.select_for_update(of=("self",)).select_related("department", "body")
    return found.get(pk=plan.pk)


def _locked(delivery: Delivery) -> Delivery:
    found = Delivery.objects.select_for_update(of=("self",)).select_related(
        "plan__department", "body", "read_by"
    )
    return found.get(pk=delivery.pk)


def _stamp(delivery: Delivery, user: User) -> None:
    delivery.read_at, delivery.read_by = timezone.now(), user
    delivery.save(update_fields=["read_at", "read_by"])
