"""Findings of the law in plain words: what the book says to a condition, and what is still missing for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from guong.base.templatetags.gui_format import vi_date
from guong.law import Finding, Law
from guong.law.conditions import DISCIPLINES
from guong.law.facts import RATINGS
from guong.law.model import Criterion

MONTHS_A_YEAR = 12
Figures = Mapping[str, Any]


def language() -> str:
    """The language of the law's own words: Vietnamese unless the reader chose English."""
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def words_of(law: Law, value: object) -> str:
    """A word used as a figure (HTXS, CSTDCS, province), or several of them."""
    if isinstance(value, tuple):
        return _(" or ").join(words_of(law, each) for each in value)
    pair = law.words.terms.get(str(value))
    if pair:
        return pair[language()]
    award = law.awards.get(str(value))
    return award.vi if award else str(value)


def record_words(missing: str) -> str:
    """Records of the law's facts as the book calls them."""
    named = {
        "ratings": _("ratings"), "titles": _("awards"), "initiatives": _("initiatives"),
        "disciplines": _("disciplines and pending matters"), "leave": _("leave"),
        "employment": _("posts and contracts"), "service": _("the course of work"),
        "members": _("ratings and awards of the members"), "subjects": _("details of the subject"),
    }  # fmt: skip
    return ", ".join(named.get(name, name) for name in missing.split(", ") if name)


def book_says(law: Law, finding: Finding) -> str:
    """What was compared, as a sentence; empty where the condition shows nothing."""
    found, kind = finding.compared, finding.kind
    say = _SAYS.get(kind)
    return say(law, found) if say else ""


def _rating(law: Law, found: Figures) -> str:
    level = found["rating"]
    if level is None:
        return _("The book has no rating of the year.")
    return _("The book says: %(rating)s.") % {"rating": words_of(law, RATINGS[int(level)])}


def _years(_law: Law, found: Figures) -> str:
    return _span(
        found["years"], found.get("years_at_most"),
        lambda n: ngettext("The book has %(n)s year.", "The book has %(n)s years.", n),
        _("The book has %(n)s years for sure and %(most)s at most."),
    )  # fmt: skip


def _times(_law: Law, found: Figures) -> str:
    least = found.get("titles", found.get("times"))
    return _span(
        least, found.get("titles_at_most"),
        lambda n: ngettext("The book has it %(n)s time.", "The book has it %(n)s times.", n),
        _("The book has it %(n)s times for sure and %(most)s at most."),
    )  # fmt: skip


def _span(least: Any, most: Any, sure: Callable[[int], str], unsure: str) -> str:
    if least is None:
        return ""
    if most is None or most == least:
        return sure(least) % {"n": least}
    return unsure % {"n": least, "most": most}


def _initiatives(_law: Law, found: Figures) -> str:
    n = found["initiatives"] or 0
    return ngettext("The book has %(n)s initiative.", "The book has %(n)s initiatives.", n) % {"n": n}


def _months(_law: Law, found: Figures) -> str:
    if found["months"] is None:
        return ""
    years, months = divmod(found["months"], MONTHS_A_YEAR)
    if years:
        return _("By the book: %(years)s years and %(months)s months.") % {"years": years, "months": months}
    return _("By the book: %(months)s months.") % {"months": months}


def _leave(_law: Law, found: Figures) -> str:
    days = found["days"]
    return "" if days is None else _("By the book: %(n)s days.") % {"n": days}


def _discipline(law: Law, found: Figures) -> str:
    heaviest = found["heaviest"]
    if not heaviest:
        return _("The book has no discipline.")
    return _("The book has: %(discipline)s.") % {"discipline": discipline_words(law, heaviest)}


def discipline_words(law: Law, heaviest: int) -> str:
    """The discipline the law's facts know by its weight."""
    named = {"demotion": _("demotion or dismissal from the post"), "dismissal": _("dismissal")}
    word = DISCIPLINES[heaviest - 1]
    return named.get(word) or words_of(law, word)


def _attribute(law: Law, found: Figures) -> str:
    value = next(iter(found.values()), None)
    if value is None:
        return _("The book does not say.")
    return _("The book says: %(what)s.") % {"what": words_of(law, str(value).lower())}


def _existing(_law: Law, found: Figures) -> str:
    years = found["years"]
    return "" if years is None else _("It has existed for %(n)s years.") % {"n": years}


def day_words(day: Any) -> str:
    """A day of an assessment, kept there as 2025-06-30."""
    return vi_date(date.fromisoformat(day)) if day else ""


def _ceased(_law: Law, found: Figures) -> str:
    day = day_words(found["dissolved"])
    return _("It ceased to exist on %(day)s.") % {"day": day} if day else _("It exists.")


def _members(_law: Law, found: Figures) -> str:
    if found.get("having") is None:
        return _("Not everybody's records are there.")
    if "members" not in found:
        return _("By the book: %(n)s people.") % {"n": found["having"]}
    return _("By the book: %(n)s of %(all)s people.") % {"n": found["having"], "all": found["members"]}


def _disciplined(_law: Law, found: Figures) -> str:
    n = found["disciplined"]
    return "" if n is None else _("By the book: %(n)s people.") % {"n": n}


def _served(_law: Law, found: Figures) -> str:
    years = found["years_since"]
    if years is None:
        return _("The book has no discipline.")
    return _("The last discipline was served %(n)s years ago.") % {"n": years}


_SAYS: dict[str, Callable[[Law, Figures], str]] = {
    "rating": _rating, "chain_length": _years, "ratings_in_chain": _years, "title_years": _years,
    "titles_in_chain": _times, "titles_in_a_row": _times, "held": _times, "not_held": _times,
    "initiatives_in_chain": _initiatives, "initiatives": _initiatives, "months_employed": _months,
    "service": _months, "post": _months, "leave_days": _leave, "no_discipline": _discipline,
    "attribute": _attribute, "existence": _existing, "member_share": _members, "member_count": _members,
    "no_member_disciplined": _disciplined, "years_since_served": _served,
    "not_dissolved": _ceased,
}  # fmt: skip


def criteria_of(law: Law, code: str, kind: Any, branch: str, regime: str, day: Any) -> dict[str, Criterion]:
    """The conditions of a rule by their id, for the figures a finding does not carry."""
    return {each.id: each for each in law.rule(code, kind, branch, regime, day).group.criteria()}
