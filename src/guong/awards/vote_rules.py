"""How the law wants each title voted on: secretly or not, and by what share of all members (D-05)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils.translation import gettext as _

from guong.awards.models import Nomination, Session
from guong.base.models import Body
from guong.law import NotInForce, VoteRule, vote_rule
from guong.regulations.here import law_of

Kind = Session.Kind


def rules_of(department: Body, nominations: Iterable[Nomination], day: date) -> dict[str, VoteRule]:
    """The rule of each title on the agenda; a title the law does not know has none."""
    law = law_of(department)
    found = {}
    for code in sorted({nomination.title_code for nomination in nominations}):
        try:
            found[code] = vote_rule(law, code, day)
        except (KeyError, NotInForce):
            continue
    return found


def kind_of_vote(rules: Collection[VoteRule], wanted: str) -> str:
    """The kind asked for; without one, secret where any title needs it and open otherwise."""
    return wanted or (Kind.SECRET if any(rule.secret for rule in rules) else Kind.OPEN)


def must_be_as_secret_as_the_law(department: Body, rules: Collection[VoteRule], wanted: str) -> str | None:
    """A title that needs a secret ballot is not voted on openly."""
    names = law_of(department).awards
    secret = [names[rule.code].vi for rule in rules if rule.secret]
    if not secret or wanted in ("", Kind.SECRET):
        return None
    return _("%(titles)s: the law wants a secret ballot; choose it.") % {"titles": ", ".join(secret)}
