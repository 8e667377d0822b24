"""Checks the exported box of a session on any machine: `python verify_session.py FILE`.

It needs no database, no Django and nothing else of Gương, and opens envelopes by its own RFC 9180.
Without key sheets it shows that nothing was added, taken, exchanged or counted wrong after the closing.
With two sheets, before they are destroyed, it opens the box itself and counts again.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from shamir_mnemonic import MnemonicError, combine_mnemonics

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
KEM_SUITE = b"KEM" + (0x20).to_bytes(2)
SUITE = b"HPKE" + (0x20).to_bytes(2) + (1).to_bytes(2) + (2).to_bytes(2)


class Fault(Exception):
    """One thing that does not agree."""


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def extract(salt: bytes, suite: bytes, label: bytes, material: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + material, "sha256")


def expand(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2) + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:length]  # one block: never more than 32 bytes


def hpke_open(key: X25519PrivateKey, sealed: bytes, info: bytes) -> bytes:
    """RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, first message."""
    encapsulated = sealed[:32]
    shared = key.exchange(X25519PublicKey.from_public_bytes(encapsulated))
    context = encapsulated + key.public_key().public_bytes_raw()
    secret = expand(extract(b"", KEM_SUITE, b"eae_prk", shared), KEM_SUITE, b"shared_secret", context, 32)
    schedule = b"\x00" + extract(b"", SUITE, b"psk_id_hash", b"") + extract(b"", SUITE, b"info_hash", info)
    derived = extract(secret, SUITE, b"secret", b"")
    nonce = expand(derived, SUITE, b"base_nonce", schedule, 12)
    return AESGCM(expand(derived, SUITE, b"key", schedule, 32)).decrypt(nonce, sealed[32:], b"")


def tracker(envelope: bytes) -> str:
    bits = "".join(f"{byte:08b}" for byte in hashlib.sha256(envelope).digest())[:100]
    letters = "".join(ALPHABET[int(bits[at : at + 5], 2)] for at in range(0, 100, 5))
    return "-".join(letters[at : at + 4] for at in range(0, 20, 4))


def check_setup(box: dict[str, Any]) -> dict[str, Any]:
    """Lists and rule are those that were frozen."""
    if sha256(box["setup"]) != box["setup_hash"]:
        raise Fault("danh sách và quy tắc không khớp mã đã niêm (setup_hash)")
    setup: dict[str, Any] = json.loads(box["setup"])
    if setup["public_key"] != box["public_key"]:
        raise Fault("khóa công khai không phải khóa của phiên")
    return setup


def check_list(box: dict[str, Any], setup: dict[str, Any], printed: str) -> dict[int, bytes]:
    """The envelopes are those of the closed box, one a member, all from the list."""
    members = {seat for seat, _name in setup["members"]}
    envelopes: dict[int, bytes] = {}
    for entry in box["envelopes"]:
        if entry["member"] in envelopes or entry["member"] not in members:
            raise Fault(f"phong bì của thành viên {entry['member']}: hai lần hoặc ngoài danh sách")
        envelopes[entry["member"]] = base64.b64decode(entry["ciphertext"], validate=True)
    if len({len(envelope) for envelope in envelopes.values()}) > 1:
        raise Fault("các phong bì dài ngắn khác nhau")
    found = sha256("\n".join((box["setup_hash"], *sorted(map(tracker, envelopes.values())))))
    if found != box["list_hash"]:
        raise Fault("có phong bì bị thêm, bớt hoặc tráo sau khi đóng hòm (list_hash)")
    if printed and printed.replace(" ", "").lower() != found:
        raise Fault("mã đóng hòm trong biên bản khác mã của tệp này")
    return envelopes


def check_result(box: dict[str, Any], setup: dict[str, Any], envelopes: dict[int, bytes]) -> None:
    """The written counts are those of the slips, and no slip is missing."""
    result = box["result"]
    if result["returned"] != len(envelopes) or result["valid"] + result["invalid"] != result["returned"]:
        raise Fault("số phiếu thu về, hợp lệ, không hợp lệ không khớp số phong bì")
    apart = Counter(item for item, seat in box["recusals"] if seat in envelopes)
    for item, name, percent in setup["nominees"]:
        found, written = Counter(result["slips"][str(item)]), result["counts"][str(item)]
        if {"yes": found["Y"], "no": found["N"], "silent": found["-"]} != written["votes"]:
            raise Fault(f"{name}: số phiếu ghi không khớp các lá phiếu")
        slips = found.total()
        if not result["valid"] - apart[item] <= slips <= result["valid"] or set(found) - set("YN-"):
            raise Fault(f"{name}: thừa hoặc thiếu lá phiếu")
        enough = found["Y"] * 100 >= percent * len(setup["members"])
        if enough != written["enough"]:
            raise Fault(f"{name}: {found['Y']}/{len(setup['members'])}, kết luận đủ hay thiếu phiếu là sai")


def recount(
    box: dict[str, Any], setup: dict[str, Any], envelopes: dict[int, bytes], sheets: list[str]
) -> str:
    """Open the box with two sheets: the counts found, compared with the written ones if there are any."""
    key = X25519PrivateKey.from_private_bytes(combine_mnemonics(sheets))
    if base64.b64encode(key.public_key().public_bytes_raw()).decode() != box["public_key"]:
        raise Fault("hai phiếu khóa này không mở được hòm của phiên")
    apart = {(item, seat) for item, seat in box["recusals"]}
    counts = {str(item): Counter[str]() for item, _name, _percent in setup["nominees"]}
    valid = 0
    for seat, envelope in envelopes.items():
        letters = ballot_of(key, f"guong ballot 1|{box['setup_hash']}|{seat}".encode(), envelope)
        if len(letters) != len(counts) or set(letters) - set("YN-"):
            continue
        valid += 1
        for (item, _name, _percent), letter in zip(setup["nominees"], letters, strict=True):
            counts[str(item)][letter] += (item, seat) not in apart
    written = box["result"]
    if written and (
        valid != written["valid"]
        or any(counts[item] != Counter(pile) for item, pile in written["slips"].items())
    ):
        raise Fault("kiểm lại từ phong bì ra kết quả khác kết quả đã ghi")
    return json.dumps({"valid": valid, "counts": counts}, ensure_ascii=False)


def ballot_of(key: X25519PrivateKey, info: bytes, envelope: bytes) -> str:
    """The letters of a ballot; empty for an envelope that is not this member's."""
    try:
        inside = hpke_open(key, envelope, info)
    except (InvalidTag, ValueError):
        return ""
    return inside.decode("ascii", "replace").removeprefix("guong ballot 1\n")


def verify(text: str, printed: str = "", sheets: list[str] | None = None) -> str:
    """The closing hash of a box that agrees with itself, and what two sheets found in it.

    Raises Fault with the first thing that does not agree.
    """
    try:
        box = json.loads(text)
        setup = check_setup(box)
        envelopes = check_list(box, setup, printed)
        if box["result"] is not None:
            check_result(box, setup, envelopes)
        counted = "\n" + recount(box, setup, envelopes, sheets) if sheets else ""
    except MnemonicError as error:
        raise Fault("hai phiếu khóa này không mở được hòm của phiên") from error
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise Fault(f"tệp không đọc được: {error}") from error
    return f"{box['list_hash']}{counted}"


def run(chosen: argparse.Namespace) -> int:
    """0 when everything agrees, 1 with one line saying what does not."""
    try:
        text = Path(chosen.file).read_text(encoding="utf-8")
        sheets = [sys.stdin.readline().strip() for _ in range(2)] if chosen.sheets else None
        found = verify(text, chosen.hash, sheets)
    except (Fault, OSError, UnicodeDecodeError) as fault:
        sys.stderr.write(f"KHÔNG KHỚP: {fault}\n")
        return 1
    sys.stdout.write(f"KHỚP. Mã đóng hòm, so với biên bản:\n{found}\n")
    return 0


if __name__ == "__main__":
    own = argparse.ArgumentParser(description="Checks the exported box of a council session")
    own.add_argument("file")
    own.add_argument("--hash", default="", help="closing hash printed in the minutes")
    own.add_argument("--sheets", action="store_true", help="read the words of two key sheets, a line each")
    sys.exit(run(own.parse_args()))
