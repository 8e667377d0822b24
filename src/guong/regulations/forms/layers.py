"""Forms: the day asked about, the text of a layer, its decision, its last day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base import tree
from guong.base.entry import DayField, OnceField
from guong.base.models import Body, BodyKind, User
from guong.base.workflow import Refused
from guong.law import Confidence
from guong.regulations.access import KEEPERS
from guong.regulations.reading import decoded, read
from guong.regulations.shown import CONFIDENCE


class DayForm(forms.Form):
    """Which day the law is asked about."""

    ngay = DayField(label=_("Law of the day"), required=False)


class ValueFilter(DayForm):
    """Words, and how sure a value is."""

    q = forms.CharField(
        label=_("Words"), required=False, max_length=100, help_text=_("For example: phieu, thuong, 10/12")
    )
    sure = forms.ChoiceField(label=_("How sure"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["sure"].choices = [
            ("", _("all")), *((each.value, CONFIDENCE[each][1]) for each in Confidence),
        ]  # fmt: skip


def _text_area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 22, "spellcheck": "false", "class": "yaml"})


class TextForm(forms.Form):
    """The text of a layer and the day its decision was signed. The text is read before anything is kept."""

    text = forms.CharField(label=_("Text (YAML)"), strip=False, widget=_text_area(), required=False)
    signed_on = DayField(label=_("Decision signed on"))
    shown_name = _("pasted text")

    def clean_text(self) -> str:
        """Raises ValidationError with line and fault."""
        text = self.cleaned_data["text"].replace("\r\n", "\n")
        if text.strip():
            self._check(text, str(self.shown_name))
        return text

    def _check(self, text: str, name: str) -> None:
        try:
            read(text, name)
        except Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class EditForm(TextForm):
    """The same of a draft that exists."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_text(self) -> str:
        """Raises ValidationError when nothing is left."""
        text = super().clean_text()
        if not text.strip():
            raise forms.ValidationError(gettext("Write the text."))
        return text


class ImportForm(TextForm):
    """A file or a pasted text, for the department or one of its units."""

    applies_to = forms.ModelChoiceField(
        label=_("Applies to"), queryset=Body.objects.none(),
        help_text=_("A unit's own rule applies to that unit only."),
    )  # fmt: skip
    upload = forms.FileField(
        label=_("File (.yaml)"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,text/plain"}),
        help_text=_("Or paste the text below."),
    )  # fmt: skip
    paper = forms.FileField(
        label=_("Signed decision (PDF)"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
        help_text=_("May be added later; without it the regulation cannot be put in force."),
    )  # fmt: skip
    key = OnceField()
    field_order = ("applies_to", "upload", "text", "signed_on", "paper", "key")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = (BodyKind.DEPARTMENT, BodyKind.UNIT, BodyKind.OFFICE, BodyKind.PRIVATE)
        bodies = Body.objects.held_by(user, *KEEPERS).current().filter(kind__in=kinds)
        self.fields["applies_to"].queryset = bodies
        self.fields["applies_to"].choices = [("", "—"), *tree.choices(bodies)]
        self.fields["applies_to"].initial = bodies.order_by("path").values_list("pk", flat=True).first()

    def clean(self) -> dict[str, Any]:
        """The text of the file counts when there is one. Raises ValidationError with file and line."""
        values = super().clean() or self.cleaned_data
        upload = values.get("upload")
        if upload and not self.errors.get("text"):
            try:
                values["text"] = decoded(upload.read(), upload.name)
                self._check(values["text"], upload.name)
            except (Refused, forms.ValidationError) as wrong:
                self.add_error("upload", wrong if isinstance(wrong, forms.ValidationError) else str(wrong))
        elif not upload and not values.get("text", "").strip() and "text" not in self.errors:
            self.add_error("upload", gettext("Choose a file or paste the text."))
        return values

    def name(self) -> str:
        """How the text is called in messages."""
        upload = self.cleaned_data.get("upload")
        return upload.name if upload else str(self.shown_name)


class PaperForm(forms.Form):
    """The signed decision."""

    paper = forms.FileField(
        label=_("Signed decision (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class EndForm(forms.Form):
    """The last day of a layer, and why."""

    last_day = DayField(label=_("Applies for the last time on"))
    reason = forms.CharField(
        label=_("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 3, "class": "in short"}),
        help_text=_("For example: replaced by decision 12/2027/QĐ-UBND."),
    )  # fmt: skip
