"""Django's view of the package."""

from __future__ import annotations

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "guong.regulations"
