"""Forms of the tree of bodies."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.base.access import Role
from guong.base.entry import DayField, OnceField
from guong.base.forms.fields import BodyField, held
from guong.base.models import Body, BodyKind, Denominator, Employment, User


class TreeFilter(forms.Form):
    """Which bodies of the tree to show."""

    q = forms.CharField(label=_("Name or code"), required=False, max_length=120)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    counted = forms.ChoiceField(label=_("Counted in"), required=False)
    closed = forms.BooleanField(label=_("Closed bodies too"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("every kind")), *BodyKind.choices]
        self.fields["counted"].choices = [("", _("all bodies")), *Denominator.choices]


class BodyForm(forms.ModelForm):
    """Data of a body except its name, which is renamed with a date."""

    parent = BodyField(label=_("Body above"))
    valid_from = DayField(label=_("Exists from"))
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Body
        fields = ("code", "kind", "parent", "tier", "inside", "subordinate", "in_sector", "valid_from")
        labels = {"code": _("Code"), "kind": _("Kind"), "tier": _("Conference tier")}
        help_texts = {
            "code": _("Short, without blanks, once in the whole system. For example BVDK-AB"),
            "tier": _("1, 2 or 3: decides how many delegates a unit sends. Empty: sends none."),
            "subordinate": _("Counts in percentages of subordinate units."),
            "in_sector": _("Counts in percentages of the whole sector. Every subordinate unit does."),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        above = held(user, Role.ADMINISTRATOR)
        if self.instance.pk:
            above = above.exclude(path__startswith=self.instance.path)
            if self.instance.parent_id:
                above = above | Body.objects.filter(pk=self.instance.parent_id)
            else:
                del self.fields["parent"]
        if "parent" in self.fields:
            self.fields["parent"].offer(above)
        self.fields["tier"].widget = forms.NumberInput(attrs={"min": 1, "max": 3, "inputmode": "numeric"})
        self.fields["tier"].min_value, self.fields["tier"].max_value = 1, 3

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("subordinate") and not values.get("in_sector"):
            self.add_error("in_sector", _("A subordinate unit belongs to the sector: tick this too."))
        if values.get("tier") not in (None, 1, 2, 3):
            self.add_error("tier", _("The tier is 1, 2 or 3."))
        return values


class NewBodyForm(BodyForm):
    """A new body with its name."""

    key = OnceField()

    class Meta(BodyForm.Meta):
        fields = ("name", "short_name", *BodyForm.Meta.fields)
        labels = BodyForm.Meta.labels | {"name": _("Name"), "short_name": _("Short name")}
        help_texts = BodyForm.Meta.help_texts | {
            "short_name": _("As it is written in a list of recipients; empty: the name itself.")
        }


class RenameForm(forms.Form):
    """A new name from a day on, or the mending of a misspelt one."""

    name = forms.CharField(label=_("Name"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    correction = forms.BooleanField(
        label=_("Only a misspelling"), required=False,
        help_text=_("The body was not renamed: no former name is kept."),
    )  # fmt: skip
    day = DayField(label=_("Bears the new name from"), required=False)
    decision = forms.CharField(label=_("Under decision"), max_length=120, required=False)
    version = forms.CharField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("correction") and not values.get("day") and "day" not in self.errors:
            self.add_error("day", _("Write from which day the body bears this name."))
        return values


class CloseBodyForm(forms.Form):
    """The last day of a body."""

    day = DayField(label=_("Last day"))
    decision = forms.CharField(label=_("Under decision"), max_length=120, required=False)


class ChangeForm(forms.Form):
    """What mergers and splits have in common."""

    day = DayField(label=_("Holds from"))
    decision = forms.CharField(label=_("Under decision"), max_length=120)


class MergeForm(ChangeForm):
    """Which bodies become part of this one."""

    sources = forms.ModelMultipleChoiceField(
        label=_("Bodies that join"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    carry_roles = forms.BooleanField(
        label=_("Their roles go on in the merged body"), required=False,
        help_text=_("Otherwise the roles end with the bodies and you grant new ones."),
    )  # fmt: skip
    field_order = ("sources", "day", "decision", "carry_roles")

    def __init__(self, *args: Any, user: User, into: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = (
            held(user, Role.ADMINISTRATOR)
            .filter(kind=into.kind)
            .exclude(pk__in=into.ancestor_ids())
            .by_name()
        )


class SplitForm(ChangeForm):
    """A new body and what goes with it."""

    code = forms.CharField(label=_("Code of the new body"), max_length=40)
    name = forms.CharField(label=_("Name of the new body"), max_length=250)
    short_name = forms.CharField(label=_("Short name"), max_length=120, required=False)
    children = forms.ModelMultipleChoiceField(
        label=_("Bodies below that go with it"), queryset=Body.objects.none(), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Their people go with them."),
    )  # fmt: skip
    people = forms.ModelMultipleChoiceField(
        label=_("People working directly in the body that go with it"), required=False,
        queryset=Employment.objects.none(), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    key = OnceField()
    field_order = ("code", "name", "short_name", "day", "decision", "children", "people")

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["children"].queryset = body.children.current().by_name()
        self.fields["people"].queryset = (
            body.employments.in_force().select_related("person", "body").order_by("person__sort_key", "pk")
        )
        self.fields["people"].label_from_instance = lambda work: f"{work.person}, {work.post}"

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        if Body.objects.filter(code=code).exists():
            raise forms.ValidationError(_("This code is taken; choose another one."))
        return code
