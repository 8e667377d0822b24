"""May the head of the department decide this award on this day, or another level (law.md 2.3)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from guong import law as rules
from guong.law import Law


def must_decide_here(law: Law, code: str, day: date) -> str | None:
    """None where the head of a department may decide the award on the day; else who must, and the article."""
    if code not in law.awards:
        return _("“%(code)s” is not in the catalogue of the law: choose a title for the nomination.") % {
            "code": code
        }
    found = rules.deciders(law, code, day)
    if found.include(*rules.DEPARTMENT):
        return None
    if not found.offices:
        return _("“%(title)s”: the law data names nobody who may decide it on %(day)s.") % {
            "title": law.awards[code].vi, "day": f"{day:%d/%m/%Y}",
        }  # fmt: skip
    who = " hoặc ".join(law.words.terms[office]["vi"] for office in found.offices)
    return _(
        "“%(title)s” is decided by %(who)s (%(source)s): propose it to the level above instead of deciding it"
        " here."
    ) % {"title": law.awards[code].vi, "who": who, "source": found.source}
