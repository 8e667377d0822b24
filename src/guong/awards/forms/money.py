"""Forms of funds and payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards.models import Bonus, Decision, Fund
from guong.base.entry import DayField
from guong.base.models import Body, BodyKind

PREFIX = "fund-"


class FundsForm(forms.Form):
    """Which fund pays each title of a draft; one field a title, named by its code."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, initial={"version": decision.version}, **options)
        funds = Fund.objects.in_use().filter(department=decision.department)
        lines = decision.awards.order_by("order").values_list("title_code", "form", "fund_id")
        for code, form, fund in lines:
            self.fields.setdefault(f"{PREFIX}{code}", _fund_field(form, funds, fund))

    def funds(self) -> dict[str, Fund | None]:
        """The fund chosen for each code."""
        chosen = self.cleaned_data.items()
        return {name.removeprefix(PREFIX): fund for name, fund in chosen if name.startswith(PREFIX)}


def _fund_field(label: Any, funds: Any, initial: int | None = None) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label, queryset=funds, initial=initial, required=False, empty_label=_("no fund chosen")
    )


class DocumentForm(forms.Form):
    """The lines paid or recovered, and the document that did it."""

    number = forms.CharField(label=_("Number of the document"), max_length=60)
    day = DayField(label=_("Day of the document"), initial=timezone.localdate)
    fund = forms.ModelChoiceField(
        label=_("Fund"), queryset=Fund.objects.none(), required=False, empty_label=_("no fund chosen")
    )
    which = forms.ChoiceField(choices=[("chosen", ""), ("all", "")], required=False)
    bonuses = forms.ModelMultipleChoiceField(queryset=Bonus.objects.none(), required=False)

    def __init__(self, *args: Any, decision: Decision, state: str, asks_fund: bool = False, **options: Any):
        super().__init__(*args, **options)
        self.lines = decision.bonuses.filter(state=state)
        self.fields["bonuses"].queryset = self.lines
        if asks_fund:
            self.fields["fund"].queryset = Fund.objects.in_use().filter(department=decision.department)
        else:
            del self.fields["fund"]

    def wanted(self) -> list[int]:
        """The lines meant: those marked, or all that wait."""
        marked = self.lines if self.cleaned_data["which"] == "all" else self.cleaned_data["bonuses"]
        return list(marked.values_list("pk", flat=True))


class UndoForm(forms.Form):
    """Why a recorded payment was a mistake."""

    note = forms.CharField(label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class FundForm(forms.Form):
    """A fund of the department."""

    name = forms.CharField(
        label=_("Name of the fund"), max_length=200,
        help_text=_("As the decision prints it after “chi từ”."),
    )  # fmt: skip
    level = forms.ChoiceField(label=_("Level"), choices=Fund.Level.choices)
    payer = forms.ModelChoiceField(label=_("Who pays"), queryset=Body.objects.none())
    closed_on = DayField(
        label=_("No longer used since"), required=False, help_text=_("Empty while decisions may name it.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    def __init__(self, *args: Any, department: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = (BodyKind.DEPARTMENT, BodyKind.OFFICE, BodyKind.UNIT, BodyKind.PROVINCE)
        bodies = Body.objects.current().under(department).filter(kind__in=kinds)
        self.fields["payer"].queryset = bodies.order_by("path")

    @staticmethod
    def values_of(fund: Fund) -> dict[str, Any]:
        """What the form shows of a fund."""
        return {name: getattr(fund, name) for name in FundForm.base_fields}


class YearForm(forms.Form):
    """Which year's money to show."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, years: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [(year, year) for year in years]
