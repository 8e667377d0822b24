"""Forms of secret ballots: the counting board, the words of two key sheets, totals of ballots on paper."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.awards.models import Item, Seat, Session
from guong.awards.models.council import CouncilRole

WORDS = {"rows": 5, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
MOST = 999


class BoardForm(forms.Form):
    """Who keeps the three key sheets."""

    chair = forms.ModelChoiceField(label=_("Head of the counting board"), queryset=Seat.objects.none())
    secretary = forms.ModelChoiceField(
        label=_("Secretary of the counting board"), queryset=Seat.objects.none()
    )
    member = forms.ModelChoiceField(label=_("A member of the council"), queryset=Seat.objects.none())

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        seats = session.seats.select_related("person")
        for field in self.fields.values():
            field.queryset = seats
            field.label_from_instance = lambda seat: f"{seat.person.name}, {seat.get_role_display()}"
        roles = {seat.role: seat.pk for seat in reversed(seats)}
        self.initial = {
            "chair": roles.get(CouncilRole.VICE, roles.get(CouncilRole.CHAIR)),
            "secretary": roles.get(CouncilRole.SECRETARY),
            "member": roles.get(CouncilRole.MEMBER),
        }
        plain = [seat.pk for seat in seats if seat.role == CouncilRole.MEMBER]
        self.fields["member"].queryset = seats.filter(pk__in=plain)

    def holders(self) -> tuple[Seat, Seat, Seat]:
        """In the order of the sheets."""
        return self.cleaned_data["chair"], self.cleaned_data["secretary"], self.cleaned_data["member"]


class SheetsForm(forms.Form):
    """The words of two sheets, typed or scanned."""

    first = forms.CharField(
        label=_("Words of one key sheet"), max_length=600, widget=forms.Textarea(attrs=WORDS)
    )
    second = forms.CharField(
        label=_("Words of another key sheet"), max_length=600, widget=forms.Textarea(attrs=WORDS)
    )


class PaperForm(forms.Form):
    """What one person counted of the ballots on paper."""

    issued = forms.IntegerField(label=_("Ballots issued"), min_value=0, max_value=MOST)
    returned = forms.IntegerField(label=_("Ballots returned"), min_value=0, max_value=MOST)
    valid = forms.IntegerField(label=_("Valid ballots"), min_value=0, max_value=MOST)
    invalid = forms.IntegerField(label=_("Invalid ballots"), min_value=0, max_value=MOST)

    def __init__(self, *args: Any, items: list[Item], **options: Any) -> None:
        super().__init__(*args, **options)
        self.items = items
        for item in items:
            named = {"name": item.nomination.name}
            for vote, label in (("yes", _("%(name)s: in favour")), ("no", _("%(name)s: against"))):
                self.fields[f"{vote}-{item.pk}"] = forms.IntegerField(
                    label=label % named, min_value=0, max_value=MOST
                )
        for field in self.fields.values():
            field.widget.attrs.update({"autocomplete": "off", "inputmode": "numeric"})

    def lines(self) -> list[dict[str, Any]]:
        """Each nominee with the two fields of their votes."""
        return [
            {"item": item, "yes": self[f"yes-{item.pk}"], "no": self[f"no-{item.pk}"]} for item in self.items
        ]

    def totals(self) -> dict[str, Any]:
        """As `count_paper` takes them."""
        found = {name: self.cleaned_data[name] for name in ("issued", "returned", "valid", "invalid")}
        votes = {
            str(item.pk): [self.cleaned_data[f"yes-{item.pk}"], self.cleaned_data[f"no-{item.pk}"]]
            for item in self.items
        }
        return {**found, "items": votes}


def envelope_of(posted: str) -> bytes:
    """The envelope a device sent; empty for what is no base64, which no box takes."""
    try:
        return base64.b64decode(posted, validate=True)
    except (binascii.Error, ValueError):
        return b""
