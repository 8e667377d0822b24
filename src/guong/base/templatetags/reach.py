"""Whether a body lies below paths the reader holds a role on: decides which buttons a row shows."""

from __future__ import annotations

from collections.abc import Iterable

from django import template

register = template.Library()


@register.filter
def within(path: str, paths: Iterable[str]) -> bool:
    """True when the tree path starts with one of the paths."""
    return path.startswith(tuple(paths))
