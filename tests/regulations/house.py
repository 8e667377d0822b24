"""A department with its keepers, and layers in every state."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile

from guong.base.access import Role
from guong.base.models import Body, User
from guong.regulations.actions import layers
from guong.regulations.models import Layer
from tests import factories as make

PDF = b"%PDF-1.4\n%%EOF\n"
SIGNED = date(2025, 10, 1)


@dataclass
class House:
    """Who keeps, who leads, who only reads."""

    root: Body
    unit: Body
    admin: User
    office: User
    leader: User
    nurse: User


def house(name: str = "Sở Y tế An Bình") -> House:
    """A department and one hospital."""
    root = make.department(name)
    unit = make.unit(root, f"Bệnh viện của {name}")
    nurse = make.user(Role.EMPLOYEE, unit)
    make.employ(nurse.person, unit)
    return House(
        root, unit, make.user(Role.ADMINISTRATOR, root), make.standing_officer(root),
        make.user(Role.LEADER, root), nurse,
    )  # fmt: skip


def text(
    code: str = "cap",
    cap: int | None = 30,
    since: str = "2025-01-01",
    to: str = "open",
    more: str = "",
) -> str:
    """A layer that caps Chiến sĩ thi đua cơ sở, or says something else with `more`."""
    head = f"layer: {{code: {code}, vi: Quy định {code}, decision: {code}/QĐ-SYT, from: {since}, to: {to}}}\n"
    values = "values:\n" if cap is not None or more else ""
    if cap is not None:
        values += f"  caps.CSTDCS.of_LDTT: {{value: {cap}, source: '{code}/QĐ-SYT Đ.1', confidence: text}}\n"
    return head + values + more


def paper() -> ContentFile:
    """A signed decision."""
    return ContentFile(PDF, "quyet-dinh.pdf")


def draft(
    at: House, words: str = "", *, to: Body | None = None, signed: date = SIGNED, pdf: bool = True
) -> Layer:
    """An imported layer."""
    return layers.import_layer(
        by=at.office, applies_to=to or at.root, text=words or text(), name="x.yaml", signed_on=signed,
        paper=paper() if pdf else None, key=uuid.uuid4(),
    )  # fmt: skip


def in_force(at: House, words: str = "", *, to: Body | None = None, signed: date = SIGNED) -> Layer:
    """A layer the leader has put in force."""
    return layers.put_in_force(draft(at, words, to=to, signed=signed), by=at.leader)


def cap(law, day: date = date(2026, 3, 1)) -> int:
    """The cap as a law has it on a day."""
    return law.value("caps.CSTDCS.of_LDTT", day).value
