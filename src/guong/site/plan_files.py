"""`guong plan read FILE` and `guong plan import FILE`: the reader and the confirm screen, at a terminal."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from guong.base.models import Body, Department, Grant, User
from guong.base.workflow import Refused
from guong.planreader.formats import MAX_BYTES
from guong.plans import actions
from guong.plans.access import must_keep_plans
from guong.plans.models import Reading
from guong.site.trouble import Trouble


def load(arguments: argparse.Namespace) -> int:
    """Read, show what would be created, create after a yes. 0 created, 1 declined, 2 unreadable."""
    department = _department()
    user = _user(arguments.user, department)
    reading = _reading(user, department, Path(arguments.file))
    if reading is None:
        return 2
    problems = _show(reading)
    if problems:
        return 1
    if not arguments.yes and not _agreed():
        sys.stdout.write("Chưa tạo gì; bản đọc được giữ lại / Nothing created; the reading is kept\n")
        return 1
    try:
        plan = actions.confirm(user, reading)
    except Refused as why:
        raise Trouble("Chưa tạo gì", "Nothing created", str(why)) from why
    sys.stdout.write(f"Đã tạo / Created: {plan}\n")
    return 0


def _department() -> Body:
    settings = Department.objects.select_related("body").order_by("pk").first()
    if settings is None:
        raise Trouble("Chưa có sở nào", "There is no department", "guong createuser --department …")
    return settings.body


def _user(name: str, department: Body) -> User:
    """The named account, or the first one that may keep the plans of the department."""
    if name:
        found = User.objects.filter(username=name, is_active=True).first()
    else:
        holders = User.objects.filter(pk__in=Grant.objects.in_force().values("user_id")).order_by("pk")
        found = next((user for user in holders if may_keep(user, department)), None)
    if found is None:
        raise Trouble(
            "Không có tài khoản được nhập kế hoạch", "No account may import plans", name or "--user …"
        )
    return found


def may_keep(user: User, department: Body) -> bool:
    """Whether the account's roles reach the plans of the department."""
    return must_keep_plans(user, Reading(department=department)) is None


def _reading(user: User, department: Body, file: Path) -> Reading | None:
    """A reading of the file, the earlier one when the same file was read before and waits."""
    with file.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    known = actions.read_before(department, data)
    if known is not None and known.state == Reading.State.READ:
        return known
    try:
        return actions.read_file(user, department, data, file.name, again=True, wait=True)
    except Refused as why:
        sys.stderr.write(f"{why}\n")
        return None


def _show(reading: Reading) -> list[str]:
    """Print what confirming would create; give back what stands against it."""
    found = actions.what_would_be_created(reading)
    sys.stdout.write(f"{reading}\n")
    for label, count in found["groups"]:
        sys.stdout.write(f"  {count:5d}  {label}\n")
    for problem in found["problems"]:
        sys.stdout.write(f"  !  {problem}\n")
    return list(found["problems"])


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise Trouble("Thêm --yes để tạo", "Add --yes to create")
    return input("Tạo các bản ghi này? / Create these records? [c/y/N] ").strip().lower() in {
        "c",
        "y",
        "có",
        "yes",
    }
