"""Named writes of the standing office: the register, focal tasks, occasions, tags, checks of requirements."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.entry import must_be_unchanged
from guong.base.models import Body, User
from guong.base.workflow import Refused, guarded
from guong.plans import register, standard_lists
from guong.plans.access import must_keep_plans
from guong.plans.models import FocalList, FocalTask, LegalDocument, Occasion, Plan, Target

CHECKED = ("met", "reached", "checked_at")


class Known(Refused):
    """What was to be added is there already: `record`."""

    def __init__(self, record: LegalDocument) -> None:
        super().__init__(_("%(document)s is in the register already.") % {"document": record})
        self.record = record


@dataclass(frozen=True)
class _Place:
    """What a rule needs to know before there is a record."""

    kept_by: Body


def add_document(user: User, department: Body, said: Mapping[str, Any]) -> LegalDocument:
    """A new entry of the register. Raises Known for a double, Refused otherwise."""
    with guarded(user, "add_document", department) as log:
        _must_keep(user, department)
        made = LegalDocument(department=department, **said)
        _check_document(made)
        made.save()
        log.about(made)
    return made


def change_document(user: User, document: LegalDocument, said: Mapping[str, Any]) -> LegalDocument:
    """An entry corrected: the version seen is the version changed. Raises Known, Refused."""
    return _change(user, "change_document", document, said, _check_document)


def _check_document(document: LegalDocument) -> None:
    """No double, no circle of successors; changes of one register wait for one another."""
    Body.objects.select_for_update(of=("self",)).get(pk=document.department_id)
    values = {name: getattr(document, name) for name in ("kind", "number", "issued_on", "issuer", "subject")}
    known = register.find(document.department, values)
    if known and known.pk != document.pk:
        raise Known(known)
    successor = document.replaced_by_id
    while successor is not None:
        if successor == document.pk:
            raise Refused(
                _("These documents would replace one another in a circle. Choose another successor.")
            )
        successor = LegalDocument.objects.values_list("replaced_by", flat=True).get(pk=successor)


def add_list(user: User, department: Body, said: Mapping[str, Any]) -> FocalList:
    """A new list of focal tasks."""
    return _add(user, "add_focal_list", department, FocalList(department=department, **said))


def change_list(user: User, found: FocalList, said: Mapping[str, Any]) -> FocalList:
    """Name, years or source of a list; a last year ends it."""
    return _change(user, "change_focal_list", found, said)


def add_task(user: User, of: FocalList, said: Mapping[str, Any]) -> FocalTask:
    """A new task at a number; those from there on move one down."""
    with guarded(user, "add_focal_task", of) as log:
        _must_keep(user, of.department)
        FocalList.objects.select_for_update(of=("self",)).get(pk=of.pk)
        of.tasks.filter(number__gte=said["number"]).update(number=models.F("number") + 1)
        made = FocalTask.objects.create(focal_list=of, **said)
        log.about(of, note=str(made))
    return made


def change_task(user: User, task: FocalTask, said: Mapping[str, Any]) -> FocalTask:
    """Text and number of a task; one that bears the number already takes the old one."""

    def make_room(locked: FocalTask) -> None:
        FocalList.objects.select_for_update(of=("self",)).get(pk=locked.focal_list_id)
        before = FocalTask.objects.get(pk=locked.pk).number
        others = FocalTask.objects.filter(focal_list=locked.focal_list_id, number=locked.number)
        others.exclude(pk=locked.pk).update(number=before, version=models.F("version") + 1)

    return _change(user, "change_focal_task", task, said, make_room)


def add_occasion(user: User, department: Body, said: Mapping[str, Any]) -> Occasion:
    """A new occasion of the year."""
    return _add(user, "add_occasion", department, Occasion(department=department, **said))


def change_occasion(user: User, occasion: Occasion, said: Mapping[str, Any]) -> Occasion:
    """Any value of an occasion; a last year ends it."""
    return _change(user, "change_occasion", occasion, said)


def add_standard_lists(user: User, department: Body) -> int:
    """The lists every department begins with, where they are missing. Returns how many were made."""
    with guarded(user, "add_standard_lists", department) as log:
        _must_keep(user, department)
        made = standard_lists.fill(department)
        log.about(department, note=_("%(n)s lists and occasions") % {"n": made})
    return made


def set_focal_tasks(user: User, plan: Plan, tasks: Iterable[FocalTask]) -> None:
    """The focal tasks a plan serves."""
    with guarded(user, "set_focal_tasks", plan) as log:
        _must_keep(user, plan.kept_by)
        chosen = list(tasks)
        plan.focal_tasks.set(chosen)
        log.about(plan, note=", ".join(f"({task.number})" for task in chosen))


def check_target(user: User, target: Target, *, met: bool, reached: str, seen: str) -> None:
    """What a target or a requirement came to, and whether that meets it (B-05). Raises Refused."""
    with guarded(user, "check_target", target.plan) as log:
        locked = Target.objects.select_for_update(of=("self",)).get(pk=target.pk)
        _must_keep(user, target.plan.kept_by)
        must_be_unchanged(locked, CHECKED, seen)
        if not reached.strip():
            raise Refused(_("Write what was reached first."))
        locked.met, locked.reached = met, reached
        locked.checked_by, locked.checked_at = user, timezone.now()
        locked.save(update_fields=["met", "reached", "checked_by", "checked_at"])
        verdict = _("met") if met else _("not met")
        log.about(target.plan, note=f"{locked.metric[:120]}: {reached}, {verdict}")


def _must_keep(user: User, department: Body) -> None:
    if why := must_keep_plans(user, _Place(department)):
        raise Refused(why)


def _add(user: User, action: str, department: Body, made: Any) -> Any:
    with guarded(user, action, department) as log:
        _must_keep(user, department)
        _save(made)
        log.about(made)
    return made


def _change(
    user: User,
    action: str,
    seen: Any,
    said: Mapping[str, Any],
    check: Callable[[Any], None] | None = None,
) -> Any:
    """Lock, compare versions, write, count the version up, name what changed."""
    with guarded(user, action, seen) as log:
        locked = type(seen).objects.select_for_update(of=("self",)).get(pk=seen.pk)
        _must_keep(user, locked.department)
        if locked.version != seen.version:
            raise Refused(
                _("Somebody changed this before you. Your text is not lost; compare and send it again.")
            )
        changed = [name for name, value in said.items() if getattr(locked, name) != value]
        for name in changed:
            setattr(locked, name, said[name])
        if check:
            check(locked)
        if changed:
            locked.version += 1
            _save(locked)
            names = (str(locked._meta.get_field(name).verbose_name) for name in changed)
            log.about(locked, note=", ".join(names))
    return locked


def _save(record: Any) -> None:
    """Two of one name in a department are refused by the database, whoever was first."""
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        raise Refused(_("There is one of this name already. Choose another name.")) from error
