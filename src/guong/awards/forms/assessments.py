"""Forms around the law's answer: what people judge, another regime, the head's insistence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.awards.evidence import ACCEPTED
from guong.base.entry import OnceField

LETTERS = 2_000


class JudgeForm(forms.Form):
    """The answer to one question the law leaves to people."""

    prefix = "xet"
    question = forms.ChoiceField(label=_("Question"))
    answer = forms.ChoiceField(
        label=_("Answer"),
        choices=[("yes", _("yes, met")), ("no", _("no, not met"))],
        widget=forms.RadioSelect,
    )
    evidence = forms.CharField(
        label=_("What shows it"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the minutes of a meeting, with number and day."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPTED})
    )
    key = OnceField()

    def __init__(self, *args: Any, questions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["question"].choices = questions


class RegimeForm(forms.Form):
    """Another legal regime than that of the day of receipt."""

    prefix = "che-do"
    regime = forms.ChoiceField(label=_("Legal regime"))
    reason = forms.CharField(
        label=_("Reason"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the guidance letter it rests on, with number and day."),
    )  # fmt: skip

    def __init__(self, *args: Any, regimes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"].choices = regimes


class InsistForm(forms.Form):
    """Why the head sends it although a text not verified says no."""

    prefix = "ly-do"
    reason = forms.CharField(
        label=_("Why it is sent all the same"), max_length=LETTERS, widget=forms.Textarea(attrs={"rows": 3})
    )
