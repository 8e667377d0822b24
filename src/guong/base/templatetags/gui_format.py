"""Numbers, dates and document numbers as a Vietnamese office writes them. Pure functions."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

NBSP = "\u00a0"
_DOCUMENT_NUMBER = re.compile(r"\d+(?:/\d{4})?/[\w.-]*[^\W\d_][\w.-]*\w")


def vi_date(day: date | datetime | None) -> str:
    """24/11/2026; an empty string for no date."""
    if day is None or day == "":
        return ""
    if isinstance(day, datetime):
        day = timezone.localtime(day) if timezone.is_aware(day) else day
    return f"{day:%d/%m/%Y}"


def vi_datetime(moment: datetime | None) -> str:
    """24/11/2026, 08:40 in the province's time zone."""
    if moment is None or moment == "":
        return ""
    local = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    return f"{local:%d/%m/%Y},{NBSP}{local:%H:%M}"


def vi_number(value: int | float | Decimal | str | None) -> str:
    """10.248 and 57,6: point for thousands, comma for decimals, as many decimals as the value has."""
    if value is None or value == "":
        return ""
    number = Decimal(str(value))
    text = f"{number:,f}"
    return text.replace(",", "\u0000").replace(".", ",").replace("\u0000", ".")


def percent(value: int | float | Decimal | None, places: int = 1) -> str:
    """57,6 % with a space that does not break. The value is already in percent; trailing zeros go."""
    if value is None or value == "":
        return ""
    rounded = round(Decimal(str(value)), int(places))
    plain = f"{rounded:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f"{vi_number(plain)}{NBSP}%"


def money(value: int | Decimal | None) -> str:
    """9.880.000 đ."""
    return "" if value is None or value == "" else f"{vi_number(value)}{NBSP}đ"


def nowrap(value: object) -> SafeString:
    """Names of two words stay on one line; so does every document number inside a longer text."""
    text = str(value)
    if len(text.split()) <= 2:
        return format_html('<span class="nowrap">{}</span>', value)
    pieces: list[str] = []
    end = 0
    for found in _DOCUMENT_NUMBER.finditer(text):
        pieces += [
            conditional_escape(text[end : found.start()]),
            format_html('<span class="nowrap">{}</span>', found[0]),
        ]
        end = found.end()
    return mark_safe("".join([*pieces, conditional_escape(text[end:])]))  # noqa: S308 - every piece is escaped above


def due_words(last_good_day: date, today: date) -> tuple[str, str]:
    """Kind (late, now or empty) and the words for a deadline whose last good day is given."""
    left = (last_good_day - today).days
    if left < 0:
        return "late", ngettext("overdue by %(n)s day", "overdue by %(n)s days", -left) % {"n": -left}
    if left == 0:
        return "now", _("today is the last day")
    words = ngettext(
        "until %(last)s (before %(next)s), %(n)s day left",
        "until %(last)s (before %(next)s), %(n)s days left",
        left,
    )
    after = last_good_day + timedelta(days=1)
    return "", words % {"last": f"{last_good_day:%d/%m}", "next": f"{after:%d/%m}", "n": left}
