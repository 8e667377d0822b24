"""What the book of one person or collective shows: ten years at a glance, and everything in order of time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.base.models import Body, Person, User
from guong.records import catalogue
from guong.records.models import Circumstance, Honour, Initiative, Rating
from guong.records.reach import sees_personal

YEARS = 10
CHAINED = ("CSTDCS", "TTLDXS", "CSTDT", "CSTDB")  # titles that count only year after year


@dataclass
class Year:
    """One column of the table."""

    year: int
    is_open: bool
    ratings: list[Rating] = field(default_factory=list)
    titles: list[Honour] = field(default_factory=list)
    forms: list[Honour] = field(default_factory=list)
    initiatives: list[Initiative] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    chained: bool = False


@dataclass(frozen=True)
class Moment:
    """One line of the timeline; `url` leads to what it says more about."""

    day: date | None
    year: int
    text: str
    detail: str = ""
    url: str = ""
    is_honour: bool = False
    is_bad: bool = False


@dataclass
class Book:
    """Everything one user may read about one subject."""

    subject: Person | Body
    personal: bool
    honours: list[Honour]
    ratings: list[Rating]
    circumstances: list[Circumstance]
    initiatives: list[Initiative]
    works: list[Any]
    withdrawn: list[Any]

    @property
    def since(self) -> date | None:
        """The first day of the first post on record."""
        return min((work.valid_from for work in self.works), default=None)

    @property
    def left(self) -> list[Any]:
        """Posts that have ended, the latest first."""
        return [work for work in self.works if work.valid_to and work.valid_to < timezone.localdate()]

    def years(self, today: date) -> list[Year]:
        """The last ten years, oldest first."""
        columns = {
            year: Year(year, is_open=year == today.year)
            for year in range(today.year - YEARS + 1, today.year + 1)
        }
        for honour in self.honours:
            if honour.year in columns and not honour.revoked_on:
                is_title = honour.code in catalogue.BY_CODE and catalogue.BY_CODE[honour.code].is_title
                (columns[honour.year].titles if is_title else columns[honour.year].forms).append(honour)
        for name in ("ratings", "initiatives"):
            for line in getattr(self, name):
                if line.year in columns:
                    getattr(columns[line.year], name).append(line)
        self._note(columns)
        self._chain(columns, today.year)
        return list(columns.values())

    def _note(self, columns: dict[int, Year]) -> None:
        for line in self.circumstances:
            if line.begins_on.year in columns:
                columns[line.begins_on.year].notes.append(line.get_kind_display())
        for work in self.works[:-1]:  # the first post of all is no change
            if work.valid_from.year in columns:
                columns[work.valid_from.year].notes.append(
                    _("new post from %(day)s") % {"day": f"{work.valid_from:%d/%m}"}
                )

    def _chain(self, columns: dict[int, Year], this_year: int) -> None:
        """Tint the unbroken run of one title up to the last closed year, when it is two years or longer."""
        for code in CHAINED:
            won = {honour.year for honour in self.honours if honour.code == code and not honour.revoked_on}
            last = this_year if this_year in won else this_year - 1
            run = []
            while last in won:
                run.append(last)
                last -= 1
            for year in run if len(run) > 1 else ():
                if year in columns:
                    columns[year].chained = True

    def chain_words(self, years: Iterable[Year]) -> str:
        """The years of the chain, for those who do not see the tint."""
        return ", ".join(str(year.year) for year in years if year.chained)

    def timeline(self) -> list[Moment]:
        """Newest first; what bears only a year stands at its end."""
        found = [*map(_of_honour, self.honours), *map(_of_initiative, self.initiatives)]
        found += [_of_circumstance(line) for line in self.circumstances]
        found += [Moment(work.valid_from, work.valid_from.year, str(work)) for work in self.works]
        return sorted(found, key=lambda moment: moment.day or date(moment.year, 12, 31), reverse=True)


def _of_honour(line: Honour) -> Moment:
    words = [line.decision_number, line.authority, line.achievement[:160]]
    if line.revoked_on:
        words.insert(0, _("revoked on %(day)s") % {"day": f"{line.revoked_on:%d/%m/%Y}"})
    detail = " · ".join(word for word in words if word)
    return Moment(
        line.decided_on, line.year, str(line), detail, line.get_absolute_url(), is_honour=not line.revoked_on,
        is_bad=bool(line.revoked_on),
    )  # fmt: skip


def _of_initiative(line: Initiative) -> Moment:
    detail = " · ".join(word for word in (line.get_level_display(), line.decision_number) if word)
    return Moment(line.decided_on, line.year, line.title, detail, line.get_absolute_url())


def _of_circumstance(line: Circumstance) -> Moment:
    until = _("until %(day)s") % {"day": f"{line.ends_on:%d/%m/%Y}"} if line.ends_on else _("not ended")
    detail = " · ".join(word for word in (until, line.decision_number) if word)
    return Moment(
        line.begins_on, line.begins_on.year, str(line), detail,
        is_bad=line.nature != Circumstance.Nature.LEAVE,
    )  # fmt: skip


def book_of(subject: Person | Body, user: User, *, keeps: bool) -> Book:
    """Read the book for one user: personal lines only for those who must (D5)."""
    is_person = isinstance(subject, Person)
    about = {"person" if is_person else "body": subject}
    personal = sees_personal(user, subject)
    honours = Honour.objects.visible_to(user).filter(**about)
    ratings = Rating.objects.visible_to(user).filter(**about).order_by("-year")
    bars = Circumstance.objects.visible_to(user).filter(**about).order_by("-begins_on")
    works = subject.employments.select_related("body").order_by("-valid_from") if is_person else ()
    made = Initiative.objects.visible_to(user).prefetch_related("authorships__person")
    withdrawn = [*honours, *ratings, *bars] if keeps else []
    return Book(
        subject,
        personal,
        list(honours.in_the_book().order_by("-year", "-decided_on", "-pk")),
        list(ratings.in_the_book()),
        list(bars.in_the_book()),
        list(made.in_the_book().filter(authors=subject).order_by("-year", "-pk")) if is_person else [],
        list(works),
        [line for line in withdrawn if line.withdrawn_on],
    )
