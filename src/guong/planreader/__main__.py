"""`python -m guong.planreader FILE [--json | --all]`: what a plan says, or one line why it cannot be read."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from guong.planreader.formats import MAX_BYTES
from guong.planreader.model import Reading
from guong.planreader.reasons import Unreadable, one_line
from guong.planreader.sandbox import SECONDS_FOR_SCANS, read_limited


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when read, 2 when the file cannot be read."""
    parser = argparse.ArgumentParser(prog="guong plan read", description="Đọc một kế hoạch.")
    parser.add_argument("file", type=Path, help="tệp .docx, .doc, .pdf, ảnh quét hoặc .txt")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="in các giá trị, dạng JSON")
    shape.add_argument("--all", action="store_true", help="in cả dòng, nguồn và lỗi của văn bản, dạng JSON")
    options = parser.parse_args(arguments)
    try:
        data = _bytes(options.file)
        reading = read_limited(data, options.file.name, SECONDS_FOR_SCANS, scans=True, told=_told)
    except (OSError, Unreadable) as reason:
        sys.stderr.write(f"{_line(options.file, reason)}\n")
        return 2
    sys.stdout.write(f"{_shown(reading, options.json, options.all)}\n")
    return 0


def _bytes(file: Path) -> bytes:
    """One byte more than allowed is enough to know a file is too big."""
    with file.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _told(done: int, total: int) -> None:
    """Pages recognised so far, for a person who watches."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\rNhận dạng trang {done}/{total}" + ("\n" if done == total else ""))


def _line(file: Path, reason: OSError | Unreadable) -> str:
    if isinstance(reason, Unreadable):
        return str(reason)
    return f"Không mở được tệp “{one_line(file.name)}”. Hãy kiểm tra đường dẫn và quyền đọc tệp."


def _shown(reading: Reading, plan_only: bool, everything: bool) -> str:
    whole = reading.to_json()
    if plan_only or everything:
        return json.dumps(whole["plan"] if plan_only else whole, ensure_ascii=False, indent=2)
    plan = reading.plan
    counted = {
        "Căn cứ": plan.legal_bases,
        "Phong trào": plan.movements,
        "Nội dung truyền thông": plan.topics,
        "Hoạt động": plan.activities,
        "Phân công": plan.assignments,
        "Thời hạn": plan.deadlines,
        "Chỉ tiêu": plan.targets,
        "Nơi nhận": plan.distribution,
        "Điểm cần xem lại": reading.defects,
    }
    lines = [f"{plan.kind or 'Kế hoạch'} {plan.number or '(chưa có số)'}: {plan.title or ''}"]
    return "\n".join([*lines, *(f"{name}: {len(values)}" for name, values in counted.items())])


if __name__ == "__main__":
    sys.exit(main())
