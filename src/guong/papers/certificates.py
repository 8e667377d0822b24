"""Honour certificates: a batch as one PDF, each with a code and a QR code to prove it (NĐ 98/2023 Art. 104).

The national emblem is not drawn: it belongs on the stock an office buys or embosses.
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

from guong.papers import layout
from guong.papers.layout import plain
from guong.papers.model import Signature
from guong.papers.printing import DrawingError, draw
from guong.papers.qr import qr_svgs
from guong.papers.words import paper_date

_CHECK = "Quét ô vuông để kiểm tra, hoặc nhập mã:"
PART = 500  # pages of one PDF: a stack that a printer takes at once
_MOST_LETTERS = 3000  # more cannot fit; trying every size would take seconds
_TOO_LONG = re.compile(r"too long: ([0-9A-Z-]*)")


class TextTooLongError(ValueError):
    """The words of certificate `code` fit the page at no readable size: a person must shorten them."""

    def __init__(self, code: str) -> None:
        super().__init__(f"the words of certificate {code} do not fit the page")
        self.code = code


@dataclass(frozen=True)
class Certificate:
    """The words on one certificate.

    authority: who grants, "GIÁM ĐỐC SỞ Y TẾ TỈNH AN BÌNH". form: "GIẤY KHEN", or a title together with
    grants="Tặng danh hiệu". name: with "Ông" or "Bà", or the collective. entry: number in the golden book.
    serial: number of the sheet; again: the words that mark a sheet issued in place of another.
    code: see `seal.new_code`; url: the address in the QR code.
    """

    authority: str
    form: str
    name: str
    achievement: str
    decision_number: str
    day: date
    place: str
    signature: Signature
    code: str
    url: str
    post: str = ""
    grants: str = "Tặng"
    entry: int | None = None
    serial: str = ""
    again: str = ""


def certificates_pdf(certificates: Sequence[Certificate]) -> bytes:
    """All certificates as one PDF/A-2b, one a page, A4 on its side. Words shrink and wrap until they fit.

    Raises ValueError for an empty batch, TextTooLongError for words that fit at no readable size,
    NotPrintableError for a character outside the font.
    """
    if not certificates:
        raise ValueError("no certificate to print")
    for certificate in certificates:
        if len(certificate.name) + len(certificate.post) + len(certificate.achievement) > _MOST_LETTERS:
            raise TextTooLongError(certificate.code)
    first = certificates[0]
    codes = qr_svgs([certificate.url for certificate in certificates])
    batch = {
        "title": f"{plain(first.form).capitalize()}, {plain(first.decision_number)}",
        "issuer": plain(first.authority),
        "date": (first.day.year, first.day.month, first.day.day),
        "motto_above": layout.MOTTO_ABOVE,
        "motto": layout.MOTTO,
        "check": _CHECK,
        "certificates": [_page(certificate, qr) for certificate, qr in zip(certificates, codes, strict=True)],
    }
    try:
        return draw("certificates.typ", tags=False, certificates=batch)
    except DrawingError as error:
        too_long = _TOO_LONG.search(str(error))
        if too_long is None:
            raise
        raise TextTooLongError(too_long.group(1)) from error


def in_parts(certificates: Sequence[Certificate]) -> Iterator[bytes]:
    """A large batch as PDFs of `PART` pages in order, drawn side by side, each as soon as it is ready.

    Raises as `certificates_pdf`; parts not yet begun are then left.
    """
    if not certificates:
        raise ValueError("no certificate to print")
    shares = [certificates[first : first + PART] for first in range(0, len(certificates), PART)]
    with ThreadPoolExecutor(min(os.cpu_count() or 1, 4)) as pool:  # the threads wait for their processes
        waiting = [pool.submit(certificates_pdf, share) for share in shares]
        try:
            for one in waiting:
                yield one.result()
        finally:
            for one in waiting:
                one.cancel()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Files as one zip, stored as they are: PDF is packed already."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return packed.getvalue()


def _page(certificate: Certificate, qr: str) -> dict[str, str]:
    day = paper_date(certificate.day)
    signature = certificate.signature
    return {
        "authority": plain(certificate.authority).upper(),
        "grants": plain(certificate.grants).upper(),
        "form": plain(certificate.form).upper(),
        "name": plain(certificate.name),
        "post": plain(certificate.post),
        "achievement": plain(certificate.achievement),
        "decision": f"Quyết định số {plain(certificate.decision_number)} {day}",
        "entry": f"Số sổ vàng: {certificate.entry}" if certificate.entry is not None else "",
        "place_and_day": f"{plain(certificate.place)}, {day}",
        "authority_line": plain(signature.authority).upper(),
        "position": plain(signature.position).upper(),
        "signatory": plain(signature.name),
        "serial": plain(certificate.serial),
        "again": plain(certificate.again),
        "code": plain(certificate.code),
        "qr": qr,
    }
