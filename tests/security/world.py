"""Departments with a record of every kind in each unit, and an account of every role."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from guong.awards.models import (
    Appraisal,
    Award,
    Bonus,
    Comment,
    Council,
    CouncilMember,
    Decision,
    Evidence,
    Fund,
    Item,
    Listing,
    ListingEntry,
    Nomination,
    Seat,
    Session,
)
from guong.base.access import Role
from guong.base.models import Body, Employment, Grant, Person, StoredFile, User
from guong.movements.models import Launch, Movement, Quota
from guong.plans.models import (
    Assignment,
    Delivery,
    Difficulty,
    Duty,
    FocalList,
    FocalTask,
    LegalDocument,
    Obligation,
    Occasion,
    Plan,
    PlanDraft,
    Reading,
    Review,
    Revision,
    Target,
)
from guong.plans.standard_lists import fill
from guong.plans.uploads import EXCEL
from guong.records.models import Authorship, Circumstance, Honour, Initiative, Rating, SheetImport
from guong.regulations.models import Layer
from tests import factories as make
from tests.plans import readings
from tests.records.book import award, workbook
from tests.security.addresses import OpenBook, UnitBook

UNIT_ROLES = (Role.UNIT_HEAD, Role.UNIT_CLERK, Role.EMPLOYEE, Role.UNION_OFFICER, Role.YOUTH_OFFICER)
KINDS = (
    Body, Person, Employment, User, Grant, Plan, PlanDraft, Reading, LegalDocument, FocalList, FocalTask,
    Occasion, Target, Assignment, Duty, Obligation, Delivery, Difficulty, Review, Movement, Quota, Launch,
    Nomination, Listing, Council, Session, Decision, Award, OpenBook, UnitBook, Honour, Rating,
    Circumstance, Initiative, SheetImport, Layer, Bonus, Fund,
)  # fmt: skip
RATED, DISCIPLINED = "KINXLBAYBAY", "KINKLTAMTAM"  # words to look for where they must not be
_number = iter(range(1, 100_000))


@dataclass
class Department:
    """One department and what belongs to it."""

    root: Body
    units: list[Body]
    users: dict[str, User]
    records: dict[type, list] = field(default_factory=dict)

    def of(self, kind: type) -> object:
        """The record of a kind that the first unit owns."""
        return self.records[kind][0]


def stored() -> StoredFile:
    """A small file."""
    made = StoredFile(
        name="to-trinh.pdf",
        content_type="application/pdf",
        size=9,
        sha256=hashlib.sha256(b"%PDF-1.4\n").hexdigest(),
    )
    made.content.save("x", ContentFile(b"%PDF-1.4\n"), save=False)
    made.save()
    return made


def department(name: str, units: int) -> Department:
    """A department with so many units, each with people, accounts and records."""
    root = make.department(name)
    office = make.office("Phòng Nghiệp vụ Y", root)
    houses = [make.unit(root, f"{name}, đơn vị {number}") for number in range(units)]
    users = _users_of(root, office, houses[0])
    made = Department(root, houses, users)
    plan = _plan_of(root, users[Role.STANDING_OFFICE])
    LegalDocument.objects.create(department=root, kind="Kế hoạch", number="12/KH-BYT", issuer="Bộ Y tế")
    fill(root)
    Target.objects.create(plan=plan, metric="đơn vị có kế hoạch", value="100%", order=0)
    movement = make.movement(plan)
    make.lead(movement, office)
    obligation = Obligation.objects.create(
        plan=plan,
        what="Báo cáo quý",
        on_text="trước 01/12",
        due_on=date(2026, 11, 30),
        precision="day",
        order=1,
    )
    Assignment.objects.create(plan=plan, unit_text="Văn phòng", body=office, text="Theo dõi", order=1)
    _layer_of(root)
    nominations = [_unit_records(house, movement, obligation, office, users) for house in houses]
    _council_records(root, movement, nominations, users)
    made.records = _collected(root)
    return made


def _users_of(root: Body, office: Body, unit: Body) -> dict[str, User]:
    """One account per role at the place where it is usually held, each working somewhere."""
    section = make.section(unit)
    places = dict.fromkeys(UNIT_ROLES, unit) | {
        Role.SECTION_HEAD: section, Role.APPRAISER: office,
        Role.STANDING_OFFICE: root.department.standing_office,
    }  # fmt: skip
    users = {}
    for role in Role.values:
        place = places.get(role, root)
        users[role] = make.user(role, place)
        make.employ(users[role].person, place if place != root else office)
    return users


def _plan_of(root: Body, by: User) -> Plan:
    """A plan of the department, revised once."""
    plan = make.plan(root, reading=readings.reading(root, by), body=root)
    Revision.objects.create(
        plan=plan, number=1, reason="Bổ sung", before={}, after={"title": "Mới"}, made_by=by
    )
    Plan.objects.filter(pk=plan.pk).update(content={"title": "Mới"}, edition=1)
    plan.refresh_from_db()
    return plan


def _layer_of(root: Body) -> None:
    """A layer in force."""
    text = (
        f"layer: {{code: x{root.pk}, vi: Quy định, decision: {root.pk}/QĐ, from: 2025-01-01, to: open}}\n"
        "values:\n  caps.CSTDCS.of_LDTT: {value: 30, source: QĐ, confidence: text}\n"
    )
    Layer.objects.create(
        department=root, applies_to=root, code=f"x{root.pk}", name="Quy định", decision=f"{root.pk}/QĐ",
        signed_on=date(2025, 1, 1), since=date(2025, 1, 1), text=text, file=stored(), state="in_force",
        digest=hashlib.sha256(text.encode()).hexdigest(), speaks_of=["caps.CSTDCS.of_LDTT"],
    )  # fmt: skip


def _unit_records(
    unit: Body, movement: Movement, obligation: Obligation, office: Body, users: dict[str, User]
) -> Nomination:
    clerk = make.user(Role.UNIT_CLERK, unit)
    make.employ(clerk.person, unit)
    section = make.section(unit)
    nurse = make.person()
    make.employ(nurse, section)
    Duty.objects.create(obligation=obligation, body=unit, file=stored())
    PlanDraft.objects.create(
        department=obligation.plan.department, body=unit, content={"title": "Kế hoạch của đơn vị"},
        symbol="KH-DV", year=2026, created_by=clerk,
    )  # fmt: skip
    _after_issue(obligation.plan, unit, clerk)
    Launch.objects.create(movement=movement, body=unit, on=date(2026, 2, 1), file=stored())
    draft = make.nomination(movement, unit, created_by=clerk)
    Evidence.objects.create(nomination=draft, caption="Tờ trình", file=stored(), added_by=clerk)
    sent = make.nomination(
        movement, unit, created_by=clerk, state="submitted", section=section, submitted_at=timezone.now()
    )
    Evidence.objects.create(nomination=sent, caption="Báo cáo", file=stored(), added_by=clerk)
    Appraisal.objects.create(nomination=sent, office=office, due_on=date(2026, 12, 1))
    first = users[Role.UNIT_CLERK]
    sender = first if first.scope.holds(unit, Role.UNIT_CLERK) else clerk
    _book_of(unit, nurse, sent.person, sender)
    return sent


def _book_of(unit: Body, nurse: Person, nominee: Person, clerk: User) -> None:
    """Lines about somebody nobody appraises, about the nominee, about the unit; a sheet the clerk sent."""
    department = unit.parent
    for subject in ({"person": nurse}, {"person": nominee}, {"body": unit}):
        line = {"department": department, "unit": unit, **subject}
        Honour.objects.create(
            **line, code="GKS", year=2024, decision_number="213/QĐ-SYT", name_on_paper="Tên trên giấy"
        )
        Rating.objects.create(**line, year=2024, level="HTXS", decision_number=RATED)
        Circumstance.objects.create(
            **line,
            nature="discipline",
            kind="reprimand",
            begins_on=date(2023, 4, 10),
            decision_number=DISCIPLINED,
        )
    made = Initiative.objects.create(
        department=department, unit=unit, title="Phiếu nhắc lịch tiêm", level="unit", year=2024
    )
    Authorship.objects.create(initiative=made, person=nurse, share=60)
    SheetImport.objects.create(
        department=department, unit=unit, kind="honours", file=_sheet(), created_by=clerk, head=2
    )


def _sheet() -> StoredFile:
    """A sheet of awards as offices keep it."""
    data = workbook(award("Nguyễn Thị Hòa"))
    made = StoredFile(
        name="danh-sach.xlsx", content_type=EXCEL, size=len(data), sha256=hashlib.sha256(data).hexdigest()
    )
    made.content.save("x", ContentFile(data), save=False)
    made.save()
    return made


def _after_issue(plan: Plan, unit: Body, clerk: User) -> None:
    """The unit's copy, its difficulty, its own plan to be reviewed."""
    Delivery.objects.create(plan=plan, body=unit, edition=plan.edition, purpose="execute")
    Difficulty.objects.create(plan=plan, body=unit, text="Thiếu người.", file=stored(), by=clerk)
    own = make.plan(plan.department, body=unit)
    Review.objects.create(plan=own, revision=plan.revisions.get())


def _council_records(
    root: Body, movement: Movement, nominations: list[Nomination], users: dict[str, User]
) -> None:
    listing = Listing.objects.create(
        department=root, title="Danh sách", opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 30)
    )
    council = Council.objects.create(
        department=root, name="Hội đồng", established_by="1/QĐ", established_on=date(2026, 1, 1)
    )
    meeting = Session.objects.create(
        council=council, title="Phiên 1", held_at=timezone.now(), vote_percent=80
    )
    for role, seat in (("chair", Role.COUNCIL_CHAIR), ("member", Role.COUNCIL_MEMBER),
                       ("secretary", Role.COUNCIL_SECRETARY)):  # fmt: skip
        CouncilMember.objects.create(council=council, person=users[seat].person, role=role)
        Seat.objects.create(session=meeting, person=users[seat].person, role=role)
    for nomination in nominations:
        entry = ListingEntry.objects.create(listing=listing, nomination=nomination)
        Comment.objects.create(entry=entry, author=users[Role.EMPLOYEE], text="Đồng ý.")
    Item.objects.create(session=meeting, nomination=nominations[0])
    _decisions(root, movement, meeting, nominations[0])


def _decisions(root: Body, movement: Movement, meeting: Session, nomination: Nomination) -> None:
    shared = {
        "department": root, "movement": movement, "session": meeting, "title": "Khen thưởng",
        "symbol": "QĐ-SYT",
        "authority_line": "GIÁM ĐỐC SỞ Y TẾ", "signatory_position": "GIÁM ĐỐC",
        "signatory_name": "Lê Minh Khoa",
    }  # fmt: skip
    Decision.objects.create(**shared)
    issued = Decision.objects.create(
        **shared, state="issued", year=2026, number=1, signed_on=date(2026, 11, 20), issued_at=timezone.now(),
        signed_file=stored(),
    )  # fmt: skip
    for decision in Decision.objects.filter(department=root):
        given = nomination if decision == issued else None
        Award.objects.create(
            decision=decision, nomination=given, subject="individual", person=nomination.person,
            unit=nomination.unit, form="Giấy khen", name_on_paper=nomination.name, achievement="Hết lòng.",
            code=f"CODE-{next(_number)}",
        )  # fmt: skip
    _money(root, issued)


def _money(root: Body, issued: Decision) -> None:
    """A line to be paid, written down before the decision counts as issued: afterwards none is added."""
    fund = Fund.objects.create(department=root, payer=root, name="Quỹ thi đua, khen thưởng")
    Decision.objects.filter(pk=issued.pk).update(state="draft")
    Bonus.objects.create(
        award=issued.awards.get(), decision=issued, fund=fund, year=2026, amount=760_000, law_version="x"
    )
    Decision.objects.filter(pk=issued.pk).update(state="issued")


def _collected(root: Body) -> dict[type, list]:
    """Every record below the department, by kind, in the order made."""
    path = {"path__startswith": root.path}
    ways = {
        Body: path, Employment: _below("body", path), Grant: _below("body", path),
        Plan: _below("department", path), Reading: _below("department", path),
        LegalDocument: _below("department", path), FocalList: _below("department", path),
        FocalTask: _below("focal_list__department", path), Occasion: _below("department", path),
        Target: _below("plan__department", path),
        PlanDraft: _below("department", path),
        Assignment: _below("plan__department", path), Obligation: _below("plan__department", path),
        Duty: _below("body", path), Delivery: _below("body", path), Difficulty: _below("body", path),
        Review: _below("plan__body", path), Movement: _below("plan__department", path),
        Quota: _below("movement__plan__department", path), Launch: _below("body", path),
        Nomination: _below("department", path), Listing: _below("department", path),
        Council: _below("department", path), Session: _below("council__department", path),
        Layer: _below("department", path),
        Decision: _below("department", path), Award: _below("decision__department", path),
        **dict.fromkeys((Honour, Rating, Circumstance, Initiative, SheetImport), _below("department", path)),
        Bonus: _below("decision__department", path), Fund: _below("department", path),
    }  # fmt: skip
    found = {kind: list(kind.objects.filter(**way).order_by("pk")) for kind, way in ways.items()}
    found[Person] = list(Person.objects.filter(employments__body__path__startswith=root.path).order_by("pk"))
    kept = set(Rating.objects.values_list("person", flat=True))
    found[OpenBook] = sorted(found[Person], key=lambda person: person.pk not in kept)
    found[UnitBook] = sorted(found[Body], key=lambda body: body.kind != "unit")
    found[User] = list(User.objects.filter(grants__body__path__startswith=root.path).order_by("pk"))
    return found


def _below(field_name: str, path: dict[str, str]) -> dict[str, str]:
    return {f"{field_name}__{key}": value for key, value in path.items()}
