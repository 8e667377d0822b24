"""The register of documents: finding, editing, doubles, what holds on a day, trees, links in the text."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from guong.base.access import Role
from guong.base.workflow import Refused
from guong.plans import actions, keeping, register
from guong.plans.models import Citation, LegalDocument, Plan, PlanBasis
from guong.plans.reading.paper import NUMBER
from tests import factories as make
from tests.plans import readings

pytestmark = pytest.mark.django_db


@pytest.fixture
def department():
    return make.department()


@pytest.fixture
def office(department):
    return make.standing_officer(department)


def document(department, number="12/KH-BYT", **fields) -> LegalDocument:
    said = {"kind": "Kế hoạch", "issued_on": date(2026, 1, 6), "issuer": "Bộ Y tế"} | fields
    return LegalDocument.objects.create(department=department, number=number, **said)


def plan_on(department, base: LegalDocument, number: str, **fields) -> Plan:
    """A plan with an entry of its own that stands on a document."""
    own = document(department, number, issuer="", subject=f"Kế hoạch {number}")
    made = make.plan(department, number=number, document=own, **fields)
    PlanBasis.objects.create(plan=made, document=base, order=0)
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=suc+khoe", ["20-NQ/TW"]),
        ("kind=Quyết định", ["7/QĐ-UBND"]),
        ("issuer=Bộ Y tế", ["12/KH-BYT"]),
        ("year=2017", ["20-NQ/TW"]),
        ("on=01/02/2026", ["12/KH-BYT", "20-NQ/TW"]),
        ("on=01/07/2026", ["20-NQ/TW", "8/QĐ-UBND"]),
        ("replaced=yes", ["7/QĐ-UBND"]),
        ("on=31/02/2026", ["12/KH-BYT", "20-NQ/TW", "7/QĐ-UBND", "8/QĐ-UBND"]),
    ],
)
def test_documents_are_found_by_words_and_filters(client, department, office, query, found):
    document(department, in_force_to=date(2026, 6, 30))
    document(
        department, "20-NQ/TW", kind="Nghị quyết", issued_on=date(2017, 10, 25),
        issuer="Ban Chấp hành Trung ương", subject="Bảo vệ, chăm sóc sức khỏe Nhân dân",
    )  # fmt: skip
    new = document(department, "8/QĐ-UBND", kind="Quy chế", issued_on=date(2026, 6, 1), issuer="UBND tỉnh")
    document(
        department, "7/QĐ-UBND", kind="Quyết định", issued_on=date(2026, 5, 1), issuer="UBND", replaced_by=new
    )
    client.force_login(office)
    page = client.get(f"{reverse('plans:documents')}?{query}")
    assert sorted(row.number for row in page.context["rows"]) == found


@pytest.mark.parametrize("role", Role.values)
def test_who_keeps_the_register(client, department, role):
    on = department.department.standing_office if role == Role.STANDING_OFFICE else department
    user = make.user(role, on)
    entry = document(department)
    client.force_login(user)
    may = role in (Role.STANDING_OFFICE, Role.LEADER)
    assert client.get(entry.get_absolute_url()).status_code == 200
    for url in (reverse("plans:document_add"), reverse("plans:document_edit", args=[entry.pk])):
        assert client.get(url).status_code == (200 if may else 403)
    if not may:
        with pytest.raises(Refused):
            keeping.change_document(user, entry, {"issuer": "Nơi khác"})


def test_another_department_sees_neither_entry_nor_tree(client, department):
    entry = document(department)
    stranger = make.standing_officer(make.department("Sở Y tế Bình Sơn"))
    client.force_login(stranger)
    for name in ("document", "document_tree", "document_edit"):
        assert client.get(reverse(f"plans:{name}", args=[entry.pk])).status_code == 404
    assert "12/KH-BYT" not in client.get(reverse("plans:documents")).content.decode()


def test_both_departments_keep_their_own_entry_of_one_paper(department):
    there = make.department("Sở Y tế Bình Sơn")
    first = register.find_or_add(department, {"kind": "Luật", "number": "1/QH", "issued_on": None})
    assert register.find_or_add(there, {"kind": "Luật", "number": "1/QH", "issued_on": None}) != first
    assert register.find_or_add(department, {"kind": "Luật", "number": "1/QH", "issued_on": None}) == first


def test_a_double_is_refused_with_the_way_to_the_one_there(client, department, office):
    entry = document(department)
    client.force_login(office)
    form = {"kind": "Kế hoạch", "number": "12/KH-BYT", "issued_on": "06/01/2026", "subject": "Chữ đã gõ"}
    key = client.get(reverse("plans:document_add")).context["form"]["key"].initial
    sent = client.post(reverse("plans:document_add"), form | {"key": str(key)})
    page = sent.content.decode()
    assert (sent.status_code, entry.get_absolute_url() in page, "Chữ đã gõ" in page) == (422, True, True)
    good = client.post(reverse("plans:document_add"), form | {"key": str(key), "number": "13/KH-BYT"})
    assert good.status_code == 302


@pytest.mark.parametrize("on", [date(2026, 1, 6), None])
def test_the_database_itself_refuses_a_double(department, on):
    document(department, issued_on=on)
    with pytest.raises(IntegrityError), transaction.atomic():
        document(department, issued_on=on)


def test_without_the_constraint_a_double_would_be_written(department):
    """The twin."""
    document(department)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX legal_document_once")
    document(department)
    assert LegalDocument.objects.filter(number="12/KH-BYT").count() == 2


def test_the_second_of_two_editors_is_told_and_keeps_what_was_typed(client, department, office):
    entry = document(department)
    keeping.change_document(office, entry, {"issuer": "Bộ Y tế (bản mới)"})
    client.force_login(office)
    form = {"kind": "Kế hoạch", "number": "12/KH-BYT", "issued_on": "06/01/2026", "subject": "Của tôi"}
    late = client.post(reverse("plans:document_edit", args=[entry.pk]), form | {"version": 1})
    assert late.status_code == 422
    assert "Của tôi" in late.content.decode()
    entry.refresh_from_db()
    assert (entry.subject, entry.version) == ("", 2)


def test_without_the_version_the_second_would_win(department, office):
    """The twin: who reads the version anew overwrites."""
    entry = document(department)
    keeping.change_document(office, entry, {"issuer": "Của người trước"})
    entry.refresh_from_db()
    keeping.change_document(office, entry, {"issuer": "Của người sau"})
    entry.refresh_from_db()
    assert entry.issuer == "Của người sau"


def test_successors_are_named_by_number_and_never_form_a_circle(client, department, office):
    old, new = document(department), document(department, "13/KH-BYT")
    client.force_login(office)
    url = reverse("plans:document_edit", args=[old.pk])
    form = {"kind": "Kế hoạch", "number": "12/KH-BYT", "issued_on": "06/01/2026", "version": 1}
    assert "không có văn bản" in client.post(url, form | {"replaced_by": "99/X"}).content.decode()
    assert "tự thay thế" in client.post(url, form | {"replaced_by": "12/KH-BYT"}).content.decode()
    assert client.post(url, form | {"replaced_by": "13/kh-byt"}).status_code == 302
    with pytest.raises(Refused, match="vòng"):
        keeping.change_document(office, new, {"replaced_by": old})
    page = client.get(new.get_absolute_url()).content.decode()
    assert old.get_absolute_url() in page


def test_of_a_plan_of_ours_only_its_days_and_successor_change(client, department, office):
    entry = document(department, "31/KH-SYT", subject="Thi đua")
    make.plan(department, document=entry)
    client.force_login(office)
    form = {"kind": "Khác", "number": "99/KH", "in_force_to": "31/12/2026", "version": 1}
    assert client.post(reverse("plans:document_edit", args=[entry.pk]), form).status_code == 302
    entry.refresh_from_db()
    assert (entry.number, entry.in_force_to) == ("31/KH-SYT", date(2026, 12, 31))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"in_force_from": date(2026, 12, 1)}, "212/KH-BYT chưa có hiệu lực"),
        ({"in_force_from": date(2026, 8, 1), "in_force_to": date(2026, 9, 1)}, "hết ngày 01/09/2026"),
    ],
)
def test_a_basis_that_does_not_hold_is_said_but_refuses_nothing(client, department, office, fields, words):
    document(department, "212/KH-BYT", issued_on=date(2026, 9, 15), **fields)
    reading = readings.reading(department, office)
    client.force_login(office)
    assert words in client.get(reading.get_absolute_url()).content.decode()
    plan = actions.confirm(office, reading)
    assert words in client.get(plan.get_absolute_url()).content.decode()


def test_a_basis_that_holds_is_not_spoken_of(client, department, office):
    document(department, "212/KH-BYT", issued_on=date(2026, 9, 15))
    client.force_login(office)
    screen = client.get(readings.reading(department, office).get_absolute_url()).content.decode()
    assert "hiệu lực" not in screen


def test_a_replaced_basis_is_said(department):
    new = document(department, "300/KH-BYT", issued_on=date(2026, 9, 20))
    old = document(department, "212/KH-BYT", replaced_by=new)
    assert "300/KH-BYT" in register.faults_of([old], date(2026, 9, 28))[0]
    assert register.faults_of([old], date(2026, 9, 19)) == []


def test_the_tree_goes_from_the_ministry_to_the_station_and_back(client, department, office):
    ministry = document(department)
    ours = plan_on(department, ministry, "4/KH-SYT")
    unit = make.unit(department, "Bệnh viện Mắt")
    theirs = plan_on(department, ours.document, "9/KH-BV", body=unit)
    client.force_login(office)
    tree = client.get(reverse("plans:document_tree", args=[ministry.pk])).context
    assert [(depth, node.plan) for depth, node in tree["rows"]] == [(1, ours), (2, theirs)]
    up = client.get(reverse("plans:document_tree", args=[theirs.document_id])).context
    assert [level[0].number for level in up["levels"]] == ["12/KH-BYT", "4/KH-SYT"]
    page = client.get(ours.get_absolute_url()).content.decode()
    assert ministry.get_absolute_url() in page
    assert theirs.get_absolute_url() in page
    assert ours.get_absolute_url() in client.get(theirs.get_absolute_url()).content.decode()


def test_plans_that_stand_on_one_another_in_a_circle_are_shown_once(department, office):
    first = document(department)
    a = plan_on(department, first, "1/KH-A")
    PlanBasis.objects.create(plan=a, document=a.document, order=1)
    b = plan_on(department, a.document, "1/KH-B")
    PlanBasis.objects.create(plan=a, document=b.document, order=2)
    assert register.tree_of(first, office).count == 2
    assert len(register.ancestors_of(b.document, office)) <= register.DEEPEST


@pytest.mark.parametrize("many", [3, 300])
def test_a_tree_asks_a_query_a_level_however_many_units(client, department, office, many):
    ministry = document(department)
    ours = plan_on(department, ministry, "4/KH-SYT")
    for number in range(many):
        plan_on(department, ours.document, f"{number}/KH-DV", body=make.unit(department))
    client.force_login(office)
    url = reverse("plans:document_tree", args=[ministry.pk])
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).context["top"].count == many + 1
    assert len(asked) <= 15


@pytest.mark.parametrize("many", [1, 40])
def test_the_register_asks_the_same_few_queries(client, department, office, many):
    for number in range(many):
        plan_on(department, document(department, f"{number}/X"), f"{number}/KH-SYT")
    client.force_login(office)
    client.get(reverse("plans:documents"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("plans:documents"))
    assert len(asked) <= 14


@pytest.mark.parametrize(
    "number",
    ["12/KH-BYT", "128/NQ-CP", "38/2018/TT-BYT", "152/2025/NĐ-CP", "20-NQ/TW", "08/CT-BYT", "31/KH-SYT"],
)
def test_numbers_of_documents_are_told_from_other_words(number):
    text = f"theo văn bản số {number}, ngày 06/01/2026 (01/3 đơn vị)."
    assert [found[0] for found in NUMBER.finditer(text)] == [number]


def test_documents_named_in_the_text_lead_to_the_register(client, department, office):
    reading = readings.reading(department, office)
    reading.lines[3]["text"] = "1. Thi đua theo Nghị quyết số 20-NQ/TW và Kế hoạch 31/KH-SYT"
    reading.save()
    cited = document(department, "20-NQ/TW", kind="Nghị quyết")
    there = make.department("Sở Y tế Bình Sơn")
    document(there, "20-NQ/TW", kind="Nghị quyết")
    plan = actions.confirm(office, reading)
    Citation.objects.create(plan=plan, document=cited, line=4)
    client.force_login(office)
    page = client.get(reverse("plans:text", args=[plan.pk])).content.decode()
    assert f'<a href="{cited.get_absolute_url()}">20-NQ/TW</a>' in page
    assert f'href="{plan.document.get_absolute_url()}"' not in page
