"""The year in progress. All of it goes the product's own road: read, confirm, nominate, appraise, list, vote.

Only days are moved: what must have waited ten days is given an earlier day. Nothing else is written directly.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from guong.base.access import Role
from guong.base.entry import stamp
from guong.base.models import Employment, Grant, User
from guong.base.workflow import take
from guong.movements import actions as movements
from guong.movements.models import Movement
from guong.plans import actions as plans
from guong.plans import keeping
from guong.plans.flow import DUTY_STEPS
from guong.plans.models import Duty, FocalTask, Plan
from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation
from guong.site.demo.people import LOGINS

DONE = "Đơn vị đã thực hiện đúng nội dung và thời hạn; số liệu kèm theo."
FOCAL_TASKS = (
    "Trạm y tế xã, phường đủ sức khám, theo dõi bệnh mạn tính",
    "Người bệnh chờ ít hơn, hài lòng hơn",
    "Bệnh án điện tử dùng chung toàn tỉnh",
    "Nhân lực cho vùng xa",
)
TEXTS = sorted((Path(__file__).parent / "plans").glob("*.txt"))
UNITS = 60  # units with an account of their head; the large demo has more units than that


@dataclass
class Stage:
    """Everybody and everything the scenes need."""

    made: Organisation
    names: Names
    users: dict[str, User]  # the demo logins
    heads: dict[str, User]  # by code of the unit
    plan: Plan

    def movement(self, code: str) -> Movement:
        """A movement of the yearly plan by its number."""
        return self.plan.movements.get(code=code)


def prepare(made: Organisation, names: Names) -> Stage:
    """Plans read and confirmed, accounts of unit heads, movements launched."""
    logins = [login.username for login in LOGINS]
    users = {user.username: user for user in User.objects.filter(username__in=logins)}
    stage = Stage(made, names, users, _heads(made, users), _plans(made, users))
    _launch(stage)
    _report(stage)
    return stage


def _heads(made: Organisation, users: dict[str, User]) -> dict[str, User]:
    """Heads of units, so that launches and reports come from everywhere. They have no passwords."""
    heads = {"BVDK": users["giamdocbv"], "TYT1": users["truongtram"]}
    units = {unit.pk: unit for unit in made.units[:UNITS] if unit.code not in heads}
    works = Employment.objects.filter(body__in=units, is_leader=True).select_related("person")
    for work in works:
        unit = units[work.body_id]
        heads[unit.code] = User.objects.create_user(f"{unit.code.lower()}.lanhdao", person=work.person)
        Grant.objects.create(
            user=heads[unit.code], role=Role.UNIT_HEAD, body=unit, valid_from=date(2026, 1, 1)
        )
    return heads


def _plans(made: Organisation, users: dict[str, User]) -> Plan:
    """Read and confirm the five plans; the yearly one is published and carries the scenes."""
    officer, confirmed = users["thuongtruc"], []
    _lists(officer, made)
    for text in TEXTS:
        reading = plans.read_file(officer, made.root, text.read_bytes(), text.name)
        confirmed.append(plans.confirm(officer, reading))
    yearly = max(confirmed, key=lambda plan: plan.movements.count())
    plans.publish(users["giamdoc"], yearly)
    _register(officer, yearly)
    return yearly


def _lists(officer: User, made: Organisation) -> None:
    """What peaks and tags come from: the standard lists, the tasks of the year, a congress."""
    keeping.add_standard_lists(officer, made.root)
    years = {"first_year": 2026, "last_year": 2030, "source": "Chương trình hành động của Sở Y tế"}
    found = keeping.add_list(officer, made.root, {"name": "Nhiệm vụ trọng tâm 2026–2030"} | years)
    for number, text in enumerate(FOCAL_TASKS, start=1):
        keeping.add_task(officer, found, {"number": number, "text": text})
    congress = {"calendar": "once", "day": 18, "month": 11, "year": 2026, "weeks_before": 1}
    name = "Đại hội Thi đua yêu nước ngành Y tế An Bình"
    keeping.add_occasion(officer, made.root, {"name": name} | congress)


def _register(officer: User, yearly: Plan) -> None:
    """A basis of the yearly plan replaced since; focal tasks chosen for the plan and its movements."""
    tasks = list(FocalTask.objects.filter(focal_list__first_year=2026).order_by("number"))
    keeping.set_focal_tasks(officer, yearly, tasks[:3])
    for place, movement in enumerate(yearly.movements.all()):
        movements.set_focal_tasks(officer, movement, tasks[place % len(tasks) :][:1])
    if old := yearly.bases.exclude(plan__isnull=False).first():
        said = {
            "kind": old.kind, "number": "77/KH-UBND", "issued_on": date(2026, 8, 3), "issuer": old.issuer,
            "subject": "Phong trào thi đua giai đoạn 2026–2030, thay kế hoạch trước",
        }  # fmt: skip
        new = keeping.add_document(officer, yearly.department, said)
        keeping.change_document(officer, old, {"replaced_by": new, "in_force_to": date(2026, 8, 2)})
    for target, reached in zip(yearly.targets.all(), ("58/60 đơn vị", "97 %"), strict=False):
        seen = stamp(target, keeping.CHECKED)
        keeping.check_target(officer, target, met=reached == "97 %", reached=reached, seen=seen)


def _launch(stage: Stage) -> None:
    """Most units launched most movements; who did not is shown by name."""
    random = stage.names.random
    for movement in stage.plan.movements.all():
        for code, head in stage.heads.items():
            if random.random() < 0.7:
                movements.launch(
                    head, movement, stage.made.unit(code), on=date(2026, 2, random.randint(2, 26)),
                    note="Phát động tại hội nghị viên chức, người lao động; các khoa, phòng ký giao ước.",
                    participants=random.randint(20, 400),
                )  # fmt: skip


def _report(stage: Stage) -> None:
    """What was due is reported and accepted, but for a few units; the newest reports wait to be read."""
    bodies = {stage.made.unit(code).pk: code for code in stage.heads}
    past = Duty.objects.filter(obligation__due_on__lt=timezone.localdate(), body__in=bodies).order_by("pk")
    for duty in past.select_related("obligation", "body"):
        chance = stage.names.random.random()
        if chance < 0.94:
            head = stage.heads[bodies[duty.body_id]]
            duty = plans.report(head, duty, DONE, None)
        if chance < 0.88:
            take(DUTY_STEPS["accept"], duty, by=stage.users["thuongtruc"])
