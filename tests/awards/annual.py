"""An annual review with two units, a record book that is whole, and law data with a cap."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from guong.awards.actions import unit_lists
from guong.awards.models import Nomination
from guong.base.models import Employment, Person
from guong.law import Law, load
from guong.law.model import Cited, Confidence, Layer
from guong.movements.annual import open_review
from guong.movements.models import Movement
from guong.records.models import Circumstance, Rating, Whole
from guong.regulations import here
from tests import factories as make
from tests.awards.road import Road, road

YEAR = 2025
CAP = 20  # percent of those with Lao động tiên tiến


def review(at: Road | None = None) -> tuple[Road, Movement]:
    """A department whose review of 2025 is open; its first unit keeps a whole book."""
    at = at or road()
    plan = make.plan(at.department, year=YEAR)
    for record in Whole.Record.values:
        Whole.objects.create(unit=at.unit, record=record, since=2015)
    return at, open_review(by=at.standing, plan=plan)


def worker(at: Road, rating: str = "HTT", name: str = "") -> Employment:
    """Somebody of the section with a rating of the year; empty: not rated."""
    work = make.employ(make.person(name), at.section)
    if rating:
        rate(at, work.person, rating)
    return work


def rate(at: Road, who: Person, rating: str) -> Rating:
    """The rating of the year."""
    return Rating.objects.create(
        department=at.department, unit=at.unit, person=who, year=YEAR, level=rating, source="form",
        decision_number="31/QĐ-ĐG",
    )  # fmt: skip


def reprimand(at: Road, who: Person) -> Circumstance:
    """A discipline that began in the year and is being served."""
    return Circumstance.objects.create(
        department=at.department, unit=at.unit, person=who, nature="discipline", kind="reprimand",
        begins_on=date(YEAR, 3, 2), source="form",
    )  # fmt: skip


def listed(at: Road, movement: Movement, works: list[Employment], code: str = "LDTT") -> list[Nomination]:
    """On the unit's list."""
    return unit_lists.add(by=at.clerk, movement=movement, unit=at.unit, title_code=code, nominees=works)


def law_with_a_cap() -> Law:
    """The national law with a layer of the province that caps grassroots fighters."""
    national = load()
    old = national.value("caps.CSTDCS.of_LDTT", date(2025, 8, 1))
    cap: Cited = replace(old, value=CAP, source="12/2026/QĐ-UBND Đ.4", confidence=Confidence.TEXT)
    layer = Layer("thu", "Quy chế thử", "12/2026/QĐ-UBND", date(2016, 1, 1), None, {cap.name: (cap,)})
    return national.with_layer(layer)


def use(monkeypatch, law: Law) -> None:
    """Other law data than those shipped."""
    monkeypatch.setattr(here, "national_law", lambda: law)
    monkeypatch.setattr(
        here, "_made", here._made.__wrapped__
    )  # nothing kept from before, nothing left behind
