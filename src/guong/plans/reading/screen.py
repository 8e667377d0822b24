"""Everything the confirm screen shows: the paper, the records, and what to look at before confirming."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from guong.plans.reading import faults, kinds, parts
from guong.plans.reading.draft import Draft, Group, Record, Value
from guong.plans.reading.paper import Paper, paper_of

FEW = 2  # a group of more records folds those without questions
BRIEF = 150


@dataclass
class Row:
    """One value beside its words; `anchor` is where a mark of the paper leads back to."""

    value: Value
    mark: str
    line: int
    saved: str = ""
    anchor: str = ""

    @property
    def key(self) -> str:
        """Id of its control."""
        return key_of(self.value.path)


@dataclass(frozen=True)
class Issue:
    """One thing to look at: kind fault, must or open."""

    kind: str
    text: str
    where: str = ""
    url: str = ""
    link: str = ""


class Screen:
    """What the template reads; `mine` is the draft shown, `theirs` what somebody else saved meanwhile."""

    def __init__(self, mine: Draft, theirs: Draft | None = None) -> None:
        self.draft = mine
        self.reading = mine.reading
        self._theirs = theirs
        self._anchored: set[str] = set()

    @cached_property
    def paper(self) -> Paper:
        return paper_of(self.reading.lines, self.reading.found)

    @cached_property
    def groups(self) -> list[Group]:
        return parts.groups(self.draft)

    @cached_property
    def sheets(self) -> list[dict[str, Any]]:
        """Groups with their records and rows."""
        return [
            {
                "group": group,
                "compare": parts.from_scan(group, self.reading.scanned),
                "compared": group.name in self.draft.compared,
                "records": [self._record(record, len(group.records) > FEW) for record in group.records],
            }
            for group in self.groups
        ]

    def _record(self, record: Record, many: bool) -> dict[str, Any]:
        """Rows that say something, and those the paper is silent about; of many, clear ones are folded."""
        rows = self._rows(record)
        silent = [row for row in rows if row.value.empty and not row.value.open]
        for row in rows:
            if row.mark and row.mark not in self._anchored:
                self._anchored.add(row.mark)
                row.anchor = f"r-{row.mark}"
        return {
            "record": record,
            "rows": [row for row in rows if row not in silent],
            "silent": silent,
            "folded": many and not record.omitted and not any(row.value.open for row in rows),
            "brief": _brief(record),
        }

    @property
    def total(self) -> int:
        """How many records confirming creates."""
        return sum(group.makes for group in self.groups)

    @property
    def made(self) -> str:
        """The same in words, group by group."""
        return ", ".join(f"{group.makes} {str(group.label).lower()}" for group in self.groups if group.makes)

    @cached_property
    def levels(self) -> dict[str, int]:
        """Values by how sure the reader was."""
        sure = Counter(
            "clear" if value.confidence >= 0.9 else "look" if value.confidence >= 0.6 else "unsure"
            for value in parts.values(self.groups)
            if value.confidence is not None and value.read
        )
        return {name: sure[name] for name in ("clear", "look", "unsure")} | {"all": sure.total()}

    def newest(self, name: str) -> str:
        """Id of the first control of the last record of a list."""
        last = f"{name}[{len(self.draft.bases(name)) - 1}]"
        paths = (value.path for value in parts.values(self.groups))
        return key_of(next((path for path in paths if path.startswith(last)), ""))

    def _rows(self, record: Record) -> list[Row]:
        return [self.row(value) for value in record.values]

    def row(self, value: Value) -> Row:
        """A value with its mark and line, and what somebody else saved for it."""
        path = value.path
        if value.field.of:
            path = path[: len(path) - len(value.field.name)] + value.field.of
        mark = self.paper.marks.get(path, "")
        while not mark and re.search(r"[.\[]", path):
            path = path[: max(path.rfind("."), path.rfind("["))]
            mark = self.paper.marks.get(path, "")
        return Row(value, mark, value.source["line"] if value.source else 0, self._saved.get(value.path, ""))

    @cached_property
    def _saved(self) -> dict[str, str]:
        if self._theirs is None:
            return {}
        saved = {value.path: value.shown for value in parts.values(parts.groups(self._theirs))}
        shown = {value.path: value.shown for value in parts.values(self.groups)}
        return {path: text or "–" for path, text in saved.items() if text != shown.get(path, text)}

    @cached_property
    def issues(self) -> list[Issue]:
        """Faults of the paper, then what must be filled in, then what a person should look at."""
        found = [*self._faults(), *(Issue("must", text) for text in parts.problems(self.draft))]
        found += self._to_compare()
        found += [Issue("open", text) for text in parts.warnings(self.draft)]
        for group in self.groups:
            for record in group.records:
                if not record.omitted:
                    found += self._of_record(group, record)
        return sorted(found, key=lambda issue: ("fault", "must", "open").index(issue.kind))

    @property
    def grouped_issues(self) -> list[dict[str, Any]]:
        """The same under three heads, empty ones left out."""
        heads = {
            "fault": _("Faults of the paper"),
            "must": _("To fill in or correct"),
            "open": _("To look at"),
        }
        looks = {"fault": ("r-no", "cross"), "must": ("r-no", "edit"), "open": ("r-q", "question")}
        rows = {kind: [issue for issue in self.issues if issue.kind == kind] for kind in heads}
        return [
            {"head": heads[kind], "look": looks[kind][0], "icon": looks[kind][1], "rows": rows[kind]}
            for kind in heads
            if rows[kind]
        ]

    @property
    def must_see(self) -> bool:
        """A person must say that faults and uncertain values were looked at."""
        return any(issue.kind in ("fault", "open") for issue in self.issues)

    @property
    def ready(self) -> bool:
        """Nothing must be filled in any more."""
        return not any(issue.kind == "must" for issue in self.issues)

    def _faults(self) -> list[Issue]:
        found = []
        for place, defect in enumerate(self.reading.found.get("defects", ())):
            mark = self.paper.marks.get(f"defect:{place}", "")
            source = defect.get("source")
            where = _("Line %(n)s.") % {"n": source["line"]} if source else ""
            kind = "open" if defect["code"] in faults.SILENT else "fault"
            url, link = (f"#{mark}", _("See the words")) if mark else ("", "")
            if not mark and defect["code"] in faults.FIELDS:
                url, link = f"#{key_of(faults.FIELDS[defect['code']])}", _("Fill in")
            found.append(Issue(kind, faults.sentence(defect), where, url, link))
        return found

    def _to_compare(self) -> list[Issue]:
        """Groups read from a scan that nobody compared with it yet."""
        words = _("%(group)s: compare names, numbers and dates with the scan.")
        return [
            Issue("open", words % {"group": group.label}, "", f"#so-{group.name}", _("Tick it there"))
            for group in parts.not_compared(self.draft)
        ]

    def _of_record(self, group: Group, record: Record) -> list[Issue]:
        name = f"{group.label} {record.title}".strip()
        rows = self._rows(record)
        found = [
            Issue(
                "must", f"{name}, {row.value.field.label}: {row.value.error}", self._where(row),
                f"#{row.key}", _("Correct"),
            )
            for row in rows
            if row.value.error
        ]  # fmt: skip
        found += [
            Issue(
                "open",
                self._question(name, row),
                self._where(row),
                f"#{row.mark or row.key}",
                _("See the words"),
            )
            for row in rows
            if row.value.unsure and not row.value.error
        ]
        return [*found, *self._missing(name, rows)]

    def _missing(self, name: str, rows: list[Row]) -> list[Issue]:
        """Values that ask for a body and have none."""
        missing = [row for row in rows if _asks_whom(row.value)]
        if not missing:
            return []
        names = ", ".join(str(row.value.field.label).lower() for row in missing)
        text = _("%(record)s: the paper does not give %(names)s.") % {"record": name, "names": names}
        return [Issue("open", text, _("Leave it empty, or fill it in."), f"#{missing[0].key}", _("Fill in"))]

    def _where(self, row: Row) -> str:
        return _("Line %(n)s.") % {"n": row.line} if row.line else ""

    def _question(self, name: str, row: Row) -> str:
        value = row.value
        if value.field.kind == kinds.BODIES:
            words = value.source["words"] if value.source else name
            return _("Does “%(words)s” mean %(body)s?") % {"words": words[:80], "body": value.text}
        return _("%(record)s, %(label)s: is “%(text)s” right?") % {
            "record": name, "label": value.field.label, "text": value.shown[:80],
        }  # fmt: skip


def key_of(path: str) -> str:
    """Id of the control of a value."""
    return "f-" + re.sub(r"\W+", "-", path).strip("-")


def _brief(record: Record) -> str:
    """The first words of a record, for its folded line."""
    plain = (kinds.TEXT, kinds.LONG, kinds.DATE)
    said = dict.fromkeys(
        value.shown
        for value in record.values
        if value.text and value.field.kind in plain and value.text != record.title
    )
    words = [record.brief] if record.brief else [*list(said)[:2], record.why]
    return Truncator(" · ".join(filter(None, words))).chars(BRIEF)


def _asks_whom(value: Value) -> bool:
    """Nobody was found for it; what else the paper leaves out is among its faults."""
    return value.empty and value.field.wanted and value.field.kind == kinds.BODIES and not value.error
