"""The pages a plan is written on, and the values on each; apps above add theirs in `from_plan.PAGES`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from guong.plans.reading import apart, kinds, parts, rules
from guong.plans.reading.draft import Draft
from guong.plans.reading.kinds import Field

ORDER = (
    "chung", "can-cu", "muc-dich", "phong-trao", "noi-dung", "hoat-dong", "su-kien", "chi-tieu", "thoi-han",
    "phan-cong", "muc-khac", "noi-nhan",
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """One record or one list of records of the content.

    path: "" for the plan itself, "movements" for a list, "event" for one record that may be missing.
    own: names of derived values the reader gives as well: they are always written, never only followed.
    fields: a function of the draft where the department's lists are chosen from.
    """

    path: str
    label: Any
    fields: tuple[Field, ...] | Callable[[Draft], tuple[Field, ...]]
    many: bool = True
    own: frozenset[str] = frozenset()

    def fields_of(self, draft: Draft) -> tuple[Field, ...]:
        """The values of one record."""
        return self.fields(draft) if callable(self.fields) else self.fields

    @property
    def keys(self) -> set[str]:
        """Names at the top of the content that the block writes."""
        if self.path or callable(self.fields):
            return {self.path.partition(".")[0]}
        return {field.name.partition(".")[0] for field in self.fields}


@dataclass(frozen=True)
class Page:
    """What is written on one screen; `slug` is its address."""

    slug: str
    label: Any
    icon: str
    blocks: tuple[Block, ...]
    hint: Any = ""

    @property
    def keys(self) -> set[str]:
        """Names at the top of the content that the page writes."""
        return set().union(*(block.keys for block in self.blocks))

    def part(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """What the page shows of a content."""
        return {name: content.get(name) for name in sorted(self.keys)}

    def stamp(self, content: Mapping[str, Any]) -> str:
        """Differs once anybody changed something on this page; other pages do not matter."""
        text = json.dumps(self.part(content), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def filled(self, content: Mapping[str, Any]) -> bool:
        """Somebody or something wrote on it."""
        return any(_says(value) for value in self.part(content).values())


def _says(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_says(part) for part in value.values())
    return bool(value)


FACTS = (
    *(field for field in apart.PLAN if field.name not in ("number", "issued_on")),
    Field("symbol", _("Symbol"), required=True, longest=40),
    Field("authority", _("Signing for the head"), kinds.LINES, longest=200),
    Field("closing", _("Last paragraph"), kinds.LONG, longest=1000),
)
ASSIGNED = (*apart.ASSIGNED, Field("tasks", _("Tasks, one a line"), kinds.LINES, required=True))
SECTION = (
    Field("code", _("No."), longest=20),
    Field("title", _("Heading"), kinds.LONG, longest=300),
    Field("paragraphs", _("Text, one paragraph a line"), kinds.LINES),
)
DATES = (
    Block("deadlines", _("Obligation"), apart.OBLIGATION),
    Block(
        "recurring", _("What recurs"), rules.RECURRING, own=frozenset({"every", "first_year", "last_year"})
    ),
    Block("peaks", _("Peak"), rules.peak_fields),
)
AIMS = (
    Block("purposes", _("Purpose"), (rules.PURPOSE,)),
    Block("requirements", _("Requirement"), rules.REQUIREMENT),
)
BASES = (
    Block("legal_bases", _("Legal basis"), apart.BASIS),
    Block("citations", _("Document cited"), apart.CITATION),
)
PAGES = (
    Page("chung", _("Title and facts"), "plan", (Block("", _("Plan"), FACTS, many=False),)),
    Page("can-cu", _("Legal bases"), "file", BASES),
    Page("muc-dich", _("Purposes and requirements"), "check", AIMS),
    Page("muc-khac", _("Sections in free text"), "list", (Block("sections", _("Section"), SECTION),)),
    Page("noi-dung", _("Communication topics"), "bell", (Block("topics", _("Topic"), apart.TOPIC),)),
    Page("hoat-dong", _("Activity table"), "report", (Block("activities", _("Activity"), apart.ACTIVITY),)),
    Page(
        "su-kien",
        _("Event"),
        "people",
        (
            Block("event", _("Event"), apart.EVENT, many=False),
            Block("event.delegations", _("Delegation"), apart.DELEGATION),
        ),
    ),
    Page("chi-tieu", _("Targets"), "report", (Block("targets", _("Target"), apart.TARGET),)),
    Page("thoi-han", _("Obligations and dates"), "clock", DATES),
    Page("phan-cong", _("Assignments"), "people", (Block("assignments", _("Assignment"), ASSIGNED),)),
    Page("noi-nhan", _("Recipients"), "mail", (Block("distribution", _("Recipient"), apart.RECIPIENT),)),
)


@cache
def pages() -> tuple[Page, ...]:
    """Every page, in the order of the paper."""
    above = [page for maker in parts.makers() for page in getattr(maker, "PAGES", ())]
    return tuple(sorted((*PAGES, *above), key=lambda page: ORDER.index(page.slug)))


def page_called(slug: str) -> Page | None:
    """The page at an address, or none."""
    return next((page for page in pages() if page.slug == slug), None)


def page_of(path: str) -> Page | None:
    """The page on which a value of the content is written."""
    top = path.partition(".")[0].partition("[")[0]
    return next((page for page in pages() if top in page.keys), None)
