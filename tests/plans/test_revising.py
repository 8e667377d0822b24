"""A revision changes what it changes and loses nothing that was done (B-16, J-17)."""

from __future__ import annotations

import copy
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused, take
from guong.movements.models import Launch, Movement, Quota
from guong.plans import actions
from guong.plans.flow import ASSIGNMENT_STEPS, DUTY_STEPS
from guong.plans.models import (
    Assignment,
    Duty,
    Obligation,
    Plan,
    PlanBasis,
    Reading,
    Review,
    Revision,
    Target,
)
from tests import factories as make
from tests.plans import readings, revisions

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


@pytest.fixture
def bodies(department):
    return readings.sector(department)


@pytest.fixture
def plan(department, office, bodies):
    return revisions.plan(department, office)


def movement(**fields):
    return readings.movement(**fields)


def ids(model: type) -> set[int]:
    return set(model.objects.values_list("pk", flat=True))


def test_a_revision_has_a_number_a_reason_and_both_contents(plan, office):
    before = copy.deepcopy(plan.content)
    made = revisions.revise(plan, office, "Thêm chỉ tiêu", title="Thi đua quý IV và Tết")
    plan.refresh_from_db()
    assert (made.number, made.reason, plan.edition) == (1, "Thêm chỉ tiêu", 1)
    assert made.before == before
    assert made.after == plan.content == before | {"title": "Thi đua quý IV và Tết"}
    assert plan.title == "Thi đua quý IV và Tết"
    assert LogEntry.objects.about(plan).first().note == "điều chỉnh lần 1: Thêm chỉ tiêu"


def test_the_paper_of_the_plan_stays_the_first_one(plan, office):
    revisions.revise(plan, office, number="99/KH-SYT", issued_on="2026-11-01", title="Khác")
    plan.refresh_from_db()
    assert (plan.number, plan.content["number"], plan.issued_on) == (
        "31/KH-SYT",
        "31/KH-SYT",
        date(2026, 9, 28),
    )


def test_what_the_revision_does_not_name_keeps_its_records(plan, office):
    kept = {model: ids(model) for model in (Movement, Quota, Assignment, Obligation, Duty, Target)}
    revisions.revise(plan, office, theme="Vì người bệnh")
    assert {model: ids(model) for model in kept} == kept


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "giống hệt"),
        ({"title": ""}, "Tên: Nhập giá trị"),
        ({"period": {"start": "2026-10-01", "end": "nay mai"}}, "nay mai"),
    ],
)
def test_a_revision_that_says_nothing_or_nonsense_is_refused_and_leaves_nothing(plan, office, changed, said):
    with pytest.raises(Refused, match=said):
        revisions.revise(plan, office, **changed)
    plan.refresh_from_db()
    assert (plan.edition, Revision.objects.count()) == (0, 0)


def test_a_revision_without_a_reason_is_refused_and_by_the_database_too(plan, office):
    with pytest.raises(Refused, match="lý do"):
        revisions.revise(plan, office, " ", title="Khác")
    with pytest.raises(IntegrityError, match="revision_has_a_reason"), transaction.atomic():
        Revision.objects.create(plan=plan, number=1, reason="", before={}, after={}, made_by=office)


def test_targets_come_change_and_go(plan, office):
    target = plan.targets.get()
    target.reached, target.met, target.checked_by, target.checked_at = "92%", False, office, timezone.now()
    target.save()
    revisions.revise(plan, office, targets=[plan.content["targets"][0] | {"value": "90%"}])
    target.refresh_from_db()
    assert (target.value, target.reached, target.met) == ("90%", "92%", None), (
        "checked against another figure"
    )
    target.met, target.checked_by, target.checked_at = True, office, timezone.now()
    target.save()
    revisions.revise(plan, office, targets=[{"metric": "khoa có góc truyền thông", "value": "01"}])
    target.refresh_from_db()
    assert target.ended_by.number == 2, "a target somebody checked is kept and ended"
    assert plan.targets.get(ended_by=None).value == "01"


def test_a_report_accepted_survives_a_new_date_and_the_end_of_its_obligation(plan, office, bodies):
    done = plan.obligations.get().duties.get(body=bodies["one"])
    actions.report(make.user(Role.UNIT_HEAD, bodies["one"]), done, "Đã làm xong", None)
    take(DUTY_STEPS["accept"], done, by=office)
    item = plan.content["deadlines"][0]
    revisions.revise(plan, office, deadlines=[item | {"on": "2027-01-20"}])
    obligation = plan.obligations.get()
    assert obligation.due_on == date(2027, 1, 19)
    assert obligation.duties.count() == 3
    revisions.revise(plan, office, deadlines=[])
    obligation.refresh_from_db()
    assert obligation.ended_by.number == 2
    kept = obligation.duties.get()
    assert (kept.pk, kept.state, kept.report) == (done.pk, "accepted", "Đã làm xong")


def test_an_obligation_nobody_worked_on_is_gone(plan, office):
    revisions.revise(plan, office, deadlines=[])
    assert not Obligation.objects.exists()
    assert not Duty.objects.exists()


def test_units_that_owe_no_more_and_units_that_owe_now(plan, office, bodies):
    reported = plan.obligations.get().duties.get(body=bodies["one"])
    actions.report(make.user(Role.UNIT_HEAD, bodies["one"]), reported, "Đã làm", None)
    item = plan.content["deadlines"][0] | {"by": "Bệnh viện Phổi, Bệnh viện Sao Mai"}
    revisions.revise(plan, office, deadlines=[item])
    owing = set(plan.obligations.get().duties.values_list("body", flat=True))
    assert owing == {bodies["one"].pk, bodies["two"].pk, bodies["private"].pk}, "the report of one stays"


def test_a_task_done_stays_done_when_its_words_change_and_ends_when_it_goes(plan, office, bodies):
    task = plan.assignments.get()
    take(ASSIGNMENT_STEPS["done"], task, by=office)
    revisions.revise(
        plan, office, assignments=[{"unit": "Văn phòng Sở", "tasks": ["Theo dõi, đôn đốc hằng tháng."]}]
    )
    task.refresh_from_db()
    assert (task.text, task.state) == ("Theo dõi, đôn đốc hằng tháng.", "done")
    revisions.revise(plan, office, assignments=[{"unit": "Phòng Nghiệp vụ Y", "tasks": ["Thẩm định hồ sơ."]}])
    task.refresh_from_db()
    assert task.ended_by.number == 2
    assert plan.assignments.get(ended_by=None).body == bodies["nvy"]


def test_a_task_that_goes_to_another_body_is_made_for_it(plan, office, bodies):
    revisions.revise(
        plan, office, assignments=[{"unit": "Phòng Nghiệp vụ Y", "tasks": ["Theo dõi, đôn đốc."]}]
    )
    task = plan.assignments.get()
    assert (task.body, task.unit_text) == (bodies["nvy"], "Phòng Nghiệp vụ Y")


def test_of_two_tasks_in_the_same_words_one_goes_and_one_stays(department, office, bodies):
    twice = [{"unit": "Văn phòng Sở", "tasks": ["Theo dõi.", "Theo dõi."]}]
    plan = revisions.plan(department, office, assignments=twice)
    revisions.revise(plan, office, assignments=[{"unit": "Văn phòng Sở", "tasks": ["Theo dõi."]}])
    assert plan.assignments.count() == 1


def test_recipients_and_bases_follow(plan, office):
    basis = {
        "kind": "Luật",
        "number": "06/2022/QH15",
        "issued_on": "2022-06-15",
        "issuer": None,
        "subject": None,
    }
    more = {"recipient": "Bệnh viện Sao Mai", "purpose": None}
    revisions.revise(
        plan, office, distribution=[*plan.content["distribution"], more],
        legal_bases=[basis, *plan.content["legal_bases"]],
    )  # fmt: skip
    assert plan.recipients.count() == 5
    assert [
        basis.document.number for basis in PlanBasis.objects.filter(plan=plan).select_related("document")
    ] == ["06/2022/QH15", "212/KH-BYT"]


# Movements and places


def test_a_movement_is_changed_in_place_and_its_quota_through_the_guard(plan, office, bodies):
    found = plan.movements.get()
    quota = found.quotas.get(subject="individual")
    Quota.objects.filter(pk=quota.pk).update(used=4)
    more = movement(
        quota={"collectives": 6, "individuals": 4, "per_programme": False}, in_charge="Văn phòng Sở"
    )
    revisions.revise(plan, office, movements=[more])
    found.refresh_from_db()
    quota.refresh_from_db()
    assert (quota.size, quota.used) == (4, 4)
    assert found.quotas.get(subject="collective").size == 6
    assert found.leads.get().body == bodies["office"]


def test_places_never_fall_below_what_is_used_and_the_movement_is_named(plan, office):
    Quota.objects.filter(subject="individual").update(used=4)
    less = movement(quota={"collectives": 5, "individuals": 3, "per_programme": False})
    with pytest.raises(Refused, match=r"Trạm Y tế thân thiện.*4 chỗ"):
        revisions.revise(plan, office, movements=[less], title="Khác")
    plan.refresh_from_db()
    assert (plan.edition, plan.title) == (0, "Thi đua quý IV năm 2026"), "nothing of the revision stays"


def test_without_the_rule_the_database_refuses_too(plan):
    """The twin: the same number written past the guarded counter."""
    Quota.objects.filter(subject="individual").update(used=4)
    with pytest.raises(IntegrityError, match="quota_never_over"):
        Quota.objects.filter(subject="individual").update(size=3)


def test_a_movement_with_nominations_cannot_be_taken_out(plan, office, bodies):
    found = plan.movements.get()
    nomination = make.nomination(found, bodies["one"])
    with pytest.raises(Refused, match="đã có đề nghị"):
        revisions.revise(plan, office, movements=[])
    nomination.refresh_from_db()
    assert nomination.movement == found


def test_a_movement_units_launched_ends_and_its_launches_stay(plan, office, bodies):
    found = plan.movements.get()
    Launch.objects.create(movement=found, body=bodies["one"], on=date(2026, 10, 2))
    other = movement(
        code="1", name="Thi đua hiến máu tình nguyện cuối năm", content="Hai đợt.", in_charge=None
    )
    revisions.revise(plan, office, movements=[other])
    found.refresh_from_db()
    assert found.ended_by.number == 1
    assert found.launches.count() == 1
    assert plan.movements.get(ended_by=None).code == "1", "its number is free for another"


def test_a_movement_nothing_hangs_on_is_gone_and_numbers_change_places(department, office, bodies):
    one, two = movement(code="1"), movement(code="2", name="Bệnh viện xanh sạch đẹp", content="Cây.")
    plan = revisions.plan(department, office, movements=[one, two])
    first, second = plan.movements.order_by("code")
    revisions.revise(plan, office, movements=[two | {"code": "1"}, one | {"code": "2"}])
    assert list(plan.movements.order_by("code")) == [second, first]
    revisions.revise(plan, office, movements=[one | {"code": "2"}])
    assert plan.movements.get() == first


def test_places_for_each_programme_change_with_the_plan(department, office, bodies):
    each = {"collectives": 5, "individuals": 10, "per_programme": True}
    plan = revisions.plan(department, office, movements=[movement(quota=each)])
    found = plan.movements.get()
    programme = found.programmes.create(name="Tiêm chủng")
    quota = make.quota(found, "collective", 5, programme)
    revisions.revise(plan, office, movements=[movement(quota=each | {"collectives": 7})])
    quota.refresh_from_db()
    found.refresh_from_db()
    assert (quota.size, found.per_programme_collectives) == (7, 7)
    with pytest.raises(Refused, match="theo chương trình"):
        revisions.revise(plan, office, movements=[movement(quota=each | {"per_programme": False})])


# After it


def test_units_whose_plans_stand_on_it_review_them(plan, office, bodies):
    own = revisions.derived(plan, bodies["one"])
    made = revisions.revise(plan, office, title="Khác")
    review = Review.objects.get()
    assert (review.plan, review.revision, review.state) == (own, made, "open")
    head = make.user(Role.UNIT_HEAD, bodies["one"])
    revisions.revise(own, head, title="Kế hoạch mới của đơn vị")
    review.refresh_from_db()
    assert review.state == "revised"
    assert review.settled_at


def test_a_draft_begun_before_another_revision_is_told(plan, office):
    late = revisions.draft(plan, office, title="Chậm hơn")
    type(late).objects.filter(pk=late.pk).update(state="dropped")
    revisions.revise(plan, office, title="Nhanh hơn")
    with pytest.raises(Refused, match="lần điều chỉnh khác"):
        revisions.apply(late, office)


# Guards of the database and their twins


def test_content_changes_only_with_a_revision(plan):
    with (
        pytest.raises(IntegrityError, match="only by a revision"),
        transaction.atomic(),
    ):
        Plan.objects.filter(pk=plan.pk).update(content={"title": "lén"})
    with pytest.raises(IntegrityError, match="only by a revision"), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(edition=3)


def test_without_the_guard_content_would_change_by_itself(plan):
    """The twin: the trigger off, and the plan says what nobody issued."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE plans_plan DISABLE TRIGGER guong_plan_content")
    Plan.objects.filter(pk=plan.pk).update(content={"title": "lén"})
    plan.refresh_from_db()
    assert plan.content == {"title": "lén"}


def test_a_revision_is_never_changed(plan, office):
    made = revisions.revise(plan, office, title="Khác")
    for write in (lambda: Revision.objects.filter(pk=made.pk).update(reason="khác"), made.delete):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            write()


def test_without_the_guard_a_revision_could_be_rewritten(plan, office):
    """The twin."""
    made = revisions.revise(plan, office, title="Khác")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE plans_revision DISABLE TRIGGER guong_revision_stays")
    Revision.objects.filter(pk=made.pk).update(reason="khác")
    made.refresh_from_db()
    assert made.reason == "khác"


def test_the_reading_it_came_from_is_as_it_was(plan, office):
    before = Reading.objects.get().found
    revisions.revise(plan, office, title="Khác")
    assert Reading.objects.get().found == before
