"""Screens of drafts: who may open them, what they keep, how many questions they ask the database."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guong.base.access import Role
from guong.plans.actions import drafting
from guong.plans.models import Plan, PlanDraft
from guong.plans.writing.pages import page_called, pages
from tests import factories as make
from tests.plans.drafts import House, house

pytestmark = pytest.mark.django_db
LIST, NEW = "/ke-hoach/du-thao/", "/ke-hoach/du-thao/moi/"


@pytest.fixture
def at() -> House:
    return house()


def address(draft: PlanDraft, slug: str = "chung") -> str:
    return f"/ke-hoach/du-thao/{draft.pk}/soan/{slug}/"


def form(draft: PlanDraft, slug: str, do: str = "stay", **values: str) -> dict[str, str]:
    page = page_called(slug)
    sent = {"seen": page.stamp(draft.content), "do": do}
    return sent | {name if name.startswith("n.") else f"v.{name}": text for name, text in values.items()}


def test_a_plan_is_started_and_a_form_sent_twice_starts_one(client, at):
    client.force_login(at.officer)
    page = client.get(NEW)
    key = page.context["form"]["key"].value()
    for _ in range(2):
        answer = client.post(NEW, {"origin": "nothing", "key": key})
        assert answer.url == PlanDraft.objects.get().get_absolute_url()


def test_the_form_of_a_new_plan_asks_for_the_plan_above(client, at):
    client.force_login(at.clerk)
    answer = client.post(NEW, {"origin": "parent", "key": "5c8f0f7e-0a37-4c3a-9d53-3a1f3a1d6f10"})
    assert answer.status_code == 422
    assert answer.context["form"].errors["parent"]
    plan = at.plan()
    asked = client.get(f"{NEW}?tu={plan.pk}").context["form"]
    assert (asked["origin"].value(), asked["parent"].value()) == ("parent", str(plan.pk))


@pytest.mark.parametrize("slug", [page.slug for page in pages()])
def test_every_page_opens_and_is_saved_as_it_is(client, at, slug):
    draft = drafting.start_draft(at.officer, at.department, origin="last_year", plan=at.plan())
    client.force_login(at.officer)
    answer = client.get(address(draft, slug))
    assert answer.status_code == 200
    texts = {}
    for sheet in answer.context["sheets"]:
        if sheet.block.many:
            texts[f"n.{sheet.block.path}"] = str(len(sheet.records))
        texts |= {row.value.path: row.value.text for record in sheet.records for row in record.rows}
    assert client.post(address(draft, slug), form(draft, slug, **texts)).status_code == 302
    fresh = PlanDraft.objects.get(pk=draft.pk)
    page = page_called(slug)
    assert page.filled(fresh.content) == page.filled(draft.content)
    assert slug not in fresh.unseen


def test_a_row_is_added_written_moved_and_taken_out_without_script(client, at):
    draft = drafting.start_draft(at.officer, at.department, origin="nothing")
    client.force_login(at.officer)
    values = {"n.topics": "1", "topics[0].code": "1", "topics[0].text": "Rửa tay"}
    answer = client.post(address(draft, "noi-dung"), form(draft, "noi-dung", "add:topics", **values))
    assert answer.url.endswith("?them=topics#moi")
    page = client.get(answer.url.partition("#")[0])
    assert len(page.context["sheets"][0].records) == 2
    draft.refresh_from_db()
    more = values | {"n.topics": "2", "topics[1].code": "2", "topics[1].text": "Ăn chín"}
    client.post(address(draft, "noi-dung"), form(draft, "noi-dung", "up:topics[1]", **more))
    draft.refresh_from_db()
    assert [row["text"] for row in draft.content["topics"]] == ["Ăn chín", "Rửa tay"]
    kept = {"n.topics": "2", "topics[0].text": "Ăn chín", "topics[1].text": "Rửa tay"}
    client.post(address(draft, "noi-dung"), form(draft, "noi-dung", "remove:topics[0]", **kept))
    draft.refresh_from_db()
    assert [row["text"] for row in draft.content["topics"]] == ["Rửa tay"]


def test_somebody_saved_before_both_texts_are_shown_and_nothing_is_lost(client, at):
    draft = at.draft()
    old = form(draft, "chung", title="Tên của tôi", kind="Kế hoạch")
    other = make.standing_officer(at.department)
    page = page_called("chung")
    drafting.save_page(
        other, draft, page, draft.content | {"title": "Tên của người kia"}, page.stamp(draft.content)
    )
    client.force_login(at.officer)
    answer = client.post(address(draft), old)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Tên của tôi" in shown
    assert "Tên của người kia" in shown
    again = old | {"seen": answer.context["seen"]}
    assert client.post(address(draft), again).status_code == 302
    draft.refresh_from_db()
    assert draft.content["title"] == "Tên của tôi"


def test_what_does_not_hold_is_kept_and_marked(client, at):
    draft = at.draft()
    client.force_login(at.officer)
    values = {"n.deadlines": "1", "deadlines[0].on": "31/02/2026", "deadlines[0].what": "Báo cáo"}
    client.post(address(draft, "thoi-han"), form(draft, "thoi-han", **values))
    page = client.get(address(draft, "thoi-han")).content.decode()
    assert "31/02/2026" in page
    assert "err" in page
    steps = client.get(draft.get_absolute_url())
    assert steps.context["blocked"]["submit"]


def test_the_whole_road_by_its_buttons(client, at):
    draft = at.draft()
    step = f"{draft.get_absolute_url()}buoc/"
    for user, data in (
        (at.officer, {"step": "submit"}), (at.leader, {"step": "return_draft", "note": "Thiếu căn cứ"}),
        (at.officer, {"step": "submit"}), (at.officer, {"step": "recall"}), (at.officer, {"step": "submit"}),
        (at.leader, {"step": "approve"}),
    ):  # fmt: skip
        client.force_login(user)
        draft.refresh_from_db()
        assert client.post(step, data | {"version": draft.version}).status_code == 302
    client.force_login(at.officer)
    day = f"{timezone.localdate():%d/%m/%Y}"
    draft.refresh_from_db()
    client.post(f"{draft.get_absolute_url()}so/", {"signed_on": day, "version": draft.version})
    draft.refresh_from_db()
    assert draft.full_number == "01/KH-SYT"
    answer = client.post(step, {"step": "issue", "version": draft.version})
    plan = Plan.objects.get()
    assert answer.url == plan.get_absolute_url()
    assert b"".join(client.get(f"{plan.get_absolute_url()}ban-in/").streaming_content).startswith(b"%PDF-")
    assert client.get(f"{plan.get_absolute_url()}van-ban/").status_code == 200


def test_word_and_pdf_of_a_draft_and_a_foreign_unit_sees_nothing(client, at):
    draft = at.draft()
    papers = [f"{draft.get_absolute_url()}van-ban.{ending}" for ending in ("docx", "pdf", "exe")]
    client.force_login(at.officer)
    starts = [client.get(url).content[:4] for url in papers[:2]]
    assert starts == [b"PK\x03\x04", b"%PDF"]
    assert client.get(papers[2]).status_code == 404
    for user in (at.clerk, make.user(Role.EMPLOYEE, at.department), house("Sở khác").officer):
        client.force_login(user)
        assert {client.get(url).status_code for url in (draft.get_absolute_url(), *papers)} == {404}
        assert client.get(address(draft)).status_code == 404


def test_a_reader_of_the_sector_reads_and_does_not_write(client, at):
    draft = drafting.start_draft(at.clerk, at.hospital, origin="nothing")
    client.force_login(at.officer)
    assert client.get(draft.get_absolute_url()).status_code == 200
    assert client.get(address(draft)).status_code == 403
    assert not client.get(draft.get_absolute_url()).context["steps"]


def test_drafts_wait_at_home_for_whoever_is_next_and_are_found(client, at):
    draft = at.submitted(title="Ngày hội hiến máu")
    for user, seen in ((at.leader, True), (at.officer, False), (at.clerk, False)):
        client.force_login(user)
        home = client.get("/viec/").content.decode()
        assert ("Đọc và duyệt" in home) is seen
        found = client.get("/tim/", {"q": "hien mau"}).content.decode()
        assert (draft.get_absolute_url() in found) is (user != at.clerk)


@pytest.mark.parametrize("many", [1, 3])
def test_pages_ask_the_same_few_questions(client, at, many):
    rows = [{"on": "2026-12-10", "what": f"Báo cáo {n}", "by": "Các đơn vị trực thuộc"} for n in range(many)]
    draft = at.draft(deadlines=rows)
    for _ in range(many - 1):
        drafting.start_draft(at.officer, at.department, origin="nothing")
    client.force_login(at.officer)
    for url, most in ((LIST, 12), (draft.get_absolute_url(), 24), (address(draft, "thoi-han"), 24)):
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= most, (url, len(asked))
