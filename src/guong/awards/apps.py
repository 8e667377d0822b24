"""Django's view of the package."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AwardsConfig(AppConfig):
    name = "guong.awards"

    def ready(self) -> None:
        """Awards enter the record book, and appraisers read it; models are there only now."""
        record = import_module("guong.awards.record")
        post_migrate.connect(record.install, dispatch_uid="guong.awards.record")
        import_module("guong.records.access").also_read_by(record.appraised_by)
