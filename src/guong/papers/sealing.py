"""Sealed ballots: a key on three sheets of paper, envelopes bound to a member, one shuffled opening (C1-C9).

A member's device seals the whole ballot for the public key of the session (HPKE, RFC 9180). Whose envelope
it is is no secret; what is in it is, until two of three key sheets are put together. The opening drops the
names and shuffles the slips of each nominee apart, because 40 answers in a row are a fingerprint.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.wordlist import WORDLIST

SHEETS, NEEDED = 3, 2
YES, NO, SILENT = "Y", "N", "-"
FEWEST = 3  # envelopes: two ballots opened together betray each other
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_FORM = b"guong ballot 1\n"
_OVERHEAD = 32 + 16  # the device's public key before the ballot, the proof behind it
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_TRACKER_LETTERS, _GROUP = 20, 4  # 100 bits
_BY_START = {word[:4]: word for word in WORDLIST}  # four letters tell every word of the list apart


class WrongSharesError(ValueError):
    """The words are no two sheets of this key: mistyped, the same sheet twice, or of another session."""


@dataclass(frozen=True)
class KeySheets:
    """A fresh key: what is kept, and the words of the three sheets, which are printed and kept nowhere."""

    public: bytes
    sheets: tuple[str, str, str]


@dataclass(frozen=True)
class Opened:
    """What the box held. One pile for each nominee, its slips in no order: Y, N, or - for no choice."""

    valid: int
    invalid: int
    piles: tuple[str, ...]


def frozen(setup: Mapping[str, Any]) -> str:
    """The one way to write down what is voted on, by whom and by which rule."""
    return json.dumps(setup, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def new_key() -> KeySheets:
    """A key pair whose private half exists only as three sheets of words; two of them open."""
    key = X25519PrivateKey.generate()
    groups = generate_mnemonics(1, [(NEEDED, SHEETS)], key.private_bytes_raw(), iteration_exponent=0)
    first, second, third = groups[0]
    return KeySheets(key.public_key().public_bytes_raw(), (first, second, third))


def join(sheets: Sequence[str], public: bytes) -> X25519PrivateKey:
    """The private key from the words of two sheets. Raises WrongSharesError; nothing is opened then.

    Case, line breaks and numbers between the words do not matter; four letters of a word are enough.
    """
    words = [_plain(sheet) for sheet in sheets]
    if len(set(words)) != NEEDED:
        raise WrongSharesError("two different sheets are needed")
    try:
        key = X25519PrivateKey.from_private_bytes(combine_mnemonics(words))
    except (MnemonicError, ValueError) as error:
        raise WrongSharesError(str(error)) from error
    if key.public_key().public_bytes_raw() != public:
        raise WrongSharesError("these sheets belong to another key")
    return key


def _plain(sheet: str) -> str:
    return " ".join(_word(part) for part in sheet.lower().split() if not _is_number(part))


def _word(typed: str) -> str:
    return _BY_START.get(typed[:4], typed) if len(typed) >= 4 else typed


def _is_number(part: str) -> bool:
    return part.rstrip(".):").isdigit()


def binding(setup_hash: str, member: int) -> bytes:
    """What an envelope is bound to: this session with its lists and rule, and this member."""
    return f"guong ballot 1|{setup_hash}|{member}".encode()


def ballot(choices: Sequence[str]) -> bytes:
    """One ballot: a letter for each nominee, so that all ballots of a session have one length."""
    if any(choice not in (YES, NO, SILENT) for choice in choices):
        raise ValueError("a choice is yes, no, or none")
    return _FORM + "".join(choices).encode()


def envelope_length(nominees: int) -> int:
    """Bytes of every envelope of a session with so many nominees."""
    return _OVERHEAD + len(_FORM) + nominees


def seal(public: bytes, setup_hash: str, member: int, choices: Sequence[str]) -> bytes:
    """One member's sealed ballot; a device does the same in JavaScript."""
    to = X25519PublicKey.from_public_bytes(public)
    return _SUITE.encrypt(ballot(choices), to, info=binding(setup_hash, member))


def unseal(key: X25519PrivateKey, setup_hash: str, member: int, envelope: bytes, nominees: int) -> str | None:
    """The letters inside; None for an envelope that is not of this member and session, or is no ballot."""
    try:
        inside = _SUITE.decrypt(envelope, key, info=binding(setup_hash, member))
    except (InvalidTag, ValueError):
        return None
    letters = inside.removeprefix(_FORM).decode("ascii", "replace")
    fits = inside.startswith(_FORM) and len(letters) == nominees and set(letters) <= {YES, NO, SILENT}
    return letters if fits else None


def tracker(envelope: bytes) -> str:
    """100 bits of the envelope's hash, as 20 letters: finds the envelope, says nothing about the choice."""
    value = int.from_bytes(hashlib.sha256(envelope).digest()) >> (256 - 5 * _TRACKER_LETTERS)
    letters = "".join(_LETTERS[value >> 5 * place & 31] for place in reversed(range(_TRACKER_LETTERS)))
    return "-".join(letters[start : start + _GROUP] for start in range(0, _TRACKER_LETTERS, _GROUP))


def list_hash(setup_hash: str, trackers: Collection[str]) -> str:
    """The seal of a closed box: none can be added, taken or exchanged without changing it."""
    return digest("\n".join((setup_hash, *sorted(trackers))))


def open_box(
    key: X25519PrivateKey,
    setup_hash: str,
    envelopes: Mapping[int, bytes],
    nominees: int,
    apart: Collection[tuple[int, int]] = (),
) -> Opened:
    """Open all envelopes at once, member to envelope. `apart`: place of a nominee, member who stands back.

    Every envelope that is not its member's own is invalid; no name leaves this function.
    """
    piles: list[list[str]] = [[] for _ in range(nominees)]
    valid = 0
    for member, envelope in envelopes.items():
        letters = unseal(key, setup_hash, member, envelope, nominees)
        if letters is None:
            continue
        valid += 1
        for place, letter in enumerate(letters):
            if (place, member) not in apart:
                piles[place].append(letter)
    for pile in piles:
        secrets.SystemRandom().shuffle(pile)
    return Opened(valid, len(envelopes) - valid, tuple("".join(pile) for pile in piles))


def enough(yes: int, members: int, percent: int | Fraction) -> bool:
    """At least `percent` of all members are in favour, compared in whole numbers: 26 of 29 is not 90 percent.

    Raises ValueError when there are no members.
    """
    if members < 1:
        raise ValueError("a share of no members")
    return 100 * yes >= percent * members


def box_file(
    setup: str, envelopes: Mapping[int, bytes], recusals: Collection[tuple[int, int]], opened: Opened | None
) -> str:
    """The box of a session as the file `verify_session` reads; `recusals` are (nominee, member)."""
    said = json.loads(setup)
    trackers = [tracker(envelope) for envelope in envelopes.values()]
    box = {
        "format": "guong box 1",
        "setup": setup,
        "setup_hash": digest(setup),
        "public_key": said["public_key"],
        "envelopes": [
            {
                "member": member,
                "ciphertext": base64.b64encode(envelope).decode(),
                "tracker": tracker(envelope),
            }
            for member, envelope in sorted(envelopes.items())
        ],
        "list_hash": list_hash(digest(setup), trackers),
        "recusals": sorted(map(list, recusals)),
        "result": _result(said, opened) if opened else None,
    }
    return json.dumps(box, ensure_ascii=False, indent=1) + "\n"


def _result(setup: Mapping[str, Any], opened: Opened) -> dict[str, Any]:
    piles = {str(item): pile for (item, _, _), pile in zip(setup["nominees"], opened.piles, strict=True)}
    counts = {
        str(item): {
            "votes": votes_in(piles[str(item)]),
            "enough": enough(piles[str(item)].count(YES), len(setup["members"]), percent),
        }
        for item, _name, percent in setup["nominees"]
    }
    return {
        "returned": opened.valid + opened.invalid, "valid": opened.valid, "invalid": opened.invalid,
        "slips": piles, "counts": counts,
    }  # fmt: skip


def votes_in(pile: str) -> dict[str, int]:
    """The slips of one nominee, counted."""
    return {"yes": pile.count(YES), "no": pile.count(NO), "silent": pile.count(SILENT)}
