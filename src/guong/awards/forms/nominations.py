"""Forms of a nomination: what to nominate for, the text, evidence, the opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guong.awards import evidence
from guong.awards.actions.nominations import Text
from guong.awards.models import Appraisal
from guong.awards.titles import titles_for, usual_title
from guong.base.entry import DayField, OnceField
from guong.movements.models import Movement, Programme

ACHIEVEMENT_LETTERS = 6_000


class NominationForm(forms.Form):
    """What the unit writes; programme and day only where the movement asks for them."""

    title_code = forms.ChoiceField(
        label=_("Title or form proposed"),
        help_text=_("Only what the law in force lays down for this nominee and this kind of award."),
    )
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), required=False
    )
    achieved_on = DayField(label=_("Day of the achievement"), required=False)
    achievement = forms.CharField(
        label=_("Achievement"), required=False, max_length=ACHIEVEMENT_LETTERS,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "What was done, for whom, with which result in figures. No names of patients. "
            "For example: waiting time cut from 90 to 35 minutes since March."
        ),
    )  # fmt: skip

    def __init__(self, *args: Any, movement: Movement, subject: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = titles_for(movement.plan.department, movement, subject, timezone.localdate())
        self.fields["title_code"].choices = [(award.code, award.vi) for award in titles]
        self.fields["title_code"].initial = usual_title(movement, subject)
        if movement.quota_kind == Movement.QuotaKind.PER_PROGRAMME:
            self.fields["programme"].queryset = movement.programmes.all()
        else:
            del self.fields["programme"]
        if movement.route != Movement.Route.AD_HOC:
            del self.fields["achieved_on"]

    def text(self) -> Text:
        """The cleaned values as the actions take them."""
        values = self.cleaned_data
        return Text(
            values["achievement"], values.get("achieved_on"), values.get("programme"), values["title_code"]
        )


class NewNominationForm(NominationForm):
    """The same, sent once."""

    key = OnceField()


class EditNominationForm(NominationForm):
    """The same, on top of the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    """One file of evidence."""

    prefix = "tep"
    file = forms.FileField(
        label=_("File"), widget=forms.FileInput(attrs={"accept": evidence.ACCEPTED}),
        help_text=_("PDF, Word, Excel, JPG or PNG, up to 20 MB."),
    )  # fmt: skip
    caption = forms.CharField(label=_("What it shows"), max_length=250, required=False)
    key = OnceField()


class LinkForm(forms.Form):
    """One address of evidence."""

    prefix = "lien-ket"
    url = forms.URLField(
        label=_("Address"), max_length=500, assume_scheme="https",
        help_text=_("For example an article on the department's site."),
    )  # fmt: skip
    caption = forms.CharField(label=_("What it shows"), max_length=250, required=False)
    key = OnceField()


class OpinionForm(forms.Form):
    """The opinion of the office asked."""

    opinion = forms.ChoiceField(
        label=_("Opinion"), choices=Appraisal.Opinion.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("Reasons"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Achievement, figures, field. When you ask for more: what is missing and where."),
    )  # fmt: skip
