"""Forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.entry import OnceField
from guong.base.models import Body, BodyKind, User
from guong.plans.access import KEEPERS
from guong.plans.models import Plan

MOST_TEXT = 600_000  # signs; longer texts come as a file


class UploadForm(forms.Form):
    """The file of a plan, and the department it belongs to when one keeps several."""

    department = forms.ModelChoiceField(
        Body.objects.none(), label=_("Department"), required=False, widget=forms.HiddenInput
    )
    file = forms.FileField(
        label=_("The plan's file"),
        required=False,
        help_text=_("Word (.docx, .doc), PDF, a scan or photo (.jpg, .png, .tif), or text (.txt)."),
        error_messages={"empty": _("This file is empty. Choose another.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".docx,.doc,.pdf,.jpg,.jpeg,.png,.tif,.tiff,.txt"}),
    )
    text = forms.CharField(
        label=_("Or paste its text"),
        required=False,
        max_length=MOST_TEXT,
        strip=False,
        help_text=_("The whole text of the plan, from the name of the issuer to the recipients."),
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
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

    def clean(self) -> dict[str, Any]:
        """A file or a text, and not both: nobody could tell which of them was read."""
        cleaned = super().clean() or self.cleaned_data
        if "file" in self.errors or "text" in self.errors:
            return cleaned
        has_text = bool(cleaned["text"].strip())
        if not cleaned.get("file") and not has_text:
            self.add_error("file", gettext("Choose the plan's file or paste its text first."))
        elif cleaned.get("file") and has_text:
            self.add_error("text", gettext("Send the file or the text, not both. Empty one of them."))
        return cleaned

    def sent(self) -> tuple[bytes, str]:
        """What was brought in, and its name."""
        if file := self.cleaned_data["file"]:
            return file.read(), file.name
        return self.cleaned_data["text"].replace("\r\n", "\n").encode(), gettext("Pasted text") + ".txt"

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
