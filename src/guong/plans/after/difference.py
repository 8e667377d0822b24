"""A revision for its readers: what changed, in words, and whom each change concerns (B-16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.base.models import Body, User
from guong.planreader.compare import Change, Changes, FieldChange, Kind, Piece, compare, shown
from guong.plans.models import Revision
from guong.plans.reading import kinds
from guong.plans.reading.bodies import Directory
from guong.plans.writing.prose import without_repeats

PARTS = {
    "": gettext_lazy("The plan itself"),
    "legal_bases": gettext_lazy("Legal bases"),
    "movements": gettext_lazy("Movements"),
    "topics": gettext_lazy("Communication topics"),
    "activities": gettext_lazy("Activity table"),
    "assignments": gettext_lazy("Assignments"),
    "deadlines": gettext_lazy("Obligations and dates"),
    "targets": gettext_lazy("Targets"),
    "distribution": gettext_lazy("Recipients"),
    "requirements": gettext_lazy("Requirements"),
    "peaks": gettext_lazy("Peaks"),
    "recurring": gettext_lazy("What recurs"),
    "citations": gettext_lazy("Documents cited"),
}
FIELDS = {
    "title": gettext_lazy("Title"), "theme": gettext_lazy("Theme"), "period.start": gettext_lazy("From"),
    "period.end": gettext_lazy("Until"), "code": gettext_lazy("Code"), "name": gettext_lazy("Name"),
    "host": gettext_lazy("Host"), "in_charge": gettext_lazy("In charge"), "content": gettext_lazy("Content"),
    "judged_at": gettext_lazy("Judged"), "quota.collectives": gettext_lazy("Collectives"),
    "quota.individuals": gettext_lazy("Individuals"), "quota_text": gettext_lazy("Quota, as written"),
    "posts": gettext_lazy("Posts a nominee must hold"), "text": gettext_lazy("Topic"),
    "unit": gettext_lazy("Assigned to"), "tasks": gettext_lazy("Tasks"), "what": gettext_lazy("What"),
    "on": gettext_lazy("Date on the paper"), "by": gettext_lazy("By whom"), "to": gettext_lazy("To whom"),
    "metric": gettext_lazy("What"), "value": gettext_lazy("Value"), "recipient": gettext_lazy("Recipient"),
    "purpose": gettext_lazy("Purpose"), "number": gettext_lazy("Number"), "issuer": gettext_lazy("Issuer"),
    "subject": gettext_lazy("About"), "kind": gettext_lazy("Kind of document"),
    "strict": gettext_lazy("“before” that date: the day before is the last"),
    "quota.per_programme": gettext_lazy("for each programme"), "quota": gettext_lazy("Quota"),
    "when.start": gettext_lazy("From"), "when.end": gettext_lazy("Until"),
    "lead_units": gettext_lazy("Leads"), "related_units": gettext_lazy("Takes part"),
    "outputs": gettext_lazy("Outputs"), "event": gettext_lazy("Event"), "period": gettext_lazy("Period"),
    "ad_hoc": gettext_lazy("ad hoc award"), "issued_on": gettext_lazy("Issued on"),
    "year": gettext_lazy("Year"), "sections": gettext_lazy("Text"), "purposes": gettext_lazy("Purposes"),
    "rule": gettext_lazy("Occasion"), "occasion": gettext_lazy("Occasion"),
    "every": gettext_lazy("How often"), "first_year": gettext_lazy("First year"),
    "last_year": gettext_lazy("Last year"), "collectives": gettext_lazy("Collectives owed by each"),
    "individuals": gettext_lazy("Individuals owed by each"),
}  # fmt: skip
HEADS = {
    "legal_bases": ("number", "subject"), "movements": ("code", "name"), "topics": ("code", "text"),
    "activities": ("name",), "assignments": ("unit",), "deadlines": ("what",), "targets": ("metric",),
    "distribution": ("recipient",), "requirements": ("text",), "peaks": ("text",), "recurring": ("what",),
    "citations": ("number", "subject"),
}  # fmt: skip
CONCERNED = {"assignments": "unit", "deadlines": "by", "movements": "in_charge", "distribution": "recipient"}
DATES = ("period.start", "period.end", "on", "when.start", "when.end", "issued_on")
KINDS = {
    Kind.ADDED: ("ok", gettext_lazy("added")),
    Kind.REMOVED: ("stop", gettext_lazy("removed")),
    Kind.CHANGED: ("warn", gettext_lazy("changed")),
    Kind.MOVED: ("plain", gettext_lazy("moved")),
}


@dataclass(frozen=True)
class Row:
    """One value: its name and both texts in one."""

    label: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shown:
    """One change as a reader sees it."""

    change: Change

    @property
    def pill(self) -> str:
        return KINDS[self.change.kind][0]

    @property
    def verb(self) -> str:
        return str(KINDS[self.change.kind][1])

    @property
    def part(self) -> str:
        return str(PARTS[self.change.part])

    @property
    def title(self) -> str:
        """What the item is called, as it is called now."""
        item = self.change.after or self.change.before or {}
        names = [text for name in HEADS.get(self.change.part, ()) if (text := shown(item.get(name)))]
        return ". ".join(names)

    @property
    def rows(self) -> list[Row]:
        """The values that changed; of an item added or removed, all of them."""
        if self.change.kind is Kind.CHANGED:
            found = list(self.change.fields)
        elif self.change.kind is Kind.MOVED:
            found = []
        else:
            found = list(_whole(self.change))
        return [
            Row(str(FIELDS.get(one.path, one.path)), _readable(one).pieces)
            for one in found
            if one.path.rpartition(".")[2] in _KNOWN
        ]


def _changes(revision: Revision) -> Changes:
    """The difference that was applied: prose that repeats what the records say is no part of it."""
    return compare(without_repeats(revision.before), revision.after)


_KNOWN = {path.rpartition(".")[2] for path in FIELDS}


def _whole(change: Change) -> Iterator[FieldChange]:
    """An item added or removed, value by value, without the words of its title."""
    titles = HEADS.get(change.part, ())
    for name, value in (change.after or change.before).items():
        if name in titles or value in (None, "", [], False):
            continue
        inner = value.items() if isinstance(value, dict) else [("", value)]
        for last, leaf in inner:
            if leaf in (None, "", [], False):
                continue
            path = f"{name}.{last}" if last else name
            yield FieldChange(path, *((None, leaf) if change.after else (leaf, None)))


def _readable(one: FieldChange) -> FieldChange:
    """Dates and yes or no as people write them."""
    kind = kinds.DATE if one.path in DATES else kinds.TEXT
    texts = [_text(kind, value) for value in (one.before, one.after)]
    return FieldChange(one.path, *texts)


def _text(kind: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return kinds.show(kind, value) if isinstance(value, str) else shown(value)


@dataclass(frozen=True)
class Concern:
    """A body or a group of units, and the changes that name it before or after."""

    label: str
    mine: bool
    changes: tuple[Shown, ...]


@dataclass
class Difference:
    """Everything one revision changed."""

    revision: Revision
    user: User

    @cached_property
    def changes(self) -> Changes:
        return _changes(self.revision)

    @cached_property
    def groups(self) -> list[tuple[str, list[Shown]]]:
        """Changes by the parts of a plan, in the order of the paper."""
        return [
            (str(label), found)
            for part, label in PARTS.items()
            if (found := [one for one in map(Shown, self.changes.of(part)) if one.rows or one.title])
        ]

    @cached_property
    def concerns(self) -> list[Concern]:
        """What changes for whom; one's own house first."""
        directory = Directory(self.revision.plan.department)
        found: dict[str, list[Shown]] = {}
        own: dict[str, bool] = {}
        for change in self.changes:
            for label, mine in self._named(change, directory):
                found.setdefault(label, []).append(Shown(change))
                own[label] = mine
        concerns = [Concern(label, own[label], tuple(items)) for label, items in found.items()]
        return sorted(concerns, key=lambda concern: not concern.mine)

    def _named(self, change: Change, directory: Directory) -> Iterator[tuple[str, bool]]:
        name = CONCERNED.get(change.part)
        texts = {(item or {}).get(name) for item in (change.before, change.after)} if name else set()
        seen: set[str] = set()
        for text in sorted(filter(None, texts)):
            match = directory.match(text)
            bodies = directory.owners(match)
            mine = any(self._is_mine(body) for body in bodies)
            labels = [directory.group_label(match.group)] if match.group else [body.name for body in bodies]
            for label in labels:
                if label not in seen:
                    seen.add(label)
                    yield label, mine

    def _is_mine(self, body: Body) -> bool:
        return any(body.pk == holding.body_id for holding in self.user.scope.holdings)


def brief(revision: Revision) -> str:
    """How much a revision changed, in one line."""
    found = _changes(revision)
    parts = dict.fromkeys(str(PARTS[change.part]).lower() for change in found)
    return _("%(n)s changes: %(parts)s.") % {"n": len(found.items), "parts": ", ".join(parts)}
