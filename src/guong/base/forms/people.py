"""Forms of people and employments. Personal data are kept to the minimum an award needs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.base import tree
from guong.base.access import KEEPERS_OF_PEOPLE, PEOPLE_READERS
from guong.base.actions.people import namesakes
from guong.base.entry import DayField, OnceField
from guong.base.forms.fields import BodyField, held
from guong.base.models import Body, BodyKind, Employment, Person, User


class PeopleFilter(forms.Form):
    """Which people to list."""

    q = forms.CharField(label=_("Name or staff code"), required=False, max_length=120)
    unit = BodyField(label=_("Unit"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = Body.objects.held_by(user, *PEOPLE_READERS).current().exclude(kind=BodyKind.SECTION)
        self.fields["unit"].offer(places)
        self.fields["unit"].choices = [("", _("every unit")), *tree.choices(places)]
        self.fields["category"].choices = [("", _("every category")), *Employment.Category.choices]


class PersonForm(forms.ModelForm):
    """Who somebody is."""

    version = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Person
        fields = ("name", "birth_year", "gender", "staff_code")
        labels = {
            "name": _("Full name"), "birth_year": _("Year of birth"), "gender": _("Gender"),
            "staff_code": _("Staff code"),
        }  # fmt: skip
        help_texts = {
            "birth_year": _("Tells people of one name apart."),
            "staff_code": _("As on the payroll; no two people share one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["birth_year"].min_value, self.fields["birth_year"].max_value = 1900, 2100
        self.fields["gender"].choices = [("", "—"), *Person._meta.get_field("gender").choices]

    def clean_staff_code(self) -> str | None:
        return self.cleaned_data["staff_code"] or None

    def clean_birth_year(self) -> int | None:
        year = self.cleaned_data["birth_year"]
        if year is not None and not 1900 <= year <= 2100:
            raise forms.ValidationError(_("Write four digits, for example 1985."))
        return year


class WorkForm(forms.ModelForm):
    """Where somebody works, as what, since when."""

    body = BodyField(label=_("Unit or section"))
    valid_from = DayField(label=_("Since"))
    key = OnceField()

    class Meta:
        model = Employment
        fields = (
            "body", "post", "profession", "category", "is_leader", "is_direct_worker", "is_union_chair",
            "valid_from",
        )  # fmt: skip
        labels = {"post": _("Post"), "profession": _("Profession"), "category": _("Category")}
        help_texts = {
            "is_direct_worker": _("Treats patients or does the professional work, leads nobody."),
            "post": _("For example Điều dưỡng trưởng"),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].offer(held(user, *KEEPERS_OF_PEOPLE))
        self.fields["category"].choices = [("", "—"), *Employment.Category.choices]

    def values(self) -> dict[str, Any]:
        """What the employment is made of."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class NewPersonForm(PersonForm):
    """A person whose name somebody bears already must be confirmed to be another one."""

    another = forms.BooleanField(
        label=_("This is another person of the same name"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.same = namesakes(values.get("name", "")) if values.get("name") else Person.objects.none()
        if self.same.exists() and not values.get("another"):
            self.fields["another"].widget = forms.CheckboxInput()
            self.add_error(
                "another",
                _("Somebody of this name is entered already. If yours is another person, tick here."),
            )
        return values

    def values(self) -> dict[str, Any]:
        """What the person is made of."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class EndWorkForm(forms.Form):
    """The last day of an employment."""

    day = DayField(label=_("Last day"))
