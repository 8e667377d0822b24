"""Filters of the log."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.base.entry import DayField


class LogFilter(forms.Form):
    """Who did what, when; refusals only."""

    who = forms.CharField(label=_("Name or user name"), required=False, max_length=120)
    action = forms.ChoiceField(label=_("Action"), required=False)
    begin = DayField(label=_("From"), required=False, help_text="")
    end = DayField(label=_("Until"), required=False, help_text="")
    refused = forms.BooleanField(label=_("Refusals only"), required=False)
