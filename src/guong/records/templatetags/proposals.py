"""The law's answer as a pill."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from guong.base.templatetags.gui_marks import pill
from guong.records.words import ANSWER_PILLS, ANSWER_WORDS

register = template.Library()


@register.simple_tag
def answer(word: str) -> SafeString:
    """One of `proposing.ANSWERS` in words, with its shape and colour."""
    return pill(ANSWER_PILLS[word], ANSWER_WORDS[word])
