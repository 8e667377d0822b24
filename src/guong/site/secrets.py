"""Secrets made once per installation, kept under var/secrets, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def text(var: Path, name: str) -> str:
    """The named secret; made at the first call, even when several processes ask at once."""
    place = var / "secrets" / name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not place.exists():
        _make(place, secrets.token_urlsafe(48).encode())
    return place.read_text(encoding="utf-8")


def _make(place: Path, content: bytes) -> None:
    """Write beside, then link: the file appears whole or not at all, and the first one stays."""
    beside = place.with_name(f"{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.link(beside, place)
    except FileExistsError:
        pass
    finally:
        beside.unlink()
