"""What every form needs: a day as people write it, a token to send once, a stamp of what was seen."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guong.base.models import OnceToken, User
from guong.base.workflow import Refused, once

DAY_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]


class DayField(forms.DateField):
    """A day written 24/11/2026; what is not in the calendar is named in the error."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(format="%d/%m/%Y", attrs={"autocomplete": "off", "inputmode": "numeric"})
        options.setdefault("help_text", _("For example 05/01/2026"))
        super().__init__(widget=widget, input_formats=DAY_FORMATS, **options)

    def to_python(self, value: Any) -> Any:
        """Raises ValidationError with the words typed."""
        try:
            return super().to_python(value)
        except forms.ValidationError:
            message = gettext("%(day)s is not in the calendar.") % {"day": value}
            raise forms.ValidationError(message, code="invalid") from None


class OnceField(forms.UUIDField):
    """The hidden token of a form that creates something."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, **options)


class AlreadyDone(Exception):
    """The same form was sent before; `url` is where the first one went."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.url = url


def claim(by: User, key: uuid.UUID) -> None:
    """First line of an act that creates. Raises AlreadyDone for a form sent twice."""
    if earlier := once(by, key):
        raise AlreadyDone(earlier.url)


def fulfil(by: User, key: uuid.UUID, made: models.Model) -> None:
    """Last line of an act that creates: a second sending goes to what was made."""
    OnceToken.objects.filter(user=by, key=key).update(url=made.get_absolute_url())


def stamp(record: models.Model, fields: Iterable[str]) -> str:
    """A fingerprint of what an edit form shows; it differs once anybody changed one of the values."""
    values = "\x1f".join(str(record.serializable_value(name)) for name in fields)
    return hashlib.sha256(values.encode()).hexdigest()[:16]


def must_be_unchanged(record: models.Model, fields: Iterable[str], seen: str) -> None:
    """Raises Refused when somebody else saved the record since the form was opened."""
    if seen != stamp(record, fields):
        raise Refused(
            gettext("Somebody changed this before you. Your text is not lost: compare it and save again.")
        )
