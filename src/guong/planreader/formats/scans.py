"""Scans and pictures to words, by Tesseract: pages side by side within the cores, doubtful words marked."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from statistics import median
from typing import NamedTuple

from PIL import Image

from guong.planreader.formats import programs
from guong.planreader.formats.arrange import Word
from guong.planreader.formats.means import Means
from guong.planreader.formats.syllables import is_syllable
from guong.planreader.reasons import Unreadable

# Tesseract's own certainty, of 100: below DOUBT a person must look; below NOISE a mark is dirt.
DOUBT, NOISE = 70.0, 35.0
# Fewer clear words than this on a full page: it lies on its side, upside down, or is no text.
FEW_WORDS = 12
SECONDS_A_PAGE = 45.0
_CORES = min(4, len(os.sched_getaffinity(0)))
_TURN = re.compile(r"Rotate:\s*(90|180|270)")
_LETTER = re.compile(r"[^\W_]")


class Page(NamedTuple):
    """A scanned page: its number, and its words line by line as Tesseract saw them."""

    number: int
    rows: list[list[Word]]


def recognised(
    count: int, picture: Callable[[int], Image.Image], numbers: Iterable[int], name: str, means: Means
) -> dict[int, list[list[Word]]]:
    """Lines of words of each of these pages. `picture` draws a page and is never called twice at once.

    Raises Unreadable when Tesseract is missing, or scans are for later.
    """
    if not programs.reads_scans():
        raise Unreadable("no_ocr", name=name)
    if not means.scans:
        raise Unreadable("needs_time", name=name, pages=count)
    found: dict[int, list[list[Word]]] = {}
    means.told(0, count)
    with ThreadPoolExecutor(_CORES) as pool:
        waiting: list[tuple[int, Future[list[list[Word]]]]] = []
        for number in numbers:
            waiting.append((number, pool.submit(rows_in, picture(number))))
            if len(waiting) > _CORES:
                _take(waiting, found, count, means)
        while waiting:
            _take(waiting, found, count, means)
    return found


def _take(
    waiting: list[tuple[int, Future[list[list[Word]]]]],
    found: dict[int, list[list[Word]]],
    count: int,
    means: Means,
) -> None:
    number, future = waiting.pop(0)
    found[number] = future.result()
    means.told(len(found), count)


def rows_in(picture: Image.Image) -> list[list[Word]]:
    """The lines of one page; a page that gives no words is turned upright and tried once more."""
    rows = _read(picture)
    clear, words = _clear(rows), sum(map(len, rows))
    if clear >= FEW_WORDS and clear * 3 > words and not _lies(rows):
        return rows
    turn = _turn(picture)
    turned = _read(picture.rotate(-turn, expand=True)) if turn else []
    return turned if _lies(rows) or _clear(turned) > _clear(rows) else rows


def _clear(rows: list[list[Word]]) -> int:
    return sum(is_syllable(word.text.strip(".,;:()-")) for row in rows for word in row if not word.doubt)


def _lies(rows: list[list[Word]]) -> bool:
    """Most longer words are taller than wide: the sheet lies on its side."""
    words = [word for row in rows for word in row if len(word.text) > 2]
    return sum(word.height > word.right - word.left for word in words) * 2 > len(words)


def _turn(picture: Image.Image) -> int:
    """Degrees to turn clockwise, by Tesseract's own detection."""
    try:
        said = programs.run("tesseract", ["-", "-", "--psm", "0"], _pgm(picture), SECONDS_A_PAGE)
    except programs.Failed:
        return 0
    found = _TURN.search(said.decode("utf-8", "replace"))
    return int(found.group(1)) if found else 0


def _read(picture: Image.Image) -> list[list[Word]]:
    arguments = ["-", "-", "-l", programs.LANGUAGE, "--psm", "3", "--dpi", "300"]
    try:
        said = programs.run(
            "tesseract", [*arguments, "-c", "tessedit_do_invert=0", "tsv"], _pgm(picture), SECONDS_A_PAGE
        )
    except programs.Failed:
        return []
    return _straight(_lines(said.decode("utf-8", "replace")))


def _pgm(picture: Image.Image) -> bytes:
    grey = picture.convert("L")
    return b"P5\n%d %d\n255\n" % grey.size + grey.tobytes()


def _lines(table: str) -> list[list[Word]]:
    """Words of Tesseract's table, line by line; dirt is left out."""
    lines: dict[tuple[str, ...], list[Word]] = {}
    for row in table.splitlines()[1:]:
        parts = row.split("\t")
        if len(parts) == 12 and parts[0] == "5" and not _is_dirt(parts[11], float(parts[10])):
            left, top, width, height = (float(part) for part in parts[6:10])
            doubt = float(parts[10]) < DOUBT
            word = Word(parts[11].strip(" |_"), left, top, left + width, top + height, doubt)
            lines.setdefault(tuple(parts[2:5]), []).append(word)
    return [line for line in lines.values() if line]


def _is_dirt(text: str, certainty: float) -> bool:
    return not text.strip(" |_") or (certainty < NOISE and not _LETTER.search(text))


def _straight(lines: list[list[Word]]) -> list[list[Word]]:
    """One height for the words of a line, and the tilt of the sheet taken out: columns stand upright."""
    long = [line for line in lines if len(line) > 5 and line[-1].left > line[0].left]
    slopes = [(line[-1].middle - line[0].middle) / (line[-1].left - line[0].left) for line in long]
    slope = median(slopes) if slopes else 0.0
    return [_level(line, slope) for line in lines]


def _level(line: list[Word], slope: float) -> list[Word]:
    middle = median(word.middle - slope * word.left for word in line)
    half = median(word.height for word in line) / 2
    return [Word(word.text, word.left, middle - half, word.right, middle + half, word.doubt) for word in line]


def flat(lines: list[list[Word]]) -> Iterator[Word]:
    """The words without their lines."""
    for line in lines:
        yield from line
