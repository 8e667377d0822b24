"""Numbers, dates and document numbers on screen."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from guong.base.templatetags import gui_format

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (10248, "10.248"),
        (0, "0"),
        (Decimal("57.60"), "57,60"),
        (-1234.5, "-1.234,5"),
        ("1000", "1.000"),
        (None, ""),
    ],
)
def test_number_has_points_for_thousands_and_a_comma_for_decimals(value, said):
    assert gui_format.vi_number(value) == said


@given(st.integers(min_value=-(10**15), max_value=10**15))
def test_number_loses_no_digit(value):
    assert int(gui_format.vi_number(value).replace(".", "")) == value


@pytest.mark.parametrize(
    ("value", "said"),
    [(57.6, "57,6\u00a0%"), (100, "100\u00a0%"), (Decimal("33.333"), "33,3\u00a0%"), (None, "")],
)
def test_percent_does_not_break_before_its_sign(value, said):
    assert gui_format.percent(value) == said


def test_money_does_not_break_before_its_sign():
    assert gui_format.money(9_880_000) == "9.880.000\u00a0đ"
    assert gui_format.money(None) == ""


def test_date_and_time_are_those_of_the_province():
    moment = datetime(2026, 11, 24, 17, 40, tzinfo=UTC)
    assert gui_format.vi_date(moment) == "25/11/2026"
    assert gui_format.vi_datetime(moment) == "25/11/2026,\u00a000:40"
    assert gui_format.vi_date(TODAY) == "24/11/2026"
    assert gui_format.vi_date(None) == gui_format.vi_datetime(None) == ""


@pytest.mark.parametrize(
    ("day", "kind", "said"),
    [
        (date(2026, 12, 9), "", "hết 09/12 (trước ngày 10/12), còn 15 ngày"),
        (date(2026, 12, 31), "", "hết 31/12 (trước ngày 01/01), còn 37 ngày"),
        (date(2026, 11, 25), "", "hết 25/11 (trước ngày 26/11), còn 1 ngày"),
        (TODAY, "now", "hôm nay là ngày cuối"),
        (date(2026, 11, 22), "late", "quá hạn 2 ngày"),
    ],
)
def test_deadline_is_said_by_its_last_good_day(day, kind, said):
    assert gui_format.due_words(day, TODAY) == (kind, said)


def test_nowrap_holds_document_numbers_and_names_of_two_words():
    assert gui_format.nowrap("Lò Thị") == '<span class="nowrap">Lò Thị</span>'
    text = gui_format.nowrap("theo Quyết định 213/QĐ-SYT và 07/2026/NĐ-CP ngày 24/11/2026")
    assert '<span class="nowrap">213/QĐ-SYT</span>' in text
    assert '<span class="nowrap">07/2026/NĐ-CP</span>' in text
    assert text.endswith("ngày 24/11/2026")


@given(st.text(alphabet="<>&\"' 12/QĐabc-", max_size=40))
def test_nowrap_escapes_whatever_it_is_given(text):
    bare = gui_format.nowrap(text).replace('<span class="nowrap">', "").replace("</span>", "")
    assert "<" not in bare
    assert ">" not in bare
