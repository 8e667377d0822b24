"""Forms of decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guong.awards.models import Award, Decision, Nomination
from guong.awards.signatories import signatories
from guong.base.entry import OnceField

LINES = {"rows": 6}


class LinesField(forms.CharField):
    """A list typed one entry a line; blank lines are dropped."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs=LINES), max_length=8000, **options)

    def prepare_value(self, value: Any) -> Any:
        """Lists are shown one entry a line; text stays as typed."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """The lines, trimmed. Raises ValidationError when the list may not be empty and is."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class NomineesForm(forms.Form):
    """Chosen nominees for a decision."""

    nominations = forms.ModelMultipleChoiceField(
        label=_("Chosen nominees"), queryset=Nomination.objects.none(),
        error_messages={"required": _("Choose at least one nominee for the decision.")},
    )  # fmt: skip
    key = OnceField(required=False)

    def __init__(self, *args: Any, waiting: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["nominations"].queryset = waiting


class WordsForm(forms.Form):
    """The text of a draft."""

    title = forms.CharField(label=_("Subject of the decision"), max_length=400)
    form = forms.CharField(label=_("Form of commendation"), max_length=120, required=False)
    merit = forms.CharField(
        label=_("For what"), max_length=400, help_text=_("Follows the number of awards in Article 1.")
    )
    authority_line = forms.CharField(label=_("Who decides"), max_length=200)
    bases = LinesField(label=_("Legal bases, one a line"))
    execution = forms.CharField(
        label=_("Last article: who carries it out"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    signatory = forms.ChoiceField(
        label=_("Choose who signs"), required=False,
        help_text=_("A choice fills in the three lines below by the post: KT., TL., TUQ., Q. or none."),
    )  # fmt: skip
    sign_form = forms.CharField(
        label=_("Signing for the head"), max_length=120, required=False,
        help_text=_("For example KT. GIÁM ĐỐC; empty when the head signs."),
    )  # fmt: skip
    signatory_position = forms.CharField(label=_("Signatory's position"), max_length=120)
    signatory_name = forms.CharField(label=_("Signatory"), max_length=120)
    recipients = LinesField(label=_("Recipients, one a line"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, decision: Decision, **options: Any) -> None:
        super().__init__(*args, initial=self.values_of(decision), **options)
        self.known = {str(one.person_id): one for one in signatories(decision.department)}
        keep = [("", _("as written below"))]
        self.fields["signatory"].choices = [*keep, *((key, str(one)) for key, one in self.known.items())]
        if decision.awards.order_by().values("title_code").distinct().count() > 1:
            del self.fields["form"]

    def clean(self) -> dict[str, Any]:
        """The signatory chosen writes the lines of the signature."""
        values = super().clean() or self.cleaned_data
        if chosen := self.known.get(values.get("signatory", "")):
            signs = chosen.signature
            values |= {
                "sign_form": signs.authority, "signatory_position": signs.position,
                "signatory_name": signs.name,
            }  # fmt: skip
        return values

    @staticmethod
    def values_of(decision: Decision) -> dict[str, Any]:
        """What the form shows of a draft."""
        names = [name for name in WordsForm.base_fields if name not in ("form", "signatory")]
        first = decision.awards.first()
        return {name: getattr(decision, name) for name in names} | {
            "form": first.form if first else "",
            "signatory": "",
        }


class LineForm(forms.Form):
    """One award on the list of a draft."""

    pk = forms.IntegerField(widget=forms.HiddenInput)
    order = forms.IntegerField(label=_("Place in the list"), min_value=1, max_value=99_999)
    name_on_paper = forms.CharField(label=_("Name on paper"), max_length=250)
    post_on_paper = forms.CharField(label=_("Post and unit on paper"), max_length=400, required=False)
    achievement = forms.CharField(
        label=_("Achievement"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    @staticmethod
    def values_of(award: Award) -> dict[str, Any]:
        """What one line of the form shows."""
        return {name: getattr(award, name) for name in LineForm.base_fields}


LineFormSet = forms.formset_factory(LineForm, extra=0, max_num=5000, absolute_max=5000)


class RevokeForm(forms.Form):
    """Why, and whether the places are free again."""

    note = forms.CharField(
        label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Shown on this page; the public page only says that it was revoked."),
    )  # fmt: skip
    give_back = forms.BooleanField(
        label=_("Give the place back to the movement"), required=False,
        help_text=_("Without this the place stays used: the plan counts what was granted in its year."),
    )  # fmt: skip


class DecisionFilter(forms.Form):
    """What to show of the decisions."""

    q = forms.CharField(label=_("Number or words"), required=False, max_length=200)
    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, years: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].choices = [("", _("every year")), *((year, year) for year in years)]
        self.fields["state"].choices = [("", _("every state")), *Decision.State.choices]
