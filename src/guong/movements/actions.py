"""Named writes of movements: launches, programmes, judging windows, quota changes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.models import Body, User
from guong.base.workflow import Refused, act, record_refusal
from guong.movements.access import must_keep_movements, must_launch_for_own_unit
from guong.movements.models import Launch, Movement, Programme, Quota, Subject
from guong.plans.models import FocalTask, Plan
from guong.plans.uploads import keep_upload


def launch(
    user: User, movement: Movement, body: Body, *, on: date, note: str = "",
    participants: int | None = None, upload: UploadedFile | None = None,
) -> Launch:  # fmt: skip
    """Record that a unit launched a movement (C-21). Raises Refused: not your unit, twice, a future day."""
    made = Launch(movement=movement, body=body, on=on, note=note, participants=participants)
    _must(must_launch_for_own_unit, user, made, "launch", movement)
    _must_be_of_department(movement, body)
    _must_be_launchable(movement)
    _must_be_open(movement)
    _must_be_past(on)
    with act(user, "launch") as log:
        made.file = keep_upload(upload, user)
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError:
            raise Refused(
                _("%(unit)s has launched this movement already. Open that entry to correct it.")
                % {"unit": body.label}
            ) from None
        log.about(made, note=note)
        log.about(movement, note=_("%(unit)s, on %(day)s") % {"unit": body.label, "day": f"{on:%d/%m/%Y}"})
    return made


def correct_launch(
    user: User, seen: Launch, *, on: date, note: str = "",
    participants: int | None = None, upload: UploadedFile | None = None,
) -> Launch:  # fmt: skip
    """Correct a launch. Raises Refused, also when somebody corrected it since it was opened."""
    _must(must_launch_for_own_unit, user, seen, "correct_launch", seen.movement)
    _must_be_past(on)
    with act(user, "correct_launch") as log:
        locked = (
            Launch.objects.select_for_update(of=("self",)).select_related("movement__plan").get(pk=seen.pk)
        )
        _must_be_open(locked.movement)
        _must_be_version(seen.version, locked)
        before = _("was %(day)s") % {"day": f"{locked.on:%d/%m/%Y}"} if locked.on != on else ""
        locked.on, locked.note, locked.participants = on, note, participants
        locked.file = keep_upload(upload, user) or locked.file
        locked.version += 1
        locked.save()
        log.about(locked, note=before)
    return locked


def add_programme(user: User, movement: Movement, name: str) -> Programme:
    """Add a programme with a quota of its own (C-03). Raises Refused."""
    _must(must_keep_movements, user, movement, "add_programme", movement)
    with act(user, "add_programme") as log:
        locked = _locked(movement)
        if locked.quota_kind != Movement.QuotaKind.PER_PROGRAMME:
            raise Refused(_("The quota of this movement is not counted for each programme."))
        if Programme.objects.filter(movement=locked, name=name).exists():
            raise Refused(_("The programme “%(name)s” is there already.") % {"name": name})
        made = Programme.objects.create(movement=locked, name=name)
        sizes = {
            Subject.COLLECTIVE: locked.per_programme_collectives,
            Subject.INDIVIDUAL: locked.per_programme_individuals,
        }
        for subject, size in sizes.items():
            if size:
                Quota.objects.create(movement=locked, programme=made, subject=subject, size=size)
        log.about(locked, note=name)
    return made


def set_window(
    user: User, seen: Movement, *, window: str, start: date | None, end: date | None, reason: str
) -> Movement:
    """Set or move the judging window, with a reason (C-16). Raises Refused."""
    _must(must_keep_movements, user, seen, "set_window", seen)
    with act(user, "set_window") as log:
        locked = _locked(seen)
        _must_be_version(seen.version, locked)
        _must_have_reason(reason)
        if bool(start) != bool(end) or (start and end and end < start):
            raise Refused(_("Give both days of the window, the first not after the last."))
        before = _days(locked.window_start, locked.window_end)
        locked.window, locked.window_start, locked.window_end = window, start, end
        locked.version += 1
        locked.save(update_fields=["window", "window_start", "window_end", "version"])
        log.about(locked, note=f"{before} → {_days(start, end)}: {reason}")
    return locked


def change_quota(user: User, quota: Quota, *, seen: int, size: int, decision: str, reason: str) -> Quota:
    """Change the number of places by a decision (C-15). Raises Refused; never below what is used."""
    _must(must_keep_movements, user, quota.movement, "change_quota", quota.movement)
    with act(user, "change_quota") as log:
        movement = _locked(quota.movement)
        locked = Quota.objects.select_for_update(of=("self",)).select_related("programme").get(pk=quota.pk)
        _must_have_reason(reason)
        if not decision.strip():
            raise Refused(_("Write the number of the decision that changes the quota."))
        if locked.size != seen:
            raise Refused(
                _("The quota is %(n)s by now. Look again before you change it.") % {"n": locked.size}
            )
        if size < locked.used:
            raise Refused(
                _("%(used)s places are held or awarded; the quota cannot be %(size)s.")
                % {"used": locked.used, "size": size}
            )
        locked.size = size
        locked.save(update_fields=["size"])
        log.about(movement, note=_quota_words(locked, seen, size, decision, reason))
    return locked


def open_quota(
    user: User, movement: Movement, *, subject: str, size: int, decision: str, reason: str
) -> Quota:
    """Give places to a movement whose plan fixed none for this subject. Raises Refused."""
    _must(must_keep_movements, user, movement, "change_quota", movement)
    with act(user, "change_quota") as log:
        locked = _locked(movement)
        _must_have_reason(reason)
        if not decision.strip():
            raise Refused(_("Write the number of the decision that changes the quota."))
        if size < 1:
            raise Refused(_("Write how many places there are, at least one."))
        if locked.quota_kind == Movement.QuotaKind.PER_PROGRAMME:
            raise Refused(_("Places of this movement belong to its programmes. Add a programme."))
        made, created = Quota.objects.get_or_create(
            movement=locked, programme=None, subject=subject, defaults={"size": size}
        )
        if not created:
            raise Refused(_("This movement has such a quota already. Change it instead."))
        log.about(locked, note=_quota_words(made, 0, size, decision, reason))
    return made


def _quota_words(quota: Quota, before: int, after: int, decision: str, reason: str) -> str:
    return _("%(which)s: %(before)s → %(after)s under decision %(decision)s. %(reason)s") % {
        "which": " · ".join(filter(None, (quota.get_subject_display(), str(quota.programme or "")))),
        "before": before,
        "after": after,
        "decision": decision.strip(),
        "reason": reason.strip(),
    }


def set_focal_tasks(user: User, movement: Movement, tasks: Iterable[FocalTask]) -> None:
    """The focal tasks a movement serves (B-10). Raises Refused."""
    _must(must_keep_movements, user, movement, "set_focal_tasks", movement)
    with act(user, "set_focal_tasks") as log:
        locked, chosen = _locked(movement), list(tasks)
        locked.focal_tasks.set(chosen)
        log.about(locked, note=", ".join(f"({task.number})" for task in chosen))


def _locked(movement: Movement) -> Movement:
    locked = (
        Movement.objects.select_for_update(of=("self",))
        .select_related("plan__department")
        .get(pk=movement.pk)
    )
    _must_be_open(locked)
    return locked


def _must(rule: Any, user: User, record: Any, action: str, about: Movement) -> None:
    """A refusal to the wrong person is recorded (D-23)."""
    if why := rule(user, record):
        record_refusal(action, about, user, why)
        raise Refused(why)


def _must_be_open(movement: Movement) -> None:
    if movement.plan.state != Plan.State.IN_FORCE:
        raise Refused(_("The plan of this movement is closed; nothing more is recorded under it."))
    if movement.ended_by_id:
        raise Refused(_("A revision took this movement out of its plan; nothing more is recorded under it."))


def _must_be_of_department(movement: Movement, body: Body) -> None:
    if not body.path.startswith(movement.plan.kept_by.path):
        raise Refused(_("This unit does not belong to the department of the plan."))


def _must_be_launchable(movement: Movement) -> None:
    if movement.route == Movement.Route.ANNUAL:
        raise Refused(_("The annual review is not launched by units. Write the unit's list instead."))


def _must_be_past(on: date) -> None:
    if on > timezone.localdate():
        raise Refused(_("The day of the launch lies in the future. Record it when it has happened."))


def _must_be_version(seen: int, record: Any) -> None:
    if record.version != seen:
        raise Refused(
            _("Somebody changed this before you. Your text is not lost; compare and send it again.")
        )


def _must_have_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason first."))


def _days(start: date | None, end: date | None) -> str:
    return f"{start:%d/%m/%Y}–{end:%d/%m/%Y}" if start and end else _("no days")
