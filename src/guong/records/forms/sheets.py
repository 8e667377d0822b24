"""Forms of the import: the file, the columns, who is who."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.base import tree
from guong.base.entry import OnceField
from guong.base.models import Body, BodyKind, User
from guong.records.access import KEEPERS
from guong.records.models import SheetImport


class SheetForm(forms.Form):
    """A file, what it lists, and the unit of rows that name none."""

    kind = forms.ChoiceField(
        label=_("What does the sheet list?"), choices=SheetImport.Kind.choices, widget=forms.RadioSelect,
        initial=SheetImport.Kind.HONOURS,
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("Unit of rows that name none"), required=False, queryset=Body.objects.none(),
        help_text=_("Leave it empty when the sheet has a column with the unit."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Excel file (.xlsx)"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("The first sheet is read. Titles above the headings may stay."),
    )  # fmt: skip
    key = OnceField()

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        kept = Body.objects.held_by(user, *KEEPERS).current()
        units = kept.filter(kind__in=(BodyKind.UNIT, BodyKind.PRIVATE, BodyKind.OFFICE))
        self.fields["unit"].queryset = units
        self.fields["unit"].choices = [("", "—"), *tree.choices(units)]
        if len(self.fields["unit"].choices) == 2:
            self.fields["unit"].initial = self.fields["unit"].choices[1][0]
