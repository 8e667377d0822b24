"""Plans being written: the department's at every stage, and the units' own under the yearly plan."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from guong.base.models import Body, User
from guong.plans.actions import drafting, issuing
from guong.plans.models import Plan, PlanDraft
from guong.plans.writing.pages import page_called, pages
from guong.site.demo.current import Stage

ISSUED = ("BVSN", "BVYH", "TTYT1", "TTYT2")  # units whose own plan is out
DOCTORS_DAY: dict[str, Any] = {
    "title": "Tổ chức kỷ niệm 72 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2027)",
    "theme": "Tận tâm từ trạm y tế",
    "period": {"start": "2027-02-01", "end": "2027-02-28"},
    "topics": [
        {"code": "1", "text": "Thầy thuốc ở xã vùng cao: một ngày làm việc"},
        {"code": "2", "text": "Người bệnh kể chuyện được cứu chữa"},
    ],
    "activities": [
        {
            "when": {"start": "2027-02-20", "end": "2027-02-26"},
            "name": "Thăm, tặng quà thầy thuốc đang trực tại các xã vùng cao",
            "lead_units": ["Công đoàn ngành Y tế"], "related_units": ["Đoàn Thanh niên Sở Y tế"],
            "outputs": ["30 suất quà", "01 phóng sự ảnh"],
        }
    ],
    "assignments": [
        {"unit": "Văn phòng Sở", "tasks": ["Chuẩn bị nội dung, giấy mời.", "Theo dõi, đôn đốc các đơn vị."]},
        {"unit": "Công đoàn ngành Y tế", "tasks": ["Chủ trì thăm, tặng quà."]},
    ],
    "deadlines": [
        {"on": "2027-03-10", "what": "Báo cáo kết quả hoạt động kỷ niệm", "by": "Các đơn vị trực thuộc",
         "to": "Sở Y tế", "strict": True}
    ],
    "distribution": [
        {"recipient": "UBND tỉnh", "purpose": "báo cáo"},
        {"recipient": "Các đơn vị trực thuộc", "purpose": "thực hiện"},
        {"recipient": "Lưu: VT, VP Sở", "purpose": None},
    ],
}  # fmt: skip
VISIT: dict[str, Any] = {
    "title": "Kiểm tra công tác thi đua, khen thưởng tại các đơn vị quý I năm 2027",
    "period": {"start": "2027-01-15", "end": "2027-03-20"},
    "assignments": [
        {"unit": "Văn phòng Sở", "tasks": ["Chủ trì đoàn kiểm tra, lập lịch gửi các đơn vị."]},
        {"unit": "Các đơn vị trực thuộc Sở", "tasks": ["Chuẩn bị hồ sơ, cử người làm việc với đoàn."]},
    ],
    "deadlines": [
        {"on": "2027-01-12", "what": "Gửi báo cáo tự kiểm tra", "by": "Các đơn vị trực thuộc",
         "to": "Văn phòng Sở", "strict": False}
    ],
}  # fmt: skip


def play(stage: Stage) -> None:
    """One draft at each stage, so that something waits for every role."""
    root, officer, leader = stage.made.root, stage.users["thuongtruc"], stage.users["giamdoc"]
    drafting.start_draft(officer, root, origin="last_year", plan=stage.plan)
    _move(_new(officer, root, DOCTORS_DAY), officer, "submit")
    approved = _move(_move(_new(officer, root, VISIT), officer, "submit"), leader, "approve")
    issuing.give_number(officer, approved, on=timezone.localdate())
    for code in ISSUED:
        _derived(stage, code)
    _waiting(stage)


def _derived(stage: Stage, code: str) -> Plan | None:
    """A unit's own plan, all the way."""
    head = stage.heads[code]
    draft = _seen(drafting.start_draft(head, stage.made.unit(code), origin="parent", plan=stage.plan), head)
    draft = _move(_move(draft, head, "submit"), head, "approve")
    return issuing.issue(head, issuing.give_number(head, draft, on=timezone.localdate())).plan


def _waiting(stage: Stage) -> None:
    """At the hospital one waits for its head; at the station one came back; one is just begun."""
    clerk, station = stage.users["vanthubv"], stage.users["truongtram"]
    hospital = drafting.start_draft(clerk, stage.made.unit("BVDK"), origin="parent", plan=stage.plan)
    _move(_seen(hospital, clerk), clerk, "submit")
    own = drafting.start_draft(station, stage.made.unit("TYT1"), origin="parent", plan=stage.plan)
    own = _move(_seen(own, station), station, "submit")
    _move(own, station, "return_draft", "Thêm ngày phát động tại trạm, ghi tên người phụ trách.")
    other = stage.heads["BVPH"]
    drafting.start_draft(other, stage.made.unit("BVPH"), origin="parent", plan=stage.plan)


def _new(by: User, body: Body, said: dict[str, Any]) -> PlanDraft:
    draft = drafting.start_draft(by, body, origin="nothing")
    for page in pages():
        part = {name: said[name] for name in page.keys if name in said}
        if part:
            stamp = page.stamp(draft.content)
            draft = drafting.save_page(by, draft, page, draft.content | part, stamp)
    return draft


def _seen(draft: PlanDraft, by: User) -> PlanDraft:
    """Every page filled in beforehand, looked at and kept."""
    for slug in list(draft.unseen):
        if page := page_called(slug):
            draft = drafting.save_page(by, draft, page, draft.content, page.stamp(draft.content))
    return draft


def _move(draft: PlanDraft, by: User, name: str, note: str = "") -> PlanDraft:
    return drafting.move(by, draft, name, version=draft.version, note=note)
