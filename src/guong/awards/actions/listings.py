"""Lists for comment: posting, comments, answers, closing; acts on many nominations at once (D-04, D-15)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access
from guong.awards.days import database_today
from guong.awards.flow import LISTING_STEPS, NOMINATION_STEPS
from guong.awards.models import Comment, Listing, ListingEntry, Nomination
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, User
from guong.base.workflow import Refused, guarded, take

State = Listing.State
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Result:
    """What became of one row of an act on many. `why` is empty when it was done."""

    nomination: Nomination
    why: str = ""


def post(
    *,
    by: User,
    department: Body,
    title: str,
    closes_on: date,
    nominations: Iterable[Nomination],
    key: UUID | None = None,
) -> tuple[Listing, list[Result]]:
    """A new list with those nominations that may be on it, and what became of each.

    Raises Refused when none may, or AlreadyDone for a form sent twice.
    """
    today = database_today()
    listing = Listing(department=department, title=title, opens_on=today, closes_on=closes_on)
    with guarded(by, "post_listing", department) as log:
        must(access.must_be_standing_office(by, listing), _too_early(closes_on, today))
        claim_once(by, key)
        listing.save()
        results = [_put(listing, nomination, by) for nomination in _some(nominations)]
        must(None if any(not result.why for result in results) else _none_fits(results))
        led_to(by, key, listing)
        log.about(listing, after=listing.state)
    return listing, results


def add(*, by: User, listing: Listing, nominations: Iterable[Nomination]) -> list[Result]:
    """Put more nominations on a list that is still open. Raises Refused for the list as a whole."""
    with guarded(by, "add_to_listing", listing) as log:
        listing = locked(listing)
        must(access.must_be_standing_office(by, listing), _is_over(listing))
        results = [_put(listing, nomination, by) for nomination in _some(nominations)]
        names = ", ".join(result.nomination.name for result in results if not result.why)
        if names:
            log.about(listing, note=names)
    return results


def return_many(*, by: User, nominations: Iterable[Nomination], reason: str) -> list[Result]:
    """Return every nomination with one reason; each row is its own step."""
    back = NOMINATION_STEPS["return_to_unit"]
    return [
        _tried(nomination, lambda found: take(back, found, by=by, note=reason))
        for nomination in _some(nominations)
    ]


def _some(nominations: Iterable[Nomination]) -> list[Nomination]:
    """Always in the order of their ids, so that two such acts never wait for each other (A6)."""
    found = sorted(nominations, key=lambda nomination: nomination.pk)
    if not found:
        raise Refused(_("Choose at least one nomination."))
    if len(found) > MOST_AT_ONCE:
        raise Refused(_("Choose at most %(n)s nominations at once.") % {"n": MOST_AT_ONCE})
    return found


def _tried(nomination: Nomination, write: Callable[[Nomination], object]) -> Result:
    try:
        write(nomination)
    except Refused as refused:
        return Result(nomination, str(refused))
    return Result(nomination)


def _put(listing: Listing, nomination: Nomination, by: User) -> Result:
    if nomination.department_id != listing.department_id:
        return Result(nomination, _("It belongs to another department."))
    entry, made = ListingEntry.objects.get_or_create(listing=listing, nomination=nomination)
    result = _tried(
        nomination, lambda found: take(NOMINATION_STEPS["list"], found, by=by, note=listing.title)
    )
    if result.why and made:
        entry.delete()
    return result


def _none_fits(results: list[Result]) -> str:
    first = results[0]
    return f"{first.nomination.name}: {first.why}"


def _too_early(closes_on: date, today: date) -> str | None:
    if closes_on > today:
        return None
    return _("The last day for comment must come after today, so that people can read the list.")


def _is_over(listing: Listing) -> str | None:
    """Open by state and by date: the last day counts to its end, by the clock of the database."""
    if listing.state == State.OPEN and database_today() <= listing.closes_on:
        return None
    day = f"{listing.closes_on:%d/%m/%Y}"
    return _("The time for comment on this list ended on %(day)s.") % {"day": day}


def comment(*, by: User, entry: ListingEntry, text: str, key: UUID | None = None) -> Comment:
    """What somebody of the department has to say about a nominee. Raises Refused after the last day."""
    with guarded(by, "comment", entry.listing) as log:
        listing = locked(entry.listing)
        must(access.must_see_the_listing(by, listing), _is_over(listing), _no_text(text))
        claim_once(by, key)
        made = entry.comments.create(author=by, text=text)
        led_to(by, key, listing)
        log.about(listing)
    return made


def answer(*, by: User, comment: Comment, text: str) -> Comment:
    """The standing office answers before the council meets; until then it may mend its answer (D-15)."""
    listing = comment.entry.listing
    with guarded(by, "answer_comment", listing) as log:
        nomination = locked(comment.entry.nomination)
        listed = nomination.state == Nomination.State.LISTED
        must(
            access.must_be_standing_office(by, listing),
            _no_text(text),
            None if listed else _("The nominee is no longer on a list: the answer can no longer change."),
        )
        comment = locked(comment)
        comment.answer, comment.answered_by, comment.answered_at = text, by, timezone.now()
        comment.save(update_fields=["answer", "answered_by", "answered_at"])
        log.about(listing)
        log.about(nomination)
    return comment


def close(*, by: User, listing: Listing) -> Listing:
    """After the last day only. Raises Refused."""
    return take(LISTING_STEPS["close"], listing, by=by)


def _no_text(text: str) -> str | None:
    return None if text.strip() else _("Write your text first.")


def next_title(department: Body) -> str:
    """A title for the next list, so that the clerk need not think of one."""
    today = database_today()
    last = Listing.objects.filter(department=department, opens_on__year=today.year)
    number = 1 + last.count()
    return _("List %(n)s of %(year)s for comment") % {"n": number, "year": today.year}
