"""What is missing for an award, one sentence each: "còn 1 năm Chiến sĩ thi đua cơ sở liên tục"."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.law import Assessment, Finding, Law
from guong.law.model import Criterion
from guong.records.sentences import (
    MONTHS_A_YEAR,
    criteria_of,
    day_words,
    discipline_words,
    language,
    record_words,
    words_of,
)


class Lacks:
    """Sentences about the conditions of one assessment that are not met."""

    def __init__(self, law: Law, answer: Assessment) -> None:
        self.law, self.answer = law, answer
        key = (answer.code, answer.kind, answer.branch, answer.regime, answer.received_on)
        self.criteria: Mapping[str, Criterion] = criteria_of(law, *key)

    def sentences(self) -> list[str]:
        """Everything between the subject and the award, but for what people have still to judge."""
        return [_capital(words) for words in self._of(self.answer.finding)]

    def _of(self, finding: Finding) -> list[str]:
        if finding.state == "met":
            return []
        if not finding.mode:
            return [] if finding.for_people and finding.state == "open" else [self.of_one(finding)]
        parts = [self._of(part) for part in finding.parts]
        if finding.mode == "all":
            return [words for part in parts for words in part]
        ways = [_(" and ").join(part) for part in parts if part]
        return [_("; or ").join(ways)] if ways and len(ways) == len(parts) else []

    def of_one(self, finding: Finding) -> str:
        """One condition: what is missing, or which record would settle it."""
        if finding.for_people:
            return _("people found this not met: %(what)s") % {"what": _small(self.words(finding))}
        if finding.state == "open":
            return _("not known: %(what)s (enter %(records)s)") % {
                "what": _small(self.words(finding)), "records": record_words(finding.missing),
            }  # fmt: skip
        say = _SAYS.get(finding.kind)
        criterion = self.criteria.get(finding.id)
        if say is None or criterion is None:
            return _("not met: %(what)s") % {"what": _small(self.words(finding))}
        figures = {**(vars(criterion.chain) if criterion.chain else {}), **vars(criterion.kind)}
        return say(self.law, figures, finding.compared)

    @staticmethod
    def words(finding: Finding) -> str:
        """The condition as the law's words put it."""
        return finding.en if language() == "en" else finding.vi


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]


Figures = Mapping[str, Any]


def _rating(law: Law, wanted: Figures, _found: Figures) -> str:
    return _("the rating of the year must be %(rating)s or better") % {
        "rating": words_of(law, wanted["at_least"])
    }


def _chain(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["years"] - found["years"]
    words = {"n": n, "rating": words_of(law, wanted["rating"]), "after": words_of(law, wanted["after"])}
    if wanted["after"]:
        return (
            ngettext(
                "%(n)s more unbroken year of %(rating)s after %(after)s",
                "%(n)s more unbroken years of %(rating)s after %(after)s",
                n,
            )
            % words
        )
    return ngettext(
        "%(n)s more unbroken year of %(rating)s", "%(n)s more unbroken years of %(rating)s", n
    ) % words  # fmt: skip


def _title_years(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["years"] - found["years"]
    if wanted["years"] == 1:
        return _("%(title)s of the year is missing: proposed in one round, that comes first") % {
            "title": words_of(law, wanted["codes"])
        }
    return ngettext(
        "%(n)s more unbroken year as %(title)s", "%(n)s more unbroken years as %(title)s", n
    ) % {"n": n, "title": words_of(law, wanted["codes"])}  # fmt: skip


def _titles(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["count"] - found["titles"]
    return ngettext("%(n)s more time %(title)s", "%(n)s more times %(title)s", n) % {
        "n": n, "title": words_of(law, wanted["codes"]),
    }  # fmt: skip


def _ratings(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["count"] - found["years"]
    return ngettext("%(n)s more year of %(rating)s", "%(n)s more years of %(rating)s", n) % {
        "n": n, "rating": words_of(law, wanted["at_least"]),
    }  # fmt: skip


def _initiatives(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["count"] - (found["initiatives"] or 0)
    return ngettext(
        "%(n)s more initiative of level %(level)s", "%(n)s more initiatives of level %(level)s", n
    ) % {"n": n, "level": words_of(law, wanted["level"])}  # fmt: skip


def _in_a_row(law: Law, wanted: Figures, found: Figures) -> str:
    return _("%(title)s twice in a row is asked for, the book has it %(n)s times") % {
        "title": words_of(law, wanted["codes"]), "n": found["titles"],
    }  # fmt: skip


def _held(law: Law, wanted: Figures, _found: Figures) -> str:
    return _("%(title)s must have been given before") % {"title": words_of(law, wanted["codes"])}


def _not_held(law: Law, wanted: Figures, _found: Figures) -> str:
    return _("%(title)s was given within the years counted: they are honoured already") % {
        "title": words_of(law, wanted["codes"])
    }


def _employed(_law: Law, wanted: Figures, found: Figures) -> str:
    return _("%(n)s more months of work in the year") % {"n": wanted["months"] - (found["months"] or 0)}


def _contract(_law: Law, wanted: Figures, _found: Figures) -> str:
    return _("a labour contract of %(n)s months or more is asked for") % {"n": wanted["months"]}


def _leave(_law: Law, wanted: Figures, found: Figures) -> str:
    return _("absent for %(n)s days, %(most)s are allowed") % {
        "n": found["days"], "most": wanted["at_most"],
    }  # fmt: skip


def _disciplined(law: Law, _wanted: Figures, found: Figures) -> str:
    return _("was disciplined: %(discipline)s") % {
        "discipline": discipline_words(law, int(found["heaviest"])),
    }  # fmt: skip


def _serving(_law: Law, _wanted: Figures, _found: Figures) -> str:
    return _("wait until the discipline is served")


def _pending(_law: Law, _wanted: Figures, _found: Figures) -> str:
    return _("wait for the end of the matter that is being examined")


def _served(_law: Law, wanted: Figures, _found: Figures) -> str:
    return _("the last discipline was not yet served before the %(n)s years counted") % {"n": wanted["years"]}


def _service(_law: Law, wanted: Figures, found: Figures) -> str:
    months = wanted["years"] * MONTHS_A_YEAR - (found["months"] or 0)
    years, months = divmod(max(months, 0), MONTHS_A_YEAR)
    return _("%(years)s more years and %(months)s months of work") % {"years": years, "months": months}


def _post(law: Law, wanted: Figures, found: Figures) -> str:
    if (found["months"] or 0) < wanted["years"] * MONTHS_A_YEAR:
        return _service(law, wanted, found)
    return _("so many years in the post belong to a higher class")


def _attribute(law: Law, wanted: Figures, _found: Figures) -> str:
    return _("only for: %(what)s") % {
        "what": f"{words_of(law, wanted['name'])}: {words_of(law, wanted['one_of'])}",
    }  # fmt: skip


def _existence(_law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["years"] - (found["years"] or 0)
    return ngettext("it must exist for %(n)s more year", "it must exist for %(n)s more years", n) % {"n": n}


def _share(law: Law, wanted: Figures, found: Figures) -> str:
    return _("%(n)s of %(all)s members have %(what)s, %(percent)s per cent is asked for") % {
        "n": found["having"], "all": found["members"], "what": words_of(law, wanted["having"]),
        "percent": wanted["percent"],
    }  # fmt: skip


def _members(law: Law, wanted: Figures, found: Figures) -> str:
    n = wanted["at_least"] - (found["having"] or 0)
    return ngettext("%(n)s more member with %(what)s", "%(n)s more members with %(what)s", n) % {
        "n": n, "what": words_of(law, wanted["having"]),
    }  # fmt: skip


def _members_disciplined(_law: Law, _wanted: Figures, found: Figures) -> str:
    n = found["disciplined"]
    return ngettext("%(n)s member was disciplined", "%(n)s members were disciplined", n) % {"n": n}


def _dissolved(_law: Law, _wanted: Figures, found: Figures) -> str:
    return _("it ceased to exist on %(day)s by a reorganisation") % {"day": day_words(found["dissolved"])}


_SAYS: dict[str, Callable[[Law, Figures, Figures], str]] = {
    "rating": _rating, "chain_length": _chain, "title_years": _title_years, "titles_in_chain": _titles,
    "ratings_in_chain": _ratings, "initiatives_in_chain": _initiatives, "initiatives": _initiatives,
    "titles_in_a_row": _in_a_row, "held": _held, "not_held": _not_held, "months_employed": _employed,
    "contract_months": _contract, "leave_days": _leave, "no_discipline": _disciplined,
    "not_serving": _serving, "no_pending_matter": _pending, "years_since_served": _served,
    "service": _service, "post": _post, "attribute": _attribute, "existence": _existence,
    "member_share": _share, "member_count": _members, "no_member_disciplined": _members_disciplined,
    "not_dissolved": _dissolved,
}  # fmt: skip
