"""Where the database is, as Django wants to hear it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from guong.site import env, pg


def settings(url: str = "") -> dict[str, Any]:
    """DATABASES["default"] from an address, the environment, or the embedded server's socket."""
    return from_url(url or env.DATABASE_URL.get() or pg.web_url(env.var()))


def from_url(url: str) -> dict[str, Any]:
    """Read postgresql://user:password@host:port/name?host=/socket/folder. Raises ValueError otherwise."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ValueError("GUONG_DATABASE_URL must look like postgresql://user:password@host:port/name")
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 6, "timeout": 10}, **extra},
    }
