"""What a certificate says, signed so that anybody can check it with the published key alone (J2, J5).

The bytes signed are canonical JSON: keys sorted, no blanks, UTF-8, values strings only. For such values
this is RFC 8785, so any library of that standard makes the same bytes.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from guong.papers.seal import normal_code

ALGORITHM = "Ed25519"
_PURPOSE = "guong certificate 1"  # a signature made for something else never fits a certificate
_SIGNATURE_BYTES = 64
_BLANKS = re.compile(r"\s+")


class NotASignatureError(ValueError):
    """The text is no signature as certificates carry it."""


@dataclass(frozen=True)
class Facts:
    """What is printed and signed. day: of the decision, YYYY-MM-DD. unit: the line of post and unit."""

    code: str
    serial: str
    name: str
    title: str
    decision: str
    day: str
    unit: str

    @classmethod
    def of(cls, printed: Mapping[str, str]) -> Facts:
        """From a mapping such as a JSON file. Raises ValueError naming what is missing or too much."""
        wanted = set(cls.__dataclass_fields__)
        if set(printed) != wanted:
            raise ValueError(", ".join(sorted(set(printed) ^ wanted)))
        return cls(**{name: plain(str(printed[name])) for name in wanted})

    def payload(self) -> bytes:
        """The bytes that are signed."""
        values = {name: plain(value) for name, value in asdict(self).items()} | {"purpose": _PURPOSE}
        return json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def plain(text: str) -> str:
    """As it is compared: composed letters, one blank between words. Case and marks count."""
    return _BLANKS.sub(" ", unicodedata.normalize("NFC", text)).strip()


def new_private_key() -> bytes:
    """32 secret bytes."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def public_of(private: bytes) -> str:
    """The key to publish, as text."""
    return _text(Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw())


def sign(private: bytes, facts: Iterable[Facts]) -> list[str]:
    """One signature for each, 86 letters, always the same for the same key and facts."""
    key = Ed25519PrivateKey.from_private_bytes(private)
    return [_text(key.sign(one.payload())) for one in facts]


def fits(public: str, facts: Facts, signature: str) -> bool:
    """Whether the holder of the key signed exactly these facts."""
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes(public))
        key.verify(_bytes(signature), facts.payload())
    except (InvalidSignature, ValueError):
        return False
    return True


def scanned(text: str) -> tuple[str, str]:
    """Code and signature from the text of a QR code. Raises NotASignatureError."""
    address = urlsplit(text.strip())
    code = normal_code(address.path.rstrip("/").rpartition("/")[2])
    signature = parse_qs(address.query).get("s", [""])[0]
    if code is None or len(_bytes(signature)) != _SIGNATURE_BYTES:
        raise NotASignatureError(text)
    return code, signature


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Only the one spelling that `_text` writes: a changed last letter could mean the same bytes."""
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise NotASignatureError(text) from error
    if _text(data) != text:
        raise NotASignatureError(text)
    return data
