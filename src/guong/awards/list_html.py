"""The parts of the nomination list that repeat hundreds of times, drawn in Python.

Three hundred options and fifty rows cost fifteen milliseconds as template nodes and two as strings; the goal
of the whole page is thirty. Every value is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guong.awards.consolidation import Row
from guong.base.templatetags.gui import due
from guong.base.templatetags.gui_format import vi_date, vi_number
from guong.base.templatetags.gui_marks import pill

_ROW = (
    '<tr>{tick}<th scope="row"><a class="quiet" href="/de-nghi/{pk}/">{name}</a>'
    '<span class="mute">{number}{detail}</span></th>'
    '<td data-l="{l_unit}"><div class="c">{unit}</div></td>'
    '<td data-l="{l_movement}"><div class="c">{title}{movement}{places}</div></td>'
    '<td data-l="{l_state}"><div class="c">{state}{since}</div></td>'
    '<td data-l="{l_opinion}"><div class="c">{opinion}</div></td></tr>'
)
_TICK = '<td><div class="c"><input type="checkbox" name="pk" value="{}" aria-label="{} {}"></div></td>'
_pill = lru_cache(maxsize=100)(pill)  # a dozen states, two languages
_LESS = '<span class="mute tn">{}</span>'


def rows_html(rows: Iterable[Row], *, ticks: bool) -> SafeString:
    """Table rows; with a box to tick where acts on many are possible."""
    words = {
        "l_unit": _("Unit"), "l_movement": _("Movement"), "l_state": _("State"), "l_opinion": _("Opinion"),
    }  # fmt: skip
    choose = _("Choose dossier") if ticks else ""
    return mark_safe("".join(_row(row, words, choose) for row in rows))  # noqa: S308 - rows are escaped


def _row(row: Row, words: dict[str, str], choose: str) -> SafeString:
    return format_html(
        _ROW,
        tick=format_html(_TICK, row.pk, choose, row.pk) if choose else "",
        pk=row.pk,
        name=row.name,
        number=vi_number(row.pk),
        detail=f" · {row.detail}" if row.detail else "",
        unit=row.unit,
        title=format_html("<b>{}</b><br>", row.title) if row.title else "",
        movement=row.movement,
        places=format_html(_LESS, row.places) if row.places else "",
        state=_pill(row.look, row.state),
        since=format_html(_LESS, vi_date(row.since)) if row.since else "",
        opinion=_opinion(row),
        **words,
    )


def _opinion(row: Row) -> SafeString | str:
    if row.opinion:
        return _pill(row.opinion_look, row.opinion)
    return due(row.due) if row.due else "—"


def options_html(pairs: Iterable[tuple[object, object]], chosen: object) -> SafeString:
    """Options of a select."""
    options = (
        f'<option value="{escape(str(value))}"{" selected" if value == chosen else ""}>'
        f"{escape(str(label))}</option>"
        for value, label in pairs
    )
    return mark_safe("".join(options))  # noqa: S308 - both values are escaped
