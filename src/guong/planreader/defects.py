"""Faults of the document itself (requirements, section N): reported to a person, never repaired silently."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from guong.planreader.contradictions import contradictions_in
from guong.planreader.dates import DAY, day_of
from guong.planreader.document import Document
from guong.planreader.fields.assignments import loose_items
from guong.planreader.fields.deadlines import yearly_limits
from guong.planreader.fields.flattened import repeated_headings
from guong.planreader.fields.recipients import braces_of
from guong.planreader.marks import ROMAN, to_roman
from guong.planreader.model import Defect, Movement, Plan, Source
from guong.planreader.outline import Node
from guong.planreader.passage import Passage

# Each code with the names of its parameters.
CODES: Mapping[str, tuple[str, ...]] = {
    "missing_number": (),
    "blank_number": ("number",),
    "missing_date": (),
    "blank_day": ("month",),
    "missing_place": (),
    "missing_signer": (),
    "duplicate_section": ("number", "first_line"),
    "missing_section": ("number",),
    "misread_section": ("label", "number"),
    "topic_without_activity": ("code", "text"),
    "movement_without_lead": ("code", "name"),
    "movement_without_host": ("code", "name"),
    "movement_without_time": ("code", "name"),
    "movement_without_quota": ("code", "name"),
    "movement_open_quota": ("code", "name", "text"),
    "movement_other_year": ("code", "name", "year", "plan_year"),
    "deadline_before_issue": ("on", "issued_on"),
    "report_before_end": ("on", "end"),
    "yearly_deadline": ("text",),
    "impossible_date": ("text",),
    "impossible_period": ("start", "end"),
    "basis_after_issue": ("number", "on", "issued_on"),
    "basis_after_start": ("number", "on", "start"),
    "assignment_without_unit": ("text",),
    "purpose_guessed": (),
    "repeated_heading": ("times",),
    "mixed_accents": (),
    "wrong_weekday": ("text", "weekday"),
    "wrong_anniversary": ("years", "right"),
    "duplicate_item": ("number", "first_line"),
    "missing_item": ("number",),
    "missing_rows": ("number", "before"),
}
_DAY = re.compile(DAY, re.IGNORECASE)
_YEAR = re.compile(r"\bnăm (20\d{2})\b", re.IGNORECASE)
_REPORTS = re.compile(r"báo cáo(?! (?:sơ kết|kết quả|tiến độ|định kỳ))", re.IGNORECASE)
# A topic counts as covered when this share of its pairs of words, or of the activity's, is in both.
_COVERED = 0.4


def defects_of(
    document: Document, plan: Plan, sources: Mapping[str, Source], *, mixed_accents: bool = False
) -> tuple[Defect, ...]:
    """All faults found, those with a place first, in the order of the document."""
    found = [
        *_heading(plan, sources),
        *_sections(document),
        *_topics(plan, sources),
        *(defect for at, item in enumerate(plan.movements) for defect in _movement(item, at, plan, sources)),
        *_deadlines(plan, sources),
        *(
            Defect("yearly_deadline", {"text": span.text}, span.source(0.9))
            for span in yearly_limits(document)
        ),
        *_dates(document, plan, sources),
        *_bases(plan, sources),
        *(
            Defect("assignment_without_unit", {"text": span.text[:200]}, span.source(0.9))
            for span in loose_items(document)
        ),
        *(Defect("purpose_guessed", {}, span.source(0.9)) for span in braces_of(document)[:1]),
        *_repeats(document),
        *contradictions_in(document, plan.issued_on),
        *([Defect("mixed_accents")] if mixed_accents else []),
    ]
    return tuple(sorted(found, key=lambda d: (d.source is None, d.source.line if d.source else 0)))


def _heading(plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    if plan.number is None:
        yield Defect("missing_number")
    elif plan.number.startswith("/"):
        yield Defect("blank_number", {"number": plan.number}, sources.get("number"))
    if plan.issued_on is None:
        yield Defect("missing_date")
    elif len(plan.issued_on) < 10:
        yield Defect("blank_day", {"month": plan.issued_on}, sources.get("issued_on"))
    if plan.place is None:
        yield Defect("missing_place")
    if plan.signatory is None or plan.signatory.name is None:
        yield Defect("missing_signer")


def _sections(document: Document) -> Iterator[Defect]:
    sections = [node for node in document.outline.root.children if node.rank == ROMAN]
    first: dict[int, Node] = {}
    for node in sections:
        number = node.number or 0
        source = _place(node)
        if node.mark and node.mark.misread:
            yield Defect("misread_section", {"label": node.mark.label, "number": to_roman(number)}, source)
        elif number in first:
            line = str(_place(first[number]).line)
            yield Defect("duplicate_section", {"number": to_roman(number), "first_line": line}, source)
        first.setdefault(number, node)
    yield from (
        Defect("missing_section", {"number": to_roman(number)})
        for number in range(1, max(first, default=0))
        if number not in first
    )


def _place(node: Node) -> Source:
    return node.head.passage.whole().source(0.99)


def _topics(plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    if not plan.activities:
        return
    names = [_pairs(activity.name or "") for activity in plan.activities]
    for at, topic in enumerate(plan.topics):
        words = _pairs(topic.text or "")
        if not any(_share(words, name) >= _COVERED for name in names):
            params = {"code": topic.code or "", "text": topic.text or ""}
            yield Defect("topic_without_activity", params, sources.get(f"topics[{at}].text"))


def _pairs(text: str) -> Counter[tuple[str, str]]:
    words = re.findall(r"\w+", text.casefold())
    return Counter(itertools.pairwise(words))


def _share(first: Counter[tuple[str, str]], second: Counter[tuple[str, str]]) -> float:
    least = min(first.total(), second.total())
    return (first & second).total() / least if least else 0.0


def _movement(item: Movement, at: int, plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    who = {"code": item.code or "", "name": item.name or ""}
    source = sources.get(f"movements[{at}].name")
    if item.in_charge is None:
        yield Defect("movement_without_lead", who, source)
    if item.host is None:
        yield Defect("movement_without_host", who, source)
    if item.judged_at is None:
        yield Defect("movement_without_time", who, source)
    if item.quota_text is None:
        yield Defect("movement_without_quota", who, source)
    elif item.quota is None:
        open_quota = who | {"text": item.quota_text}
        yield Defect("movement_open_quota", open_quota, sources.get(f"movements[{at}].quota_text"))
    own, year = _YEAR.search(item.name or ""), _YEAR.search(plan.title or "")
    if own and year and own.group(1) != year.group(1):
        yield Defect("movement_other_year", who | {"year": own.group(1), "plan_year": year.group(1)}, source)


def _deadlines(plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    end = plan.period.end if plan.period else None
    for at, item in enumerate(plan.deadlines):
        source = sources.get(f"deadlines[{at}].on")
        if _before(item.on, plan.issued_on):
            yield Defect(
                "deadline_before_issue", {"on": item.on or "", "issued_on": plan.issued_on or ""}, source
            )
        elif _before(item.on, end) and _REPORTS.search(item.what or ""):
            yield Defect("report_before_end", {"on": item.on or "", "end": end or ""}, source)


def _before(first: str | None, second: str | None) -> bool:
    """Surely before: compared at the precision of the coarser date."""
    if not first or not second:
        return False
    size = min(len(first), len(second))
    return first[:size] < second[:size]


def _dates(document: Document, plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    if plan.period and _before(plan.period.end, plan.period.start):
        params = {"start": plan.period.start or "", "end": plan.period.end or ""}
        yield Defect("impossible_period", params, sources.get("period.end"))
    for row, line in enumerate(document.lines):
        if any(day_of(found.group()) is None for found in _DAY.finditer(line.text)):
            passage = Passage(document.lines).add(row)
            for found in passage.find_all(_DAY):
                if day_of(found.group()) is None:
                    yield Defect(
                        "impossible_date", {"text": found.group()}, passage.source(*found.span(), 0.9)
                    )


def _bases(plan: Plan, sources: Mapping[str, Source]) -> Iterator[Defect]:
    start = plan.period.start if plan.period else None
    for at, basis in enumerate(plan.legal_bases):
        source = sources.get(f"legal_bases[{at}].issued_on")
        params = {"number": basis.number or basis.kind or "", "on": basis.issued_on or ""}
        if _before(plan.issued_on, basis.issued_on):
            yield Defect("basis_after_issue", params | {"issued_on": plan.issued_on or ""}, source)
        elif start and len(start) == 4 and _before(start, basis.issued_on):
            yield Defect("basis_after_start", params | {"start": start}, source)


def _repeats(document: Document) -> Iterator[Defect]:
    if times := repeated_headings(document):
        yield Defect("repeated_heading", {"times": str(times)})
