"""Forms of accounts, roles, their lending, and the settings of a department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from guong.base.access import Role
from guong.base.actions.department import EDITABLE
from guong.base.actions.grants import may_receive
from guong.base.entry import DayField, OnceField
from guong.base.forms.fields import BodyField, held
from guong.base.models import Body, BodyKind, Department, Grant, User

STATES = [("", _("open")), ("left", _("of people who left")), ("closed", _("closed")), ("all", _("all"))]
PLAIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]*$", _("Use small letters without diacritics, digits, dots.")
)


class AccountFilter(forms.Form):
    """Which accounts to list."""

    q = forms.CharField(label=_("Name or user name"), required=False, max_length=120)
    role = forms.ChoiceField(label=_("Role"), required=False)
    show = forms.ChoiceField(
        label=_("Accounts"), required=False,
        choices=STATES,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", _("every role")), *Role.choices]


class AccountForm(forms.Form):
    """A new account of a person."""

    username = forms.CharField(
        label=_("User name"), max_length=60,
        help_text=_("Small letters, digits, dots. For example mai.huong"),
        validators=[PLAIN_NAME],
    )  # fmt: skip
    email = forms.EmailField(label=_("E-mail"), required=False)
    key = OnceField()


class GrantForm(forms.Form):
    """A role on a body for a time."""

    role = forms.ChoiceField(label=_("Role"))
    body = BodyField(label=_("On body"), help_text=_("The role reaches this body and everything below it."))
    begin = DayField(label=_("From"))
    end = DayField(label=_("Until"), required=False, help_text=_("Empty: until it is ended."))
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
    key = OnceField()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "—"), *Role.choices]
        self.fields["body"].offer(held(user, Role.ADMINISTRATOR))

    def clean(self) -> dict[str, Any]:
        return _days_in_order(self, super().clean() or {})


class LendForm(forms.Form):
    """To whom a role is lent, for which days."""

    to = forms.ModelChoiceField(label=_("Stands in for you"), queryset=User.objects.none())
    begin = DayField(label=_("First day"))
    end = DayField(label=_("Last day"))
    reason = forms.CharField(label=_("Reason"), max_length=200, help_text=_("For example: on leave"))
    key = OnceField()

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = may_receive(grant)

    def clean(self) -> dict[str, Any]:
        return _days_in_order(self, super().clean() or {})


def _days_in_order(form: forms.Form, values: dict[str, Any]) -> dict[str, Any]:
    if values.get("begin") and values.get("end") and values["end"] < values["begin"]:
        form.add_error("end", _("The last day lies before the first one."))
    return values


class ReasonForm(forms.Form):
    """Why something is ended."""

    note = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "class": "short"})
    )


class DepartmentForm(forms.ModelForm):
    """Names and periods that differ between departments."""

    standing_office = BodyField(
        label=_("Holder of the standing office"),
        help_text=_("Whoever holds the role of the standing office acts only through the office named here."),
    )
    version = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Department
        fields = EDITABLE
        help_texts = {
            "place": _("Before the date of a paper. For example An Bình"),
            "parent_issuer": _("First line at the top left of a paper."),
            "decision_symbol": _("For example QĐ-SYT"),
            "vote_percent": _("Of all members in the establishing decision, not of those present."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        inside = Body.objects.current().under(self.instance.body)
        self.fields["standing_office"].offer(inside.filter(kind__in=(BodyKind.OFFICE, BodyKind.UNIT)))
        for name in ("appraisal_days", "comment_days", "inner_days"):
            self.fields[name].min_value = 1
        self.fields["vote_percent"].min_value, self.fields["vote_percent"].max_value = 1, 100

    def values(self) -> dict[str, Any]:
        """What the settings are to be."""
        return {name: self.cleaned_data[name] for name in EDITABLE}
