"""Where the database is, as Django wants to hear it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from guong.site import env, pg


def settings() -> dict[str, Any]:
    """DATABASES["default"]: as the web role, or as owner of the tables for migrations."""
    return from_url(owner_url() if env.AS_OWNER.on() else web_url())


def is_embedded() -> bool:
    """Whether the product runs its own server."""
    return not env.DATABASE_URL.get()


def web_url() -> str:
    """Address as the role of web and worker."""
    return env.DATABASE_URL.get() or pg.web_url(env.var())


def owner_url() -> str:
    """Address as owner of the tables. On somebody else's server it is the web role's unless told."""
    return (
        pg.owner_url(env.var()) if is_embedded() else env.OWNER_DATABASE_URL.get() or env.DATABASE_URL.get()
    )


def web_role() -> str:
    """Name of the role web and worker run as."""
    return str(from_url(web_url())["USER"])


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
