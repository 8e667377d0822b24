"""Codes and signatures of certificates: no code can be guessed, nothing printed can be changed unseen.

A certificate carries a QR code with the address `<site>/v/<code>?s=<signature>`. The page behind it looks the
code up. Without the site, anyone holding the public key can check the signature over the words on the paper:
`verify(public_key, payload(fields), signature)`. Keys are PEM text; after a change of key the old public keys
stay published, and a paper is good when any of them verifies it (security J1, J2, J5).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
import unicodedata
from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_VALUE = {letter: value for value, letter in enumerate(_LETTERS)} | {"O": 0, "I": 1, "L": 1}
_RANDOM_LETTERS = 27  # 135 random bits, over the 128 promised
_LENGTH = _RANDOM_LETTERS + 1
_GROUP = 4
_BETWEEN = re.compile(r"[\s.\-‐‑‒–—_]+")
_POLYNOMIAL = 0b100101  # x^5 + x^2 + 1: arithmetic of 32 letters as a field


def new_code() -> str:
    """A fresh certificate code: seven groups of four, the last letter checks the others."""
    body = "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM_LETTERS))
    return _grouped(body + _check_letter(body))


def normal_code(text: str) -> str | None:
    """The code a person typed, as it is stored; None when it cannot be one.

    Case, blanks and dashes do not matter; O reads as 0, I and L as 1. The check letter finds every
    single wrong letter and every two letters exchanged.
    """
    letters = _BETWEEN.sub("", text).upper()
    if len(letters) != _LENGTH or any(letter not in _VALUE for letter in letters):
        return None
    plain = "".join(_LETTERS[_VALUE[letter]] for letter in letters)
    return _grouped(plain) if _check_letter(plain[:-1]) == plain[-1] else None


def new_key() -> bytes:
    """A new private key, PEM without a password: keep the file readable by the service alone."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def public_key(private_pem: bytes) -> bytes:
    """The public half of a private key, PEM, to be published."""
    public = _private(private_pem).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def payload(fields: Mapping[str, str]) -> bytes:
    """The bytes that are signed: the printed fields as JSON, sorted by name.

    NFC and blanks are made equal first: a person may type the words from the paper. Every letter counts.
    """
    words = {name: " ".join(unicodedata.normalize("NFC", text).split()) for name, text in fields.items()}
    signed = {"guong": "certificate 1", "fields": words}  # names what is signed: no other use of the key fits
    return json.dumps(signed, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def sign(private_pem: bytes, data: bytes) -> str:
    """Ed25519 signature of `data`, 86 letters of base64 for addresses."""
    return base64.urlsafe_b64encode(_private(private_pem).sign(data)).rstrip(b"=").decode()


def verify(public_pem: bytes, data: bytes, signature: str) -> bool:
    """True when `signature` was made over exactly `data` by this key. A malformed signature is False too."""
    key = load_pem_public_key(public_pem)
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError("not an Ed25519 public key")  # noqa: TRY004 - a wrong file, not a wrong type
    try:
        raw = base64.b64decode(signature.encode("ascii") + b"==", altchars=b"-_", validate=True)
        key.verify(raw, data)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def signed_url(site: str, code: str, signature: str) -> str:
    """Address in the QR code: `site` is the public root without a closing stroke."""
    return f"{site.rstrip('/')}/v/{code.replace('-', '')}?s={signature}"


def read_url(url: str) -> tuple[str, str] | None:
    """Code and signature from the address of a QR code; None when it is not one of ours."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    code = normal_code(parts.path.rpartition("/v/")[2])
    signature = parse_qs(parts.query).get("s", [""])[0]
    return (code, signature) if code and signature else None


def _private(pem: bytes) -> Ed25519PrivateKey:
    key = load_pem_private_key(pem, password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("not an Ed25519 private key")  # noqa: TRY004 - a wrong file, not a wrong type
    return key


def _grouped(letters: str) -> str:
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def _check_letter(body: str) -> str:
    """Sum of the letters, each times another power of x in the field of 32: any one error changes the sum."""
    total, power = 0, 1
    for letter in body:
        power = _times_x(power)
        total ^= _product(_VALUE[letter], power)
    return _LETTERS[total]


def _times_x(value: int) -> int:
    doubled = value << 1
    return doubled ^ _POLYNOMIAL if doubled & 0b100000 else doubled


def _product(left: int, right: int) -> int:
    result = 0
    while right:
        if right & 1:
            result ^= left
        left, right = _times_x(left), right >> 1
    return result
