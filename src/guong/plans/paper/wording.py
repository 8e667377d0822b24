"""The formulas of the genre: how a plan words its bases, times, quotas, limits and recipients."""

from __future__ import annotations

from datetime import date

from guong.papers.words import paper_date, two_digits
from guong.planreader import Deadline, LegalBasis, Period, Plan, Quota, Recipient, Target

NO_TIME = "Chưa ấn định"  # an empty cell would mean the time of the row above
# Documents a plan carries out; on others it stands.
_CARRIED_OUT = ("kế hoạch", "chỉ thị", "công văn", "chương trình", "hướng dẫn", "công điện", "thông báo")


def basis_line(basis: LegalBasis) -> str:
    """ "Căn cứ Nghị định số … ngày … của Chính phủ về …"; a law without a number is named by its subject."""
    kind = basis.kind or "Văn bản"
    opening = "Thực hiện" if kind.casefold().startswith(_CARRIED_OUT) else "Căn cứ"
    named = f"số {basis.number}" if basis.number else basis.subject
    about = f"về {basis.subject}" if basis.number and basis.subject else ""
    day = long_day(basis.issued_on) if basis.issued_on else ""
    issuer = f"của {basis.issuer}" if basis.issuer else ""
    return " ".join(part for part in (opening, kind, named, day, issuer, about) if part)


def long_day(on: str) -> str:
    """ "ngày 05 tháng 01 năm 2026"; a month or a year alone when the date says no more."""
    if len(on) == 10:
        return paper_date(date.fromisoformat(on))
    year, _dash, month = on.partition("-")
    return f"tháng {int(month)} năm {year}" if month else f"năm {year}"


def short_day(on: str) -> str:
    """ "ngày 05/01/2026", "tháng 6/2026", "năm 2026"."""
    if len(on) == 10:
        return f"ngày {date.fromisoformat(on):%d/%m/%Y}"
    year, _dash, month = on.partition("-")
    return f"tháng {int(month)}/{year}" if month else f"năm {year}"


def span_words(period: Period) -> str:
    """ "từ ngày … đến ngày …"."""
    return " ".join(
        f"{word} {short_day(end)}"
        for word, end in (("từ", period.start), ("đến", period.end))
        if end is not None
    )


def cell_words(period: Period | None) -> str:
    """The time of an activity: one date when it begins and ends with it."""
    if period is None or period.start is None:
        return NO_TIME
    words = short_day(period.start) if period.start == period.end else span_words(period)
    return words[:1].upper() + words[1:]


def quota_words(quota: Quota) -> str:
    """ "05 tập thể và 10 cá nhân cho mỗi chương trình"."""
    counted = ((quota.collectives, "tập thể"), (quota.individuals, "cá nhân"))
    words = " và ".join(f"{two_digits(number)} {what}" for number, what in counted if number is not None)
    return f"{words} cho mỗi chương trình" if quota.per_programme else words


def limit_words(deadline: Deadline) -> str:
    """ "Trước ngày …" ends the day before, "Chậm nhất ngày …" with the day itself."""
    return f"{'Trước' if deadline.strict else 'Chậm nhất'} {short_day(deadline.on or '')}"


def recipient_line(item: Recipient) -> str:
    name = item.recipient or ""
    return f"{name} ({item.purpose})" if item.purpose else name


def sentences_of(plan: Plan) -> tuple[str, ...]:
    """The sentences in which deadlines and targets may stand: what they say is not written a second time."""
    return tuple(task for assignment in plan.assignments for task in assignment.tasks)


def deadline_is_said(deadline: Deadline, sentences: tuple[str, ...]) -> bool:
    """One sentence names both the date and what is due."""
    what, forms = (deadline.what or "").casefold(), _day_forms(deadline.on or "")
    return any(what in text.casefold() and any(form in text for form in forms) for text in sentences)


def target_is_said(target: Target, sentences: tuple[str, ...]) -> bool:
    """One sentence names both the figure and what is counted."""
    metric, value = (target.metric or "").casefold(), (target.value or "").casefold()
    return any(metric in text.casefold() and value in text.casefold() for text in sentences)


def _day_forms(on: str) -> tuple[str, ...]:
    """How a sentence may write this day."""
    if len(on) != 10:
        return (short_day(on),)
    day = date.fromisoformat(on)
    days, months = {f"{day.day}", f"{day.day:02d}"}, {f"{day.month}", f"{day.month:02d}"}
    signs = ("/", ".", "-", " tháng ")
    return tuple(f"{d}{sign}{m}" for d in days for m in months for sign in signs)
