"""Named writes of plans: read a file, keep edits, confirm, publish, report."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.models import Body, LogEntry, StoredFile, User
from guong.base.workflow import Refused, act, record_refusal, take
from guong.planreader import Reading as Found
from guong.planreader import sandbox
from guong.planreader.reasons import Unreadable
from guong.plans import recognition, uploads
from guong.plans.access import OWN_KEEPERS, must_keep_plans
from guong.plans.flow import DUTY_STEPS, READING_STEPS
from guong.plans.models import Duty, Plan, Reading
from guong.plans.reading import parts
from guong.plans.reading.draft import MOST_ADDED, Draft
from guong.plans.unreadable import sentence

SECONDS = 5
NO_EDITS: dict[str, Any] = {"values": {}, "omit": []}


@dataclass(frozen=True)
class _Place:
    """What a rule needs to know before there is a record."""

    kept_by: Body


class AlreadyRead(Refused):
    """The very same file was brought in before; `reading` is what came of it, or is being read still."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(_("This very file was read before. Open that reading instead."))
        self.reading = reading


class Changed(Refused):
    """Somebody else saved first; nothing was written."""


def read_file(
    user: User, body: Body, data: bytes, name: str, *, again: bool = False, wait: bool = False
) -> Reading:
    """Read a plan's file in the limited child process and keep file and reading, to be confirmed.

    body: whose people bring it in: the department, also for plans from above, or a unit for its own.
    A scan or a very long file is kept and read in the background, unless the caller can `wait`. Raises
    AlreadyRead for the same bytes unless `again`, and Refused with one sentence when it is not allowed or
    not readable; then nothing was kept.
    """
    if why := must_keep_plans(user, _Place(body)):
        record_refusal("read_plan", body, user, why)
        raise Refused(why)
    with act(user, "read_plan") as log:
        one_at_a_time(body, data)
        if not again and (before := read_before(body, data)):
            raise AlreadyRead(before)
        found = _read(data, uploads.plain_name(name), wait)
        reading = _keep(user, body, uploads.keep(data, name, user), found)
        log.about(reading, note=reading.file.name)
    return reading


def one_at_a_time(body: Body, data: bytes) -> None:
    """Two people who bring in the same file at once: the second waits, and then finds the first one's."""
    key = hashlib.sha256(b"%d %s" % (body.pk, hashlib.sha256(data).digest())).digest()[:8]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key, signed=True)])


def _read(data: bytes, name: str, wait: bool) -> Found | None:
    """What the file says; None when reading it is work for the background. Raises Refused."""
    seconds = sandbox.SECONDS_FOR_SCANS if wait else SECONDS
    try:
        return sandbox.read_limited(data, name, seconds=seconds, scans=wait)
    except Unreadable as reason:
        if reason.code in recognition.LATER and not wait:
            return None
        raise Refused(sentence(reason)) from reason


def _keep(user: User, body: Body, file: StoredFile, found: Found | None) -> Reading:
    if found is None:
        reading = Reading.objects.create(**_whose(body), file=file, read_by=user, state=Reading.State.READING)
        recognition.begin(reading, user)
        return reading
    whole = found.to_json()
    lines = whole.pop("lines")
    return Reading.objects.create(**_whose(body), file=file, found=whole, lines=lines, read_by=user)


def _whose(body: Body) -> dict[str, Body | None]:
    """Department and body of a reading; a file the department brings in may be anybody's plan."""
    return {"department": body.department_above(), "body": body if body.kind in OWN_KEEPERS else None}


def read_before(body: Body, data: bytes) -> Reading | None:
    """The newest reading of the very same bytes, read or being read, that was not given up."""
    known = Reading.objects.filter(**_whose(body), file__sha256=hashlib.sha256(data).hexdigest())
    gone = (Reading.State.DISCARDED, Reading.State.FAILED)
    return known.exclude(state__in=gone).order_by("-pk").first()


def what_would_be_created(reading: Reading) -> dict[str, Any]:
    """How many records of each group confirming would create, and what stands against it."""
    draft = Draft(reading)
    found = parts.groups(draft)
    wrong = [f"{value.field.label}: {value.error}" for value in parts.values(found) if value.error]
    return {
        "total": sum(group.makes for group in found),
        "groups": [(str(group.label), group.makes) for group in found if group.makes],
        "problems": [*wrong, *parts.problems(draft)],
    }


def edit(
    user: User,
    reading: Reading,
    texts: Mapping[str, str],
    omit: Iterable[str],
    *,
    compared: Iterable[str] = (),
    add: str = "",
) -> Reading:
    """Keep what a person changed, and which groups were compared; with `add`, one more record in that list.

    Raises Changed when somebody saved a newer version meanwhile.

    Values left as the page showed them stay as read, so that they follow what they derive from.
    """
    with act(user, "edit_reading") as log:
        locked = Reading.objects.select_for_update(of=("self",)).get(pk=reading.pk)
        if why := must_keep_plans(user, locked) or _still_open(locked):
            raise Refused(why)
        if locked.version != reading.version:
            raise Changed(
                _("%(who)s changed this before you. Your text is not lost.") % {"who": _last_hand(locked)}
            )
        edits = changed_values(draft := Draft(locked), texts, frozenset(omit))
        edits |= _added(draft, add)
        if locked.scanned:
            edits["compared"] = sorted(compared)
        if edits != (locked.edits or NO_EDITS):
            locked.edits, locked.version = edits, locked.version + 1
            locked.save(update_fields=["edits", "version"])
            log.about(locked, note=_("%(n)s values changed") % {"n": len(edits["values"])})
    return locked


def changed_values(draft: Draft, texts: Mapping[str, str], omit: frozenset[str]) -> dict[str, Any]:
    """Edits in the form they are stored: only what differs from what was read."""
    kept = dict(draft.edits)
    for value in (
        value for group in parts.groups(draft) for record in group.records for value in record.values
    ):
        typed = texts.get(value.path)
        if typed is None or typed == value.text:
            continue
        kept[value.path] = typed
        if typed == value.read:
            del kept[value.path]
    return {"values": kept, "omit": sorted(omit)}


def _added(draft: Draft, add: str) -> dict[str, dict[str, int]]:
    """Records added by hand, by list. Raises Refused when a list takes no more."""
    added = dict(draft.added)
    if add in parts.addable(parts.groups(draft)):
        if added.get(add, 0) >= MOST_ADDED:
            raise Refused(_("No more records can be added here. Discard those left out first."))
        first = add.endswith(".tasks") and not draft.found(add.removesuffix(".tasks"))
        added[add] = added.get(add, 1 if first else 0) + 1
    return {"add": added} if added else {}


def _last_hand(reading: Reading) -> str:
    last = LogEntry.objects.about(reading).first()
    return str(last.by) if last and last.by else _("Somebody")


def _still_open(reading: Reading) -> str | None:
    if reading.state == Reading.State.READ:
        return None
    return _("This reading was already confirmed or discarded; nothing was changed.")


def confirm(user: User, reading: Reading) -> Plan:
    """Create the plan and everything below it, all or nothing. Raises Refused.

    The version seen is the version confirmed; of two people who confirm, the second is told.
    """
    step = READING_STEPS["confirm"]
    take(replace(step, when=(*step.when, partial(_must_be_version, reading.version))), reading, by=user)
    return Plan.objects.get(reading=reading)


def _must_be_version(seen: int, _user: User, reading: Reading) -> str | None:
    if reading.version == seen:
        return None
    return _("Somebody changed this reading after you opened it. Look at it again before confirming.")


def publish(user: User, plan: Plan) -> None:
    """Show the plan on the portal (B-13). Raises Refused."""
    with act(user, "publish_plan") as log:
        locked = _kept_plan(user, plan)
        if locked.published_at:
            raise Refused(_("This plan is on the portal already."))
        if locked.state != Plan.State.IN_FORCE:
            raise Refused(_("Only a plan in force can be published. Open it again first."))
        locked.published_at = timezone.now()
        locked.save(update_fields=["published_at"])
        log.about(locked)


def take_back(user: User, plan: Plan, reason: str) -> None:
    """Take the plan off the portal, with a reason. Raises Refused."""
    with act(user, "take_back_plan") as log:
        locked = _kept_plan(user, plan)
        if not reason.strip():
            raise Refused(_("Write the reason first."))
        if not locked.published_at:
            raise Refused(_("This plan is not on the portal."))
        locked.published_at = None
        locked.save(update_fields=["published_at"])
        log.about(locked, note=reason)


def _kept_plan(user: User, plan: Plan) -> Plan:
    locked = Plan.objects.select_for_update(of=("self",)).select_related("department", "body").get(pk=plan.pk)
    if why := must_keep_plans(user, locked):
        raise Refused(why)
    return locked


def report(user: User, duty: Duty, text: str, upload: UploadedFile | None) -> Duty:
    """Send a unit's report: words, a file, or both; the moment is the server's. Raises Refused."""
    step = DUTY_STEPS["report"]

    def said(_user: User, locked: Duty) -> str | None:
        """The rule of the table, asked about what is being sent."""
        locked.report = text
        return None if upload else step.when[0](_user, locked)

    def keep(locked: Duty, by: User) -> None:
        locked.report = text
        locked.file = uploads.keep_upload(upload, by) or locked.file
        locked.save(update_fields=["report", "file"])
        if step.then:
            step.then(locked, by)

    return take(replace(step, when=(said,), then=keep), duty, by=user)
