"""Records for tests, made the plain way. Nothing is shared or cached: every call makes a new one."""

from __future__ import annotations

from datetime import date
from itertools import count

from guong.awards.models import Nomination
from guong.awards.titles import branch_of
from guong.base.access import Role
from guong.base.models import Body, BodyKind, Department, Employment, Grant, Person, User
from guong.movements.models import Movement, MovementLead, Programme, Quota, Subject
from guong.plans.models import Plan

_next = count(1)
LONG_AGO = date(2015, 1, 1)
PASSWORD = "một mật khẩu dài"


def body(name: str = "", kind: str = BodyKind.UNIT, parent: Body | None = None, **fields) -> Body:
    """One body of the tree."""
    number = next(_next)
    name = name or f"Đơn vị {number}"
    fields = {"valid_from": LONG_AGO, "short_name": name} | fields
    return Body.objects.create(code=f"B{number}", name=name, kind=kind, parent=parent, **fields)


def department(name: str = "Sở Y tế An Bình") -> Body:
    """A department with its settings and a standing office below it (`department.standing_office`)."""
    root = body(name, BodyKind.DEPARTMENT)
    standing = office("Phòng Tổ chức cán bộ", root)
    Department.objects.create(
        body=root,
        standing_office=standing,
        place="An Bình",
        parent_issuer="ỦY BAN NHÂN DÂN TỈNH AN BÌNH",
        decision_symbol="QĐ-SYT",
        signatory_position="GIÁM ĐỐC",
        signatory_name="Lê Minh Khoa",
    )
    return root


def office(name: str, parent: Body) -> Body:
    """A specialised office of a department."""
    return body(name, BodyKind.OFFICE, parent)


def unit(parent: Body, name: str = "", **fields) -> Body:
    """A hospital, centre or station, counted in both denominators."""
    return body(name, BodyKind.UNIT, parent, **({"subordinate": True, "in_sector": True} | fields))


def section(parent: Body, name: str = "") -> Body:
    """A section of a unit."""
    return body(name or f"Khoa {next(_next)}", BodyKind.SECTION, parent)


def person(name: str = "", **fields) -> Person:
    """Someone. Two calls with one name are two people."""
    return Person.objects.create(name=name or f"Nguyễn Văn {next(_next)}", **fields)


def employ(who: Person, where: Body, post: str = "Điều dưỡng", **fields) -> Employment:
    """An employment in force since long ago."""
    fields = {"category": Employment.Category.PUBLIC_EMPLOYEE, "valid_from": LONG_AGO} | fields
    return Employment.objects.create(person=who, body=where, post=post, **fields)


def user(role: str = "", on: Body | None = None, who: Person | None = None, **fields) -> User:
    """An account with one role on a body; its person works nowhere unless you employ them."""
    who = who or person()
    account = User.objects.create_user(f"user{next(_next)}", PASSWORD, person=who, **fields)
    if role:
        grant(account, role, on)
    return account


def grant(account: User, role: str, on: Body, **fields) -> Grant:
    """A role in force."""
    return Grant.objects.create(user=account, role=role, body=on, **({"valid_from": LONG_AGO} | fields))


def standing_officer(department: Body) -> User:
    """The clerk of the standing office."""
    return user(Role.STANDING_OFFICE, department.department.standing_office)


def plan(department: Body, **fields) -> Plan:
    """A plan in force."""
    number = next(_next)
    fields = {
        "kind": "Kế hoạch",
        "number": f"{number}/KH-SYT",
        "title": f"Phong trào thi đua {number}",
        "year": 2026,
    } | fields
    return Plan.objects.create(department=department, **fields)


def movement(of: Plan, collectives: int | None = 1, individuals: int | None = 1, **fields) -> Movement:
    """A movement with a fixed quota (None: no quota of that kind)."""
    number = next(_next)
    fields = {
        "code": f"2.{number}",
        "name": f"Phong trào {number}",
        "quota_kind": Movement.QuotaKind.FIXED,
    } | fields
    made = Movement.objects.create(plan=of, **fields)
    quota(made, Subject.COLLECTIVE, collectives)
    quota(made, Subject.INDIVIDUAL, individuals)
    return made


def quota(of: Movement, subject: str, size: int | None, programme: Programme | None = None) -> Quota | None:
    """So many places; None makes no quota."""
    if size is None:
        return None
    return Quota.objects.create(movement=of, subject=subject, size=size, programme=programme)


def lead(of: Movement, office: Body) -> MovementLead:
    """The office in charge of a movement."""
    return MovementLead.objects.create(movement=of, body=office, text=office.name)


def nomination(of: Movement, unit: Body, who: Person | Body | None = None, **fields) -> Nomination:
    """A nomination by a unit; of a new person employed there unless told whom."""
    who = who or person()
    if isinstance(who, Person):
        work = who.employments.first() or employ(who, unit)
        subject = {"subject": Subject.INDIVIDUAL, "person": who, "employment": work}
    else:
        subject = {"subject": Subject.COLLECTIVE, "body": who}
    if "created_by" not in fields:
        fields["created_by"] = user(Role.UNIT_CLERK, unit)
    text = "Giảm thời gian chờ khám từ 90 xuống 35 phút."
    fields = {"achievement": text, "branch": branch_of(of), **fields}
    return Nomination.objects.create(
        department=of.plan.department, movement=of, unit=unit, **subject, **fields
    )
