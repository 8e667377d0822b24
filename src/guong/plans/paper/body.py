"""The numbered sections of a plan, each there only when the plan has something to say under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from guong.papers.model import Article
from guong.planreader import Assignment, Movement, Plan, Section, Topic
from guong.plans.paper import prose
from guong.plans.paper.event import FUNDING, event_parts
from guong.plans.paper.parts import Part, dashed, heading, marked, plain
from guong.plans.paper.prose import Said
from guong.plans.paper.wording import (
    citation_is_said,
    document_words,
    peak_words,
    quota_words,
    recurring_is_said,
    recurring_words,
    sentences_of,
    span_words,
)

_TIME, _DUTIES = "THỜI GIAN THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"
_LAST = (_TIME, _DUTIES, FUNDING)
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def sections(plan: Plan) -> tuple[Article, ...]:
    """The sections given as text, and those the other fields make, numbered I, II, III … in one row.

    A plan whose given sections say everything keeps their own numbers, faults included.
    """
    made = [part for part in _parts(plan, Said(plan)) if not part.said]
    given = prose.numbered(plan.sections)
    if not made:
        return tuple(article for section in given for article in prose.written(section, section.code))
    return tuple(_numbered(made, given))


def _numbered(made: list[Part], given: list[Section]) -> Iterator[Article]:
    """Given sections come where their number says, others before the first part that closes a plan."""
    row: list[Part | Section] = list(made)
    for section in given:
        last = next(
            (at for at, item in enumerate(row) if isinstance(item, Part) and item.title in _LAST), len(row)
        )
        wished = value(section.code or "")
        row.insert(min(wished - 1, len(row)) if wished else last, section)
    for number, item in enumerate(row, start=1):
        if isinstance(item, Section):
            yield from prose.written(item, roman(number))
        else:
            yield heading(f"{roman(number)}. {item.title}")
            yield from item.articles


def roman(number: int) -> str:
    """A section's number, up to 89."""
    tens, ones = divmod(number, 10)
    return ("X" * tens if tens < 4 else "XL" if tens == 4 else "L" + "X" * (tens - 5)) + _ROMAN[ones]


def value(label: str) -> int:
    """The number a Roman label writes, 0 for any other."""
    return next((number for number in range(1, 90) if roman(number) == label), 0)


def _parts(plan: Plan, said: Said) -> Iterator[Part]:
    """In the order of the genre."""
    if plan.purposes or plan.requirements:
        texts = (*plan.purposes, *(item.text for item in plan.requirements))
        yield Part("MỤC ĐÍCH, YÊU CẦU", tuple(_aims(plan)), said(*texts))
    if plan.movements:
        names = (item.name for item in plan.movements)
        yield Part("NỘI DUNG CÁC PHONG TRÀO THI ĐUA", tuple(_movements(plan.movements)), said(*names))
    if plan.topics:
        texts = tuple(item.text for item in plan.topics)
        yield Part("CÁC NỘI DUNG TRUYỀN THÔNG TRỌNG TÂM", (plain(_topics(plan.topics)),), said(*texts))
    if plan.event:
        yield from event_parts(plan.event, said)
    yield from _closing_parts(plan, said)


def _closing_parts(plan: Plan, said: Said) -> Iterator[Part]:
    if plan.period or plan.peaks:
        ends = (plan.period.start, plan.period.end) if plan.period else ()
        known = (said.date(*ends) or not ends) and (
            said(*(peak.text for peak in plan.peaks)) or not plan.peaks
        )
        yield Part(_TIME, (plain(_time(plan)),), known)
    if duties := [item for item in plan.recurring if not recurring_is_said(item, sentences_of(plan))]:
        yield Part("CÁC VIỆC ĐỊNH KỲ", (plain(dashed([recurring_words(item) for item in duties])),))
    if (
        cited := []
        if plan.sections
        else [item for item in plan.citations if not citation_is_said(item, plan)]
    ):
        lines = dashed([f"{document_words(item)}." for item in cited])
        yield Part("TÀI LIỆU VIỆN DẪN", (plain(lines),))
    if plan.assignments:
        tasks = (task for item in plan.assignments for task in item.tasks)
        yield Part(_DUTIES, tuple(_assignments(plan.assignments)), said(*tasks))


def _aims(plan: Plan) -> Iterator[Article]:
    groups = (("Mục đích", plan.purposes), ("Yêu cầu", tuple(item.text or "" for item in plan.requirements)))
    present = ((title, texts) for title, texts in groups if texts)
    for place, (title, texts) in enumerate(present, start=1):
        yield heading(f"{place}. {title}", dashed([f"{text}." for text in texts]))


def _time(plan: Plan) -> list[str]:
    words = span_words(plan.period) if plan.period else ""
    lines = [f"{words[:1].upper()}{words[1:]}."] if words else []
    return [*lines, peak_words(plan.peaks)] if plan.peaks else lines


def _movements(movements: Sequence[Movement]) -> Iterator[Article]:
    """Movements under their own codes; a code such as 2.1 opens its group 2 when no movement does."""
    codes = [movement.code or str(place) for place, movement in enumerate(movements, start=1)]
    opened = set(codes)
    for code, movement in zip(codes, movements, strict=True):
        group = code.rpartition(".")[0]
        if group and group not in opened:
            opened.add(group)
            yield heading(f"{group}. Các phong trào thi đua")
        yield heading(f"{marked(code)} {movement.name or ''}", dashed(_attributes(movement)))


def _attributes(movement: Movement) -> list[str]:
    """What is said of a movement, each line under its label; labels without a value are left out."""
    quota = movement.quota_text or (quota_words(movement.quota) if movement.quota else "")
    labelled = (
        ("Cơ quan chủ trì", movement.host),
        ("Bộ phận phụ trách", movement.in_charge),
        ("Hình thức", "Khen thưởng đột xuất" if _must_say_ad_hoc(movement) else None),
        ("Đối tượng xét", ", ".join(movement.posts) if _must_say_posts(movement) else None),
        ("Thời điểm xét khen thưởng", movement.judged_at),
        ("Số lượng xét khen thưởng", quota),
    )
    lines = [f"{label}: {value}." for label, value in labelled if value]
    if movement.content:
        lines.insert(
            sum(bool(value) for _label, value in labelled[:4]), f"Nội dung thi đua: {movement.content}"
        )
    return lines


def _must_say_ad_hoc(movement: Movement) -> bool:
    return movement.ad_hoc and "đột xuất" not in (movement.name or "").casefold()


def _must_say_posts(movement: Movement) -> bool:
    """The posts are not already in the name or the content."""
    said = (f"{movement.name} {movement.content}").casefold()
    return not all(post.casefold() in said for post in movement.posts)


def _topics(topics: Sequence[Topic]) -> list[str]:
    return [
        f"{marked(topic.code or str(place))} {topic.text}{'.' if place == len(topics) else ';'}"
        for place, topic in enumerate(topics, start=1)
    ]


def _assignments(assignments: Sequence[Assignment]) -> Iterator[Article]:
    for place, item in enumerate(assignments, start=1):
        yield heading(f"{place}. {item.unit}", dashed(item.tasks))
