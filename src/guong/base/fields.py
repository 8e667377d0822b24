"""Model fields that keep Vietnamese text in one spelling."""

from __future__ import annotations

from typing import Any

from django.db import models

from guong.base.text import clean


class CleanCharField(models.CharField):
    """A line of text, stored as `text.clean` leaves it."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value


class CleanTextField(models.TextField):
    """A text, stored as `text.clean` leaves it."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return clean(value) if isinstance(value, str) else value
