"""The money of a decision: by the law of its day, fixed with its number, paid and recovered (K-14)."""

from __future__ import annotations

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from guong.awards import money
from guong.awards.actions import decisions, issuing
from guong.awards.actions import money as actions
from guong.awards.models import Award, Bonus, Decision, Fund, Nomination
from guong.base.access import Role
from guong.base.models import LogEntry
from guong.base.workflow import Refused
from guong.records.models import Honour
from tests import factories as make
from tests.awards.house import PDF, House, house

pytestmark = pytest.mark.django_db
FIRST_MONEY = 760_000  # 0.3 × 2.530.000 = 759.000, rounded up, since 2026-07-01


@pytest.fixture
def at() -> House:
    return house(members=3)


def today() -> date:
    return timezone.localdate()


def paper(number: str = "PC-07", day: date | None = None) -> actions.Document:
    return actions.Document(number, day or today())


def fund(at: House, name: str = "Quỹ thi đua, khen thưởng của Sở Y tế", **fields) -> Fund:
    return Fund.objects.create(department=at.department, payer=at.department, name=name, **fields)


def chosen(at: House, *codes: str, who=None, **fields) -> list[Nomination]:
    """Nominees chosen for these titles, each under a movement of its own; all one person if `who` is."""
    made = []
    for code in codes:
        movement = make.movement(at.movement.plan, 9, 9)
        made.append(make.nomination(movement, at.unit, who, state="chosen", title_code=code, **fields))
    return made


def draft(at: House, nominations: list[Nomination]) -> Decision:
    return decisions.draft(by=at.clerk, department=at.department, nominations=nominations)


def in_force(at: House, decision: Decision, day: date | None = None) -> Decision:
    decision = issuing.give_number(by=at.clerk, decision=decision, signed_on=day or today())
    decision = issuing.keep_signed_copy(by=at.clerk, decision=decision, name="qd.pdf", data=PDF)
    return issuing.issue(by=at.leader, decision=decision)


def by_title(decision: Decision) -> dict[str, Bonus]:
    return {bonus.award.title_code: bonus for bonus in decision.bonuses.select_related("award")}


def test_award_takes_the_title_of_its_nomination_and_its_words(at):
    made = draft(at, chosen(at, "GKS", "CSTDCS", "LDTT"))
    words = dict(made.awards.values_list("title_code", "form"))
    assert words == {"GKS": "Giấy khen", "CSTDCS": "Chiến sĩ thi đua cơ sở", "LDTT": "Lao động tiên tiến"}
    assert list(made.awards.values_list("title_code", flat=True)) == ["LDTT", "CSTDCS", "GKS"]


@pytest.mark.parametrize(
    ("day", "code", "amount"),
    [
        (date(2023, 12, 20), "LDTT", 540_000),
        (date(2025, 12, 20), "LDTT", 710_000),
        (date(2026, 6, 30), "CSTDCS", 2_340_000),
        (date(2026, 7, 1), "CSTDCS", 2_530_000),
        (date(2026, 7, 1), "GKS", FIRST_MONEY),
    ],
)
def test_money_is_that_of_the_day_of_the_decision(at, day, code, amount):
    numbered = issuing.give_number(by=at.clerk, decision=draft(at, chosen(at, code)), signed_on=day)
    bonus = numbered.bonuses.get()
    assert (bonus.amount, bonus.state) == (amount, "planned")
    assert bonus.multiple * bonus.base_salary <= amount
    assert len(bonus.law_version) == 12 and bonus.rests_on


def test_r4_is_marked_and_r3_is_not(at):
    old = issuing.give_number(by=at.clerk, decision=draft(at, chosen(at, "GKS")), signed_on=date(2026, 9, 30))
    new = issuing.give_number(by=at.clerk, decision=draft(at, chosen(at, "GKS")), signed_on=date(2026, 10, 1))
    assert [decision.bonuses.get().unverified for decision in (old, new)] == [False, True]


def test_only_the_higher_title_of_one_year_is_paid_and_a_form_beside_it(at):
    who = make.person("Trần Thị Hoa")
    make.employ(who, at.unit)
    decision = in_force(at, draft(at, chosen(at, "LDTT", "CSTDCS", "GKS", who=who)))
    found = by_title(decision)
    assert {code: bonus.state for code, bonus in found.items()} == {
        "LDTT": "covered", "CSTDCS": "planned", "GKS": "planned",
    }  # fmt: skip
    assert "Chiến sĩ thi đua cơ sở" in found["LDTT"].why
    assert [total.amount for total in money.totals(decision.bonuses.all())] == [2_530_000 + FIRST_MONEY]


def test_twin_titles_of_two_people_are_each_paid(at):
    """The rule looks at the person: without one person both titles are paid."""
    decision = in_force(at, draft(at, chosen(at, "LDTT", "CSTDCS")))
    assert {bonus.state for bonus in decision.bonuses.all()} == {"planned"}


def test_person_and_collective_of_one_number_are_two(at):
    """A body whose id is that of a person takes no money from that person."""
    who = make.person()
    made = draft(at, chosen(at, "LDTT", who=who))
    award = made.awards.get()
    twin = Award(
        decision=made, subject="collective", body_id=who.pk, title_code="TTLDTT", unit=at.unit, form="x"
    )
    assert {bonus.state for bonus in money.reckon(made, [award, twin], today())} == {"planned"}


def test_unknown_figure_is_said_and_never_zero(at):
    made = draft(at, chosen(at, "GKS"))
    made.awards.update(title_code="KHAC")
    bonus = money.bonuses_of(made)[0]
    assert (bonus.state, bonus.amount) == ("unknown", None)
    assert bonus.why.startswith("chưa rõ mức tiền")
    assert money.totals([bonus]) == []
    early = draft(at, chosen(at, "GKS"))
    lines = money.reckon(early, money.lines_of(early), date(2016, 5, 5))
    assert (lines[0].state, lines[0].amount) == ("unknown", None)
    assert "05/05/2016" in lines[0].why and "NotKnown" not in lines[0].why


def test_draft_keeps_no_money_and_a_number_fixes_it(at):
    made = draft(at, chosen(at, "GKS"))
    assert money.bonuses_of(made)[0].amount == FIRST_MONEY
    assert not Bonus.objects.exists()
    numbered = issuing.give_number(by=at.clerk, decision=made, signed_on=date(2026, 6, 1))
    assert money.bonuses_of(numbered)[0].amount == 710_000


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1},
        {"multiple": 9},
        {"base_salary": 1},
        {"why": "x"},
        {"unverified": False},
        {"law_version": "x"},
    ],
)
def test_money_of_a_numbered_decision_cannot_change(at, change):
    bonus = in_force(at, draft(at, chosen(at, "GKS"))).bonuses.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bonus.objects.filter(pk=bonus.pk).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        bonus.delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        Bonus.objects.create(
            award=make_line(at), decision=bonus.decision, year=2026, amount=1, law_version="x"
        )


def make_line(at: House) -> Award:
    return draft(at, chosen(at, "GKS")).awards.get()


def test_twin_without_the_trigger_the_amount_changes(at):
    bonus = in_force(at, draft(at, chosen(at, "GKS"))).bonuses.get()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE awards_bonus DISABLE TRIGGER guong_bonus_holds")
    assert Bonus.objects.filter(pk=bonus.pk).update(amount=1) == 1


def test_paid_line_has_document_day_and_fund(at):
    bonus = in_force(at, draft(at, chosen(at, "GKS"))).bonuses.get()
    given = fund(at)
    for wrong in ({}, {"document_number": "1"}, {"document_number": "1", "paid_on": today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bonus.objects.filter(pk=bonus.pk).update(state="paid", **wrong)
    right = {"document_number": "1", "paid_on": today(), "fund": given}
    assert Bonus.objects.filter(pk=bonus.pk).update(state="paid", **right) == 1


def test_twin_without_the_constraint_money_is_paid_by_nothing(at):
    bonus = in_force(at, draft(at, chosen(at, "GKS"))).bonuses.get()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE awards_bonus DROP CONSTRAINT bonus_paid_by_a_document")
    assert Bonus.objects.filter(pk=bonus.pk).update(state="paid") == 1


def test_payment_is_recorded_once_and_told_on_the_decision(at):
    given = fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS", "LDTT")))
    lines = list(decision.bonuses.values_list("pk", flat=True))
    assert actions.pay(by=at.clerk, decision=decision, bonuses=lines, document=paper()) == 2 * FIRST_MONEY
    assert {(b.state, b.document_number, b.fund) for b in decision.bonuses.all()} == {
        ("paid", "PC-07", given)
    }
    assert "1.520.000" in LogEntry.objects.about(decision).get(action="pay", refused=False).note
    with pytest.raises(Refused):
        actions.pay(by=at.clerk, decision=decision, bonuses=lines, document=paper())


def test_payment_refusals(at):
    given = fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS")))
    mine = list(decision.bonuses.values_list("pk", flat=True))
    other = list(in_force(at, draft(at, chosen(at, "GKS"))).bonuses.values_list("pk", flat=True))
    tomorrow, early = today() + timedelta(days=1), today() - timedelta(days=1)
    for lines, document, by in (
        ([], paper(), at.clerk), (other, paper(), at.clerk), (mine, paper(day=tomorrow), at.clerk),
        (mine, paper(day=early), at.clerk), (mine, paper(""), at.clerk), (mine, paper(), at.leader),
        (mine, paper(), make.user(Role.UNIT_CLERK, at.unit)),
    ):  # fmt: skip
        with pytest.raises(Refused):
            actions.pay(by=by, decision=decision, bonuses=lines, document=document, fund=given)
    assert decision.bonuses.get().state == "planned"


def test_nothing_is_paid_before_the_issue_and_unknown_lines_never(at):
    fund(at)
    made = draft(at, chosen(at, "GKS", "LDTT"))
    made.awards.filter(title_code="LDTT").update(title_code="BDUONG")
    numbered = issuing.give_number(by=at.clerk, decision=made, signed_on=today())
    lines = {bonus.award.title_code: bonus.pk for bonus in numbered.bonuses.select_related("award")}
    with pytest.raises(Refused):
        actions.pay(by=at.clerk, decision=numbered, bonuses=[lines["GKS"]], document=paper())
    signed = issuing.keep_signed_copy(by=at.clerk, decision=numbered, name="a.pdf", data=PDF)
    issued = issuing.issue(by=at.leader, decision=signed)
    with pytest.raises(Refused):
        actions.pay(by=at.clerk, decision=issued, bonuses=[lines["BDUONG"]], document=paper())


def test_mistaken_payment_waits_again(at):
    fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS")))
    actions.pay(by=at.clerk, decision=decision, bonuses=[decision.bonuses.get().pk], document=paper())
    with pytest.raises(Refused):
        actions.undo_payment(by=at.clerk, bonus=decision.bonuses.get(), reason=" ")
    actions.undo_payment(by=at.clerk, bonus=decision.bonuses.get(), reason="Ghi nhầm dòng")
    bonus = decision.bonuses.get()
    assert (bonus.state, bonus.document_number, bonus.paid_on) == ("planned", "", None)


@pytest.mark.parametrize("whole", [True, False])
def test_revoked_money_is_asked_back_until_it_came(at, whole):
    fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS", "LDTT")))
    paid, unpaid = decision.bonuses.order_by("award__order")
    actions.pay(by=at.clerk, decision=decision, bonuses=[paid.pk], document=paper())
    if whole:
        issuing.revoke(by=at.leader, decision=decision, reason="Khai sai")
    else:
        for bonus in (paid, unpaid):
            issuing.revoke_award(by=at.leader, award=bonus.award, reason="Khai sai")
    decision.refresh_from_db()
    assert list(decision.bonuses.order_by("award__order").values_list("state", flat=True)) == [
        "due_back", "dropped",
    ]  # fmt: skip
    with pytest.raises(Refused):
        actions.recover(by=at.leader, decision=decision, bonuses=[paid.pk], document=paper())
    actions.recover(by=at.clerk, decision=decision, bonuses=[paid.pk], document=paper("PT-02"))
    paid.refresh_from_db()
    assert (paid.state, paid.recovery_number, paid.document_number) == ("recovered", "PT-02", "PC-07")


def test_cancelled_number_drops_its_money(at):
    numbered = issuing.give_number(by=at.clerk, decision=draft(at, chosen(at, "GKS")), signed_on=today())
    issuing.void(by=at.leader, decision=numbered, reason="Nhầm danh sách")
    assert numbered.bonuses.get().state == "dropped"


def test_one_fund_of_the_department_pays_unless_another_is_chosen(at):
    own, other = fund(at), fund(at, "Quỹ của Bệnh viện", level="unit")
    made = draft(at, chosen(at, "GKS", "LDTT"))
    assert set(made.awards.values_list("fund", flat=True)) == {own.pk}
    actions.choose_funds(by=at.clerk, decision=made, version=1, funds={"LDTT": other})
    made.refresh_from_db()
    assert {str(total.fund) for total in money.totals(money.bonuses_of(made))} == {str(own), str(other)}
    with pytest.raises(Refused):
        actions.choose_funds(by=at.clerk, decision=made, version=1, funds={"LDTT": own})
    actions.choose_funds(by=at.clerk, decision=made, version=2, funds={"LDTT": None})
    with pytest.raises(Refused, match="quỹ"):
        issuing.give_number(by=at.clerk, decision=made, signed_on=today())


def test_fund_named_by_a_numbered_decision_stays(at):
    fund(at)
    other = fund(at, "Quỹ khác", level="unit")
    decision = in_force(at, draft(at, chosen(at, "GKS")))
    with pytest.raises(IntegrityError), transaction.atomic():
        decision.bonuses.update(fund=other)


def test_who_sees_whose_money(at):
    fund(at)
    who = make.person()
    make.employ(who, at.unit)
    decision = draft(at, chosen(at, "GKS", who=who))
    readers = [at.clerk, at.leader, make.user(Role.INSPECTOR, at.department)]
    unit, honoured = make.user(Role.UNIT_CLERK, at.unit), make.user(Role.EMPLOYEE, at.unit, who)
    strangers = [
        make.user(Role.UNIT_CLERK, make.unit(at.department)), make.user(Role.EMPLOYEE, at.unit), make.user(),
        make.standing_officer(make.department("Sở Y tế khác")),
    ]  # fmt: skip
    numbered = issuing.give_number(by=at.clerk, decision=decision, signed_on=today())
    seen = lambda user: Bonus.objects.visible_to(user).count()  # noqa: E731
    assert [seen(user) for user in (unit, honoured, *strangers)] == [0] * 6
    assert [seen(user) for user in readers] == [1, 1, 1]
    signed = issuing.keep_signed_copy(by=at.clerk, decision=numbered, name="a.pdf", data=PDF)
    issuing.issue(by=at.leader, decision=signed)
    assert [seen(user) for user in (unit, honoured, *readers)] == [1] * 5
    assert [seen(user) for user in strangers] == [0] * 4


def test_funds_have_one_name_and_are_kept_by_the_standing_office(at):
    values = {"name": "Quỹ của Sở", "level": "department", "payer": at.department, "closed_on": None}
    made = actions.save_fund(by=at.clerk, fund=Fund(department=at.department), version=1, values=values)
    with pytest.raises(Refused):
        again = values | {"name": "quỹ của sở"}
        actions.save_fund(by=at.clerk, fund=Fund(department=at.department), version=1, values=again)
    with pytest.raises(Refused):
        actions.save_fund(by=at.leader, fund=made, version=1, values=values)
    closed = actions.save_fund(by=at.clerk, fund=made, version=1, values=values | {"closed_on": today()})
    assert not Fund.objects.in_use().exists() and closed.version == 2
    with pytest.raises(Refused):
        actions.save_fund(by=at.clerk, fund=made, version=1, values=values)


def test_awards_of_before_get_the_code_of_their_words(at):
    migration = import_module("guong.awards.migrations.0006_money")
    lines = [make_line(at) for _ in range(3)]
    for line, form in zip(lines, ("Chiến sĩ thi đua cơ sở", "Giấy khen", "Bằng lạ"), strict=True):
        Award.objects.filter(pk=line.pk).update(form=form, title_code="GKS")
    migration.codes_by_words(apps, None)
    codes = [Award.objects.get(pk=line.pk).title_code for line in lines]
    assert codes == ["CSTDCS", "GKS", "KHAC"]
    book = in_force(at, lines[0].decision).awards.get()
    assert Honour.objects.get(award_code=book.code).code == "CSTDCS"
