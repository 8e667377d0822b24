"""The keys that certificates are signed with: private halves in files, public ones in records (J5).

A key whose file is missing, after a restore without var/secrets say, signs nothing any more: the next
signature makes a new key, and the old one stays published.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from guong.awards.models import SigningKey
from guong.papers import proof

_LOCK = 5_120_215  # of the database, held while a key is made or changed


def key_in_use() -> tuple[SigningKey, bytes]:
    """The key that signs now, made at the first call. Call it inside the transaction that signs."""
    _lock()
    key = SigningKey.objects.filter(used_until__isnull=True).first()
    place = _place(key.name) if key else None
    if key and place and place.exists():
        private = place.read_bytes()
        if proof.public_of(private) == key.public:
            return key, private
    return _next_key()


@transaction.atomic
def change_key() -> SigningKey:
    """A new key from now on."""
    _lock()
    return _next_key()[0]


def published() -> list[dict[str, str]]:
    """Every key ever used, newest first, as the portal publishes them."""
    return [
        {
            "id": key.name,
            "public": key.public,
            "from": key.used_from.date().isoformat(),
            "until": key.used_until.date().isoformat() if key.used_until else "",
        }
        for key in SigningKey.objects.all()
    ]


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _next_key() -> tuple[SigningKey, bytes]:
    now = timezone.now()
    SigningKey.objects.filter(used_until__isnull=True).update(used_until=now)
    private = proof.new_private_key()
    public = proof.public_of(private)
    key = SigningKey(name=f"{now:%Y}-{public[:6]}", public=public, used_from=now)
    _write(_place(key.name), private)
    key.save()
    return key, private


def _place(name: str) -> Path:
    return Path(settings.SIGNING_KEYS) / f"certificate-key-{name}"


def _write(place: Path, private: bytes) -> None:
    """On the disk before the record: a key without its file could sign nothing."""
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(private)
        out.flush()
        os.fsync(out.fileno())
