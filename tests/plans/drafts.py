"""A department with a plan in force and a hospital that derives its own: what tests of drafts stand on."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from guong.base.access import Role
from guong.base.models import Body, User
from guong.plans import actions
from guong.plans.actions import drafting, issuing
from guong.plans.models import Plan, PlanDraft
from guong.plans.writing.pages import Page, page_called, pages
from tests import factories as make
from tests.plans import readings


@dataclass
class House:
    """Who writes, approves and issues at the department and at its hospital."""

    department: Body
    officer: User
    leader: User
    hospital: Body
    clerk: User
    head: User

    def plan(self, **fields) -> Plan:
        """A plan in force, read from a file and confirmed."""
        reading = readings.reading(self.department, self.officer, readings.plan(**fields))
        return actions.confirm(self.officer, reading)

    def draft(self, **fields) -> PlanDraft:
        """A draft of the department that can be sent for approval."""
        made = drafting.start_draft(self.officer, self.department, origin="nothing")
        return fill(made, self.officer, whole(**fields))

    def submitted(self, **fields) -> PlanDraft:
        return move(self.draft(**fields), "submit", self.officer)

    def approved(self, **fields) -> PlanDraft:
        return move(self.submitted(**fields), "approve", self.leader)

    def numbered(self, **fields) -> PlanDraft:
        return issuing.give_number(self.officer, self.approved(**fields), on=timezone.localdate())

    def issued(self, **fields) -> PlanDraft:
        return issuing.issue(self.officer, self.numbered(**fields))


def house(name: str = "Sở Y tế An Bình") -> House:
    department = make.department(name)
    hospital = make.unit(department, "Bệnh viện Mắt An Bình")
    make.employ(make.person("Võ Hữu Phong"), hospital, "Giám đốc", is_leader=True)
    return House(
        department=department,
        officer=make.standing_officer(department),
        leader=make.user(Role.LEADER, department),
        hospital=hospital,
        clerk=make.user(Role.UNIT_CLERK, hospital),
        head=make.user(Role.UNIT_HEAD, hospital),
    )


def whole(**fields) -> dict:
    """Content enough to be issued."""
    return {
        "title": "Phong trào thi đua năm 2026",
        "period": {"start": "2026-01-01", "end": "2026-12-31"},
        "movements": [readings.movement()],
        "assignments": [{"unit": "Văn phòng Sở", "tasks": ["Theo dõi, đôn đốc."]}],
        "deadlines": [
            {"on": "2026-12-10", "what": "Báo cáo kết quả", "by": "Các đơn vị trực thuộc", "to": "Sở Y tế",
             "strict": True}
        ],
    } | fields  # fmt: skip


def fill(draft: PlanDraft, by: User, content: dict) -> PlanDraft:
    """Write content page by page, as the screens do."""
    for page in pages():
        part = {name: content[name] for name in page.keys if name in content}
        if part:
            draft = save(draft, by, page, draft.content | part)
    return draft


def save(draft: PlanDraft, by: User, page: Page, content: dict) -> PlanDraft:
    return drafting.save_page(by, draft, page, content, page.stamp(draft.content))


def look_at_everything(draft: PlanDraft, by: User) -> PlanDraft:
    """Save every page as it was filled in beforehand."""
    for slug in list(draft.unseen):
        page = page_called(slug)
        draft = save(draft, by, page, draft.content)
    return draft


def move(draft: PlanDraft, name: str, by: User, note: str = "") -> PlanDraft:
    return drafting.move(by, draft, name, version=draft.version, note=note)
