"""The road of a sheet: sent, columns confirmed, checked, then written whole, or dropped."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.models import User
from guong.base.workflow import Step
from guong.records import access
from guong.records.importing import staged, writing
from guong.records.models import SheetImport

State = SheetImport.State


def must_have_columns(_user: User, run: SheetImport) -> str | None:
    """The meaning of the columns was confirmed by a person."""
    return None if run.confirmed else _("Say first what the columns mean.")


def must_be_checked(_user: User, run: SheetImport) -> str | None:
    """Every line was checked."""
    return (
        None if run.found or not run.confirmed else _("The lines are being checked: look again in a moment.")
    )


def must_have_no_faults(_user: User, run: SheetImport) -> str | None:
    """All or nothing: one wrong line holds all of them back."""
    wrong = run.found.get("wrong", 0)
    if not wrong:
        return None
    return _("%(n)s lines are wrong: mend them in the copy with notes and send that.") % {"n": wrong}


def must_know_everybody(_user: User, run: SheetImport) -> str | None:
    """Nobody is guessed: every name that may mean several people was settled."""
    asked = run.found.get("asked", 0)
    return None if not asked else _("%(n)s names wait for an answer who they are.") % {"n": asked}


def forget_lines(run: SheetImport, _by: User) -> None:
    """A dropped sheet keeps its file, not the lines read from it."""
    staged.forget(run)


SHEET_STEPS = {
    "write": Step(
        name="write",
        label=gettext_lazy("Enter into the book"),
        source=(State.OPEN,),
        target=State.WRITTEN,
        who=(access.must_have_sent_it,),
        when=(must_have_columns, must_be_checked, must_have_no_faults, must_know_everybody),
        then=writing.enter,
    ),
    "drop": Step(
        name="drop",
        label=gettext_lazy("Drop the sheet"),
        source=(State.OPEN,),
        target=State.DROPPED,
        who=(access.must_have_sent_it,),
        then=forget_lines,
    ),
}
