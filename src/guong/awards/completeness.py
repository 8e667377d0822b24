"""What a nomination still lacks: the list the page shows, which decides whether it may be sent (D-14)."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards.eligibility import reasons_of_law
from guong.awards.models import Nomination
from guong.awards.places import key_of
from guong.awards.reasons import Reason
from guong.awards.titles import is_of_the_unit_level
from guong.base.models import Employment
from guong.base.text import fold
from guong.movements.models import Movement, Quota, Subject
from guong.plans.models import Plan

LIVING = ("submitted", "appraised", "listed", "tabled", "chosen", "awarded")
SHORT_TEXT = 60  # letters; a shorter achievement rarely names a figure


def reasons_of(nomination: Nomination) -> list[Reason]:
    """Every condition with its answer; the law's only while the nominee is the unit's own (D5)."""
    found = [
        *_movement(nomination),
        *_nominee(nomination),
        *_text(nomination),
        *_evidence(nomination),
        *_places(nomination),
    ]
    gone = nomination.person_id is not None and current_work(nomination) is None
    return found if gone else [*found, *reasons_of_law(nomination)]


def missing(nomination: Nomination) -> list[Reason]:
    """Only what must be done before the nomination may be sent."""
    return [reason for reason in reasons_of(nomination) if reason.kind == "must"]


def _edit(nomination: Nomination, field: str) -> dict[str, str]:
    address = reverse("awards:edit", args=[nomination.pk])
    return {"url": f"{address}#id_{field}", "link": _("Fill in")}


def _movement(nomination: Nomination) -> Iterator[Reason]:
    movement = nomination.movement
    source = str(movement.plan)
    if movement.plan.state != Plan.State.IN_FORCE:
        yield Reason(
            "must", _("The plan of this movement is closed: it takes no nominations any more."), source
        )
    if movement.quota_kind == Movement.QuotaKind.PER_PROGRAMME and nomination.programme_id is None:
        yield Reason(
            "must", _("Choose the programme: this movement has places for each programme."), source,
            **_edit(nomination, "programme"),
        )  # fmt: skip
    if movement.window_end and movement.window_end < timezone.localdate():
        day = f"{movement.window_end:%d/%m/%Y}"
        yield Reason("open", _("The judging time of this movement ended on %(day)s.") % {"day": day}, source)


def _nominee(nomination: Nomination) -> Iterator[Reason]:
    if nomination.person_id is None:
        return
    work = current_work(nomination)
    if work is None:
        yield Reason("must", _("%(name)s does not work in this unit today.") % {"name": nomination.name})
        return
    yield Reason("met", _("%(name)s works in this unit.") % {"name": nomination.name}, str(work))
    posts = nomination.movement.posts
    if posts and not holds_post(work, posts):
        named = {"name": nomination.name, "post": work.post, "posts": ", ".join(posts)}
        yield Reason(
            "must", _("%(name)s is %(post)s; this movement is for: %(posts)s.") % named,
            str(nomination.movement.plan),
        )  # fmt: skip
    elif posts:
        yield Reason("met", _("The post fits this movement."), ", ".join(posts))


def current_work(nomination: Nomination) -> Employment | None:
    """Where the nominee works today inside the nominating unit."""
    works = Employment.objects.in_force().filter(
        person_id=nomination.person_id, body__path__startswith=nomination.unit.path
    )
    return works.select_related("body").order_by("-valid_from", "pk").first()


def holds_post(work: Employment, posts: list[str]) -> bool:
    """The post or the profession is one of those the plan names (2.6: nurses, midwives, station heads)."""
    held = f" {fold(work.post)} {fold(work.profession)} "
    return any(f" {fold(post)} " in held for post in posts)


def _text(nomination: Nomination) -> Iterator[Reason]:
    text = nomination.achievement.strip()
    if not text:
        kind = "open" if is_of_the_unit_level(nomination) else "must"
        yield Reason(kind, _("Write the achievement."), **_edit(nomination, "achievement"))
    elif len(text) < SHORT_TEXT:
        yield Reason(
            "open", _("The achievement is short: say what was done, for whom and with which figures."),
            **_edit(nomination, "achievement"),
        )  # fmt: skip
    else:
        yield Reason("met", _("The achievement is written."))
    yield from _day(nomination)


def _day(nomination: Nomination) -> Iterator[Reason]:
    if nomination.movement.route != Movement.Route.AD_HOC:
        return
    if nomination.achieved_on is None:
        yield Reason(
            "must", _("An ad hoc award needs the day of the achievement."), **_edit(nomination, "achieved_on")
        )
    elif nomination.achieved_on > timezone.localdate():
        yield Reason(
            "must", _("The day of the achievement lies in the future."), **_edit(nomination, "achieved_on")
        )


def _evidence(nomination: Nomination) -> Iterator[Reason]:
    count = nomination.evidence.count()
    if count:
        yield Reason("met", _("Pieces of evidence: %(n)s.") % {"n": count})
        return
    address = reverse("awards:nomination", args=[nomination.pk])
    yield Reason(
        "open" if is_of_the_unit_level(nomination) else "must",
        _("There is no evidence yet: add at least one file or link."),
        url=f"{address}#minh-chung", link=_("Add evidence"),
    )  # fmt: skip


def _places(nomination: Nomination) -> Iterator[Reason]:
    movement_id, programme_id, subject = key_of(nomination)
    rows = Quota.objects.filter(movement_id=movement_id, subject=subject)
    quota = rows.filter(programme_id=programme_id).first()
    source = nomination.movement.quota_text
    if quota is None:
        if nomination.movement.quota_kind == Movement.QuotaKind.FIXED:
            yield Reason("must", no_such_award(subject), source)
        return
    if quota.left <= 0:
        yield Reason("open", _("All %(n)s places are taken.") % {"n": quota.size}, source)
        return
    entries = _competitors(nomination)
    named = {"n": entries, "places": quota.size}
    if entries > quota.size:
        yield Reason("open", _("%(n)s nominations for %(places)s places.") % named, source)
    else:
        yield Reason(
            "met", _("Places left: %(n)s of %(places)s.") % {"n": quota.left, "places": quota.size}, source
        )


def _competitors(nomination: Nomination) -> int:
    """Nominations for the same places, this one counted whether sent or not."""
    movement_id, programme_id, subject = key_of(nomination)
    others = Nomination.objects.filter(
        movement_id=movement_id, programme_id=programme_id, subject=subject, state__in=LIVING
    )
    return others.exclude(pk=nomination.pk).count() + 1


def no_such_award(subject: str) -> str:
    """The plan gives no place to this kind of nominee (2.6: 0 collectives)."""
    if subject == Subject.COLLECTIVE:
        return _("The plan gives this movement no places for collectives.")
    return _("The plan gives this movement no places for individuals.")
