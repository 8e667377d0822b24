"""The numbered sections of a plan, each there only when the plan has something to say under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from guong.papers.model import Article
from guong.papers.words import two_digits
from guong.planreader import Assignment, Delegation, Event, Movement, Plan, Topic
from guong.plans.paper.wording import quota_words, short_day, span_words

_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True)
class Part:
    """A section before it has its number: its heading and what stands under it."""

    title: str
    articles: tuple[Article, ...]


def sections(plan: Plan) -> tuple[Article, ...]:
    """All sections in order, numbered I, II, III …"""
    return tuple(
        article
        for number, part in enumerate(_parts(plan), start=1)
        for article in (_heading(f"{roman(number)}. {part.title}"), *part.articles)
    )


def roman(number: int) -> str:
    """A section's number, up to 89."""
    tens, ones = divmod(number, 10)
    return ("X" * tens if tens < 4 else "XL" if tens == 4 else "L" + "X" * (tens - 5)) + _ROMAN[ones]


def _parts(plan: Plan) -> Iterator[Part]:
    if plan.movements:
        yield Part("NỘI DUNG CÁC PHONG TRÀO THI ĐUA", tuple(_movements(plan.movements)))
    if plan.topics:
        yield Part("CÁC NỘI DUNG TRUYỀN THÔNG TRỌNG TÂM", (_plain(_topics(plan.topics)),))
    if plan.event:
        yield from _event(plan.event)
    if plan.period:
        words = span_words(plan.period)
        yield Part("THỜI GIAN THỰC HIỆN", (_plain((f"{words[:1].upper()}{words[1:]}.",)),))
    if plan.assignments:
        yield Part("TỔ CHỨC THỰC HIỆN", tuple(_assignments(plan.assignments)))


def _heading(title: str, lines: Sequence[str] = ()) -> Article:
    return Article(title, tuple(lines), own_line=True)


def _plain(lines: Sequence[str]) -> Article:
    return Article("", tuple(lines))


def dashed(texts: Sequence[str]) -> list[str]:
    return [f"- {text}" for text in texts]


def numbered(label: str) -> str:
    """ "2." and "2.1." before a text, but "a)"."""
    return f"{label})" if label.isalpha() and label.islower() else f"{label}."


def _movements(movements: Sequence[Movement]) -> Iterator[Article]:
    """Movements under their own codes; a code such as 2.1 opens its group 2 when no movement does."""
    codes = [movement.code or str(place) for place, movement in enumerate(movements, start=1)]
    opened = set(codes)
    for code, movement in zip(codes, movements, strict=True):
        group = code.rpartition(".")[0]
        if group and group not in opened:
            opened.add(group)
            yield _heading(f"{group}. Các phong trào thi đua")
        yield _heading(f"{numbered(code)} {movement.name or ''}", dashed(_attributes(movement)))


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
        f"{numbered(topic.code or str(place))} {topic.text}{'.' if place == len(topics) else ';'}"
        for place, topic in enumerate(topics, start=1)
    ]


def _event(event: Event) -> Iterator[Part]:
    """When, who comes, who speaks, what happens, who pays."""
    if event.when:
        time = ", ".join(part for part in (short_day(event.when), event.duration) if part)
        yield Part("THỜI GIAN TỔ CHỨC", (_plain((f"{time[:1].upper()}{time[1:]}.",)),))
    if people := _people(event):
        yield Part("THÀNH PHẦN, SỐ LƯỢNG ĐẠI BIỂU", (_plain(people),))
    if event.papers is not None:
        yield Part("THAM LUẬN", (_plain((f"Dự kiến {two_digits(event.papers)} bài tham luận.",)),))
    if event.programme:
        yield Part("CHƯƠNG TRÌNH", (_plain(dashed([f"{item}." for item in event.programme])),))
    if event.funding:
        yield Part("KINH PHÍ", (_plain((event.funding,)),))


def _people(event: Event) -> list[str]:
    lines = [f"Tổng số: tối đa {two_digits(event.max_delegates)} đại biểu."] if event.max_delegates else []
    return dashed([*lines, *(_delegation(item) for item in event.delegations)])


def _delegation(item: Delegation) -> str:
    counted = (
        (item.leaders, "lãnh đạo"),
        (item.union_chairs, "Chủ tịch Công đoàn"),
        (item.representatives, "đại biểu"),
    )
    people = ", ".join(f"{two_digits(number)} {who}" for number, who in counted if number is not None)
    return f"{item.units}: {people}."


def _assignments(assignments: Sequence[Assignment]) -> Iterator[Article]:
    for place, item in enumerate(assignments, start=1):
        yield _heading(f"{place}. {item.unit}", dashed(item.tasks))
