"""The record book of ten years: ratings, yearly titles, initiatives, and a few disciplines, all invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any

from django.db.models import QuerySet

from guong.base.models import Body, Employment
from guong.records.models import Authorship, Circumstance, Honour, Initiative, Rating, Whole
from guong.site.demo import bulk
from guong.site.demo.history import FIRST_YEAR, LAST_YEAR, unit_of
from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation

UNITS = 14  # units whose book is kept; the others have still to enter theirs
IDEAS = (
    "Phiếu nhắc lịch tiêm cho từng bản", "Bảng màu phân loại người bệnh ở phòng khám",
    "Giỏ thuốc cấp cứu theo tầng",
    "Sổ điện tử theo dõi trẻ nhẹ cân", "Thẻ đeo cảnh báo dị ứng thuốc", "Lịch hẹn trả kết quả xét nghiệm",
    "Góc tư vấn sữa mẹ", "Quy trình giao ca bằng phiếu kiểm",
    "Kho vật tư quét mã", "Nhóm trực liên khoa ngày lễ",
)  # fmt: skip
SINGULAR = (  # kind, nature, begins, ends
    ("reprimand", "discipline", date(2023, 4, 10), date(2024, 4, 9)),
    ("warning", "discipline", date(2021, 6, 1), date(2022, 5, 31)),
    ("reprimand", "discipline", date(2026, 2, 16), None),
    ("complaint", "pending", date(2026, 10, 5), None),
    ("inspection", "pending", date(2025, 3, 3), date(2025, 5, 30)),
)
LEAVES = 40


@dataclass(frozen=True)
class Keeping:
    """What every line shares."""

    made: Organisation
    random: Random
    units: dict[int, Body]

    def line(self, work: Employment, **fields: Any) -> dict[str, Any]:
        """Where a line about somebody employed belongs."""
        return {
            "department": self.made.root, "unit": unit_of(work.body, self.units), "person": work.person,
            "source": "form", **fields,
        }  # fmt: skip


def build(made: Organisation, names: Names) -> None:
    """Ten years of the units whose book is kept, and the gaps that real books have."""
    keeping = Keeping(made, Random(names.random.random()), {unit.pk: unit for unit in made.units})  # noqa: S311
    works = list(_staff(made))
    levels = {work.pk: _levels(keeping.random, work) for work in works}
    bulk.write(_ratings(keeping, works, levels))
    bulk.write(_titles(keeping, works, levels))
    _initiatives(keeping, works)
    bulk.write(_singular(keeping, works))
    bulk.write(
        Whole(unit=unit, record=record, since=FIRST_YEAR)
        for unit in made.units[:UNITS]
        for record in Whole.Record.values
    )


def _staff(made: Organisation) -> QuerySet[Employment]:
    kept = [unit.pk for unit in made.units[:UNITS]]
    below = Body.objects.filter(parent__in=kept).values("pk")
    staff = Employment.objects.filter(body__in=kept) | Employment.objects.filter(body__in=below)
    return staff.select_related("person", "body").order_by("pk")[:2500]


def _levels(random: Random, work: Employment) -> dict[int, str]:
    """Ratings since the person came; a good worker mostly stays one."""
    good = random.random()
    return {
        year: "HTXS" if random.random() < good * 0.4 else "HTT" if random.random() < 0.9 else "HT"
        for year in range(max(work.valid_from.year, FIRST_YEAR), LAST_YEAR + 1)
        if random.random() < 0.97
    }


def _ratings(
    keeping: Keeping, works: list[Employment], levels: dict[int, dict[int, str]]
) -> Iterator[Rating]:
    for work in works:
        for year, level in levels[work.pk].items():
            yield Rating(
                **keeping.line(work, year=year, level=level, decision_number=f"{year % 7 + 31}/QĐ-ĐG")
            )


def _titles(keeping: Keeping, works: list[Employment], levels: dict[int, dict[int, str]]) -> Iterator[Honour]:
    """Advanced workers of every year, and grassroots fighters among the excellent."""
    for work in works:
        where = f"{work.post}, {work.body.name}"
        for year, level in levels[work.pk].items():
            if level == "HT" or keeping.random.random() < 0.3:
                continue
            best = level == "HTXS" and keeping.random.random() < 0.5
            yield Honour(
                **keeping.line(
                    work, code="CSTDCS" if best else "LDTT", year=year, kind="merit",
                    decision_number=f"{14 if best else 11}/QĐ-SYT", decided_on=date(year + 1, 1, 18),
                    authority="Giám đốc Sở Y tế", name_on_paper=work.person.name, post_on_paper=where,
                )
            )  # fmt: skip


def _initiatives(keeping: Keeping, works: list[Employment]) -> None:
    """Ideas of one or two authors; some count in the whole province."""
    random = keeping.random
    ids = bulk.ids(Initiative, len(IDEAS) * 12)
    made, parts = [], []
    for place, pk in enumerate(ids):
        first, second = random.sample(works, 2)
        year = random.randint(FIRST_YEAR, LAST_YEAR)
        common = keeping.line(first)
        common.pop("person")
        made.append(
            Initiative(
                pk=pk, title=f"{IDEAS[place % len(IDEAS)]}, lần {place // len(IDEAS) + 1}", year=year,
                level="province" if random.random() < 0.15 else "unit", decided_on=date(year, 11, 5),
                decision_number=f"{place + 120}/QĐ-SK", authority="Hội đồng sáng kiến", **common,
            )
        )  # fmt: skip
        parts.append(Authorship(initiative_id=pk, person=first.person, share=60))
        parts.append(Authorship(initiative_id=pk, person=second.person, share=40))
    bulk.write(made)
    bulk.write(parts)


def _singular(keeping: Keeping, works: list[Employment]) -> Iterator[Circumstance]:
    """A handful of disciplines and matters, and leave of some years."""
    random = keeping.random
    for work, (kind, nature, begins, ends) in zip(random.sample(works, len(SINGULAR)), SINGULAR, strict=True):
        yield Circumstance(**keeping.line(work, nature=nature, kind=kind, begins_on=begins, ends_on=ends))
    women = [work for work in works if work.person.gender == "f"]
    for work in random.sample(women, LEAVES):
        year = random.randint(2018, 2025)
        yield Circumstance(
            **keeping.line(
                work, nature="leave", kind="maternity", begins_on=date(year, 3, 1), ends_on=date(year, 8, 31)
            )
        )
