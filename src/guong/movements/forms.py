"""Forms of movements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.entry import DayField, OnceField
from guong.base.models import Body, User
from guong.movements.access import LAUNCHERS
from guong.movements.models import Movement, Subject
from guong.plans.tags import YearFilter

REASON = {"required": _("Write the reason first.")}


class MovementFilter(YearFilter):
    """What to find in the list of movements."""

    quota = forms.ChoiceField(
        label=_("Quota"),
        required=False,
        choices=[("", _("all")), ("yes", _("with places to award")), ("no", _("without places"))],
    )


class LaunchForm(forms.Form):
    """When and how a unit launched a movement."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Unit"), error_messages={"required": _("Choose the unit.")}
    )
    on = DayField(label=_("Launched on"), initial=timezone.localdate)
    note = forms.CharField(
        label=_("How"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Meeting, conference, written call; what staff promised to reach."),
    )  # fmt: skip
    participants = forms.IntegerField(
        label=_("People taking part"), required=False, min_value=0, max_value=1_000_000
    )
    file = forms.FileField(
        label=_("Unit plan or minutes"),
        required=False,
        help_text=_("PDF, Word, Excel or a picture, at most 20 MB."),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = OnceField(required=False)

    def __init__(self, units: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = units
        if len(units) == 1:
            self.fields["body"].initial = units[0].pk


def units_launched_by(user: User, movement: Movement) -> Any:
    """Units of the plan's department whose launch the user may record and that have not launched."""
    units = Body.objects.held_by(user, *LAUNCHERS).under(movement.plan.kept_by).current()
    counted = units.filter(in_sector=True) if movement.route != Movement.Route.ANNUAL else units.none()
    return counted.exclude(pk__in=movement.launches.values("body")).by_name()


class ProgrammeForm(forms.Form):
    """A programme that gets the movement's quota."""

    name = forms.CharField(
        label=_("Programme"), max_length=300, error_messages={"required": _("Write the programme's name.")}
    )
    key = OnceField(required=False)


class WindowForm(forms.Form):
    """When awards of a movement are judged."""

    window = forms.ChoiceField(label=_("Judging window"), choices=Movement.Window.choices)
    start = DayField(label=_("From"), required=False)
    end = DayField(label=_("Until"), required=False)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REASON
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Both days or none, in order."""
        said = super().clean()
        start, end = said.get("start"), said.get("end")
        if bool(start) != bool(end) and not {"start", "end"} & set(self.errors):
            self.add_error("end" if start else "start", _("Give both days of the window, or neither."))
        if start and end and end < start:
            self.add_error("end", _("The window ends before it begins."))
        return said


class QuotaForm(forms.Form):
    """A new number of places, under a decision."""

    size = forms.IntegerField(label=_("Places"), min_value=0, max_value=100_000)
    decision = forms.CharField(
        label=_("Decision number"), max_length=120, help_text=_("For example 213/QĐ-SYT"),
        error_messages={"required": _("Write the number of the decision that changes the quota.")},
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}), error_messages=REASON
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class OpenQuotaForm(QuotaForm):
    """Places for a movement whose plan fixed none."""

    subject = forms.ChoiceField(label=_("For whom"), choices=Subject.choices)
    field_order = ("subject", "size", "decision", "reason")
