"""Forms of the nomination list and of lists posted for comment."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.awards.days import after_working_days, database_today
from guong.awards.models import Listing
from guong.base.entry import DayField, OnceField
from guong.base.models import Body


class ReasonForm(forms.Form):
    """The one reason of a bulk return."""

    note = forms.CharField(label=_("Reason"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 4}))


class ListingForm(forms.Form):
    """A new list, or an open one that takes more."""

    listing = forms.ModelChoiceField(
        label=_("List"), queryset=Listing.objects.none(), required=False, empty_label=_("a new list")
    )
    title = forms.CharField(label=_("Title of the new list"), max_length=250, required=False)
    closes_on = DayField(label=_("Last day for comment"), required=False)
    key = OnceField()

    def __init__(self, *args: Any, department: Body, listings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = database_today()
        self.fields["listing"].queryset = listings.filter(
            department=department, state=Listing.State.OPEN, closes_on__gte=today
        )
        if not self.fields["listing"].queryset.exists():
            del self.fields["listing"]
            self.fields["title"].required = self.fields["closes_on"].required = True
        days = department.department.comment_days
        self.fields["closes_on"].initial = after_working_days(today, days)
        self.fields["closes_on"].help_text = _("Usually %(n)s working days. For example %(day)s") % {
            "n": days, "day": f"{today + timedelta(days=14):%d/%m/%Y}",
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("listing"):
            if not values.get("title") and "title" not in self.errors:
                self.add_error("title", _("Give the new list a title."))
            if not values.get("closes_on") and "closes_on" not in self.errors:
                self.add_error("closes_on", _("Write the last day for comment."))
        return values


class CommentForm(forms.Form):
    """A comment on one nominee of a list."""

    entry = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Your comment"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Say what you know and how. The standing office and the council read it with your name."),
    )  # fmt: skip
    key = OnceField()


class AnswerForm(forms.Form):
    """The answer of the standing office."""

    text = forms.CharField(label=_("Answer"), max_length=3_000, widget=forms.Textarea(attrs={"rows": 3}))
