"""Every environment variable the product reads, once. docs/operations.md shows them as a table."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Variable:
    """One setting from outside."""

    name: str
    default: str
    meaning: str

    def get(self) -> str:
        """The value in the environment, or the default."""
        return os.environ.get(self.name, self.default)

    def on(self) -> bool:
        """True for 1, true, yes, on."""
        return self.get().strip().lower() in {"1", "true", "yes", "on"}

    def number(self) -> int:
        """A whole number. Raises ValueError with the name of the variable."""
        if not self.get().strip().isdigit():
            raise ValueError(f"{self.name} phải là một số / must be a number: {self.get()!r}")
        return int(self.get())

    def words(self) -> list[str]:
        """A list written with commas."""
        return [word.strip() for word in self.get().split(",") if word.strip()]


VAR = Variable("GUONG_VAR", "", "Folder for database, files, secrets and logs; default: var/ in the checkout")
PORT = Variable("GUONG_PORT", "8000", "Port of the web server")
BIND = Variable("GUONG_BIND", "127.0.0.1", "Address the web server listens on")
HOSTS = Variable("GUONG_HOSTS", "localhost,127.0.0.1,[::1]", "Host names the site answers to, with commas")
HTTPS = Variable("GUONG_HTTPS", "0", "1 behind a TLS proxy: secure cookies, HSTS, redirect from http")
PROXIES = Variable("GUONG_PROXIES", "0", "How many trusted proxies stand in front (for the client's address)")
DATABASE_URL = Variable(
    "GUONG_DATABASE_URL",
    "",
    "postgresql://user:password@host:port/name; empty: own embedded server under var/",
)
OWNER_DATABASE_URL = Variable(
    "GUONG_OWNER_DATABASE_URL", "", "The same database as owner of the tables, used by `guong migrate` only"
)
PG_BIN = Variable(
    "GUONG_PG_BIN", "", "Folder with PostgreSQL programs for the embedded server, instead of the wheel's"
)
TEST_DATABASE_URL = Variable(
    "GUONG_TEST_DATABASE_URL", "", "Server for the tests instead of the embedded one"
)
PUBLIC_URL = Variable(
    "GUONG_PUBLIC_URL", "", "Address people use, printed in QR codes; default http://localhost:PORT"
)
SECRET_KEY = Variable(
    "GUONG_SECRET_KEY", "", "Secret for sessions and tokens; default: made once in var/secrets"
)
UPLOAD_MB = Variable("GUONG_UPLOAD_MB", "25", "Largest request the site reads, in MiB")
AS_OWNER = Variable(
    "GUONG_AS_OWNER", "0", "Set by the command itself for migrations: work as owner of the tables"
)
DEBUG = Variable("GUONG_DEBUG", "0", "1 shows error details and the component sheet; never in production")


VARIABLES = [value for value in list(globals().values()) if isinstance(value, Variable)]
ROOT = Path(__file__).resolve().parents[3]


def var() -> Path:
    """The folder for everything that is not code."""
    return Path(VAR.get()).absolute() if VAR.get() else ROOT / "var"


def for_child(**changed: str) -> dict[str, str]:
    """The environment a child process gets."""
    return {**os.environ, "DJANGO_SETTINGS_MODULE": "guong.site.settings", **changed}


def use_settings() -> None:
    """Name the settings module to Django unless somebody has."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guong.site.settings")


def work_as_owner() -> None:
    """For this process, before Django reads its settings."""
    os.environ[AS_OWNER.name] = "1"
