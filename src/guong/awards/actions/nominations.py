"""Writing a nomination: draft, edit, evidence, opinion, and the steps of its page (D-01 … D-03, D-14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access, evidence
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Appraisal, Evidence, Nomination
from guong.awards.titles import branch_of, must_be_laid_down, usual_title
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, Employment, User
from guong.base.workflow import Refused, guarded, take
from guong.movements.models import Movement, Programme, Subject
from guong.plans.models import Plan

State = Nomination.State
WITH_THE_UNIT = (State.DRAFT, State.RETURNED)  # only here is anything edited
UNIT_STATES = (*WITH_THE_UNIT, State.WITH_HEAD)
PAGE_STEPS = (
    "submit", "hand_in", "choose_ad_hoc", "return_to_clerk", "return_to_unit", "recall", "free", "withdraw",
)  # fmt: skip
MOST_EVIDENCE = 30


@dataclass(frozen=True)
class Text:
    """What the unit writes of a nomination."""

    achievement: str
    achieved_on: date | None = None
    programme: Programme | None = None
    title_code: str = ""  # empty: what is usual under the movement


def draft(
    *, by: User, movement: Movement, nominee: Employment | Body, text: Text, key: UUID | None = None
) -> Nomination:
    """A new draft for a person (by the employment held) or a collective of the user's own unit.

    Raises Refused, or AlreadyDone for a form sent twice.
    """
    nomination = proposed(by, movement, nominee, text)
    with guarded(by, "draft_nomination", nomination.unit) as log:
        must(access.must_be_unit_clerk(by, nomination))
        claim_once(by, key)
        must(
            takes_nominations(movement), must_be_laid_down(nomination, timezone.localdate()),
            _twice(nomination),
        )  # fmt: skip
        _save_once(nomination)
        led_to(by, key, nomination)
        log.about(nomination, after=nomination.state)
    return nomination


def takes_nominations(movement: Movement) -> str | None:
    """The plan is in force and the department's own."""
    return _closed_plan(movement) or _of_a_unit(movement)


def _of_a_unit(movement: Movement) -> str | None:
    """The department awards under its own plans."""
    owner = movement.plan.kept_by
    if owner.pk == movement.plan.department_id:
        return None
    return _("This movement is of %(unit)s's own plan: the unit itself awards under it.") % {
        "unit": owner.label
    }


def proposed(by: User, movement: Movement, nominee: Employment | Body, text: Text) -> Nomination:
    """A draft that is not kept yet."""
    place = nominee.body if isinstance(nominee, Employment) else nominee
    unit = place.unit() or place
    is_person = isinstance(nominee, Employment)
    subject = Subject.INDIVIDUAL if is_person else Subject.COLLECTIVE
    return Nomination(
        department=movement.plan.department,
        movement=movement,
        programme=text.programme,
        unit=unit,
        section=None if place.pk == unit.pk else place,
        subject=subject,
        title_code=text.title_code or usual_title(movement, subject),
        branch=branch_of(movement),
        person=nominee.person if is_person else None,
        employment=nominee if is_person else None,
        body=None if is_person else nominee,
        achievement=text.achievement,
        achieved_on=text.achieved_on,
        created_by=by,
    )


def _closed_plan(movement: Movement) -> str | None:
    if movement.plan.state == Plan.State.IN_FORCE and not movement.ended_by_id:
        return None
    if movement.ended_by_id:
        return _("A revision took this movement out of its plan: it takes no nominations any more.")
    return _("The plan of this movement is closed: it takes no nominations any more.")


def _twice(nomination: Nomination) -> str | None:
    same = Nomination.objects.in_the_running().filter(
        movement=nomination.movement_id, programme=nomination.programme_id, person=nomination.person_id,
        body=nomination.body_id,
    )  # fmt: skip
    if nomination.branch == Nomination.Branch.MERIT:
        same = same.filter(title_code=nomination.title_code)
    earlier = same.exclude(pk=nomination.pk).first()
    if earlier is None:
        return None
    return _("%(name)s is nominated in this movement already: dossier %(number)s.") % {
        "name": nomination.name, "number": earlier.pk,
    }  # fmt: skip


def _save_once(nomination: Nomination) -> None:
    """The database refuses the second of two at once; its sender reads the same sentence."""
    try:
        with transaction.atomic():
            nomination.save()
    except IntegrityError as error:
        raise Refused(_twice(nomination) or str(error)) from error


def edit(*, by: User, nomination: Nomination, version: int, text: Text) -> Nomination:
    """Change what the unit wrote. Raises Refused when someone else saved since `version`."""
    with guarded(by, "edit_nomination", nomination) as log:
        nomination = _to_edit(by, nomination, version)
        nomination.achievement, nomination.achieved_on = text.achievement, text.achieved_on
        nomination.programme = text.programme
        nomination.title_code = text.title_code or nomination.title_code
        must(must_be_laid_down(nomination, timezone.localdate()), _twice(nomination))
        _save_once(nomination)
        log.about(nomination, note=_("version %(n)s") % {"n": nomination.version})
    return nomination


def insist(*, by: User, nomination: Nomination, reason: str) -> Nomination:
    """The head sends it although a text not verified says no, and writes why. Raises Refused."""
    with guarded(by, "insist_on_nomination", nomination) as log:
        fresh = _to_edit(by, nomination) if nomination.state in WITH_THE_UNIT else locked(nomination)
        must(
            access.must_be_unit_head(by, fresh),
            None if fresh.state in UNIT_STATES else _("This is not possible at the present stage."),
            None if reason.strip() else _("Write the reason first."),
        )
        fresh.insisted_because = reason.strip()
        fresh.save(update_fields=["insisted_because", "version"])
        log.about(fresh, note=fresh.insisted_because)
    return fresh


def _to_edit(by: User, nomination: Nomination, version: int | None = None) -> Nomination:
    """The nomination, locked, with its next version number. Raises Refused when it left the unit."""
    fresh = locked(nomination, version)
    with_the_unit = fresh.state in WITH_THE_UNIT
    must(
        access.must_be_unit_clerk(by, fresh),
        None if with_the_unit else _("The nomination was sent: it can be changed only after it is returned."),
    )
    fresh.version += 1
    return fresh


def add_file(
    *, by: User, nomination: Nomination, caption: str, name: str, data: bytes, key: UUID | None = None
) -> Evidence:
    """Keep a file as evidence, with its hash. Raises Refused, or AlreadyDone for a form sent twice."""
    with guarded(by, "add_evidence", nomination) as log:
        nomination = _to_edit(by, nomination)
        must(_too_many(nomination))
        claim_once(by, key)
        file = evidence.keep(name, data, by)
        made = nomination.evidence.create(caption=caption or file.name, file=file, added_by=by)
        nomination.save(update_fields=["version"])
        led_to(by, key, nomination)
        log.about(nomination, note=f"{file.name} · SHA-256 {file.sha256[:16]}")
    return made


def add_link(
    *, by: User, nomination: Nomination, caption: str, url: str, key: UUID | None = None
) -> Evidence:
    """Keep an address as evidence. Raises Refused, or AlreadyDone for a form sent twice."""
    with guarded(by, "add_evidence", nomination) as log:
        nomination = _to_edit(by, nomination)
        must(_too_many(nomination))
        claim_once(by, key)
        made = nomination.evidence.create(caption=caption or url[:250], url=url, added_by=by)
        nomination.save(update_fields=["version"])
        led_to(by, key, nomination)
        log.about(nomination, note=url)
    return made


def _too_many(nomination: Nomination) -> str | None:
    if nomination.evidence.count() < MOST_EVIDENCE:
        return None
    return _("A nomination holds at most %(n)s pieces of evidence: keep the strongest ones.") % {
        "n": MOST_EVIDENCE
    }


def remove_evidence(*, by: User, nomination: Nomination, piece: Evidence) -> None:
    """Take one piece away while the nomination is with the unit; the file itself stays in the store."""
    with guarded(by, "remove_evidence", nomination) as log:
        nomination = _to_edit(by, nomination)
        must(None if piece.nomination_id == nomination.pk else _("This evidence belongs elsewhere."))
        log.about(nomination, note=piece.caption)
        piece.delete()
        nomination.save(update_fields=["version"])


def give_opinion(*, by: User, nomination: Nomination, opinion: str, text: str) -> Nomination:
    """The office asked says whether it agrees, or asks the unit for more (D-03, D-23). Raises Refused."""
    more = opinion == Appraisal.Opinion.MORE
    step = NOMINATION_STEPS["ask_for_more" if more else "appraise"]
    with guarded(by, step.name, nomination):
        nomination = locked(nomination)
        in_turn = nomination.state in step.source
        must(
            None if in_turn else _("This is not possible at the present stage."),
            *(rule(by, nomination) for rule in step.who),
            None if text.strip() else _("Write the reasons of your opinion."),
            None if opinion in Appraisal.Opinion.values else _("Choose an opinion."),
        )
        Appraisal.objects.filter(nomination=nomination).update(
            opinion=opinion, text=text, given_by=by, given_at=timezone.now()
        )
        words = Appraisal.Opinion(opinion).label
        return take(step, nomination, by=by, note=text if more else f"{words}. {text}")


def step(
    *, by: User, nomination: Nomination, name: str, note: str = "", version: int | None = None
) -> Nomination:
    """One step of the nomination's own page. Raises Refused, also when the text changed since `version`."""
    if name not in PAGE_STEPS:
        raise Refused(_("This is not possible at the present stage."))
    with guarded(by, name, nomination):
        fresh = locked(nomination, version)
        return take(NOMINATION_STEPS[name], fresh, by=by, note=note)
