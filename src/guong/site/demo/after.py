"""After issue: copies partly read, a hospital's sections, difficulties answered and open, a revision."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guong.plans import delivering, difficulties
from guong.plans.actions import drafting, issuing, revisions
from guong.plans.after.cascade import Cascade
from guong.plans.models import Delivery, Difficulty, Plan, PlanDraft, Reminder
from guong.plans.writing.pages import pages
from guong.site.demo.current import Stage

LATE = (
    "Hai phần ba số trạm của khu vực chưa có máy in, biểu mẫu giao ước phải in tại trung tâm;"
    " đề nghị lùi thời hạn gửi báo cáo năm sang ngày 20/12."
)
PEOPLE = (
    "Khoa Cấp cứu thiếu người trong dịp lễ, xin hướng dẫn cách tính thành tích cho kíp trực ghép hai khoa."
)
GUIDANCE = (
    "Thành tích của kíp ghép tính cho cả hai khoa theo số ca trực thực tế;"
    " ghi rõ số ca vào biểu tổng hợp của đơn vị."
)
REASON = "Theo phản ánh của đơn vị, lùi thời hạn báo cáo năm và thêm chỉ tiêu về giao ước."
TARGET = {"metric": "các đơn vị trực thuộc gửi giao ước thi đua về Sở bằng bản điện tử", "value": "90%"}


def play(stage: Stage) -> None:
    """The yearly plan a year on: what its issuer and its units see of it."""
    _read(stage, chance=0.75)
    _sections(stage)
    answered = _difficulty(stage, "BVSN", PEOPLE)
    difficulties.answer(stage.users["thuongtruc"], answered, GUIDANCE)
    _revise(stage, _difficulty(stage, "TTYT3", LATE))
    _difficulty(stage, "BVDK", "Chưa có mẫu bản điện tử của giao ước; đề nghị Sở gửi mẫu trước ngày 01/12.")
    _read(stage, chance=0.4)
    _remind(stage)


def _copies(stage: Stage) -> Any:
    found = Delivery.objects.filter(plan=stage.plan, passed_on=None, read_at=None).current()
    return found.select_related("body").order_by("pk")


def _read(stage: Stage, chance: float) -> None:
    """So many of the units have confirmed reading the newest edition."""
    for copy in _copies(stage):
        head = stage.heads.get(copy.body.code)
        if head and copy.body.code != "BVDK" and stage.names.random.random() < chance:
            delivering.confirm_read(head, copy)


def _sections(stage: Stage) -> None:
    """The hospital passed its copy on; one head of a section has read it."""
    hospital = stage.made.unit("BVDK")
    copy = _copies(stage).get(body=hospital)
    delivering.pass_on(stage.users["vanthubv"], copy, stage.made.sections[hospital.pk][:6])
    own = Delivery.objects.get(passed_on=copy, body__code="BVDK-2")
    delivering.confirm_read(stage.users["truongkhoa"], own)


def _difficulty(stage: Stage, code: str, text: str) -> Difficulty:
    return difficulties.report(stage.heads[code], stage.plan, stage.made.unit(code), text)


def _revise(stage: Stage, difficulty: Difficulty) -> None:
    """Revision 1: a later date and one more target, all the way to its issue."""
    officer, leader = stage.users["thuongtruc"], stage.users["giamdoc"]
    draft = revisions.answer_by_revision(officer, difficulty)
    draft = revisions.explain(officer, draft, REASON, version=draft.version)
    content = draft.content | {
        "deadlines": [
            item | {"on": "2026-12-20"} if item["on"] == "2026-12-15" else item
            for item in draft.content["deadlines"]
        ],
        "targets": [*draft.content["targets"], TARGET],
    }
    for page in pages():
        draft = drafting.save_page(officer, draft, page, content, page.stamp(draft.content))
    draft = drafting.move(officer, draft, "submit", version=draft.version)
    draft = drafting.move(leader, draft, "approve", version=draft.version)
    _issue(stage, draft)


def _issue(stage: Stage, draft: PlanDraft) -> None:
    officer = stage.users["thuongtruc"]
    numbered = issuing.give_number(officer, draft, on=timezone.localdate())
    issuing.issue(officer, numbered, version=numbered.version)
    stage.plan = Plan.objects.get(pk=stage.plan.pk)


def _remind(stage: Stage) -> None:
    """Who has not read the new edition and who has no plan was reminded this morning."""
    officer = stage.users["thuongtruc"]
    delivering.remind(officer, stage.plan, [copy.body for copy in _copies(stage)], Reminder.About.READ)
    delivering.remind(officer, stage.plan, Cascade(stage.plan).missing, Reminder.About.DERIVE)
