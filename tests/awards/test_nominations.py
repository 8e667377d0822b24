"""Writing a nomination: drafts, edits, evidence, opinions, due dates, two hands at once (D-01 … D-14)."""

from __future__ import annotations

import threading
import uuid
from datetime import date, timedelta

import pytest
from django.db import connection

from guong.awards import appraising, completeness
from guong.awards.actions import nominations as actions
from guong.awards.actions.nominations import Text
from guong.awards.days import after_working_days, database_today
from guong.awards.flow import NOMINATION_STEPS
from guong.awards.models import Appraisal, Nomination
from guong.base.access import Role
from guong.base.entry import AlreadyDone
from guong.base.models import Department, LogEntry
from guong.base.workflow import Refused, refusals, take
from guong.movements.models import Movement, Programme
from guong.plans.models import Plan
from tests import factories as make
from tests.awards.road import LONG, Road, in_state, road

PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def at(db) -> Road:
    return road()


def musts(nomination: Nomination) -> list[str]:
    return [reason.text for reason in completeness.missing(nomination)]


def write(at: Road, nominee=None, movement: Movement | None = None, **fields) -> Nomination:
    """A draft by the clerk for somebody of the section."""
    nominee = nominee or make.employ(make.person(), at.section)
    text = Text(**({"achievement": LONG} | fields))
    return actions.draft(by=at.clerk, movement=movement or at.movement, nominee=nominee, text=text)


def test_draft_knows_unit_and_section_of_a_person(at):
    work = make.employ(make.person("Trần Thị Hòa"), at.section, "Điều dưỡng")
    made = write(at, work)
    assert (made.state, made.unit, made.section) == ("draft", at.unit, at.section)
    assert (made.person, made.employment, made.subject) == (work.person, work, "individual")
    assert LogEntry.objects.about(made).get().action == "draft_nomination"


def test_draft_of_a_collective(at):
    made = write(at, at.section)
    assert (made.body, made.unit, made.subject, made.name) == (at.section, at.unit, "collective", "Khoa Nội")
    assert write(at, at.unit).section is None


def test_draft_for_another_unit_is_refused_and_recorded(at):
    other = make.unit(at.department)
    with pytest.raises(Refused, match="đơn vị đề nghị"):
        write(at, make.employ(make.person(), other))
    assert not Nomination.objects.exists()
    assert LogEntry.objects.about(other).get().refused


def test_person_is_nominated_once_per_movement(at):
    work = make.employ(make.person("Lê Văn Tám"), at.unit)
    first = write(at, work)
    with pytest.raises(Refused, match=rf"Lê Văn Tám đã được đề nghị .* hồ sơ {first.pk}"):
        write(at, work)
    take(NOMINATION_STEPS["withdraw"], first, by=at.clerk, note="Nhầm")
    assert write(at, work).pk != first.pk


def test_homonyms_are_two_nominees(at):
    works = [make.employ(make.person("Nguyễn Thị Hòa", birth_year=year), at.unit) for year in (1985, 1991)]
    assert len({write(at, work).person_id for work in works}) == 2


def test_form_sent_twice_makes_one_draft(at):
    key, work = uuid.uuid4(), make.employ(make.person(), at.unit)
    sent = {"by": at.clerk, "movement": at.movement, "text": Text(LONG), "key": key}
    made = actions.draft(nominee=work, **sent)
    with pytest.raises(AlreadyDone) as done:
        actions.draft(nominee=make.employ(make.person(), at.unit), **sent)
    assert done.value.url == made.get_absolute_url()
    assert Nomination.objects.count() == 1


def test_closed_plan_takes_no_draft(at):
    Plan.objects.filter(pk=at.movement.plan_id).update(state=Plan.State.CLOSED)
    at.movement.refresh_from_db()
    with pytest.raises(Refused, match="khép lại"):
        write(at)


def test_edit_on_top_of_somebody_elses_is_refused(at):
    made = write(at)
    actions.edit(by=at.head, nomination=made, version=1, text=Text("Bản của thủ trưởng"))
    with pytest.raises(Refused, match="sửa trước bạn"):
        actions.edit(by=at.clerk, nomination=made, version=1, text=Text("Bản của văn thư"))
    made.refresh_from_db()
    assert (made.achievement, made.version) == ("Bản của thủ trưởng", 2)


@pytest.mark.parametrize("state", sorted(set(Nomination.State.values) - {"draft", "returned"}))
def test_edit_is_refused_outside_the_unit(at, state):
    made = in_state(at, state)
    with pytest.raises(Refused, match="trả lại"):
        actions.edit(by=at.clerk, nomination=made, version=made.version, text=Text("khác"))
    with pytest.raises(Refused, match="trả lại"):
        actions.add_link(by=at.clerk, nomination=made, caption="", url="https://example.org")
    with pytest.raises(Refused, match="trả lại"):
        actions.remove_evidence(by=at.clerk, nomination=made, piece=made.evidence.get())


def test_edit_by_another_unit_is_refused(at):
    with pytest.raises(Refused, match="đơn vị đề nghị"):
        actions.edit(
            by=make.user(Role.UNIT_CLERK, make.unit(at.department)), nomination=write(at), version=1,
            text=Text("khác"),
        )  # fmt: skip


def test_evidence_changes_the_version_that_is_sent(at):
    made = at.draft()
    actions.add_file(by=at.clerk, nomination=made, caption="Sổ đẻ", name="so-de.pdf", data=PDF)
    with pytest.raises(Refused, match="sửa trước bạn"):
        actions.step(by=at.head, nomination=made, name="submit", version=1)
    assert actions.step(by=at.head, nomination=made, name="submit", version=2).state == "submitted"


def test_evidence_sent_twice_is_kept_once(at):
    key, made = uuid.uuid4(), write(at)
    link = {"by": at.clerk, "nomination": made, "caption": "", "url": "https://example.org/a", "key": key}
    actions.add_link(**link)
    with pytest.raises(AlreadyDone):
        actions.add_link(**link)
    assert made.evidence.count() == 1


def test_steps_of_others_cannot_be_taken_from_the_page(at):
    with pytest.raises(Refused):
        actions.step(by=at.leader, nomination=in_state(at, "chosen"), name="award")


def test_post_rule_is_checked_with_a_sentence(at):
    Movement.objects.filter(pk=at.movement.pk).update(posts=["điều dưỡng", "hộ sinh", "trưởng trạm"])
    driver = at.draft(who=make.employ(make.person("Bùi Văn Khoát"), at.unit, "Lái xe").person)
    nurse = at.draft(who=make.employ(make.person("Vàng Thị Sua"), at.unit, "Điều dưỡng trưởng").person)
    driver.movement.refresh_from_db()
    nurse.movement.refresh_from_db()
    assert musts(driver) == [
        "Bùi Văn Khoát giữ chức danh Lái xe; phong trào này dành cho: điều dưỡng, hộ sinh, trưởng trạm."
    ]
    assert musts(nurse) == []
    with pytest.raises(Refused, match="giữ chức danh Lái xe"):
        take(NOMINATION_STEPS["submit"], driver, by=at.head)


def test_post_is_not_found_inside_another_word(at):
    work = make.employ(make.person(), at.unit, "Trưởng trạm bơm", profession="Kỹ sư")
    assert completeness.holds_post(work, ["trưởng trạm"])
    assert not completeness.holds_post(work, ["ram"])
    assert completeness.holds_post(work, ["kỹ sư"])


def test_nominee_who_left_cannot_be_sent(at):
    made = at.draft()
    made.employment.valid_to = date(2020, 1, 1)
    made.employment.save()
    assert musts(made) == [f"{made.name} hiện không làm việc ở đơn vị này."]


def test_kind_without_places_says_so(at):
    at.movement.quotas.filter(subject="collective").delete()
    assert musts(at.draft(who=at.section)) == ["Kế hoạch không dành chỗ cho tập thể trong phong trào này."]
    assert musts(at.draft()) == []


@pytest.mark.django_db
def test_programme_is_needed_where_places_are_for_each():
    at = road(places=None, quota_kind=Movement.QuotaKind.PER_PROGRAMME)
    made = at.draft()
    assert "Hãy chọn chương trình" in musts(made)[0]
    programme = Programme.objects.create(movement=at.movement, name="Tiêm chủng")
    make.quota(at.movement, "individual", 5, programme)
    made = actions.edit(by=at.clerk, nomination=made, version=1, text=Text(LONG, None, programme))
    assert musts(made) == []


@pytest.mark.django_db
def test_ad_hoc_needs_a_day_that_has_been():
    at = road(route=Movement.Route.AD_HOC)
    made = at.draft()
    assert musts(made) == ["Khen thưởng đột xuất cần ngày lập thành tích."]
    made.achieved_on = database_today() + timedelta(days=2)
    assert musts(made) == ["Ngày lập thành tích ở tương lai."]
    made.achieved_on = database_today()
    assert musts(made) == []


def test_more_nominations_than_places_is_a_warning_not_a_refusal(at):
    for _ in range(2):
        in_state(at, "submitted")
    made = at.draft()
    said = {reason.text: reason.kind for reason in completeness.reasons_of(made)}
    assert said["3 đề nghị cho 2 chỗ."] == "open"
    assert refusals(NOMINATION_STEPS["submit"], made, at.head) == []


def test_office_in_charge_is_the_lead_or_the_standing_office(at):
    standing = at.department.department.standing_office
    assert appraising.office_in_charge(at.draft()) == at.office
    at.movement.leads.all().delete()
    assert appraising.office_in_charge(at.draft()) == standing


def test_office_that_nominates_itself_is_not_asked(at):
    made = make.nomination(at.movement, at.office)
    assert appraising.office_in_charge(made) == at.department.department.standing_office


def test_standing_office_judges_where_it_is_asked(at):
    at.movement.leads.all().delete()
    made = actions.give_opinion(by=at.standing, nomination=at.submitted(), opinion="agree", text="Rõ.")
    assert made.state == "appraised"


def test_opinion_is_due_after_working_days(at):
    Department.objects.update(appraisal_days=3)
    at.department.department.refresh_from_db()
    asked = at.submitted().appraisal
    assert asked.due_on == after_working_days(database_today(), 3)


@pytest.mark.parametrize(
    ("start", "days", "last"),
    [
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 26), 2, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 25), 10, date(2026, 12, 9)),
    ],
)
def test_working_days_leave_out_weekends(start, days, last):
    assert after_working_days(start, days) == last


def test_opinion_is_kept_with_its_author_and_in_the_history(at):
    made = at.appraised("disagree")
    asked = Appraisal.objects.get(nomination=made)
    assert (asked.opinion, asked.text, asked.given_by) == ("disagree", "Đúng lĩnh vực.", at.appraiser)
    assert made.state == "appraised"
    assert LogEntry.objects.about(made).first().note == "không đồng ý. Đúng lĩnh vực."


@pytest.mark.parametrize(("opinion", "text"), [("agree", "  "), ("perhaps", "Vì sao")])
def test_opinion_needs_an_answer_and_reasons(at, opinion, text):
    made = at.submitted()
    with pytest.raises(Refused):
        actions.give_opinion(by=at.appraiser, nomination=made, opinion=opinion, text=text)
    assert Appraisal.objects.get(nomination=made).opinion == ""


def test_visibility_follows_the_road(at):
    made = at.draft()
    seen = {
        "clerk": at.clerk, "head": at.head, "office": at.appraiser, "standing": at.standing,
        "other": make.user(Role.UNIT_HEAD, make.unit(at.department)),
        "self": make.user(Role.EMPLOYEE, at.unit, who=made.person),
    }  # fmt: skip

    def who() -> set[str]:
        return {name for name, user in seen.items() if Nomination.objects.visible_to(user).exists()}

    assert who() == {"clerk", "head"}
    actions.step(by=at.head, nomination=made, name="submit")
    assert who() == {"clerk", "head", "office", "standing", "self"}


def test_reader_of_one_of_two_departments_sees_only_its_own(at):
    other = road()
    mine, theirs = in_state(at, "submitted"), in_state(other, "submitted")
    assert list(Nomination.objects.visible_to(at.standing)) == [mine]
    assert list(Nomination.objects.visible_to(other.standing)) == [theirs]


@pytest.mark.django_db(transaction=True)
def test_submit_at_once_by_two_hands_is_one_success():
    at = road()
    made, heads = at.draft(), [at.head, make.user(Role.UNIT_HEAD, at.unit)]
    assert two_at_once(lambda place: actions.step(by=heads[place], nomination=made, name="submit")) == 1
    assert LogEntry.objects.about(made).filter(refused=False, action="submit").count() == 1
    assert LogEntry.objects.about(made).filter(refused=True, action="submit").count() == 1


@pytest.mark.django_db(transaction=True)
def test_nominating_one_person_twice_at_once_makes_one():
    at = road()
    work = make.employ(make.person(), at.unit)
    assert two_at_once(lambda _place: write(at, work)) == 1
    assert Nomination.objects.count() == 1


def two_at_once(write_as) -> int:
    """How many of two simultaneous writes succeeded; the other must be refused by a sentence."""
    start, done = threading.Barrier(2), []

    def run(place: int) -> None:
        try:
            start.wait()
            write_as(place)
            done.append("done")
        except Refused:
            done.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place,)) for place in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 2
    return done.count("done")
