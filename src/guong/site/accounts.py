"""`guong createuser`: the first account of an installation, or one more."""

from __future__ import annotations

import argparse
import getpass
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import Body, BodyKind, Department, Grant, User
from guong.base.workflow import act
from guong.site.trouble import Trouble


def create(arguments: argparse.Namespace) -> None:
    """Make the account, and grant the role when one is named. Raises Trouble."""
    if User.objects.filter(username=arguments.username).exists():
        raise Trouble("Tên này đã có tài khoản", "There is an account of this name", arguments.username)
    if arguments.department:
        found_department(arguments.department, arguments.place)
    body = _body(arguments.body) if arguments.role else None
    if arguments.role and arguments.role not in Role.values:
        raise Trouble(
            "Không có vai trò này", "There is no such role", f"{arguments.role} ({', '.join(Role.values)})"
        )
    password = _password()
    with act(None, "create_account") as log:
        user = User.objects.create_user(arguments.username, password)
        log.about(user)
        if body is not None:
            grant = Grant.objects.create(
                user=user, role=arguments.role, body=body, valid_from=timezone.localdate()
            )
            log.about(grant)


def found_department(name: str, place: str) -> None:
    """The first body of an empty installation, with settings its administrator completes on screen."""
    if Body.objects.exists():
        raise Trouble(
            "Đã có cây tổ chức, hãy sửa trên màn hình", "The tree exists already, edit it on screen"
        )
    with act(None, "found_department") as log:
        body = Body.objects.create(
            code="SYT",
            name=name,
            short_name="Sở Y tế",
            kind=BodyKind.DEPARTMENT,
            valid_from=timezone.localdate(),
        )
        settings = Department.objects.create(
            body=body, standing_office=body, place=place, parent_issuer="ỦY BAN NHÂN DÂN TỈNH",
            decision_symbol="QĐ-SYT", signatory_position="GIÁM ĐỐC", signatory_name="",
        )  # fmt: skip
        log.about(body)
        log.about(settings)


def _body(code: str) -> Body:
    found = Body.objects.filter(code=code) if code else Body.objects.filter(parent=None)
    body = found.order_by("pk").first()
    if body is None:
        raise Trouble("Không tìm thấy đơn vị", "There is no such body", code or "—")
    return body


def _password() -> str:
    """Asked twice at a terminal; one line of the input otherwise."""
    if sys.stdin.isatty():
        password = getpass.getpass("Mật khẩu / Password: ")
        if getpass.getpass("Nhập lại / Again: ") != password:
            raise Trouble("Hai lần nhập khác nhau", "The two differ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as weak:
        raise Trouble("Mật khẩu chưa đủ mạnh", "The password is too weak", " ".join(weak.messages)) from weak
    return password
