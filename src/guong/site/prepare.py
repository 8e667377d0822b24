"""Bringing database, rights and static files to the state of this checkout, and loading the demo."""

from __future__ import annotations

import argparse
import sys

from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import transaction

from guong.awards import signing_keys
from guong.base.access import Role
from guong.site import database, env, grants, stamps
from guong.site.demo import LOGINS, PASSWORD, load


def migrate(_arguments: argparse.Namespace | None = None) -> None:
    """Tables, triggers, rights of the web role, collected static files. Safe to run again."""
    call_command("migrate", verbosity=0, interactive=False)
    grants.apply(database.web_role())
    stamps.mark_database(database.owner_url(), migrations=stamps.migrations())
    collect_static()


def collect_static() -> None:
    """Gather and pack static files unless those of this checkout are there already."""
    if not stamps.static_is_fresh(settings.STATIC_ROOT):
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamps.mark_static(settings.STATIC_ROOT)


def demo(arguments: argparse.Namespace) -> None:
    """The fictional province; loading it again changes nothing."""
    if stamps.of_database(database.owner_url()).get("migrations") != stamps.migrations():
        migrate()
    with transaction.atomic():  # killed in the middle, nothing is left; the next start loads it whole
        loaded = load(scale=arguments.scale)
    if not loaded:
        sys.stdout.write("Đã có dữ liệu / There are records already\n")
        stamps.mark_database(
            database.owner_url(), **({"demo": "refused"} | stamps.of_database(database.owner_url()))
        )
        return
    lines = [f"{login.username:14} {PASSWORD}   {Role(login.role).label}" for login in LOGINS]
    logins = env.var() / "demo-logins.txt"
    logins.write_text("\n".join(lines) + "\n", encoding="utf-8")
    stamps.mark_database(database.owner_url(), demo="loaded")


def worker(_arguments: argparse.Namespace) -> None:
    """Background jobs until a signal, as the web role."""
    call_command("procrastinate", "worker", "--concurrency", "2", verbosity=0)


def new_signing_key(_arguments: argparse.Namespace) -> None:
    """The key in use is closed; what it signed stays good."""
    sys.stdout.write(f"{signing_keys.change_key()}\n")


def manage(arguments: argparse.Namespace) -> None:
    """Hand over to Django, as the owner of the tables."""
    env.use_settings()
    execute_from_command_line(["guong manage", *arguments.rest])
