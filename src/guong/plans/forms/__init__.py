"""Forms of plans."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.access import any_of
from guong.base.entry import OnceField
from guong.base.models import Body, BodyKind, User
from guong.base.text import fold
from guong.plans.access import DRAFTERS, KEEPERS, OWN_KEEPERS
from guong.plans.difficulties import reporting_units
from guong.plans.models import Difficulty, Plan, PlanDraft
from guong.plans.tags import YearFilter

MOST_TEXT = 600_000  # signs; longer texts come as a file


class UploadForm(forms.Form):
    """The file of a plan, and whose plan it is when one keeps the plans of several bodies."""

    body = forms.ModelChoiceField(
        Body.objects.none(), label=_("Whose plan"), required=False, widget=forms.HiddenInput
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
        self.kept = list(bodies_kept_by(user))
        self.fields["body"].queryset = bodies_kept_by(user)
        if len(self.kept) > 1:
            self.fields["body"].required = True
            self.fields["body"].widget = forms.Select(choices=[(body.pk, str(body)) for body in self.kept])

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
    def body_chosen(self) -> Body:
        """The body whose people will confirm and keep the plan."""
        return self.cleaned_data["body"] or self.kept[0]


def bodies_kept_by(user: User) -> Any:
    """Bodies whose plans the user may bring in: departments, and units with plans of their own."""
    kinds = {BodyKind.DEPARTMENT: KEEPERS, **OWN_KEEPERS}
    held = any_of(Q(kind=kind) & user.scope.within("", *roles) for kind, roles in kinds.items())
    return Body.objects.filter(held).current().by_name()


class PlanFilter(YearFilter):
    """What to find in the list of plans."""


class ReasonForm(forms.Form):
    """Why."""

    note = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason first.")},
    )  # fmt: skip


class ReviseForm(ReasonForm):
    """Why a plan is revised; sent once."""

    key = OnceField()


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


def bodies_written_for(user: User) -> Any:
    """Bodies whose plans the user writes."""
    held = any_of(Q(kind=kind) & user.scope.within("", *roles) for kind, roles in DRAFTERS.items())
    return Body.objects.filter(held).current().by_name()


class StartForm(forms.Form):
    """What a new plan starts from."""

    body = forms.ModelChoiceField(Body.objects.none(), label=_("Whose plan"), required=False)
    origin = forms.ChoiceField(
        label=_("Start from"),
        widget=forms.RadioSelect,
        choices=[
            ("parent", _("a plan above: what concerns us is filled in")),
            ("last_year", _("our plan of an earlier year: years and dates are moved on")),
            ("nothing", _("nothing: only the head of the paper is filled in")),
        ],
    )
    parent = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Plan above"), required=False, empty_label=_("choose a plan in force"),
        help_text=_("Only for a start from a plan above."),
    )  # fmt: skip
    earlier = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Earlier plan"), required=False,
        empty_label=_("choose one of our plans"),
        help_text=_("Only for a start from our earlier plan."),
    )  # fmt: skip
    key = OnceField()

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.written_for = list(bodies_written_for(user))
        self.fields["body"].queryset = bodies_written_for(user)
        self.fields["body"].required = len(self.written_for) > 1
        if len(self.written_for) < 2:
            self.fields["body"].widget = forms.HiddenInput()
        seen = Plan.objects.visible_to(user).defer("content", "topics", "activities", "event")
        own = Q(body__in=self.written_for) | Q(body=None, department__in=self.written_for)
        self.fields["parent"].queryset = seen.filter(~own, state=Plan.State.IN_FORCE)
        self.fields["earlier"].queryset = seen.filter(own)
        for name in ("parent", "earlier"):
            self.fields[name].label_from_instance = _named

    @property
    def body_chosen(self) -> Body:
        """The body that will issue the plan."""
        return self.cleaned_data["body"] or self.written_for[0]

    @property
    def plan_chosen(self) -> Plan | None:
        """The plan it starts from."""
        name = {"parent": "parent", "last_year": "earlier"}.get(self.cleaned_data["origin"])
        return self.cleaned_data[name] if name else None

    def clean(self) -> dict[str, Any]:
        """The plan to start from is named where the kind of start asks for one."""
        said = super().clean() or {}
        for origin, name in (("parent", "parent"), ("last_year", "earlier")):
            if said.get("origin") == origin and not said.get(name) and name not in self.errors:
                self.add_error(name, gettext("Choose the plan to start from."))
        return said


def _named(plan: Plan) -> str:
    return " · ".join(filter(None, (plan.number, plan.title, str(plan.year))))[:140]


class DraftFilter(forms.Form):
    """Which drafts to show."""

    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("all that are open")), *PlanDraft.State.choices]
    )


class DifficultyForm(forms.Form):
    """What stands in a unit's way under a plan."""

    body = forms.ModelChoiceField(Body.objects.none(), label=_("Unit"), widget=forms.HiddenInput)
    text = forms.CharField(
        label=_("Difficulty"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("What stands in the way, since when, and what the unit asks for."),
        error_messages={"required": _("Write what stands in the way first.")},
    )
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("PDF, Word, Excel or a picture, at most 20 MB.")
    )
    key = OnceField()

    def __init__(self, user: User, plan: Plan, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = reporting_units(user, plan)
        self.fields["body"].queryset = units
        self.units = list(units[:2])
        if self.units:
            self.fields["body"].initial = self.units[0].pk
        if len(self.units) > 1:
            self.fields["body"].widget = forms.Select(choices=[(body.pk, str(body)) for body in units])


class AnswerForm(forms.Form):
    """The issuer's guidance."""

    answer = forms.CharField(
        label=_("Guidance"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the guidance first.")},
    )


class DifficultyFilter(forms.Form):
    """Which difficulties to show."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("every state")), *Difficulty.State.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"


class UnitFilter(forms.Form):
    """Which units to show: of one denominator, in one state, by words of the name."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    units = forms.ChoiceField(
        label=_("Units"), required=False, choices=[("", _("whole sector")), ("subordinate", _("subordinate"))]
    )
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, states: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = [("", _("every state")), *states]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"

    def keeps(self, body: Body, state: str) -> bool:
        """Whether a line of the list is shown."""
        wanted = self.cleaned_data if self.is_valid() else {}
        return (
            all(word in body.name_fold for word in fold(wanted.get("q") or "").split())
            and (wanted.get("units") != "subordinate" or body.subordinate)
            and wanted.get("state") in (None, "", state)
        )
