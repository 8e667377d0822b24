"""`guong certificate check`: a certificate checked off-line, without database or network (security J5)."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from guong.papers import proof
from guong.papers.proof import Facts


def run(given: argparse.Namespace) -> int:
    """0: the paper says what was signed. 1: it does not. 2 and one line: the question cannot be answered."""
    try:
        code, signature = proof.scanned(given.qr)
        printed = _json(given.printed)
        facts = Facts.of({**printed, "code": code})
        keys = [(key["id"], key["public"]) for key in _json(given.keys)["keys"]]
    except proof.NotASignatureError:
        return _cannot("Chữ trong mã QR không phải của giấy khen: quét lại hoặc chép cho đủ.")
    except (OSError, ValueError, KeyError, TypeError) as problem:
        return _cannot(f"Không đọc được tệp: {problem}")
    signer = next((name for name, public in keys if proof.fits(public, facts, signature)), None)
    if signer is None:
        sys.stdout.write("KHÔNG KHỚP: chữ trên giấy không phải chữ đã ký, hoặc thiếu khóa đã công bố.\n")
        return 1
    sys.stdout.write(f"KHỚP: đúng như đã ký bằng khóa {signer}. Việc thu hồi chỉ tra được trên cổng.\n")
    return 0


def _json(path: str) -> Any:
    return json.loads(Path(path).read_text(encoding="utf-8"))


def _cannot(line: str) -> int:
    sys.stderr.write(f"{line}\n")
    return 2
