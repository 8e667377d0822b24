"""`guong law screen --year Y`: everybody in the database against the law, as a table, Excel or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

import polars as pl
from django.utils import timezone

from guong.base.models import Body, Department
from guong.law.command import MARK, OUTCOMES
from guong.papers.sheets import Sheet, to_xlsx
from guong.records.screening import Screened, screened
from guong.site.trouble import Trouble

MOST_LINES = 200
HEADINGS = ("Họ tên, tập thể", "Khoa, phòng", "Đơn vị", "Danh hiệu, hình thức", "Kết quả", "Vì", "Căn cứ")
COLUMNS = ("name", "section", "unit_name", "award", "answer", "because", "source")
WIDTHS = (28, 28, 34, 30, 18, 48, 22)


def run(given: argparse.Namespace) -> int:
    """0 when answered. Raises Trouble for a name nobody bears; `given` is as the command line says."""
    department = _department()
    received_on = given.received_on or _received_on(given.year)
    try:
        found = screened(department, given.year, received_on, codes=given.code or None)
    except KeyError as problem:
        raise Trouble("Không có danh hiệu này", "No such award", str(problem.args[0])) from problem
    rows = _chosen(found.rows, given)
    if given.json:
        for row in rows.iter_rows(named=True):
            sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    elif given.xlsx:
        _save(rows, Path(given.xlsx), given.year, received_on)
    else:
        _show(rows)
    _tell(found, rows)
    return 0


def _department() -> Body:
    settings = Department.objects.select_related("body").order_by("pk").first()
    if settings is None:
        raise Trouble("Chưa có sở nào", "There is no department", "guong createuser --department …")
    return settings.body


def _received_on(year: int) -> date:
    """The last day of the year, or today while it runs: what is known then is asked."""
    return min(date(year, 12, 31), timezone.localdate())


def _chosen(rows: pl.DataFrame, given: argparse.Namespace) -> pl.DataFrame:
    if given.unit:
        rows = rows.filter(pl.col("unit") == given.unit)
        if rows.is_empty():
            raise Trouble("Không có ai ở đơn vị có mã này", "Nobody is in a unit of this code", given.unit)
    if given.outcome:
        rows = rows.filter(pl.col("outcome") == given.outcome)
    mark = pl.when("unverified").then(pl.lit(f" ({MARK})")).otherwise(pl.lit(""))
    answer = pl.col("outcome").cast(pl.String).replace_strict(OUTCOMES, default=None) + mark
    return rows.with_columns(answer=answer)


def _show(rows: pl.DataFrame) -> None:
    for row in rows.head(MOST_LINES).select(COLUMNS).iter_rows():
        sys.stdout.write(" | ".join(cell or "–" for cell in row) + "\n")
    if rows.height > MOST_LINES:
        left = rows.height - MOST_LINES
        sys.stdout.write(f"… và {left:,} dòng nữa: dùng --xlsx hoặc --json / and {left:,} more lines\n")


def _save(rows: pl.DataFrame, path: Path, year: int, day: date) -> None:
    notes = (f"Hồ sơ nhận ngày {day:%d/%m/%Y}", "Có dữ liệu cá nhân: chỉ đưa cho người được xem")
    sheet = Sheet(f"Rà soát điều kiện năm {year}", HEADINGS, rows.select(COLUMNS).iter_rows(), WIDTHS, notes)
    path.write_bytes(to_xlsx([sheet]))


def _tell(found: Screened, rows: pl.DataFrame) -> None:
    """On the error output, so that it never mixes with the answers."""
    counts = rows.group_by("answer").len().sort("len", descending=True).iter_rows()
    said = ", ".join(f"{answer} {number:,}" for answer, number in counts)
    sys.stderr.write(f"{rows.height:,} kết quả / answers: {said}\n")
    sys.stderr.write(f"đọc / reading {found.reading:.2f} s, xét / evaluating {found.evaluating:.2f} s\n")
