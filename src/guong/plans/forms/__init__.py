"""Forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.base.entry import OnceField
from guong.base.models import Body, BodyKind, User
from guong.plans.access import KEEPERS
from guong.plans.models import Plan
from guong.plans.tags import focal_choices


class UploadForm(forms.Form):
    """The file of a plan, and the department it belongs to when one keeps several."""

    department = forms.ModelChoiceField(
        Body.objects.none(), label=_("Department"), required=False, widget=forms.HiddenInput
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
        self.kept = list(departments_kept_by(user))
        self.fields["department"].queryset = departments_kept_by(user)
        if len(self.kept) > 1:
            self.fields["department"].required = True
            self.fields["department"].widget = forms.Select(
                choices=[(body.pk, str(body)) for body in self.kept]
            )

    def offer_again(self) -> None:
        """Show the box that lets the same file be read once more."""
        self.fields["again"].widget = forms.CheckboxInput()

    @property
    def department_chosen(self) -> Body:
        """The department the plan will belong to."""
        return self.cleaned_data["department"] or self.kept[0]


def departments_kept_by(user: User) -> Any:
    """Departments whose plans the user may bring in."""
    return Body.objects.held_by(user, *KEEPERS).filter(kind=BodyKind.DEPARTMENT).current().by_name()


class PlanFilter(forms.Form):
    """What to find in the list of plans."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    focal = forms.TypedChoiceField(label=_("Focal task"), required=False, coerce=int, empty_value=None)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focal"].choices = focal_choices(user)
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
