"""Forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guong.base.access import any_of
from guong.base.entry import OnceField
from guong.base.models import Body, BodyKind, User
from guong.plans.access import KEEPERS, OWN_KEEPERS
from guong.plans.models import Plan


class UploadForm(forms.Form):
    """The file of a plan, and whose plan it is when one keeps the plans of several bodies."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Whose plan"), required=False, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("The plan's file"),
        help_text=_("Word (.docx), PDF with a text layer, or text (.txt). Drag it here or choose it."),
        error_messages={
            "required": _("Choose the plan's file first."),
            "empty": _("This file is empty. Choose another."),
        },
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.pdf,.txt"}),
    )
    again = forms.BooleanField(
        label=_("Read it again all the same"), required=False, widget=forms.HiddenInput
    )
    key = OnceField()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kept = list(bodies_kept_by(user))
        self.fields["body"].queryset = bodies_kept_by(user)
        if len(self.kept) > 1:
            self.fields["body"].required = True
            self.fields["body"].widget = forms.Select(choices=[(body.pk, str(body)) for body in self.kept])

    def offer_again(self) -> None:
        """Show the box that lets the same file be read once more."""
        self.fields["again"].widget = forms.CheckboxInput()

    @property
    def body_chosen(self) -> Body:
        """The body whose people will confirm and keep the plan."""
        return self.cleaned_data["body"] or self.kept[0]


def bodies_kept_by(user: User) -> Any:
    """Bodies whose plans the user may bring in: departments, and units with plans of their own."""
    kinds = {BodyKind.DEPARTMENT: KEEPERS, **OWN_KEEPERS}
    held = any_of(Q(kind=kind) & user.scope.within("", *roles) for kind, roles in kinds.items())
    return Body.objects.filter(held).current().by_name()


class PlanFilter(forms.Form):
    """What to find in the list of plans."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = Plan.objects.visible_to(user).order_by("-year").values_list("year", flat=True).distinct()
        self.fields["year"].choices = [("", _("every year")), *((year, str(year)) for year in years)]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason first.")},
    )  # fmt: skip


class ReportForm(forms.Form):
    """A unit's report on an obligation: words, a file, or both."""

    report = forms.CharField(
        label=_("Report"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What was done, with figures. A signed report can be attached instead."),
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, Word, Excel or a picture, at most 20 MB.")
    )
