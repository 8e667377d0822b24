"""`guong check`: each unsafe thing is found, and is not found once it is right."""

from __future__ import annotations

import os
from argparse import Namespace

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from tests import factories
from tests.conftest import empty_the_chain

from guong.base.models import Body, StoredFile
from guong.site import checks, stamps

pytestmark = pytest.mark.django_db


def found(findings: list[str], words: str) -> bool:
    return any(words in finding for finding in findings)


def test_a_local_trial_has_no_findings_in_its_settings(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
    assert checks.site() == []


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"DEBUG": True}, "GUONG_DEBUG=1"),
        ({"ALLOWED_HOSTS": ["*"]}, "GUONG_HOSTS=*"),
        ({"ALLOWED_HOSTS": ["thidua.example"]}, "GUONG_HTTPS=0"),
        ({"HTTPS": True, "PROXIES": 0}, "GUONG_PROXIES=0"),
        ({"HTTPS": True, "PROXIES": 1, "SESSION_COOKIE_SECURE": False}, "security.W012"),
        ({"AXES_LOCKOUT_PARAMETERS": ["username"], "SILENCED_SYSTEM_CHECKS": []}, "axes.W006"),
    ],
)
def test_unsafe_settings_are_found_one_by_one(settings, changed, words):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert not found(checks.site(), words)
    for name, value in changed.items():
        setattr(settings, name, value)
    assert found(checks.site(), words)


def test_a_public_address_makes_the_site_public(settings, monkeypatch):
    settings.ALLOWED_HOSTS = ["localhost"]
    assert not checks.is_public()
    monkeypatch.setenv("GUONG_BIND", "0.0.0.0")
    assert checks.is_public()


@pytest.mark.skipif(os.geteuid() != 0, reason="asks about root")
def test_root_is_found_where_others_reach_the_site(settings):
    settings.ALLOWED_HOSTS = ["thidua.example"]
    assert found(checks.site(), "root")


def test_short_key_and_open_secrets_are_found(settings, monkeypatch, tmp_path):
    monkeypatch.setenv("GUONG_VAR", str(tmp_path))
    (tmp_path / "secrets").mkdir(mode=0o700)
    key = tmp_path / "secrets" / "secret-key"
    key.touch(mode=0o600)
    assert checks.secrets() == []
    key.chmod(0o644)
    assert found(checks.secrets(), "secret-key")
    settings.SECRET_KEY = "ngắn"
    assert found(checks.secrets(), "GUONG_SECRET_KEY")


def test_missing_migration_is_found():
    assert checks.tables() == []
    app, name = MigrationLoader(connection).graph.leaf_nodes("base")[0]
    MigrationRecorder(connection).record_unapplied(app, name)
    assert found(checks.tables(), f"{app}.{name}")


def test_table_without_triggers_and_changed_entry_are_found():
    empty_the_chain()
    assert checks.trail() == []
    body = factories.department()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        assert checks.trail() == []
        cursor.execute("UPDATE base_auditentry SET detail = '{}' WHERE row = %s", [body.pk])
        assert found(checks.trail(), "mắt xích / link")
        cursor.execute("ALTER TABLE base_body DISABLE TRIGGER guong_audit_delete")
    assert found(checks.trail(), "base_body")


def test_lost_and_damaged_files_are_found():
    place = default_storage.save("aa/thử", ContentFile(b"sample"))
    kept = StoredFile.objects.create(
        content=place, name="thử.pdf", content_type="application/pdf", size=6, sha256="0" * 64
    )
    assert checks.files() == []
    StoredFile.objects.filter(pk=kept.pk).update(size=7)
    assert found(checks.files(), str(kept.key))
    StoredFile.objects.filter(pk=kept.pk).update(size=6)
    default_storage.delete(place)
    assert found(checks.files(), str(kept.key))


def test_static_files_of_another_checkout_are_found(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    assert checks.static() == ["guong migrate"]
    stamps.mark_static(tmp_path)
    assert checks.static() == []


def test_command_prints_every_part_and_ends_with_one_when_something_is_wrong(monkeypatch, capsys):
    monkeypatch.setattr(checks, "CHECKS", {"a": list, "b": lambda: ["hỏng / broken"]})
    assert checks.command(Namespace()) == 1
    assert capsys.readouterr().out == "ok  a\n--  b\n    hỏng / broken\n"
    monkeypatch.setattr(checks, "CHECKS", {"a": list})
    assert checks.command(Namespace()) == 0


def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_bodies_are_there_to_check():
    """The checks above would be void on an empty tree of migrations."""
    assert Body._meta.db_table in connection.introspection.table_names()
