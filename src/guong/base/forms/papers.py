"""Forms of every official paper: its number and day, its signed copy."""

from __future__ import annotations

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.entry import DayField


class NumberForm(forms.Form):
    """The day of the paper, and the number when the registry gave one by hand."""

    signed_on = DayField(label=_("Dated"), initial=timezone.localdate)
    by_hand = forms.IntegerField(
        label=_("Number given by the registry"), required=False, min_value=1, max_value=99_999,
        help_text=_("Leave empty: the next number of the year is given."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)


class SignedCopyForm(forms.Form):
    """The signed paper as PDF."""

    file = forms.FileField(
        label=_("Signed copy (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
