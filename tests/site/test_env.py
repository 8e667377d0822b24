"""Settings from outside are declared once, documented, and read nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from guong.site import database, env, pg, secrets

TABLE = (env.ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_operations_guide_lists_exactly_the_variables_of_the_code():
    written = re.findall(r"^\| `(GUONG_\w+)` \| (?:`([^`]*)`|—) \| (.+) \|$", TABLE, re.MULTILINE)
    assert written == [(item.name, item.default, item.meaning) for item in env.VARIABLES]


@pytest.mark.parametrize(
    "path", sorted((env.ROOT / "src").rglob("*.py")), ids=lambda path: str(path.relative_to(env.ROOT))
)
def test_nothing_but_env_reads_the_environment(path):
    if path.name == "env.py":
        return
    assert not re.search(r"os\.environ|os\.getenv|environb", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("True", True), ("on", True), ("0", False), ("", False)]
)
def test_switch_reads_the_usual_words(monkeypatch, value, on):
    monkeypatch.setenv("GUONG_HTTPS", value)
    assert env.HTTPS.on() is on


def test_number_names_the_variable_that_is_wrong(monkeypatch):
    monkeypatch.setenv("GUONG_PROXIES", "hai")
    with pytest.raises(ValueError, match="GUONG_PROXIES"):
        env.PROXIES.number()


def test_database_address_keeps_passwords_with_signs_and_socket_folders_with_letters():
    read = database.from_url("postgresql://guong_web:m%40t%2Fkh%E1%BA%A9u@127.0.0.1:5433/guong")
    assert (read["USER"], read["PASSWORD"], read["HOST"], read["PORT"], read["NAME"]) == (
        "guong_web", "m@t/khẩu", "127.0.0.1", "5433", "guong",
    )  # fmt: skip
    socket = database.from_url(pg.url(Path("/tmp/thi đua/pg18"), "guong_web"))
    assert socket["HOST"] == str(pg.socket_dir(Path("/tmp/thi đua/pg18")))


@pytest.mark.parametrize("address", ["mysql://a@b/c", "postgresql://host", "sqlite:///x"])
def test_database_address_of_another_kind_is_refused_with_an_example(address):
    with pytest.raises(ValueError, match="postgresql://user:password@host:port/name"):
        database.from_url(address)


def test_owner_address_is_the_web_address_unless_told(monkeypatch):
    monkeypatch.setenv("GUONG_DATABASE_URL", "postgresql://guong_web@h/guong")
    assert database.owner_url() == "postgresql://guong_web@h/guong"
    monkeypatch.setenv("GUONG_OWNER_DATABASE_URL", "postgresql://guong_owner@h/guong")
    assert database.owner_url() == "postgresql://guong_owner@h/guong"
    assert database.web_role() == "guong_web"


def test_secret_is_made_once_long_and_closed_to_others(tmp_path):
    first = secrets.text(tmp_path, "secret-key")
    assert secrets.text(tmp_path, "secret-key") == first
    assert len(first) >= 50
    place = tmp_path / "secrets" / "secret-key"
    assert place.stat().st_mode & 0o077 == 0
    assert place.parent.stat().st_mode & 0o077 == 0
    assert secrets.text(tmp_path / "other", "secret-key") != first
