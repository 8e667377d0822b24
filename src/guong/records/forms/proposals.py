"""Filters of the pages that say what may be proposed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.base.entry import DayField
from guong.base.models import Employment
from guong.law import Law
from guong.law.engine import MERIT
from guong.records import catalogue
from guong.records.proposing import Wish
from guong.records.words import ANSWER_WORDS, BRANCH_WORDS

YEARS_BACK = 10


def years() -> list[int]:
    """Years of merit one may ask about, this one first."""
    today = timezone.localdate().year
    return list(range(today, today - YEARS_BACK - 1, -1))


class YearForm(forms.Form):
    """Merit up to which year."""

    year = forms.TypedChoiceField(label=_("Merit up to the year"), required=False, coerce=int)

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__({**self.defaults(), **data.dict()}, **options)
        self.fields["year"].choices = [(year, year) for year in years()]

    @staticmethod
    def defaults() -> dict[str, str]:
        """What the page asks before anything is chosen."""
        return {"year": str(timezone.localdate().year)}

    def value(self, name: str, default: Any) -> Any:
        """What was chosen and can be used; else the default."""
        self.is_valid()
        return self.cleaned_data.get(name) or default

    def year_asked(self) -> int:
        """The year chosen, else this one."""
        return int(self.value("year", timezone.localdate().year))


class BoardFilter(YearForm):
    """Which answers to show of a unit or of the sector."""

    code = forms.ChoiceField(label=_("Title or form"), required=False)
    answer = forms.ChoiceField(label=_("Answer"), required=False)
    kind = forms.ChoiceField(label=_("Who"), required=False)
    q = forms.CharField(label=_("Name"), required=False, max_length=120)

    def __init__(self, data: Any, codes: Any = (), **options: Any) -> None:
        super().__init__(data, **options)
        awards = [(code, catalogue.name_of(code)) for code in codes]
        self.fields["code"].choices = [("", _("every title and form")), *awards]
        self.fields["answer"].choices = [("", _("every answer")), *ANSWER_WORDS.items()]
        self.fields["kind"].choices = [
            ("", _("people and collectives")), ("individual", _("people")), ("collective", _("collectives")),
        ]  # fmt: skip

    def wish(self) -> Wish:
        """What to show; a choice that does not exist is left out."""
        chosen = {name: self.value(name, default) for name, default in vars(Wish()).items()}
        return replace(Wish(**chosen), text=self.value("q", ""))


class SectorFilter(BoardFilter):
    """The same over all units."""

    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    category = forms.ChoiceField(label=_("Category of staff"), required=False)

    def __init__(self, data: Any, units: Any = (), **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["unit"].choices = [("", _("every unit")), *units]
        self.fields["category"].choices = [("", _("every category")), *Employment.Category.choices]


class QuestionForm(YearForm):
    """One question to the law: year, day of receipt, branch, and a second regime to compare with."""

    day = DayField(label=_("Day the dossier is received"), required=False)
    branch = forms.ChoiceField(label=_("Type"), required=False)
    against = forms.ChoiceField(label=_("Compare with the regime"), required=False)

    def __init__(self, data: Any, law: Law, branches: list[str], **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["branch"].choices = [(name, BRANCH_WORDS.get(name, name)) for name in branches]
        self.fields["against"].choices = [("", _("no comparison")), *self._regimes(law)]

    @staticmethod
    def defaults() -> dict[str, str]:
        """Merit, received today."""
        today = f"{timezone.localdate():%d/%m/%Y}"
        return {**YearForm.defaults(), "day": today, "branch": MERIT}

    @staticmethod
    def _regimes(law: Law) -> list[tuple[str, str]]:
        return [
            (
                regime.code,
                _("%(code)s, from %(day)s") % {"code": regime.code, "day": f"{regime.since:%d/%m/%Y}"},
            )
            for regime in reversed(law.regimes.values())
        ]
