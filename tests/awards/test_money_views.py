"""Screens of money and what decisions print of it."""

from __future__ import annotations

import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document
from openpyxl import load_workbook

from guong.awards import papers
from guong.awards.actions import decisions, issuing
from guong.awards.actions import money as actions
from guong.awards.models import Bonus, Decision, Fund
from guong.base.access import Role
from guong.base.models import Employment
from guong.base.workflow import Refused
from guong.papers.pdf import to_pdf
from guong.papers.word import to_docx
from tests import factories as make
from tests.awards.house import House, house
from tests.awards.test_decision_views import as_, body, to
from tests.awards.test_money import chosen, draft, fund, in_force, paper, today

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> House:
    return house(members=3)


def words_of(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    tables = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *tables])


def test_decision_of_two_titles_and_two_funds_on_paper(at):
    own, other = fund(at), fund(at, "Quỹ của Bệnh viện An Bình", level="unit")
    section = make.section(at.unit, "Khoa Nội")
    made = draft(at, [*chosen(at, "CSTDCS", "CSTDCS"), *chosen(at, "TTLDTT", who=section)])
    actions.choose_funds(by=at.clerk, decision=made, version=1, funds={"TTLDTT": other})
    numbered = issuing.give_number(by=at.clerk, decision=made, signed_on=today())
    drawn = papers.decision_paper(numbered)
    text = words_of(to_docx(drawn))
    for words in (
        "Khen thưởng 01 tập thể và 02 cá nhân",
        "1. Tặng danh hiệu “Chiến sĩ thi đua cơ sở” cho 02 cá nhân;",
        "2. Tặng danh hiệu “Tập thể lao động tiên tiến” cho 01 tập thể.",
        "Tiền thưởng là 7.090.000 đồng (bằng chữ: Bảy triệu không trăm chín mươi nghìn đồng), trong đó:",
        f"a) 5.060.000 đồng (bằng chữ: Năm triệu không trăm sáu mươi nghìn đồng) chi từ {own};",
        f"b) 2.030.000 đồng (bằng chữ: Hai triệu không trăm ba mươi nghìn đồng) chi từ {other}.",
        "Như Điều 3",
        "A. DANH HIỆU “CHIẾN SĨ THI ĐUA CƠ SỞ”",
        "B. DANH HIỆU “TẬP THỂ LAO ĐỘNG TIÊN TIẾN”",
        "I. TẬP THỂ",
    ):
        assert words in text, words
    assert to_pdf(drawn).startswith(b"%PDF")


def test_paper_without_a_fund_says_nothing_of_money(at):
    text = words_of(to_docx(papers.decision_paper(draft(at, chosen(at, "GKS")))))
    assert "Tặng Giấy khen cho 01 cá nhân" in text
    assert "Tiền thưởng" not in text and "Như Điều 2" in text


@pytest.mark.parametrize("lines", range(20, 60, 3))
def test_headings_that_follow_one_another_are_drawn_at_every_page_break(at, lines):
    annex = papers.decision_paper(draft(at, chosen(at, "GKS", "LDTT"))).annexes[0]
    rows = (("A. MỘT",), ("I. CÁ NHÂN",), *((n, "Tên", "Đơn vị") for n in range(lines)))
    twice = (*rows, *rows, ("C. BA",), ("I. TẬP THỂ",))
    drawn = papers.decision_paper(Decision.objects.get())
    shown = type(drawn)(**{**vars(drawn), "annexes": (type(annex)(**{**vars(annex), "rows": twice}),)})
    assert to_pdf(shown).startswith(b"%PDF")


def test_title_another_level_decides_is_refused_with_its_article(at):
    with pytest.raises(Refused, match=r"Chủ tịch Ủy ban nhân dân tỉnh .*Điều 79\(4\)"):
        decisions.draft(by=at.clerk, department=at.department, nominations=chosen(at, "BKT", "GKS"))
    with pytest.raises(Refused, match="XYZ"):
        draft(at, chosen(at, "XYZ"))
    assert not Decision.objects.exists()


def test_authority_is_asked_again_with_the_number(at):
    made = draft(at, chosen(at, "GKS"))
    made.awards.update(title_code="CSTDT")
    with pytest.raises(Refused, match="Chủ tịch Ủy ban nhân dân tỉnh"):
        issuing.give_number(by=at.clerk, decision=made, signed_on=today())
    page = body(as_(at.clerk).get(made.get_absolute_url()))
    assert "Chủ tịch Ủy ban nhân dân tỉnh" in page


def test_fallen_basis_and_r4_are_shown_before_the_number(at):
    made = draft(at, chosen(at, "GKS"))
    line = "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ"
    Decision.objects.filter(pk=made.pk).update(bases=[line, *made.bases[2:]])
    page = body(as_(at.clerk).get(made.get_absolute_url()))
    assert "Căn cứ không áp dụng" in page and "Nghị định 98/2023/NĐ-CP" in page
    assert "Chưa dẫn: Căn cứ Luật Tổ chức" in page
    assert "01/10/2026" in page
    edit = body(as_(at.clerk).get(to("decision_edit", made.pk)))
    assert "chưa kiểm chứng" in edit


def test_signatory_chosen_by_post_writes_the_signature(at):
    deputy = make.person("Tạ Thị Lam")
    make.employ(deputy, at.department, "Phó Giám đốc Sở", is_leader=True)
    made = draft(at, chosen(at, "GKS"))
    clerk = as_(at.clerk)
    form = clerk.get(to("decision_edit", made.pk)).context["form"]
    assert (str(deputy.pk), "Tạ Thị Lam (KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC)") in form.fields["signatory"].choices
    typed = {name: form[name].value() for name in form.fields}
    typed |= {"bases": "\n".join(made.bases), "recipients": "Lưu: VT", "signatory": deputy.pk}
    assert clerk.post(to("decision_edit", made.pk), typed).status_code == 302
    made.refresh_from_db()
    assert (made.sign_form, made.signatory_position) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert "KT. GIÁM ĐỐC" in words_of(to_docx(papers.decision_paper(made)))


def test_who_holds_the_role_by_delegation_signs_tuq(at):
    head = make.grant(at.leader, Role.LEADER, at.department)
    lent = make.user()
    make.employ(lent.person, at.department.department.standing_office, "Trưởng phòng")
    make.grant(lent, Role.LEADER, at.department, delegated_from=head, valid_to=today())
    Employment.objects.filter(person=lent.person).update(is_leader=True)
    form = as_(at.clerk).get(to("decision_edit", draft(at, chosen(at, "GKS")).pk)).context["form"]
    assert any(
        "TUQ. GIÁM ĐỐC / TRƯỞNG PHÒNG" in str(label) for _key, label in form.fields["signatory"].choices
    )


def test_clerk_pays_and_recovers_on_screen(at):
    fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS", "LDTT")))
    first, second = decision.bonuses.all()
    clerk, here = as_(at.clerk), to("decision_money", decision.pk)
    assert "Ghi đã chi" in body(clerk.get(here))
    typed = {"pay-number": "UNC-1", "pay-day": f"{today():%d/%m/%Y}", "pay-which": "chosen"}
    clerk.post(to("decision_pay", decision.pk), typed)
    assert decision.bonuses.filter(state="paid").count() == 0  # none was marked
    clerk.post(to("decision_pay", decision.pk), typed | {"pay-bonuses": [first.pk]})
    assert decision.bonuses.get(state="paid") == first
    clerk.post(to("decision_pay", decision.pk), typed | {"pay-which": "all", "pay-number": ""})
    assert decision.bonuses.filter(state="paid").count() == 1
    clerk.post(to("decision_pay", decision.pk), typed | {"pay-which": "all"})
    assert decision.bonuses.filter(state="paid").count() == 2
    assert clerk.get(to("payment_undo", decision.pk, second.pk)).status_code == 200
    clerk.post(to("payment_undo", decision.pk, second.pk), {"note": "Nhầm"})
    issuing.revoke(by=at.leader, decision=decision, reason="Khai sai")
    assert "phải thu lại" in body(clerk.get(here))
    back = {"back-number": "PT-1", "back-day": f"{today():%d/%m/%Y}", "back-which": "all"}
    clerk.post(to("decision_recover", decision.pk), back)
    assert set(decision.bonuses.values_list("state", flat=True)) == {"recovered", "dropped"}


def test_payment_asks_for_the_fund_where_none_was_named(at):
    decision = in_force(at, draft(at, chosen(at, "GKS")))
    given = fund(at)
    clerk = as_(at.clerk)
    typed = {"pay-number": "UNC-1", "pay-day": f"{today():%d/%m/%Y}", "pay-which": "all"}
    assert "pay-fund" in body(clerk.get(to("decision_money", decision.pk)))
    clerk.post(to("decision_pay", decision.pk), typed)
    assert decision.bonuses.get().state == "planned"
    clerk.post(to("decision_pay", decision.pk), typed | {"pay-fund": given.pk})
    assert (decision.bonuses.get().state, decision.bonuses.get().fund) == ("paid", given)


def test_unit_sees_its_own_lines_and_others_none(at):
    elsewhere = make.unit(at.department)
    made = chosen(at, "GKS")
    made.append(make.nomination(make.movement(at.movement.plan), elsewhere, state="chosen"))
    decision = in_force(at, draft(at, made))
    seen = {
        name: as_(user).get(to("decision_money", decision.pk)).context["bonuses"]
        for name, user in {
            "clerk": at.clerk, "own": make.user(Role.UNIT_CLERK, at.unit),
            "employee": make.user(Role.EMPLOYEE, at.unit),
        }.items()
    }  # fmt: skip
    assert [len(seen[name]) for name in ("clerk", "own", "employee")] == [2, 1, 0]
    page = body(as_(make.user(Role.UNIT_CLERK, at.unit)).get(to("decision_money", decision.pk)))
    assert made[1].person.name not in page and "Ghi cho" not in page


def test_payment_sheet_as_excel(at):
    fund(at)
    who = make.person("Trần Thị Hoa")
    make.employ(who, at.unit)
    decision = in_force(at, draft(at, chosen(at, "LDTT", "CSTDCS", "GKS", who=who)))
    answer = as_(at.clerk).get(to("decision_payments", decision.pk))
    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["Bảng chi tiền thưởng"].values)
    assert "3.290.000 đồng (Ba triệu hai trăm chín mươi nghìn đồng)" in rows[2][0]
    assert rows[3] == (
        "STT", "Họ tên, tập thể", "Đơn vị", "Danh hiệu, hình thức", "Hệ số", "Lương cơ sở", "Số tiền",
        "Ký nhận",
    )  # fmt: skip
    assert [row[6] for row in rows[4:]] == [2_530_000, 760_000, 3_290_000]
    assert [row[2] for row in list(book["Không chi"].values)[2:]] == ["Lao động tiên tiến"]


def test_year_adds_up_by_fund_title_and_unit(at):
    own = fund(at)
    decision = in_force(at, draft(at, chosen(at, "GKS", "CSTDCS")))
    actions.pay(
        by=at.clerk, decision=decision, bonuses=[decision.bonuses.get(award__title_code="GKS").pk],
        document=paper(),
    )  # fmt: skip
    draft(at, chosen(at, "GKS"))
    issuing.give_number(by=at.clerk, decision=Decision.objects.get(state="draft"), signed_on=today())
    shown = as_(at.clerk).get(to("bonuses"), {"year": today().year}).context["shown"]
    assert (shown.whole.paid, shown.whole.planned, shown.whole.given) == (760_000, 2_530_000, 3_290_000)
    assert [(share.label, share.given) for share in shown.funds] == [(str(own), 3_290_000)]
    assert [share.label for share in shown.titles] == ["Chiến sĩ thi đua cơ sở", "Giấy khen"]
    assert sum(share.given for share in shown.units) == 3_290_000
    nobody = as_(make.user(Role.EMPLOYEE, at.unit)).get(to("bonuses"))
    assert not nobody.context["shown"].funds


def test_funds_are_written_down_on_screen(at):
    clerk = as_(at.clerk)
    assert "Chưa có quỹ nào" in body(clerk.get(to("funds")))
    typed = {"name": "Quỹ của Sở", "level": "department", "payer": at.department.pk, "version": 1}
    assert clerk.post(to("fund_new"), typed | {"name": ""}).status_code == 422
    assert clerk.post(to("fund_new"), typed).status_code == 302
    made = Fund.objects.get()
    clerk.post(to("fund_edit", made.pk), typed | {"closed_on": f"{today():%d/%m/%Y}"})
    made.refresh_from_db()
    assert made.closed_on == today()
    assert clerk.post(to("fund_edit", made.pk), typed).status_code == 422  # an old version
    for user in (at.leader, make.user(Role.UNIT_CLERK, at.unit)):
        assert as_(user).get(to("fund_new")).status_code == 403
    stranger = house(members=3)
    assert as_(stranger.clerk).get(to("fund_edit", made.pk)).status_code == 404


@pytest.mark.parametrize("name", ["decision_money", "decision_payments", "decision", "bonuses"])
def test_queries_do_not_grow_with_lines(at, name):
    fund(at)
    seen = []
    for count in (1, 9):
        decision = in_force(at, draft(at, chosen(at, *["GKS"] * count)))
        client, args = as_(at.clerk), [] if name == "bonuses" else [decision.pk]
        client.get(to(name, *args))
        with CaptureQueriesContext(connection) as queries:
            client.get(to(name, *args))
        seen.append(len(queries))
    assert seen[0] == seen[1]
    assert Bonus.objects.count() == 10
