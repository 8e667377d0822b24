"""What a person at a terminal is told when something outside the program is wrong: one line, bilingual."""

from __future__ import annotations

import errno

_KNOWN = {
    errno.ENOSPC: (
        "Đĩa đã đầy, hãy giải phóng chỗ rồi chạy lại",
        "The disk is full, free some space and run again",
    ),
    errno.EDQUOT: ("Hết hạn mức đĩa, hãy giải phóng chỗ", "The disk quota is used up, free some space"),
    errno.EACCES: ("Không có quyền đọc hoặc ghi", "No permission to read or write"),
    errno.EPERM: ("Không có quyền đọc hoặc ghi", "No permission to read or write"),
    errno.EROFS: ("Ổ đĩa chỉ cho đọc", "The disk is read-only"),
    errno.EADDRINUSE: ("Cổng đang bị chương trình khác dùng", "The port is used by another program"),
}


class Trouble(Exception):
    """The command cannot go on; str() says why and what to do."""

    def __init__(self, vietnamese: str, english: str, detail: str = "") -> None:
        super().__init__(f"{vietnamese} / {english}" + (f": {detail}" if detail else ""))


def of(error: OSError, place: str = "") -> Trouble:
    """Trouble in plain words from what the operating system said."""
    where = str(error.filename or place)
    known = _KNOWN.get(error.errno or 0)
    if known:
        return Trouble(*known, where)
    return Trouble(
        "Hệ điều hành báo lỗi", "The operating system reports", f"{error.strerror or error} {where}"
    )


def of_postgres(line: str) -> Trouble:
    """Trouble from the last line PostgreSQL wrote."""
    if "No space left on device" in line:
        return Trouble(*_KNOWN[errno.ENOSPC])
    return Trouble("PostgreSQL không khởi động được", "PostgreSQL did not start", line)
