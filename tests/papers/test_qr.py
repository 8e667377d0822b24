"""QR codes: every dark module is drawn once, and a batch drawn by several processes keeps its order."""

from __future__ import annotations

import re

import pytest
import segno

from guong.papers.qr import qr_svg, qr_svgs

ADDRESS = "https://example.vn/kiem-chung/ABC"


def dark_modules(svg: str) -> set[tuple[int, int]]:
    """Follow the strokes of the path: (column, row) of each dark module."""
    x, y, found = 0, 0, set()
    for right, down, run in re.findall(r"m(-?\d+) (-?\d+)h(\d+)", svg):
        x, y = x + int(right), y + int(down)
        found |= {(x + step, y) for step in range(int(run))}
        x += int(run)
    return found


def expected(text: str) -> set[tuple[int, int]]:
    code = segno.make_qr(text, mode="byte", error="m", mask=0, boost_error=False)
    return {(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize("text", [ADDRESS, "a", ADDRESS * 6])
def test_qr_svg_draws_every_dark_module(text: str) -> None:
    assert dark_modules(qr_svg(text)) == expected(text)


def test_exchanged_address_would_be_seen() -> None:
    """The twin of the tests here: one letter more is another picture."""
    assert dark_modules(qr_svg(ADDRESS + "D")) != expected(ADDRESS)


@pytest.mark.parametrize("count", [1, 59, 60, 61, 127])
def test_batch_keeps_its_order(count: int) -> None:
    texts = [f"{ADDRESS}{number}" for number in range(count)]
    assert qr_svgs(texts) == [qr_svg(text) for text in texts]


@pytest.mark.parametrize("text", ["", "địa chỉ"])
def test_qr_refuses_what_is_not_an_address(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        qr_svgs([text])
