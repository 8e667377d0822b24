"""Django's view of the package."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guong.base import audit


class BaseConfig(AppConfig):
    name = "guong.base"

    def ready(self) -> None:
        """The audit triggers are put in place after every migrate, for every table there is by then."""
        post_migrate.connect(audit.install, dispatch_uid="guong.audit.install")
