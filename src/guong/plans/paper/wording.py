"""The formulas of the genre: how a plan words its bases, times, quotas, limits and recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from guong.papers.words import paper_date, two_digits
from guong.planreader import Deadline, LegalBasis, Peak, Period, Plan, Quota, Recipient, Recurring, Target

NO_TIME = "Chưa ấn định"  # an empty cell would mean the time of the row above
# Documents a plan carries out; on others it stands.
_CARRIED_OUT = ("kế hoạch", "chỉ thị", "công văn", "chương trình", "hướng dẫn", "công điện", "thông báo")

_MARK = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[a-zđ]\))\s")
_EVERY = {
    "year": "Hằng năm, ",
    "six_months": "Mỗi 06 tháng, ",
    "quarter": "Mỗi quý, ",
    "month": "Mỗi tháng, ",
}
_PEAKS = {"tet": "dịp Tết Nguyên đán", "doctors_day": "các tuần quanh Ngày Thầy thuốc Việt Nam 27/2"}


def basis_line(basis: LegalBasis) -> str:
    """ "Căn cứ Nghị định số … ngày … của Chính phủ về …"; a law without a number is named by its subject."""
    opening = "Thực hiện" if (basis.kind or "").casefold().startswith(_CARRIED_OUT) else "Căn cứ"
    return f"{opening} {document_words(basis)}"


def document_words(basis: LegalBasis) -> str:
    """ "Nghị định số … ngày … của Chính phủ về …"."""
    named = f"số {basis.number}" if basis.number else basis.subject
    about = f"về {basis.subject}" if basis.number and basis.subject else ""
    day = long_day(basis.issued_on) if basis.issued_on else ""
    issuer = f"của {basis.issuer}" if basis.issuer else ""
    return " ".join(part for part in (basis.kind or "Văn bản", named, day, issuer, about) if part)


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


def peak_words(peaks: Sequence[Peak]) -> str:
    """ "Trong đó, cao điểm vào …; …."."""
    texts = (peak.text or _PEAKS.get(peak.rule or "", "") for peak in peaks)
    return f"Trong đó, cao điểm vào {'; '.join(text for text in texts if text)}."


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
    """The sentences in which dates and figures may stand, each after the headings it stands under."""
    return (
        *(item.text or "" for item in plan.requirements),
        *plan.purposes,
        *(f"{item.unit}: {task}" for item in plan.assignments for task in item.tasks),
        *(line for section in plan.sections for line in _under_headings(section.paragraphs)),
    )


def _under_headings(lines: Sequence[str]) -> Iterator[str]:
    """Each line after the last line of every kind of number ("1.", "1.1.", "a)") before it."""
    headings: dict[str, str] = {}
    for line in lines:
        yield " ".join((*headings.values(), line))
        if mark := _MARK.match(line):
            headings[re.sub(r"\w+", "0" if mark.group()[0].isdigit() else "a", mark.group())] = line


def deadline_is_said(deadline: Deadline, sentences: tuple[str, ...]) -> bool:
    """One sentence names the date, what is due, and under its heading or in itself who owes it."""
    words = [text.casefold() for text in (deadline.what, deadline.by) if text]
    forms = day_forms(deadline.on or "")
    return any(
        all(word in text.casefold() for word in words) and any(form in text for form in forms)
        for text in sentences
    )


def target_is_said(target: Target, sentences: tuple[str, ...]) -> bool:
    """One sentence names both the figure and what is counted."""
    metric, value = (target.metric or "").casefold(), (target.value or "").casefold()
    return any(metric in text.casefold() and value in text.casefold() for text in sentences)


def recurring_is_said(item: Recurring, sentences: tuple[str, ...]) -> bool:
    """One sentence says what is due again and again."""
    what = (item.what or "").casefold()
    return any(what in text.casefold() for text in sentences)


def citation_is_said(basis: LegalBasis, plan: Plan) -> bool:
    """A sentence of the plan names the number."""
    number = (basis.number or "").casefold()
    movements = (text or "" for item in plan.movements for text in (item.name, item.content))
    return any(number in text.casefold() for text in (*sentences_of(plan), *movements))


def recurring_words(item: Recurring) -> str:
    """ "Hằng năm, các đơn vị … (02 tập thể), trước ngày 30/11.": what `what` says already is not repeated."""
    what = item.what or ""
    by = f"{item.by} " if item.by and item.by.casefold() not in what.casefold() else ""
    counted = ((item.collectives, "tập thể"), (item.individuals, "cá nhân"))
    missing = [
        f"{two_digits(number)} {who}" for number, who in counted if number and not _counts(what, number, who)
    ]
    numbers = f" ({', '.join(missing)})" if missing else ""
    return f"{_EVERY.get(item.every or '', '')}{by}{what}{numbers}{_yearly_limit(item)}."


def _counts(text: str, number: int, who: str) -> bool:
    return any(f"{form} {who}" in text for form in (str(number), two_digits(number)))


def _yearly_limit(item: Recurring) -> str:
    """The last day of each time, "--11-30", unless the words have it."""
    if not item.on or any(form in (item.what or "") for form in day_forms(f"2000{item.on[1:]}")):
        return ""
    return f", trước ngày {item.on[5:7]}/{item.on[2:4]}"


def day_forms(on: str) -> tuple[str, ...]:
    """How a sentence may write this date."""
    if len(on) != 10:
        year, _dash, month = on.partition("-")
        return (f"{int(month)}/{year}", f"{month}/{year}", f"{int(month)} năm {year}") if month else (year,)
    day = date.fromisoformat(on)
    days, months = {f"{day.day}", f"{day.day:02d}"}, {f"{day.month}", f"{day.month:02d}"}
    signs = ("/", ".", "-", " tháng ")
    return tuple(f"{d}{sign}{m}" for d in days for m in months for sign in signs)
