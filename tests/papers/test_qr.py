from __future__ import annotations

import re
import string

import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from guong.papers import qr
from guong.papers.qr import qr_rows, qr_svg

PRINTABLE = string.ascii_letters + string.digits + string.punctuation


def by_segno(text: str) -> list[str]:
    code = segno.make_qr(text, mode="byte", error="m", mask=0, boost_error=False)
    return ["".join(map(str, row)) for row in code.matrix]


@settings(deadline=None, max_examples=150)
@given(st.text(alphabet=PRINTABLE, min_size=1, max_size=400))
def test_qr_rows_equal_an_independent_encoder(text: str) -> None:
    assert qr_rows(text) == by_segno(text)


@pytest.mark.parametrize("length", [14, 15, 26, 27, 84, 85, 122, 152, 180, 181, 213, 214, 1000])
def test_qr_rows_equal_at_the_edges_of_versions(length: int) -> None:
    text = (PRINTABLE * 20)[:length]
    assert qr_rows(text) == by_segno(text)


def test_comparison_would_find_a_misplaced_module(monkeypatch: pytest.MonkeyPatch) -> None:
    """The twin: two padding bytes exchanged, which any reader would forgive, already differ."""
    monkeypatch.setattr(qr, "_PADS", bytes((0x11, 0xEC)))
    assert qr_rows("abc") != by_segno("abc")


@pytest.mark.parametrize("text", ["", "địa chỉ"])
def test_qr_refuses_what_is_not_an_address(text: str) -> None:
    with pytest.raises(ValueError, match="ASCII"):
        qr_rows(text)


def test_qr_svg_draws_every_dark_module_once() -> None:
    rows = qr_rows("https://example.vn/v/ABC")
    svg = qr_svg("https://example.vn/v/ABC")
    lengths = [int(run) for run in re.findall(r"h(\d+)", svg)]
    assert sum(lengths) == "".join(rows).count("1")
    assert f'viewBox="0 0 {len(rows) + 4} {len(rows) + 4}"' in svg
