"""A unit's list in the annual review: added, changed, sent together; caps under many hands (A-11, D-08)."""

from __future__ import annotations

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from guong.awards import caps
from guong.awards.actions import nominations, unit_lists
from guong.awards.actions.nominations import Text
from guong.awards.models import Assessment, Nomination
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.movements.annual import open_review, plans_to_open_under
from guong.movements.models import Movement
from tests import factories as make
from tests.awards.annual import law_with_a_cap, listed, review, use, worker
from tests.awards.road import Road, road


@pytest.fixture
def opened(db) -> tuple[Road, Movement]:
    return review()


def test_review_is_opened_once_a_year(opened):
    at, movement = opened
    assert (movement.route, movement.review_year, movement.name) == (
        "annual", 2025, "Thi đua thường xuyên năm 2025",
    )  # fmt: skip
    with pytest.raises(Refused, match="2025 đã mở"):
        open_review(by=at.standing, plan=make.plan(at.department, year=2025))
    assert [plan.year for plan in plans_to_open_under(at.standing)] == [2026]
    with pytest.raises(Refused, match="thường trực"):
        open_review(by=at.clerk, plan=at.movement.plan)


def test_database_refuses_a_second_review_of_the_year(opened):
    _at, movement = opened
    with pytest.raises(IntegrityError, match="movement_annual_review_once_a_year"), transaction.atomic():
        Movement.objects.create(
            plan=movement.plan, name="Hai", route="annual", quota_kind="open",
            review_of=movement.review_of, review_year=movement.review_year,
        )  # fmt: skip


def test_one_person_may_stand_for_two_titles_but_never_twice_for_one(opened):
    at, movement = opened
    work = worker(at)
    listed(at, movement, [work])
    listed(at, movement, [work], "CSTDCS")
    with pytest.raises(Refused, match="đều có trong danh sách"):
        listed(at, movement, [work])
    assert {each.title_code for each in work.person.nominations.all()} == {"LDTT", "CSTDCS"}
    first = work.person.nominations.first()
    clash = pytest.raises(IntegrityError, match="nomination_person_once_per_title")
    with clash, transaction.atomic():
        work.person.nominations.exclude(pk=first.pk).update(title_code=first.title_code)


def test_without_the_constraint_the_same_title_stands_twice(opened):
    at, movement = opened
    work = worker(at)
    (first,) = listed(at, movement, [work])
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX nomination_person_once_per_title")
    twin = Nomination.objects.get(pk=first.pk)
    twin.pk = None
    twin.save()
    assert work.person.nominations.filter(title_code="LDTT").count() == 2


def test_under_a_theme_a_person_still_stands_once(opened):
    at, _movement = opened
    work = worker(at)
    text = Text("Thành tích", title_code="GKS")
    nominations.draft(by=at.clerk, movement=at.movement, nominee=work, text=text)
    with pytest.raises(Refused, match="đã được đề nghị"):
        nominations.draft(
            by=at.clerk, movement=at.movement, nominee=work, text=Text("Thành tích", title_code="BKT")
        )
    first = work.person.nominations.get()
    first.pk, first.title_code = None, "BKT"
    with pytest.raises(IntegrityError, match="nomination_person_once_per_movement"), transaction.atomic():
        first.save()


def test_only_titles_of_the_law_for_that_nominee(opened):
    at, movement = opened
    with pytest.raises(Refused, match="không đề nghị được ở đây"):
        listed(at, movement, [worker(at)], "TTLDTT")
    with pytest.raises(Refused, match="không thuộc"):
        listed(at, movement, [make.employ(make.person(), make.unit(at.department))])
    assert not Nomination.objects.filter(movement=movement).exists()


def test_list_is_sent_all_or_nothing_with_names_and_without_personal_lines(opened):
    at, movement = opened
    good, bad = worker(at), worker(at, "HT", "Trần Văn Kém")
    made = listed(at, movement, [good, bad])
    with pytest.raises(Refused, match="Trần Văn Kém, Lao động tiên tiến: ") as refused:
        unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    assert "hoàn thành tốt" not in str(refused.value)
    assert set(Nomination.objects.filter(movement=movement).values_list("state", flat=True)) == {"draft"}
    assert not Assessment.objects.exists()
    noted = LogEntry.objects.filter(refused=True).values_list("note", flat=True)
    assert noted and not any("Xếp loại" in note for note in noted)
    unit_lists.take_off(by=at.clerk, nominations=[made[1]])
    assert unit_lists.send_list(by=at.head, movement=movement, unit=at.unit) == 1
    made[0].refresh_from_db()
    assert made[0].state == "submitted"
    assert made[0].assessments.get().reason == "submit"


def test_clerk_hands_the_list_in_and_cannot_send_it(opened):
    at, movement = opened
    listed(at, movement, [worker(at)])
    with pytest.raises(Refused, match="Chỉ thủ trưởng"):
        unit_lists.send_list(by=at.clerk, movement=movement, unit=at.unit)
    assert unit_lists.hand_in_list(by=at.clerk, movement=movement, unit=at.unit) == 1
    assert unit_lists.send_list(by=at.head, movement=movement, unit=at.unit) == 1


def test_title_is_changed_and_a_clash_refused(opened):
    at, movement = opened
    one, two = worker(at), worker(at)
    made = listed(at, movement, [one, two])
    listed(at, movement, [two], "CSTDCS")
    with pytest.raises(Refused, match="đã được đề nghị"):
        unit_lists.change_titles(by=at.clerk, nominations=made, title_code="CSTDCS")
    assert Nomination.objects.filter(movement=movement, title_code="LDTT").count() == 2
    assert unit_lists.change_titles(by=at.clerk, nominations=made[:1], title_code="CSTDCS") == 1


def test_a_grassroots_fighter_counts_the_advanced_worker_of_the_same_list(opened):
    at, movement = opened
    work = worker(at, "HTXS")
    listed(at, movement, [work], "CSTDCS")
    with pytest.raises(Refused, match="chưa đủ điều kiện"):
        unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    (lower,) = listed(at, movement, [work])
    assert unit_lists.send_list(by=at.head, movement=movement, unit=at.unit) == 2
    higher = work.person.nominations.get(title_code="CSTDCS")
    assert higher.assessments.get().counted_with == [lower.pk]


def test_caps_warn_while_editing_and_refuse_when_sent(opened, monkeypatch):
    at, movement = opened
    use(monkeypatch, law_with_a_cap())
    works = [worker(at, "HTXS") for _ in range(5)]
    listed(at, movement, works)
    listed(at, movement, works[:2], "CSTDCS")
    (cap,) = caps.caps_of(movement, unit=at.unit)
    assert (cap.count, cap.base, cap.allowed, cap.over) == (2, 5, 1, 1)
    with pytest.raises(Refused, match=r"2 Chiến sĩ thi đua cơ sở, tối đa 1 .* \(12/2026/QĐ-UBND Đ.4\)"):
        unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    assert not Nomination.objects.filter(state="submitted").exists()
    last = Nomination.objects.filter(title_code="CSTDCS").first()
    unit_lists.take_off(by=at.clerk, nominations=[last])
    assert unit_lists.send_list(by=at.head, movement=movement, unit=at.unit) == 6
    assert [(each.place, each.over) for each in caps.caps_of(movement)] == [
        (at.department.label, 0), (at.unit.label, 0),
    ]  # fmt: skip


def test_ticked_ones_count_in_the_preview(opened, monkeypatch):
    at, movement = opened
    use(monkeypatch, law_with_a_cap())
    listed(at, movement, [worker(at) for _ in range(5)])
    (cap,) = caps.caps_of(movement, unit=at.unit, more=[(-1, "CSTDCS"), (-2, "CSTDCS"), (-3, "CSTDCS")])
    assert (cap.count, cap.base, cap.allowed, cap.over) == (3, 8, 1, 2)


def two_at_once(at: Road, made: list[Nomination]) -> list[str]:
    """Both heads send one line each at the same moment; what each was told."""
    said: list[str] = []
    start = threading.Barrier(2)

    def send(nomination: Nomination) -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            nominations.step(by=at.head, nomination=nomination, name="submit")
            said.append("")
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    hands = [threading.Thread(target=send, args=(each,)) for each in made]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    return said


def one_place_left(monkeypatch) -> tuple[Road, list[Nomination]]:
    """Five advanced workers sent, two grassroots fighters that want the one place."""
    use(monkeypatch, law_with_a_cap())
    at, movement = review(road())
    works = [worker(at, "HTXS") for _ in range(5)]
    listed(at, movement, works)
    unit_lists.send_list(by=at.head, movement=movement, unit=at.unit)
    return at, listed(at, movement, works[:2], "CSTDCS")


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_never_pass_the_cap(monkeypatch):
    at, made = one_place_left(monkeypatch)
    said = two_at_once(at, made)
    assert sorted(map(bool, said)) == [False, True]
    assert Nomination.objects.filter(title_code="CSTDCS", state="submitted").count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_two_senders_pass_the_cap(monkeypatch):
    at, made = one_place_left(monkeypatch)
    both_counted = threading.Barrier(2, timeout=20)
    counted = caps.caps_of

    def count_then_wait(*args, **kwargs):
        found = counted(*args, **kwargs)
        both_counted.wait()
        return found

    monkeypatch.setattr(caps, "lock_the_unit", lambda _unit: None)
    monkeypatch.setattr(caps, "caps_of", count_then_wait)
    assert two_at_once(at, made) == ["", ""]
    assert Nomination.objects.filter(title_code="CSTDCS", state="submitted").count() == 2


@pytest.mark.django_db(transaction=True)
def test_list_and_one_of_its_lines_sent_at_once_never_hang(monkeypatch):
    at, made = one_place_left(monkeypatch)
    unit_lists.take_off(by=at.clerk, nominations=made[1:])
    said: list[str] = []
    start = threading.Barrier(2)

    def send(write) -> None:
        try:
            connection.ensure_connection()
            start.wait(30)
            write()
            said.append("")
        except Refused as refused:
            said.append(str(refused))
        finally:
            connection.close()

    def whole() -> int:
        return unit_lists.send_list(by=at.head, movement=made[0].movement, unit=at.unit)

    def one() -> Nomination:
        return nominations.step(by=at.head, nomination=made[0], name="submit")

    hands = [threading.Thread(target=send, args=(write,)) for write in (whole, one)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join(60)
    assert len(said) == 2 and "" in said
    made[0].refresh_from_db()
    assert made[0].state == "submitted" and made[0].assessments.count() == 1
