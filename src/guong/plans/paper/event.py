"""The sections of a plan that organises an event: when, who comes, who speaks, what happens, who pays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guong.papers.model import Annex
from guong.papers.words import two_digits
from guong.planreader import Delegation, Event
from guong.plans.paper.parts import Part, dashed, plain
from guong.plans.paper.prose import Said
from guong.plans.paper.wording import short_day

FUNDING = "KINH PHÍ"


def event_parts(event: Event, said: Said) -> Iterator[Part]:
    """In the order of the genre."""
    if event.when:
        time = ", ".join(part for part in (short_day(event.when), event.duration) if part)
        yield Part("THỜI GIAN TỔ CHỨC", (plain((f"{time[:1].upper()}{time[1:]}.",)),), said.date(event.when))
    if people := _people(event):
        units = (item.units for item in event.delegations)
        known = said(*units) if event.delegations else said(str(event.max_delegates))
        yield Part("THÀNH PHẦN, SỐ LƯỢNG ĐẠI BIỂU", (plain(people),), known)
    if event.papers is not None:
        speaking = f"Dự kiến {two_digits(event.papers)} bài tham luận."
        yield Part("THAM LUẬN", (plain((speaking,)),), said("tham luận"))
    if event.programme:
        items = dashed([f"{item}." for item in event.programme])
        yield Part("CHƯƠNG TRÌNH", (plain(items),), said(*event.programme))
    if event.funding:
        yield Part(FUNDING, (plain((event.funding,)),), said(event.funding))


def _people(event: Event) -> list[str | Annex]:
    most = f"Tổng số: tối đa {two_digits(event.max_delegates or 0)} đại biểu."
    lines: list[str | Annex] = [most] if event.max_delegates else []
    return [*lines, _delegations(event.delegations)] if event.delegations else lines


def _delegations(delegations: Sequence[Delegation]) -> Annex:
    return Annex(
        title="",
        headings=("TT", "Đơn vị", "Lãnh đạo", "Chủ tịch Công đoàn", "Đại biểu"),
        rows=tuple(
            (
                place,
                item.units or "",
                *(
                    "" if number is None else two_digits(number)
                    for number in (item.leaders, item.union_chairs, item.representatives)
                ),
            )
            for place, item in enumerate(delegations, start=1)
        ),
        widths=(12, 72, 24, 30, 24),
    )
