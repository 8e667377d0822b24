"""A department with two units and sheets as offices keep them."""

from __future__ import annotations

import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from guong.base.access import Role
from guong.base.models import Body, Person, User
from guong.records.actions import sheets
from guong.records.models import SheetImport
from tests import factories as make

HEADINGS = (
    "STT", "Họ và tên", "Ngày sinh", "Chức vụ", "Phòng/khoa", "Đơn vị", "Danh hiệu", "Năm", "Số QĐ",
    "Ngày QĐ",
)  # fmt: skip


@dataclass
class Office:
    """Who keeps the book, and whose it is."""

    root: Body
    unit: Body
    other: Body
    section: Body
    officer: User
    clerk: User
    head: User
    stranger: User
    nurse: Person
    own: User


def office() -> Office:
    """A hospital with a nurse, a centre with a clerk of its own, and the standing office."""
    root = make.department()
    unit = make.unit(root, "Bệnh viện Đa khoa Đồng Mây")
    other = make.unit(root, "Trung tâm Y tế Sông Lam")
    section = make.section(unit, "Khoa Nội")
    nurse = make.person("Nguyễn Thị Hòa", birth_year=1985, staff_code="AB000101")
    make.employ(nurse, section)
    clerk, head = make.user(Role.UNIT_CLERK, unit), make.user(Role.UNIT_HEAD, unit)
    for user in (clerk, head):
        make.employ(user.person, unit)
    own = make.user(Role.EMPLOYEE, unit, nurse)
    stranger = make.user(Role.UNIT_CLERK, other)
    make.employ(stranger.person, other)
    return Office(root, unit, other, section, make.standing_officer(root), clerk, head, stranger, nurse, own)


def workbook(*rows: Sequence[Any], head: Sequence[str] = HEADINGS, above: int = 2) -> bytes:
    """An .xlsx with title lines above the headings."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_formulas": False}) as book:
        page = book.add_worksheet("Danh sách")
        page.write(0, 0, "DANH SÁCH KHEN THƯỞNG NĂM 2024")
        for place, heading in enumerate(head):
            page.write(above, place, heading)
        for at, row in enumerate(rows, start=above + 1):
            for place, value in enumerate(row):
                page.write(at, place, value)
    return file.getvalue()


def award(name: str, title: str = "Giấy khen", /, **cells: Any) -> list[Any]:
    """One line of an award, whole and right unless told otherwise."""
    row = {
        "stt": 1, "name": name, "birth": "", "post": "Điều dưỡng", "section": "Khoa Nội",
        "unit": "Bệnh viện Đa khoa Đồng Mây", "title": title, "year": 2024, "number": "213/QĐ-SYT",
        "decided": "20/11/2024",
    } | cells  # fmt: skip
    return list(row.values())


def send(by: User, at: Office, data: bytes, kind: str = "honours", unit: Body | None = None) -> SheetImport:
    """Send a sheet and confirm what was guessed; it is checked then."""
    run = sheets.send_sheet(
        by=by, department=at.root, unit=unit, kind=kind, data=data, name="danh-sach.xlsx", key=uuid.uuid4()
    )
    run = sheets.confirm_columns(run, head=run.head, columns=run.columns, version=run.version, by=by)
    sheets.start(run, sheets.CHECK, by)
    run.refresh_from_db()
    return run


def enter(run: SheetImport) -> SheetImport:
    """Write the sheet."""
    sheets.ask_to_write(run, run.created_by)
    run.refresh_from_db()
    return run
