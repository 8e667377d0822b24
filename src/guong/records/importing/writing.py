"""One pass over a sheet: read, check, say what was found; and the pass that writes (B3, G6)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.models import User
from guong.base.workflow import Refused
from guong.papers.tables import BadTableError, Row, read_rows
from guong.records.importing import honours, initiatives, ratings, staged
from guong.records.importing.check import Checked, Sheet, sheet_of
from guong.records.importing.staged import Ready
from guong.records.importing.write import write
from guong.records.models import SheetImport

CHECKS: dict[str, Callable[[Sheet], Checked]] = {
    "honours": honours.check,
    "ratings": ratings.check,
    "initiatives": initiatives.check,
}
SHOWN = 100  # wrong lines and questions kept for the screen; the copy with notes has all of them
CANDIDATES = 12


def rows_of(data: bytes, name: str) -> list[Row]:
    """The rows of a file. Raises Refused with the sentence that helps."""
    try:
        return read_rows(data)
    except BadTableError as bad:
        raise Refused(_why(bad.reason) % {"name": name}) from bad


def _why(reason: str) -> str:
    return {
        "empty": _("“%(name)s” is empty. Choose it again."),
        "not_xlsx": _("“%(name)s” is no Excel workbook. Save the list as .xlsx and send that."),
        "old_xls": _("“%(name)s” is an old Excel file (.xls). Open it, save it as .xlsx and send that."),
        "locked": _("“%(name)s” is protected by a password. Take the password away and send it again."),
        "macros": _("“%(name)s” holds macros. Save it as .xlsx without macros and send that."),
        "too_big": _("“%(name)s” is too large: at most 200,000 lines a sheet. Split it."),
        "too_slow": _("“%(name)s” took too long to read. Split it into smaller sheets."),
        "no_rows": _("“%(name)s” holds no line."),
    }.get(reason, _("“%(name)s” is damaged and cannot be read. Open it, save it anew and send that."))


def check(run: SheetImport, by: User, rows: list[Row] | None = None) -> Checked:
    """What the sheet would do now. Raises Refused for a file that cannot be read."""
    if rows is None:
        with run.file.content.open("rb") as stream:
            rows = rows_of(stream.read(), run.file.name)
    return CHECKS[run.kind](sheet_of(run, rows, by))


def summary(checked: Checked, labels: dict[int, str]) -> dict[str, Any]:
    """The outcome as the record of the import keeps it."""
    questions = checked.questions
    people = checked.people
    return {
        "lines": checked.lines,
        "ready": len(checked.ready),
        "doubles": len(checked.doubles),
        "wrong": len(checked.wrong),
        "asked": len(questions),
        "unknown": sum(not asked.candidates for asked in questions),
        "new": len(people.newcomers) if people else 0,
        "first_wrong": [[at, why] for at, why in sorted(checked.wrong.items())[:SHOWN]],
        "questions": [_question(asked, labels) for asked in questions[:SHOWN]],
    }


def _question(asked: Any, labels: dict[int, str]) -> dict[str, Any]:
    return {
        "key": asked.key, "name": asked.name, "unit": labels.get(asked.unit, ""), "birth": asked.birth,
        "post": asked.post, "rows": asked.rows[:8], "count": len(asked.rows),
        "candidates": [
            {"pk": known.pk, "name": known.name, "birth": known.birth, "code": known.code,
             "works": [words for _unit, words in known.works[:2]]}
            for known in asked.candidates[:CANDIDATES]
        ],
    }  # fmt: skip


def enter(run: SheetImport, by: User) -> None:
    """Write everything, alone, as it was checked. What follows the step `write`; raises Refused."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('guong.records'), %s::int)", [run.department_id]
        )
    run.written = write(run, staged.still_true(run) or _checked_again(run, by))
    run.save(update_fields=["written"])
    staged.forget(run)


def _checked_again(run: SheetImport, by: User) -> Ready:
    """Something changed since the check: what the sheet would do now. Raises Refused for what is wrong."""
    checked = check(run, by)
    if checked.wrong or checked.questions:
        raise Refused(
            ngettext(
                "%(n)s line changed its meaning since the check. Check the sheet again.",
                "%(n)s lines changed their meaning since the check. Check the sheet again.",
                len(checked.wrong) + len(checked.questions),
            )
            % {"n": len(checked.wrong) + len(checked.questions)}
        )
    return staged.ready_of(checked)
