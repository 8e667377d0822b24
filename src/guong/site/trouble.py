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


def of_postgres(text: str) -> Trouble:
    """Trouble from what PostgreSQL wrote when it did not start: its last complaint, or the disk it filled."""
    if "No space left on device" in text:
        return Trouble(*_KNOWN[errno.ENOSPC])
    return Trouble("PostgreSQL không khởi động được", "PostgreSQL did not start", last_complaint(text))


def last_complaint(text: str) -> str:
    """The last line that tells of an error, or the last line."""
    lines = [line for line in text.splitlines() if "FATAL" in line or "PANIC" in line or "error:" in line]
    return (lines or text.splitlines() or [""])[-1].strip()


def of_database(problem: Exception) -> Trouble:
    """Trouble from a connection that failed or broke."""
    text = str(problem).strip()
    if "No space left on device" in text:
        return Trouble(*_KNOWN[errno.ENOSPC])
    first = text.partition("\n")[0]
    return Trouble("Không dùng được cơ sở dữ liệu", "The database cannot be used", first)
