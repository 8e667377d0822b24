"""Lines written by hand: enter, correct, withdraw. Nothing is deleted; what was decided here stays."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.acting import must
from guong.base.entry import claim, fulfil
from guong.base.models import Body, Person, User
from guong.base.workflow import Refused, guarded
from guong.records import access
from guong.records.models import Authorship, Initiative, Source, Whole
from guong.records.reach import department_of, must_keep_subject, unit_of

_ORIGIN = {"source": Source.FORM}


def enter(model: type[Any], subject: Person | Body, values: dict[str, Any], *, by: User, key: UUID) -> Any:
    """One more line about a person or a collective. Raises Refused, AlreadyDone.

    A refusal of a personal line names nobody in the log: "the book has this line already" would say it all.
    """
    name = f"enter_{model._meta.model_name}"
    with guarded(by, name, None if model.IS_PERSONAL else subject) as log:
        claim(by, key)
        must(must_keep_subject(by, subject))
        unit = unit_of(subject, _day(values))
        who = {"person": subject} if isinstance(subject, Person) else {"body": subject}
        line = model(department=department_of(unit), unit=unit, created_by=by, **_ORIGIN, **who, **values)
        if hasattr(line, "name_on_paper"):
            line.name_on_paper, line.post_on_paper = paper_words(subject, _day(values))
        _save_once(line)
        log.about(line)
        fulfil(by, key, line)
    return line


def enter_initiative(
    person: Person, values: dict[str, Any], share: int | None, *, by: User, key: UUID
) -> Initiative:
    """An initiative with its first author. Raises Refused, AlreadyDone."""
    with guarded(by, "enter_initiative", person) as log:
        claim(by, key)
        must(must_keep_subject(by, person))
        unit = unit_of(person, _day(values))
        made = Initiative(department=department_of(unit), unit=unit, created_by=by, **_ORIGIN, **values)
        _save_once(made)
        Authorship.objects.create(initiative=made, person=person, share=share)
        log.about(made)
        fulfil(by, key, made)
    return made


def add_author(initiative: Initiative, person: Person, share: int | None, *, by: User) -> None:
    """One more author. Raises Refused when the shares say more than a hundred."""
    with guarded(by, "add_author", initiative) as log:
        initiative = _locked(initiative, None, by)
        shares = [one.share or 0 for one in initiative.authorships.all()]
        if sum(shares) + (share or 0) > 100:
            raise Refused(
                _("The shares would be %(n)s %%: write a smaller one.") % {"n": sum(shares) + (share or 0)}
            )
        if initiative.authorships.filter(person=person).exists():
            raise Refused(_("%(name)s is an author already.") % {"name": person})
        Authorship.objects.create(initiative=initiative, person=person, share=share)
        log.about(initiative, note=person.name)


def amend(record: Any, values: dict[str, Any], *, version: int, by: User) -> Any:
    """Correct a line; what it said before stays in its history. Raises Refused."""
    with guarded(by, f"amend_{record._meta.model_name}", record) as log:
        record = _locked(record, version, by)
        if record.source == Source.GUONG:
            raise Refused(_("This award was decided here: it changes with its decision, not in the book."))
        note = _changes(record, values)
        for name, value in values.items():
            setattr(record, name, value)
        if "decided_on" in values and hasattr(record, "regime"):
            record.regime = ""  # found again from the day
        record.version += 1
        _save_once(record)
        log.about(record, note=note)
    return record


def withdraw(record: Any, reason: str, *, version: int, by: User) -> Any:
    """Take a wrong line out of the book; it stays readable for those who keep it. Raises Refused."""
    with guarded(by, f"withdraw_{record._meta.model_name}", record) as log:
        record = _locked(record, version, by)
        if record.source == Source.GUONG:
            raise Refused(_("This award was decided here: revoke it at its decision."))
        if not reason.strip():
            raise Refused(_("Write the reason first."))
        record.withdrawn_on, record.withdrawn_because = timezone.localdate(), reason
        record.version += 1
        record.save()
        log.about(record, note=reason)
    return record


def _locked(record: Any, version: int | None, by: User) -> Any:
    fresh = type(record).objects.select_for_update(of=("self",)).get(pk=record.pk)
    must(must_keep_line(by, fresh))
    if version is not None and fresh.version != version:
        raise Refused(
            _("Somebody changed this before you. Your text is not lost: compare it and save again.")
        )
    if fresh.withdrawn_on:
        raise Refused(_("This line was withdrawn from the book already."))
    return fresh


def must_keep_line(user: User, record: Any) -> str | None:
    """A line is kept where its subject works now; an initiative where it was recognised."""
    subject = getattr(record, "subject", None)
    if subject is not None:
        return must_keep_subject(user, subject)
    return access.must_keep_the_book_of(user, record.unit)


def _save_once(line: Any) -> None:
    """Save, and say it in words when the book has the line already."""
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as double:
        if "_once" not in str(double):
            raise
        raise Refused(_("The book has this line already; correct or withdraw that one.")) from double


def _changes(record: Any, values: dict[str, Any]) -> str:
    """What each changed field said before."""
    said = []
    for name, value in values.items():
        before = getattr(record, name)
        if before != value:
            label = record._meta.get_field(name).verbose_name
            shown = getattr(record, f"get_{name}_display", lambda before=before: before)()
            said.append(f"{label}: {shown if shown not in (None, '') else '—'}")
    return _("Before: %(said)s") % {"said": "; ".join(said)} if said else ""


def _day(values: dict[str, Any]) -> date:
    """The day on which the subject's unit is asked for."""
    day = values.get("decided_on") or values.get("begins_on")
    return day or date(values["year"], 12, 31)


def paper_words(subject: Person | Body, day: date) -> tuple[str, str]:
    """Name, and post with place, as a paper of that day would print them."""
    if isinstance(subject, Body):
        unit = subject.unit()
        where = subject.name_on(day)
        return (where if unit in (None, subject) else f"{where}, {unit.name_on(day)}")[:250], ""
    work = (
        subject.employment_on(day)
        or subject.employments.select_related("body").order_by("-valid_from").first()
    )
    return subject.name, f"{work.post}, {work.body.name_on(day)}" if work else ""


def say_whole(unit: Body, record: str, since: int | None, *, by: User) -> None:
    """Since which year one kind of record of the unit is whole; None takes the word back. Raises Refused."""
    with guarded(by, "say_whole", unit) as log:
        must(access.must_keep_the_book_of(by, unit))
        if since is None:
            Whole.objects.filter(unit=unit, record=record).delete()
        else:
            Whole.objects.update_or_create(unit=unit, record=record, defaults={"since": since, "said_by": by})
        log.about(unit, note=f"{dict(Whole.Record.choices)[record]}: {since or '—'}")
