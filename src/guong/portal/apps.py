"""Django's view of the package."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guong.portal import changes


class PortalConfig(AppConfig):
    name = "guong.portal"

    def ready(self) -> None:
        """The change counter stands before the first public page is asked for."""
        post_migrate.connect(changes.install, dispatch_uid="guong.portal.changes")
