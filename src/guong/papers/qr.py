"""QR codes for batches: what codes of one length share is taken from segno once, the rest is arithmetic.

segno alone needs 2 ms a code, most of it to place the same modules again. Codes made here are equal, module
for module, to those of `_by_segno`; the tests compare them.
Mask 0 is fixed: the search for the prettiest mask is five times the work, and readers do not need it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, cast

import segno
from segno import consts

_RUN = re.compile("1+")
_QUIET = 2  # white modules around the code; the paper around them is white too
_SHORT_LENGTH = 9  # up to this version the length of the text takes 8 bits, above 16
_DATA_KINDS = (consts.TYPE_DATA_DARK, consts.TYPE_DATA_LIGHT)
_PADS = bytes((0xEC, 0x11))


@dataclass(frozen=True)
class _Plan:
    """What codes of one version share. `pick` gathers all modules, row by row, from data bits + "01"."""

    version: int
    side: int
    blocks: tuple[tuple[int, int], ...]  # data and correction bytes of each block
    mask: int
    bits: int
    pick: Callable[[str], tuple[str, ...]]


def qr_rows(text: str) -> list[str]:
    """The code as rows of "1" (dark) and "0". Raises ValueError for text that is not plain ASCII."""
    if not text or not text.isascii():
        raise ValueError("an address is plain ASCII")
    plan = _plan(_version(len(text)))
    words = _interleaved(_data(text.encode("ascii"), plan), plan)
    bits = int.from_bytes(words, "big") << (plan.bits - 8 * len(words))
    modules = "".join(plan.pick(f"{bits ^ plan.mask:0{plan.bits}b}01"))
    return [modules[start : start + plan.side] for start in range(0, len(modules), plan.side)]


def qr_svg(text: str) -> str:
    """The code as SVG, one stroke for each run of dark modules: sharper than a picture at any size."""
    rows = qr_rows(text)
    strokes, x, y = [], 0, 0
    for row, modules in enumerate(rows):
        for run in _RUN.finditer(modules):
            strokes.append(f"m{run.start() - x} {row - y}h{run.end() - run.start()}")
            x, y = run.end(), row
    side = len(rows) + 2 * _QUIET
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path stroke="#000" d="M{_QUIET} {_QUIET}.5{"".join(strokes)}"/></svg>'
    )


@lru_cache(maxsize=512)
def _version(length: int) -> int:
    return int(_by_segno("a" * length).version)


def _by_segno(text: str) -> segno.QRCode:
    return segno.make_qr(text, mode="byte", error="m", mask=0, boost_error=False)


@lru_cache(maxsize=40)
def _plan(version: int) -> _Plan:
    code = segno.make_qr("a", version=version, mode="byte", error="m", mask=0, boost_error=False)
    kinds: list[list[int]] = [list(row) for row in code.matrix_iter(border=0, verbose=True)]
    side = len(kinds)
    places = list(_data_places(kinds))
    # A module that no data bit fills is one of the two letters behind the bits: "0" or "1".
    source = [len(places) + bool(code.matrix[row][column]) for row in range(side) for column in range(side)]
    for bit, (row, column) in enumerate(places):
        source[row * side + column] = bit
    info = cast("dict[int, Any]", consts.ECC)[version][consts.ERROR_LEVEL_M]
    return _Plan(
        version=version,
        side=side,
        blocks=tuple((i.num_data, i.num_total - i.num_data) for i in info for _ in range(i.num_blocks)),
        mask=int("".join(str((row + column + 1) % 2) for row, column in places), 2),
        bits=len(places),
        pick=itemgetter(*source),
    )


def _data_places(kinds: list[list[int]]) -> Iterator[tuple[int, int]]:
    """Places of the data bits in order: pairs of columns from the right, upwards and downwards in turn."""
    side = len(kinds)
    pairs = [right if right > 6 else right - 1 for right in range(side - 1, 0, -2)]  # 6: timing line
    for turn, right in enumerate(pairs):
        for row in range(side) if turn % 2 else reversed(range(side)):
            for column in (right, right - 1):
                # segno 1.6 names (8, side - 9) a format module; it holds data
                if kinds[row][column] in _DATA_KINDS or (row, column) == (8, side - 9):
                    yield row, column


def _data(text: bytes, plan: _Plan) -> bytes:
    """Mode, length, text, end mark and padding (behind the end mark any bytes will do; these are segno's)."""
    size = 8 if plan.version <= _SHORT_LENGTH else 16
    bits = (0b0100 << size | len(text)) << 8 * len(text) | int.from_bytes(text, "big")
    head = (bits << 4).to_bytes(len(text) + (4 + size + 4) // 8, "big")
    room = sum(data for data, _ in plan.blocks) - len(head)
    return head + (b"\0" + _PADS * (room // 2 + 1))[:room]


def _interleaved(data: bytes, plan: _Plan) -> bytes:
    parts, start = [], 0
    for size, checks in plan.blocks:
        block = data[start : start + size]
        parts.append((block, _correction(block, checks)))
        start += size
    longest = max(size for size, _ in plan.blocks)
    first = [block[i] for i in range(longest) for block, _ in parts if i < len(block)]
    second = [check[i] for i in range(plan.blocks[0][1]) for _, check in parts]
    return bytes(first + second)


def _correction(block: bytes, checks: int) -> bytes:
    """Reed-Solomon bytes of a block: the remainder, a byte at a time from a table."""
    table, keep = _remainders(checks), 8 * (checks - 1)
    rest = 0
    for byte in block:
        top = rest >> keep ^ byte
        rest = (rest & (1 << keep) - 1) << 8 ^ table[top]
    return rest.to_bytes(checks, "big")


@lru_cache(maxsize=40)
def _remainders(checks: int) -> tuple[int, ...]:
    """For each byte, byte times the generator polynomial without its leading term."""
    generator, root = [1], 1
    for _ in range(checks):
        shifted = [*generator, 0]
        generator = [a ^ _times(b, root) for a, b in zip(shifted, [0, *generator], strict=True)]
        root = _times(root, 2)
    return tuple(int.from_bytes(bytes(_times(byte, g) for g in generator[1:]), "big") for byte in range(256))


def _times(left: int, right: int) -> int:
    """Product in the field of 256 elements that QR codes use."""
    result = 0
    while right:
        if right & 1:
            result ^= left
        left, right = left << 1 ^ (0x11D if left & 0x80 else 0), right >> 1
    return result
