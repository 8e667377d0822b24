"""Dates as exact as a plan gives them, in the office's way of writing."""

from __future__ import annotations

from django import template

from guong.plans.reading import kinds

register = template.Library()


@register.filter
def as_written(iso: str | None) -> str:
    """The reader's 2026-10 as 10/2026; nothing for nothing."""
    return kinds.show(kinds.DATE, iso)
