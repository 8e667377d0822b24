"""What the screens of a draft show: its road, its pages with what is missing, the rows of one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guong.plans.models import PlanDraft
from guong.plans.reading import kinds, parts
from guong.plans.reading.draft import Draft, Group
from guong.plans.reading.screen import Row
from guong.plans.writing.checks import Fault, faults
from guong.plans.writing.pages import Block, Page, pages
from guong.plans.writing.typed import as_draft, bases

State = PlanDraft.State
ROAD = (State.DRAFT, State.SUBMITTED, State.APPROVED, State.NUMBERED, State.ISSUED)
OPEN_ROWS = 2  # of more rows, those without a fault are folded


def road(draft: PlanDraft) -> list[dict[str, str]]:
    """Written, sent, approved, numbered, issued; a returned draft is back at its first stage."""
    labels = (_("Written"), _("Sent for approval"), _("Approved"), _("Numbered"), _("Issued"))
    if draft.state == State.DROPPED:
        given_up = {"label": _("Given up"), "note": draft.full_number, "status": "back"}
        return [{"label": labels[0], "note": "", "status": "done"}, given_up]
    at = 0 if draft.state == State.RETURNED else ROAD.index(State(draft.state))
    notes = (
        "",
        "",
        "",
        draft.full_number,
        f"{draft.issued_on:%d/%m/%Y}" if draft.plan_id and draft.issued_on else "",
    )
    return [
        {"label": label, "note": notes[place], "status": _status(draft, place, at)}
        for place, label in enumerate(labels)
    ]


def _status(draft: PlanDraft, place: int, at: int) -> str:
    if place == 0 and draft.state == State.RETURNED:
        return "back"
    if place < at or (place == at and at > 0):
        return "done"
    return "now" if place == at or (place == at + 1 and at > 0) else "later"


@dataclass(frozen=True)
class Entry:
    """One page in the contents: how much is on it, what is wrong, whether somebody looked."""

    page: Page
    count: int
    faults: int
    unseen: bool


@dataclass
class Overview:
    """A draft as a whole: faults, pages, and what issuing will create."""

    draft: PlanDraft
    shown: Draft
    faults: list[Fault]

    @property
    def entries(self) -> list[Entry]:
        """The contents."""
        return [
            Entry(
                page,
                sum(len(bases(self.draft.content, block)) for block in page.blocks if block.many)
                or int(page.filled(self.draft.content)),
                sum(fault.page == page for fault in self.faults),
                page.slug in self.draft.unseen,
            )
            for page in pages()
        ]

    @property
    def groups(self) -> list[Group]:
        """What will be created, in the groups of the confirm screen."""
        return [group for group in parts.groups(self.shown) if group.makes]


def overview(draft: PlanDraft) -> Overview:
    """Everything about a draft at one look."""
    shown = as_draft(draft, draft.content)
    return Overview(draft, shown, faults(draft, shown))


@dataclass(frozen=True)
class Written:
    """One record on its page: its place in the list, the words of its folded line, its values."""

    place: int
    base: str
    brief: str
    rows: tuple[Row, ...]
    folded: bool
    new: bool = False


@dataclass(frozen=True)
class Sheet:
    """One block of a page with its records."""

    block: Block
    records: tuple[Written, ...]


def sheets(shown: Draft, page: Page, add: str = "") -> list[Sheet]:
    """The blocks of a page; `add` names the list that gets an empty row at its end."""
    alone = len(page.blocks) == 1
    return [Sheet(block, _records(shown, block, add, alone=alone)) for block in page.blocks]


def _records(shown: Draft, block: Block, add: str, *, alone: bool) -> tuple[Written, ...]:
    found = bases(shown.plan, block)
    extra = (
        [f"{block.path}[{len(found)}]"] if block.many and (add == block.path or (alone and not found)) else []
    )
    many = len(found) > OPEN_ROWS
    return tuple(
        _record(shown, block, base, place, folded=many and base not in extra, new=base in extra)
        for place, base in enumerate([*found, *extra])
    )


def _record(shown: Draft, block: Block, base: str, place: int, *, folded: bool, new: bool) -> Written:
    rows = tuple(Row(shown.value(base, field), "", 0) for field in block.fields_of(shown))
    if new:
        rows = tuple(Row(_quiet(row), "", 0) for row in rows)
    said = [
        row.value.shown
        for row in rows
        if row.value.text and not row.value.field.derive and row.value.field.kind != kinds.YES
    ]
    wrong = any(row.value.error for row in rows)
    return Written(place, base, Truncator(" · ".join(said[:3])).chars(150), rows, folded and not wrong, new)


def _quiet(row: Row) -> Any:
    """An empty row has nothing wrong in it: left empty, it is no row."""
    return replace(row.value, error="")


def in_words(shown: Draft, page: Page) -> list[dict[str, Any]]:
    """The page as somebody else saved it, to be read beside one's own text."""
    return [
        {
            "title": f"{sheet.block.label} {record.place + 1}" if sheet.block.many else sheet.block.label,
            "values": [row.value for row in record.rows if row.value.text],
        }
        for sheet in sheets(shown, page)
        for record in sheet.records
        if not record.new
    ]
