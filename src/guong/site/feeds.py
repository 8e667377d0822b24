"""Collects what every app tells the home page and the search. An app without the module tells nothing."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from typing import Any

from django.apps import apps
from django.utils.module_loading import module_has_submodule


@lru_cache
def modules(name: str) -> tuple[Any, ...]:
    """The module of this name of each of our apps, in the order of the settings."""
    return tuple(
        import_module(f"{config.name}.{name}")
        for config in apps.get_app_configs()
        if config.name.startswith("guong.") and config.name != "guong.site"
        if module_has_submodule(config.module, name)
    )
