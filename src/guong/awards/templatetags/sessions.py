"""What the pages of a session need beside the component tags."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def times(left: int, right: int) -> int:
    """The product of two whole numbers: a share is shown with its multiplication, never rounded."""
    return int(left) * int(right)
