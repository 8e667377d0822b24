"""Forms of councils and their sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards.models import Item, Nomination, Seat, Session
from guong.awards.models.council import CouncilRole
from guong.base.entry import DayField, OnceField
from guong.base.models import Person

REASON = {"rows": 3}


class CouncilForm(forms.Form):
    """A council as its establishing decision sets it up."""

    name = forms.CharField(label=_("Name of the council"), max_length=250)
    established_by = forms.CharField(
        label=_("Set up by decision"), max_length=120, help_text=_("For example Quyết định số 02/QĐ-SYT")
    )
    established_on = DayField(label=_("Dated"))
    key = OnceField()


class MemberForm(forms.Form):
    """One person and a role in the council."""

    person = forms.ModelChoiceField(queryset=Person.objects.none(), widget=forms.HiddenInput)
    role = forms.ChoiceField(label=_("Role in the council"), choices=CouncilRole.choices, initial="member")

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people


class WhenForm(forms.Form):
    """Title, time and place of a session."""

    title = forms.CharField(
        label=_("What the session is about"), max_length=250,
        help_text=_("For example Xét Giấy khen phong trào thi đua năm 2026"),
    )  # fmt: skip
    day = DayField(label=_("Day of the session"))
    hour = forms.TimeField(
        label=_("Hour of the session"),
        input_formats=["%H:%M", "%H.%M", "%Hh%M"], help_text=_("For example 14:00"),
        widget=forms.TimeInput(format="%H:%M", attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )  # fmt: skip
    place = forms.CharField(label=_("Place of the session"), max_length=200, required=False)

    def held_at(self) -> datetime:
        """The moment typed, in the province's time zone."""
        moment = datetime.combine(self.cleaned_data["day"], self.cleaned_data["hour"])
        return timezone.make_aware(moment)

    @staticmethod
    def values_of(session: Session) -> dict[str, Any]:
        """What the form shows of a session."""
        local = timezone.localtime(session.held_at)
        return {"title": session.title, "day": local.date(), "hour": local.time(), "place": session.place}


class CallForm(WhenForm):
    """A session with its agenda."""

    kind = forms.ChoiceField(
        label=_("Kind of vote"), required=False, widget=forms.RadioSelect,
        choices=[("", _("as the law wants it for the titles on the agenda")), *Session.Kind.choices],
    )  # fmt: skip
    nominations = forms.ModelMultipleChoiceField(
        label=_("Nominees on the agenda"), queryset=Nomination.objects.none(),
        error_messages={"required": _("Choose at least one nomination for the agenda.")},
    )  # fmt: skip
    key = OnceField()

    def __init__(self, *args: Any, ready: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nominations"].queryset = ready


class RecusalForm(forms.Form):
    """A member who takes no part in one item, for a reason the house cannot know."""

    seat = forms.ModelChoiceField(label=_("Member"), queryset=Seat.objects.none())
    item = forms.ModelChoiceField(label=_("Nominee"), queryset=Item.objects.none())
    reason = forms.CharField(
        label=_("Reason"),
        max_length=250,
        help_text=_("For example: wife of the nominee. Printed in the minutes."),
    )

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["seat"].queryset = session.seats.select_related("person")
        self.fields["seat"].label_from_instance = lambda seat: seat.person.name
        items = session.items.select_related("nomination__person", "nomination__body", "nomination__unit")
        self.fields["item"].queryset = items
        self.fields["item"].label_from_instance = lambda item: (
            f"{item.nomination.name}, {item.nomination.unit.label}"
        )


class ConcludeForm(forms.Form):
    """The chair's words, and who goes first where votes are equal."""

    first = forms.ModelMultipleChoiceField(queryset=Item.objects.none(), required=False)
    reason = forms.CharField(
        label=_("Reason for who goes first"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs=REASON),
    )
    words = forms.CharField(
        label=_("Conclusion in words"), max_length=4000, required=False, widget=forms.Textarea(attrs=REASON),
        help_text=_("Printed in the minutes below the result."),
    )  # fmt: skip

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["first"].queryset = session.items.all()


class ReasonForm(forms.Form):
    """One reason."""

    note = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs=REASON))


def attendance_of(posted: Mapping[str, str], session: Session) -> dict[int, tuple[bool | None, str]]:
    """Seat id to (present, reason) from the attendance list; unknown seats are left out."""
    answers = {"yes": True, "no": False}
    return {
        pk: (answers[posted[f"seat-{pk}"]], posted.get(f"reason-{pk}", "").strip()[:250])
        for pk in session.seats.values_list("pk", flat=True)
        if posted.get(f"seat-{pk}") in answers
    }


def choices_of(posted: Mapping[str, str]) -> dict[int, str]:
    """Item id to choice from the ballot; what is not one of ours is refused by the action."""
    found = {}
    for name, value in posted.items():
        number = name.removeprefix("item-")
        if name.startswith("item-") and number.isascii() and number.isdigit() and len(number) < 19 and value:
            found[int(number)] = value
    return found
