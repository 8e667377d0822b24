"""Forms of the register, of focal tasks and occasions, of tags and checks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.entry import DayField, OnceField
from guong.base.models import Body, BodyKind, User
from guong.base.text import fold
from guong.plans.access import KEEPERS
from guong.plans.models import FocalTask, LegalDocument, Occasion

YEAR = {"required": False, "min_value": 1900, "max_value": 2199}
OFFERED = 300  # documents offered while typing a successor
FIXED = ("kind", "number", "issued_on", "issuer", "subject")  # of a plan of ours: as its paper says


def departments_kept_by(user: User) -> Any:
    """Departments whose register and lists the user keeps."""
    return Body.objects.held_by(user, *KEEPERS).filter(kind=BodyKind.DEPARTMENT).current().by_name()


class KeptForm(forms.Form):
    """Something of a department: `department` is asked for only when the user keeps several."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, user: User, department: Body | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.department = department
        if department is None:
            self.fields["key"] = OnceField()
            kept = list(departments_kept_by(user))
            self.department = kept[0] if kept else None
            if len(kept) > 1:
                self.fields["department"] = forms.ModelChoiceField(
                    departments_kept_by(user), label=_("Department"), empty_label=None
                )
                self.order_fields(["department"])

    @property
    def chosen(self) -> Body:
        """The department it belongs to."""
        return self.cleaned_data.get("department") or self.department

    @property
    def values(self) -> dict[str, Any]:
        """What was said, without the fields that carry the form."""
        carried = ("version", "key", "department")
        return {name: value for name, value in self.cleaned_data.items() if name not in carried}


class DocumentFilter(forms.Form):
    """What to find in the register."""

    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    issuer = forms.ChoiceField(label=_("Issuer"), required=False)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    on = DayField(label=_("In force on"), required=False, help_text="")
    replaced = forms.ChoiceField(
        label=_("Replaced"),
        required=False,
        choices=[("", _("all")), ("yes", _("replaced")), ("no", _("not replaced"))],
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seen = LegalDocument.objects.visible_to(user).order_by()
        for name, all_of_them in (("kind", _("every kind")), ("issuer", _("every issuer"))):
            found = sorted(set(seen.exclude(**{name: ""}).values_list(name, flat=True).distinct()), key=fold)
            self.fields[name].choices = [("", all_of_them), *((one, one) for one in found)]
        years = seen.exclude(issued_on=None).values_list("issued_on__year", flat=True).distinct()
        self.fields["year"].choices = [
            ("", _("every year")),
            *((year, str(year)) for year in sorted(years, reverse=True)),
        ]
        for field in self.fields.values():
            field.widget.attrs["class"] = "in"


class DocumentForm(KeptForm):
    """One document of the register. `replaced_by` is typed as its number, or chosen from what is offered."""

    kind = forms.CharField(
        label=_("Kind"), max_length=60, help_text=_("For example Quyết định, Kế hoạch, Thông tư")
    )
    number = forms.CharField(
        label=_("Number"), required=False, max_length=80, help_text=_("For example 45/KH-SYT")
    )
    issued_on = DayField(label=_("Issued on"), required=False)
    issuer = forms.CharField(label=_("Issuer"), required=False, max_length=250)
    subject = forms.CharField(
        label=_("About"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    in_force_from = DayField(
        label=_("In force from"), required=False, help_text=_("Empty: from the day it was issued")
    )
    in_force_to = DayField(
        label=_("In force until"), required=False, help_text=_("The last day it holds; empty: open")
    )
    replaced_by = forms.CharField(
        label=_("Replaced by"),
        required=False,
        max_length=300,
        help_text=_("Number of a document of this register, or empty"),
        widget=forms.TextInput(attrs={"list": "van-ban", "autocomplete": "off"}),
    )

    def __init__(self, user: User, document: LegalDocument | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, document.department if document else None, *args, **kwargs)
        self.document = document
        if document and hasattr(document, "plan"):
            for name in FIXED:
                self.fields[name].disabled = True

    @property
    def offered(self) -> list[str]:
        """Labels of the newest documents, for the list offered while typing."""
        found = LegalDocument.objects.filter(department=self.department).order_by("-issued_on", "-pk")
        return [label_of(one) for one in found[:OFFERED]]

    def clean_replaced_by(self) -> LegalDocument | None:
        """The document that a label or a number means."""
        text = self.cleaned_data["replaced_by"].strip()
        if not text:
            return None
        number = fold(text)
        found = [
            one
            for one in LegalDocument.objects.filter(department=self.chosen).exclude(number="")
            if number in (fold(one.number), fold(str(one)), fold(label_of(one)))
        ]
        if len(found) != 1:
            words = (
                gettext("No document of the register is called “%(text)s”. Add it first, or choose another.")
                if not found
                else gettext("Several documents bear “%(text)s”. Write kind, number and date, as offered.")
            )
            raise forms.ValidationError(words % {"text": text[:80]})
        if self.document and found[0].pk == self.document.pk:
            raise forms.ValidationError(gettext("A document cannot replace itself. Choose another."))
        return found[0]

    def clean(self) -> dict[str, Any]:
        """Days in order; something that tells it from others."""
        said = super().clean()
        begins, ends = said.get("in_force_from") or said.get("issued_on"), said.get("in_force_to")
        if begins and ends and ends < begins:
            self.add_error("in_force_to", gettext("The document ends before it begins."))
        if not said.get("number") and not said.get("subject") and "number" not in self.errors:
            self.add_error("number", gettext("Write the number, or what the document is about."))
        return said


def label_of(document: LegalDocument) -> str:
    """Kind, number and day: what tells two documents of one number apart."""
    day = f", {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    return f"{document}{day}"


class FocalListForm(KeptForm):
    """A list of focal tasks and its years."""

    name = forms.CharField(label=_("Name"), max_length=200)
    first_year = forms.IntegerField(label=_("From year"), min_value=1900, max_value=2199)
    last_year = forms.IntegerField(
        label=_("To year"), help_text=_("Empty: until somebody ends the list"), **YEAR
    )
    source = forms.CharField(label=_("According to"), required=False, max_length=300)

    def clean(self) -> dict[str, Any]:
        """Years in order."""
        said = super().clean()
        if said.get("last_year") and said.get("first_year") and said["last_year"] < said["first_year"]:
            self.add_error("last_year", gettext("The list ends before it begins."))
        return said


class FocalTaskForm(KeptForm):
    """One focal task; its number is its place in the list."""

    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=99)
    text = forms.CharField(label=_("Task"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class OccasionForm(KeptForm):
    """A day the year turns round."""

    name = forms.CharField(label=_("Name"), max_length=200)
    calendar = forms.ChoiceField(label=_("Repeats"), choices=Occasion.Calendar.choices)
    day = forms.IntegerField(label=_("Day"), min_value=1, max_value=31)
    month = forms.IntegerField(label=_("Month"), min_value=1, max_value=12)
    year = forms.IntegerField(label=_("Year, for one date only"), **YEAR)
    since = forms.IntegerField(
        label=_("Counted from the year"), help_text=_("Empty: anniversaries are not counted"), **YEAR
    )
    weeks_before = forms.IntegerField(
        label=_("Whole weeks of peak before its week"), min_value=0, max_value=26, initial=0
    )
    weeks_after = forms.IntegerField(
        label=_("Whole weeks of peak after its week"), min_value=0, max_value=26, initial=0
    )
    last_year = forms.IntegerField(
        label=_("No longer kept after the year"), help_text=_("Empty: it goes on"), **YEAR
    )

    def clean(self) -> dict[str, Any]:
        """A year for one date only; a day the calendar has."""
        said = super().clean()
        once = said.get("calendar") == Occasion.Calendar.ONCE
        if once and not said.get("year") and "year" not in self.errors:
            self.add_error("year", gettext("Write the year of this one date."))
        if not once and said.get("year"):
            self.add_error("year", gettext("Only one date has a year. Empty it, or choose “one date only”."))
        most = 30 if said.get("calendar") == Occasion.Calendar.LUNAR else _longest(said.get("month"))
        if said.get("day") and said["day"] > most:
            self.add_error("day", gettext("This month has at most %(n)s days.") % {"n": most})
        return said


def _longest(month: int | None) -> int:
    return {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}.get(month or 0, 31)


class TagForm(forms.Form):
    """Focal tasks a plan or a movement serves."""

    focal_tasks = forms.ModelMultipleChoiceField(
        FocalTask.objects.none(),
        label=_("Focal tasks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, choices: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["focal_tasks"].queryset = choices

    @classmethod
    def of(cls, department: Body, year: int, record: Any, data: Any) -> TagForm:
        """The form of one record: the lists of its year, and what was chosen before."""
        chosen = record.focal_tasks.all()
        ids = [*FocalTask.objects.of_year(department, year).values_list("pk", flat=True), *chosen]
        choices = FocalTask.objects.filter(pk__in=[getattr(one, "pk", one) for one in ids])
        return cls(
            choices.order_by("-focal_list__first_year", "number"), data, initial={"focal_tasks": chosen}
        )


class CheckForm(forms.Form):
    """What a target or requirement came to."""

    met = forms.TypedChoiceField(
        label=_("Result"),
        choices=[("yes", _("met")), ("no", _("not met"))],
        coerce=lambda text: text == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether it is met.")},
    )
    reached = forms.CharField(
        label=_("Reached"),
        max_length=200,
        help_text=_("A figure with its unit, for example 58/60 đơn vị, or 97 %"),
        error_messages={"required": _("Write what was reached first.")},
    )
    seen = forms.CharField(widget=forms.HiddenInput)
