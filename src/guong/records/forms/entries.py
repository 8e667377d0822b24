"""Forms for lines written by hand. No birthday, no identity number, no story of an illness or a fault."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guong.base.entry import DayField, OnceField
from guong.base.models import Body, Person
from guong.records import catalogue
from guong.records.models import Circumstance, Honour, Initiative, Rating, Whole
from guong.records.models.kept import YEARS


class LineForm(forms.ModelForm):
    """What all lines share: a token for new ones, the version seen for old ones."""

    key = OnceField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, subject: Person | Body | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.subject = subject
        self.fields["key"].required = not self.instance.pk
        if self.instance.pk:
            self.initial["version"] = self.instance.version
        if "year" in self.fields:
            self.fields["year"].min_value, self.fields["year"].max_value = YEARS[0], timezone.localdate().year

    def values(self) -> dict[str, Any]:
        """What the line is made of."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}

    def clean_year(self) -> int:
        year = self.cleaned_data["year"]
        if not YEARS[0] <= year <= timezone.localdate().year:
            raise forms.ValidationError(_("Write a year that has begun, with four digits."))
        return year

    def clean_decided_on(self) -> Any:
        day = self.cleaned_data["decided_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(
                _("A decision cannot be dated in the future: write today or an earlier day.")
            )
        return day

    def _post_clean(self) -> None:
        """The actions write the record; constraints speak through them."""


class HonourForm(LineForm):
    """An award of another level, or of a time before this book."""

    decided_on = DayField(label=_("Decided on"), required=False)

    class Meta:
        model = Honour
        fields = ("code", "year", "kind", "decision_number", "decided_on", "authority", "achievement")
        labels = {
            "code": _("Title or form"), "year": _("Year of the achievement"),
            "kind": _("Type of commendation"),
            "decision_number": _("Decision number"), "authority": _("Decided by"),
            "achievement": _("Achievement honoured"),
        }  # fmt: skip
        help_texts = {"decision_number": _("For example 1844/QĐ-UBND")}
        widgets = {"achievement": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        wanted = "collective" if isinstance(self.subject, Body) else "individual"
        offered = [(t.code, t.name) for t in catalogue.TITLES if wanted in t.subjects]
        self.fields["code"] = forms.ChoiceField(label=_("Title or form"), choices=[("", "—"), *offered])
        self.order_fields(["code"])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        day, year = values.get("decided_on"), values.get("year")
        if day and year and day.year < year:
            self.add_error("decided_on", _("The decision is older than the year it honours."))
        return values


class RatingForm(LineForm):
    """How somebody was rated for a year."""

    class Meta:
        model = Rating
        fields = ("year", "level", "decision_number")
        labels = {"year": _("Year"), "level": _("Rating"), "decision_number": _("Decision number")}


class CircumstanceForm(LineForm):
    """A discipline, a matter under examination, or a leave, by its dates."""

    kind = forms.ChoiceField(label=_("What"))
    begins_on = DayField(label=_("From"))
    ends_on = DayField(label=_("Until"), required=False)
    decided_on = DayField(label=_("Decided on"), required=False)

    class Meta:
        model = Circumstance
        fields = ("kind", "begins_on", "ends_on", "decision_number", "decided_on")
        labels = {"decision_number": _("Decision number")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        natures = dict(Circumstance.Nature.choices)
        kinds = dict(Circumstance.Kind.choices)
        self.fields["kind"].choices = [
            ("", "—"),
            *(
                (natures[nature], [(kind, kinds[kind]) for kind in of])
                for nature, of in Circumstance.KINDS.items()
            ),
        ]
        self.fields["ends_on"].help_text = _("The last day; empty while it is not known.")

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        nature = next((n for n, of in Circumstance.KINDS.items() if values.get("kind") in of), None)
        begin, end = values.get("begins_on"), values.get("ends_on")
        if begin and end and end < begin:
            self.add_error("ends_on", _("The last day lies before the first one."))
        if nature == Circumstance.Nature.LEAVE and not end and "ends_on" not in self.errors:
            self.add_error("ends_on", _("Write the last day of the leave."))
        values["nature"] = nature
        return values

    def values(self) -> dict[str, Any]:
        return super().values() | {"nature": self.cleaned_data["nature"]}


class InitiativeForm(LineForm):
    """A recognised initiative or piece of research."""

    decided_on = DayField(label=_("Recognised on"), required=False)

    class Meta:
        model = Initiative
        fields = (
            "title",
            "kind",
            "level",
            "year",
            "decision_number",
            "decided_on",
            "authority",
            "scope",
            "effect",
        )
        labels = {
            "title": _("Name of the initiative"), "kind": _("Sort"), "level": _("Recognised at"),
            "year": _("Year"), "decision_number": _("Decision number"), "authority": _("Recognised by"),
            "scope": _("Where it applies"), "effect": _("Effect"),
        }  # fmt: skip
        widgets = {"effect": forms.Textarea(attrs={"rows": 3})}


class NewInitiativeForm(InitiativeForm):
    """An initiative with the share of the person whose book is open."""

    share = forms.IntegerField(label=_("Share in percent"), required=False, min_value=1, max_value=100)


class AuthorForm(forms.Form):
    """One more author: a name or a staff code; several of one name are shown to choose from."""

    who = forms.CharField(label=_("Name or staff code"), max_length=120)
    share = forms.IntegerField(label=_("Share in percent"), required=False, min_value=1, max_value=100)
    person = forms.ModelChoiceField(
        label=_("Which one"), queryset=Person.objects.none(), required=False, widget=forms.RadioSelect
    )


class WithdrawForm(forms.Form):
    """Why a line leaves the book."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput)


class WholeForm(forms.Form):
    """Since which year each kind of record of a unit is whole; empty: it is not."""

    def __init__(self, *args: Any, unit: Body, **options: Any) -> None:
        super().__init__(*args, **options)
        said = dict(Whole.objects.filter(unit=unit).values_list("record", "since"))
        for record, label in Whole.Record.choices:
            self.fields[record] = forms.IntegerField(
                label=capfirst(label), required=False, initial=said.get(record),
                min_value=YEARS[0], max_value=timezone.localdate().year,
            )  # fmt: skip


class BookFilter(forms.Form):
    """What to show of the book."""

    q = forms.CharField(label=_("Name, decision, unit"), required=False, max_length=120)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    code = forms.ChoiceField(label=_("Title or form"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)
    kind = forms.ChoiceField(label=_("Type of commendation"), required=False)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)

    LEVELS = (
        ("unit", _("department, unit")), ("province", _("province, ministry")),
        ("state", pgettext_lazy("level", "State")), ("commune", _("commune")),
    )  # fmt: skip

    def __init__(self, *args: Any, years: Any, units: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [("", _("every year")), *((year, year) for year in years)]
        self.fields["code"].choices = [("", _("every title and form")), *catalogue.CHOICES]
        self.fields["level"].choices = [("", _("every level")), *self.LEVELS]
        self.fields["kind"].choices = [("", _("every type")), *Honour.Kind.choices]
        self.fields["unit"].choices = [("", _("every unit")), *((unit.pk, unit.label) for unit in units)]
