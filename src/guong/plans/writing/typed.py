"""From what is typed on a page to content: nothing typed is lost, also what does not hold yet."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from typing import Any

from guong.base.text import clean
from guong.plans.models import PlanDraft, Reading
from guong.plans.reading import kinds
from guong.plans.reading.content import drop, plain, put
from guong.plans.reading.draft import Draft, join
from guong.plans.reading.kinds import Field
from guong.plans.writing.pages import Block, Page

MOST_ROWS = 300
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_ACT = re.compile(r"(remove|up|down):([\w.]+)\[(\d{1,3})\]$")


def as_draft(record: PlanDraft, content: Mapping[str, Any], typed: Mapping[str, str] | None = None) -> Draft:
    """The content as the confirm screen sees a reading: the same values, groups and problems."""
    reading = Reading(
        department=record.department, body=record.body, found={"plan": content}, lines=[], edits={}
    )
    return Draft(reading, typed or {})


def written(record: PlanDraft, page: Page, texts: Mapping[str, str], act: str = "") -> dict[str, Any]:
    """The content with what was typed on the page.

    texts: values by path, and the number of rows of each list under "n." and its name.
    act: `remove:list[2]`, `up:list[2]` or `down:list[2]` as well.
    """
    before = as_draft(record, record.content)
    content = copy.deepcopy(record.content)
    for block in page.blocks:
        _fill(content, block, texts, before)
        _carry(content, block, before)
    after = as_draft(record, content)
    for block in page.blocks:
        for base in bases(content, block):
            _choose(content, block, base, texts, before, after)
            _fold(content, block, base, after)
    content = rearranged(content, act)
    for block in page.blocks:
        if block.many:
            _thin(content, block)
    return content


def rows(texts: Mapping[str, str], name: str) -> int:
    """How many rows of a list were sent."""
    text = texts.get(f"n.{name}", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def bases(content: Mapping[str, Any], block: Block) -> list[str]:
    """Paths of the block's records."""
    if not block.many:
        return [block.path]
    return [f"{block.path}[{place}]" for place in range(len(as_found(content, block.path) or ()))]


def _fill(content: dict[str, Any], block: Block, texts: Mapping[str, str], draft: Draft) -> None:
    if block.many:
        put(content, block.path, [{} for _ in range(rows(texts, block.path))])
    elif block.path:
        kept = (content.get(block.path) or {}) if block.path else {}
        put(content, block.path, {name: kept[name] for name in kept if name == "delegations"})
    for base in bases(content, block):
        for field in block.fields_of(draft):
            if not field.derive or field.name in block.own:
                put(
                    content,
                    join(base, field.name),
                    value_of(field, texts.get(join(base, field.name), ""), draft),
                )


def _carry(content: dict[str, Any], block: Block, before: Draft) -> None:
    """What the reader knows of a record and no field shows stays while its first words stay."""
    fields = block.fields_of(before)
    shown = {field.name.partition(".")[0] for field in fields}
    for base in bases(content, block) if block.many else ():
        old, new = before.found(base), as_found(content, base)
        if (
            isinstance(old, dict)
            and isinstance(new, dict)
            and old.get(fields[0].name) == new.get(fields[0].name)
        ):
            new |= {name: value for name, value in old.items() if name not in shown}


def value_of(field: Field, text: str, draft: Draft) -> Any:
    """The value behind a text; the text itself when it does not hold."""
    text = clean(text)
    try:
        return plain(kinds.read(field, text, draft.directory))
    except ValueError:
        return text or ([] if field.kind == kinds.LINES else None)


def _choose(
    content: dict[str, Any], block: Block, base: str, texts: Mapping[str, str], before: Draft, after: Draft
) -> None:
    """Values that follow others stay free until a person chooses; a choice stays with its record."""
    for field in block.fields_of(after):
        if not field.derive or field.name in block.own:
            continue
        path = join(base, field.name)
        typed = clean(texts.get(path, ""))
        untouched = typed == before.text(base, field)
        chosen = before.found(path) if untouched else typed
        if isinstance(chosen, str) and chosen != field.derive(after, base)[0]:
            put(content, path, chosen)
        if field.says and (
            typed == field.says[1] or after.found(join(base, field.says[0].rpartition(".")[0]))
        ):
            put(content, join(base, field.says[0]), typed == field.says[1])


def _fold(content: dict[str, Any], block: Block, base: str, draft: Draft) -> None:
    """A value of several parts of which nothing is said is not there."""
    nested = {field.name.partition(".")[0] for field in block.fields_of(draft) if "." in field.name}
    for name in nested:
        if not _written(as_found(content, join(base, name))):
            put(content, join(base, name), None)


def as_found(content: Mapping[str, Any], path: str) -> Any:
    """The value at a path of the content."""
    at: Any = content
    for name, place in _STEP.findall(path):
        at = (at or {}).get(name) if name else at[int(place)]
    return at


def _thin(content: dict[str, Any], block: Block) -> None:
    """Rows in which nothing was written are no rows; an event of which nothing is said is no event."""
    owner, _dot, last = block.path.rpartition(".")
    holder = content.get(owner) if owner else content
    holder[last] = [row for row in holder[last] if _written(_without(row, block.own))]
    if owner and not _written(holder):
        content[owner] = None


def _without(row: Any, names: frozenset[str]) -> Any:
    """A row but for the values that are there from the start."""
    return {name: row[name] for name in row if name not in names} if isinstance(row, dict) else row


def _written(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_written(part) for part in value.values())
    return bool(value)


def rearranged(content: dict[str, Any], act: str) -> dict[str, Any]:
    """The content after `remove:list[2]`, `up:list[2]` or `down:list[2]`; unchanged for anything else."""
    found = _ACT.match(act)
    if not found:
        return content
    kind, name, place = found[1], found[2], int(found[3])
    changed = copy.deepcopy(content)
    if kind == "remove":
        drop(changed, f"{name}[{place}]")
        return changed
    at = as_found(changed, name)
    other = place - 1 if kind == "up" else place + 1
    if at and min(place, other) >= 0 and max(place, other) < len(at):
        at[place], at[other] = at[other], at[place]
    return changed
