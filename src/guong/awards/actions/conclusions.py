"""What a session's votes lead to: places for the highest, numbers in reserve, the minutes (D-05, A1)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.ballot import votes_needed
from guong.awards.flow import NOMINATION_STEPS, SESSION_STEPS
from guong.awards.models import Item, Nomination, Session
from guong.awards.places import Key, key_of, places_left, quotas_of
from guong.awards.ranking import Outcome, outcome
from guong.base import audit
from guong.base.acting import locked, must
from guong.base.models import User
from guong.base.workflow import Refused, guarded, refusals, take
from guong.movements.models import Quota

Verdict = Item.Verdict
TABLED = Nomination.State.TABLED  # whoever was withdrawn meanwhile takes no place


@dataclass(frozen=True)
class Group:
    """Nominees who compete for the same places, with the result of their votes."""

    items: tuple[Item, ...]  # those with enough votes, highest first
    quota: Quota | None
    places: int | None  # None: the plan sets no number
    result: Outcome

    @property
    def tied(self) -> tuple[Item, ...]:
        """Who shares the last places."""
        return tuple(item for item in self.items if item.pk in self.result.tied)


def groups_of(session: Session, settled: Collection[int] = (), *, lock: bool = False) -> list[Group]:
    """The result of a closed session, one group for each limit of the plan.

    Nominees in reserve of an earlier session hold no place; places left are counted now.
    """
    items = list(
        session.items.filter(verdict="", yes__isnull=False, nomination__state=TABLED).select_related(
            "nomination__movement", "nomination__person", "nomination__body", "nomination__unit"
        )
    )
    quotas = quotas_of([item.nomination for item in items], lock=lock)
    keys: dict[Key, list[Item]] = {}
    for item in items:
        keys.setdefault(key_of(item.nomination), []).append(item)
    return [_group(found, quotas, settled) for found in keys.values()]


def _group(items: list[Item], quotas: dict[Key, Quota], settled: Collection[int]) -> Group:
    nomination = items[0].nomination
    places = places_left(nomination, quotas)
    mine = {item.pk for item in items} & set(settled)
    votes = {item.pk: item.yes or 0 for item in items}
    highest_first = sorted(items, key=lambda item: (-votes[item.pk], item.order))
    return Group(tuple(highest_first), quotas.get(key_of(nomination)), places, outcome(votes, places, mine))


def conclude(
    *, by: User, session: Session, settled: Collection[int] = (), reason: str = "", words: str = ""
) -> Session:
    """Give the places to the highest votes and write the result down for good.

    `settled` names who goes first where a tie crosses the last place, with the chair's `reason`; without it
    the conclusion is refused. Every choice takes its place by the guarded counter. Raises Refused.
    """
    with guarded(by, "conclude", session):
        session = locked(session)
        must(*refusals(SESSION_STEPS["conclude"], session, by))
        tied = {item.pk for group in groups_of(session, lock=True) for item in group.tied}
        groups = groups_of(session, settled)
        must(*_unfit_settlement(by, session, settled, tied, reason), *(_tie_left(group) for group in groups))
        for group in groups:
            _give_places(group, by)
        _let_down(session, by)
        number, digest = audit.head()
        session.audit_head = f"{number}:{digest}"
        session.conclusion = "\n".join(part for part in (words, _settlement(groups, settled, reason)) if part)
        session.save(update_fields=["audit_head", "conclusion"])
        return take(SESSION_STEPS["conclude"], session, by=by, note=reason)


def _tie_left(group: Group) -> str | None:
    if not group.result.tied:
        return None
    return _(
        "%(names)s have equal votes and share %(places)s places:"
        " the chair must name who goes first, with a reason."
    ) % {
        "names": ", ".join(item.nomination.name for item in group.tied),
        "places": group.result.open_places,
    }


def _unfit_settlement(
    by: User, session: Session, settled: Collection[int], tied: set[int], reason: str
) -> list[str | None]:
    if not settled:
        return []
    if set(settled) - tied:
        return [_("Only nominees with equal votes for the last places can be put first.")]
    mine = session.items.filter(pk__in=settled, recusals__seat__person_id=by.person_id)
    return [
        None if reason.strip() else _("Write the reason for who goes first."),
        _("You stand back from one of those with equal votes: the vice chair must settle it.")
        if mine
        else None,
    ]


def _settlement(groups: list[Group], settled: Collection[int], reason: str) -> str:
    first = [item.nomination.name for group in groups for item in group.items if item.pk in settled]
    if not first:
        return ""
    return _("Equal votes: the chair put %(names)s first. Reason: %(reason)s.") % {
        "names": ", ".join(first), "reason": reason.strip().rstrip("."),
    }  # fmt: skip


def _give_places(group: Group, by: User) -> None:
    for item in group.items:
        if item.pk in group.result.chosen:
            item.verdict = Verdict.CHOSEN
            take(NOMINATION_STEPS["choose"], item.nomination, by=by)
        else:
            item.verdict, item.reserve = Verdict.RESERVE, group.result.reserve[item.pk]
        item.save(update_fields=["verdict", "reserve"])


def _let_down(session: Session, by: User) -> None:
    for item in session.items.filter(verdict=Verdict.NOT_ENOUGH, nomination__state=TABLED).select_related(
        "nomination"
    ):
        take(NOMINATION_STEPS["pass_over"], item.nomination, by=by, note=votes_in_words(item))


def votes_in_words(item: Item) -> str:
    """Those not chosen are told their votes."""
    return _("%(yes)s of %(members)s votes, %(needed)s needed") % {
        "yes": item.yes, "members": item.members,
        "needed": votes_needed(item.members or 0, item.percent),
    }  # fmt: skip


def promote(*, by: User, item: Item, reason: str) -> None:
    """Give a place that became free to the first in reserve. Raises Refused.

    The item keeps its verdict and number, for it is the record of what the session found. Nobody is passed
    over: whoever has a smaller number and still waits comes first; among equal numbers the chair chooses.
    """
    with guarded(by, "promote_reserve", item.session) as log:
        session = locked(item.session)
        item = session.items.select_related("nomination__movement").get(pk=item.pk)
        must(access.must_chair_the_session(by, session), *_not_next(item), _no_reason(reason))
        take(NOMINATION_STEPS["choose"], item.nomination, by=by, note=reason)
        log.about(session, note=f"{item.nomination.name}: {reason}")


def release_reserve(*, by: User, item: Item, reason: str) -> None:
    """End the wait of one in reserve: no place will become free. Raises Refused."""
    with guarded(by, "release_reserve", item.session) as log:
        session = locked(item.session)
        must(access.must_chair_the_session(by, session), _no_reason(reason))
        if item.verdict != Verdict.RESERVE:
            raise Refused(_("This nominee is not in reserve."))
        take(NOMINATION_STEPS["pass_over"], item.nomination, by=by, note=reason)
        log.about(session, note=f"{item.nomination.name}: {reason}")


def _not_next(item: Item) -> list[str | None]:
    if item.verdict != Verdict.RESERVE:
        return [_("This nominee is not in reserve.")]
    nomination = item.nomination
    before = Item.objects.filter(
        session=item.session, verdict=Verdict.RESERVE, reserve__lt=item.reserve, nomination__state=TABLED,
        nomination__movement=nomination.movement_id, nomination__programme=nomination.programme_id,
        nomination__subject=nomination.subject,
    ).select_related("nomination__person", "nomination__body")  # fmt: skip
    names = ", ".join(earlier.nomination.name for earlier in before)
    return [_("First in reserve: %(names)s.") % {"names": names}] if names else []


def _no_reason(reason: str) -> str | None:
    return None if reason.strip() else _("Write the reason first.")
