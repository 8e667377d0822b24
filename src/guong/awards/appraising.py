"""Which specialised office is asked for its opinion, and until when (D-03)."""

from __future__ import annotations

from guong.awards.days import after_working_days, database_today
from guong.awards.models import Appraisal, Nomination
from guong.base.models import Body, BodyKind


def office_in_charge(nomination: Nomination) -> Body:
    """The first office leading the movement, else the standing office.

    An office that nominates itself is passed over, for it could not judge its own (D-23).
    """
    standing = nomination.department.department.standing_office
    leads = nomination.movement.leads.filter(body__kind=BodyKind.OFFICE).select_related("body")
    candidates = [*(lead.body for lead in leads), standing]
    return next((office for office in candidates if not _is_concerned(office, nomination)), standing)


def _is_concerned(office: Body, nomination: Nomination) -> bool:
    return nomination.unit.path.startswith(office.path)


def ask_for_an_opinion(nomination: Nomination) -> Appraisal:
    """A fresh question with a due date; an opinion on an earlier version stays in the history."""
    days = nomination.department.department.appraisal_days
    fresh = {"opinion": "", "text": "", "given_by": None, "given_at": None}
    asked, _made = Appraisal.objects.update_or_create(
        nomination=nomination,
        defaults={
            "office": office_in_charge(nomination),
            "due_on": after_working_days(database_today(), days),
            **fresh,
        },
    )
    return asked


def forget_the_question(nomination: Nomination) -> None:
    """Nobody is asked: the unit took the nomination back before any opinion."""
    Appraisal.objects.filter(nomination=nomination, opinion="").delete()
