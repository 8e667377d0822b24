"""YAML whose every value knows its file and line; nothing doubtful gets past."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

import yaml

Scalar = str | int | bool | Decimal | date | None
PREFIX = "tag:yaml.org,2002:"
UNKNOWN = "unknown name {name!r}; known: {known}"
TOO_MUCH = "too many parts, or too deep inside one another"
DEEPEST, MOST_NODES = 40, 200_000
LARGEST = 10**12  # no figure of the law comes near
N = TypeVar("N", int, Decimal)


class LawError(ValueError):
    """What is wrong in the law data, with file and line. The message is one sentence.

    where: the place, if there is one. why: the sentence with `{names}` for the words it speaks of; who shows
    it in another language translates `why` and fills in `words`.
    """

    def __init__(self, why: str, where: Mark | None = None, **words: object) -> None:
        self.why, self.where, self.words = why, where, words
        said = why.format(**words) if words else why
        super().__init__(f"{where}: {said}" if where else said)


@dataclass(frozen=True)
class Mark:
    """A place in a file; lines are counted from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    def wrong(self, why: str, **words: object) -> LawError:
        """The error to raise for this place."""
        return LawError(why, self, **words)


@dataclass(frozen=True)
class Node:
    """A mapping, a list or a scalar of the file, with its place."""

    content: dict[str, Node] | list[Node] | Scalar
    mark: Mark

    def map(self) -> dict[str, Node]:
        """The mapping. Raises LawError when it is none."""
        if not isinstance(self.content, dict):
            raise self.mark.wrong("names with values are wanted here")
        return self.content

    def list(self) -> list[Node]:
        """The list. Raises LawError when it is none."""
        if not isinstance(self.content, list):
            raise self.mark.wrong("a list is wanted here")
        return self.content

    def scalar(self) -> Scalar:
        """The single value. Raises LawError when it is a mapping or list."""
        if isinstance(self.content, dict | list):
            raise self.mark.wrong("a single value is wanted here")
        return self.content

    def text(self) -> str:
        """The value as written words. Raises LawError for anything but text."""
        value = self.scalar()
        if not isinstance(value, str) or not value.strip():
            raise self.mark.wrong("text is wanted here, not {value!r}", value=value)
        return value

    def day(self) -> date:
        """The value as a date. Raises LawError for anything else."""
        value = self.scalar()
        if not isinstance(value, date):
            raise self.mark.wrong("a date like 2024-01-01 is wanted here, not {value!r}", value=value)
        return value

    def plain(self) -> object:
        """Without places: dict, list and scalars."""
        if isinstance(self.content, dict):
            return {name: node.plain() for name, node in self.content.items()}
        if isinstance(self.content, list):
            return [node.plain() for node in self.content]
        return self.content

    def only(self, *known: str) -> dict[str, Node]:
        """The mapping, when it has no other names than these. Raises LawError for an unknown one."""
        found = self.map()
        for name, node in found.items():
            if name not in known:
                raise node.mark.wrong(UNKNOWN, name=name, known=", ".join(sorted(known)))
        return found

    def need(self, name: str) -> Node:
        """The value under a name. Raises LawError when it is missing."""
        found = self.map()
        if name not in found:
            raise self.mark.wrong("{name!r} is missing", name=name)
        return found[name]

    def one_of(self, *known: str) -> str:
        """The text, when it is one of these. Raises LawError otherwise."""
        value = self.text()
        if value not in known:
            raise self.mark.wrong(UNKNOWN, name=value, known=", ".join(sorted(known)))
        return value


def read_marked(path: Path, name: str) -> Node:
    """The file as marked nodes; `name` stands for it in messages. Raises LawError."""
    try:
        return parse_marked(path.read_text(encoding="utf-8"), name)
    except UnicodeDecodeError as problem:
        raise Mark(name, 1).wrong("not UTF-8 text") from problem


def parse_marked(text: str, name: str) -> Node:
    """The text as marked nodes. Raises LawError for bad YAML, a name given twice or an empty text."""
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise Mark(name, line).wrong("not YAML: {problem}", problem=problem.problem) from problem
    except yaml.YAMLError as problem:
        raise Mark(name, 1).wrong("not YAML: {problem}", problem=problem) from problem
    if root is None:
        raise Mark(name, 1).wrong("the file is empty")
    return _Converter(name, MOST_NODES).convert(root, 0)


@dataclass
class _Converter:
    """Nodes of YAML into nodes of law. A part may be repeated (`*name`), but not without end."""

    name: str
    left: int

    def convert(self, node: yaml.Node, depth: int) -> Node:
        mark = Mark(self.name, node.start_mark.line + 1)
        self.left -= 1
        if self.left < 0 or depth > DEEPEST:
            raise mark.wrong(TOO_MUCH)
        if isinstance(node, yaml.MappingNode):
            return Node(dict(self._entries(node, depth + 1)), mark)
        if isinstance(node, yaml.SequenceNode):
            return Node([self.convert(each, depth + 1) for each in node.value], mark)
        return Node(_scalar(node.tag.removeprefix(PREFIX), node.value, mark), mark)

    def _entries(self, node: yaml.MappingNode, depth: int) -> Iterator[tuple[str, Node]]:
        seen: set[str] = set()
        for key, value in node.value:
            mark = Mark(self.name, key.start_mark.line + 1)
            if not isinstance(key, yaml.ScalarNode):
                raise mark.wrong("a name must be a single word")
            if key.value in seen:
                raise mark.wrong("{name!r} is given twice", name=key.value)
            seen.add(key.value)
            yield key.value, Node(self.convert(value, depth).content, mark)


def _scalar(tag: str, value: str, mark: Mark) -> Scalar:
    try:
        if tag == "int":
            return _small(int(value.replace("_", "")))
        if tag == "float":
            return _small(Decimal(value))
        if tag == "timestamp":
            return date.fromisoformat(value)
    except (ValueError, ArithmeticError) as problem:
        raise mark.wrong("{value!r} cannot be read", value=value) from problem
    if tag == "bool":
        return value.lower() in {"true", "yes", "on"}
    return None if tag == "null" else value


def _small(number: N) -> N:
    """The number. Raises ValueError for one no law can mean, infinity and what is none among them."""
    if not abs(number) <= LARGEST:
        raise ValueError(number)
    return number
