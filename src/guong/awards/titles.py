"""Which titles and forms may be proposed under a movement, and for which achievements (D-08, D-09).

The list comes from the law in force: what is laid down for that kind of nominee and those achievements.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from guong.awards.models import Nomination
from guong.base.models import Body
from guong.law import Award, Law
from guong.movements.models import Movement
from guong.regulations.here import law_of

Branch = Nomination.Branch
BRANCHES = {
    Movement.Route.THEMATIC: Branch.MOVEMENT,
    Movement.Route.AD_HOC: Branch.SUDDEN,
    Movement.Route.ANNUAL: Branch.MERIT,
}
FIRST = {Movement.Route.ANNUAL: {"individual": "LDTT", "collective": "TTLDTT"}}
USUAL = "GKS"  # what the department itself gives
KINDS = ("title", "form", "honour", "encouragement")
LEVELS = ("unit", "province", "state")  # of the deciding level and above


def branch_of(movement: Movement) -> str:
    """The achievements a movement looks at: its route says which."""
    return BRANCHES[Movement.Route(movement.route)].value


def usual_title(movement: Movement, subject: str) -> str:
    """What is proposed unless somebody chooses otherwise."""
    return FIRST.get(Movement.Route(movement.route), {}).get(subject, USUAL)


def titles_for(department: Body, movement: Movement, subject: str, day: date) -> list[Award]:
    """What the law of the day lays down for the deciding level and above, titles and lower levels first."""
    return list(_offered(law_of(department), branch_of(movement), subject, day))


@lru_cache(maxsize=256)
def _offered(law: Law, branch: str, subject: str, day: date) -> tuple[Award, ...]:
    codes = {
        rule.code
        for rule in law.rules_under(law.regime_on(day).code, day)
        if rule.subject == subject and rule.branch == branch and law.awards[rule.code].level in LEVELS
    }
    order = list(law.awards)

    def place(award: Award) -> tuple[int, int, int]:
        return KINDS.index(award.category), LEVELS.index(award.level), order.index(award.code)

    return tuple(sorted((law.awards[code] for code in codes), key=place))


def must_be_laid_down(nomination: Any, day: date) -> str | None:
    """The law of the day knows this title for this kind of nominee under this movement."""
    offered = titles_for(nomination.department, nomination.movement, nomination.subject, day)
    if nomination.title_code in {award.code for award in offered}:
        return None
    return _("%(title)s cannot be proposed here: the law in force lays nothing down for it.") % {
        "title": nomination.title
    }


def own_codes(department: Body) -> list[str]:
    """Titles the department itself decides: in the annual review they are decided together."""
    known = law_of(department).awards.values()
    return [award.code for award in known if award.category == "title" and award.level == "unit"]


def is_of_the_unit_level(nomination: Nomination) -> bool:
    """Titles the department itself decides rest on the record book: no report is asked of each nominee."""
    return nomination.title_code in own_codes(nomination.department)
