"""The form that issues a certificate again."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.awards.models import IssuedCertificate

Reason = IssuedCertificate.Reason


class AgainForm(forms.Form):
    """Why, and the right name where the name was wrong."""

    reason = forms.ChoiceField(
        label=_("Why is it issued again?"),
        choices=[(one.value, one.label) for one in (Reason.LOST, Reason.DAMAGED, Reason.NAME)],
    )
    name = forms.CharField(
        label=_("Right name"), max_length=250, required=False,
        help_text=_("Only for a corrected name, with “Ông” or “Bà” as it is to be printed."),
    )  # fmt: skip
    note = forms.CharField(
        label=_("Note"), max_length=400, required=False,
        help_text=_("For a corrected name: number and day of the decision that corrects it."),
    )  # fmt: skip
