"""The bar of a sum: paid, then still to pay, of the largest sum beside it."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from guong.awards.money_year import Share
from guong.base.templatetags.gui_format import money
from guong.base.templatetags.gui_marks import bar_svg

register = template.Library()


@register.simple_tag
def money_bar(share: Share, whole: int) -> SafeString:
    """Indigo: paid; pale: still to pay; both as shares of the whole year."""
    words = _("%(label)s: %(paid)s paid of %(given)s") % {
        "label": share.label, "paid": money(share.paid), "given": money(share.given),
    }  # fmt: skip
    return bar_svg([("a", share.paid), ("c", share.planned)], whole, words)
