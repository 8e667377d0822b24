"""The pages of a draft: what is shown comes back as it was, what is typed is kept, rows move."""

from __future__ import annotations

from pathlib import Path

import pytest

from guong.plans import actions
from guong.plans.models import PlanDraft
from guong.plans.reading.content import canonical
from guong.plans.writing import from_last_year
from guong.plans.writing.pages import page_called, pages
from guong.plans.writing.prose import without_repeats
from guong.plans.writing.screen import sheets
from guong.plans.writing.typed import as_draft, written
from tests.plans import readings
from tests.plans.drafts import House, house

pytestmark = pytest.mark.django_db
PLANS = sorted(readings.PLANS.glob("*.txt"))


@pytest.fixture
def at() -> House:
    return house()


def draft(at: House, content: dict) -> PlanDraft:
    return PlanDraft(
        department=at.department, body=at.department, content=content, symbol="KH-SYT", year=2026,
        created_by=at.officer,
    )  # fmt: skip


def sent(record: PlanDraft, slug: str, add: str = "") -> dict[str, str]:
    """What a browser sends of a page nobody touched."""
    texts = {}
    for sheet in sheets(as_draft(record, record.content), page_called(slug), add):
        if sheet.block.many:
            texts[f"n.{sheet.block.path}"] = str(len(sheet.records))
        for written_one in sheet.records:
            texts |= {row.value.path: row.value.text for row in written_one.rows}
    return texts


def said(value):
    """A content without what says nothing."""
    if isinstance(value, dict):
        return {name: part for name, item in value.items() if (part := said(item))}
    if isinstance(value, list):
        return [said(item) for item in value]
    return value


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_a_page_nobody_touched_comes_back_as_it_was(at, path: Path):
    """All pages of the five plans of An Bình: every value of the reader has a place on a page."""
    plan = actions.confirm(
        at.officer, actions.read_file(at.officer, at.department, path.read_bytes(), path.name)
    )
    record = draft(at, plan.content)
    for page in pages():
        content = written(record, page, sent(record, page.slug))
        assert said(page.part(content)) == said(page.part(record.content)), page.slug
    covered = set().union(*(page.keys for page in pages())) | {"number", "issued_on"}
    assert {name for name, value in plan.content.items() if value} <= covered


def test_what_does_not_hold_is_kept_as_it_was_typed(at):
    record = draft(at, {"deadlines": [{"on": "2026-12-10", "what": "Báo cáo"}]})
    texts = sent(record, "thoi-han") | {"deadlines[0].on": "31/02/2026"}
    content = written(record, page_called("thoi-han"), texts)
    assert content["deadlines"][0]["on"] == "31/02/2026"
    sheet = sheets(as_draft(record, content), page_called("thoi-han"))[0]
    assert [row.value.error for row in sheet.records[0].rows if row.value.error]


def test_rows_move_and_are_taken_out_while_something_else_is_typed(at):
    record = draft(at, {"topics": [{"code": str(n), "text": f"Chủ đề {n}"} for n in (1, 2, 3)]})
    texts = sent(record, "noi-dung") | {"topics[2].text": "Chủ đề mới"}
    page = page_called("noi-dung")
    codes = lambda act: [row["code"] for row in written(record, page, texts, act)["topics"]]  # noqa: E731
    assert (codes("up:topics[2]"), codes("down:topics[0]")) == (["1", "3", "2"], ["2", "1", "3"])
    assert (codes("remove:topics[1]"), codes("up:topics[0]")) == (["1", "3"], ["1", "2", "3"])
    assert written(record, page, texts, "remove:topics[0]")["topics"][-1]["text"] == "Chủ đề mới"


def test_an_empty_row_is_no_row_and_a_filled_one_follows_its_words(at):
    record = draft(at, canonical({"title": "A"}))
    page = page_called("phong-trao")
    assert written(record, page, sent(record, "phong-trao"))["movements"] == []
    texts = sent(record, "phong-trao") | {
        "movements[0].name": "Khen thưởng đột xuất", "movements[0].judged_at": "Cuối năm 2026",
        "movements[0].quota.collectives": "3",
    }  # fmt: skip
    (movement,) = written(record, page, texts)["movements"]
    assert movement["quota"]["collectives"] == 3
    assert "window" not in movement
    assert "quota_kind" not in movement


def test_a_value_chosen_stays_with_its_row_when_rows_move(at):
    item = {"on": "2026-12-10", "what": "Báo cáo", "by": "Các đơn vị", "bodies": "Bệnh viện Mắt An Bình"}
    record = draft(at, {"deadlines": [{"on": "2026-10-01", "what": "Kế hoạch"}, item]})
    content = written(record, page_called("thoi-han"), sent(record, "thoi-han"), "up:deadlines[1]")
    assert [row.get("bodies") for row in content["deadlines"]] == ["Bệnh viện Mắt An Bình", None]


def test_an_event_of_which_nothing_is_said_is_no_event(at):
    record = draft(at, canonical({"title": "A"}))
    assert written(record, page_called("su-kien"), sent(record, "su-kien"))["event"] is None
    texts = sent(record, "su-kien") | {"event.delegations[0].units": "Bệnh viện", "n.event.delegations": "1"}
    event = written(record, page_called("su-kien"), texts)["event"]
    assert event["delegations"][0]["units"] == "Bệnh viện"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Phong trào thi đua năm 2026", "Phong trào thi đua năm 2027"),
        ("báo cáo trước ngày 10/01/2027", "báo cáo trước ngày 10/01/2028"),
        ("giai đoạn 2021 - 2026", "giai đoạn 2021 - 2026"),
        ("Nghị định số 98/2023/NĐ-CP", "Nghị định số 98/2023/NĐ-CP"),
        ("Kế hoạch số 15/KH-SYT ngày 16/3/2026", "Kế hoạch số 15/KH-SYT ngày 16/3/2026"),
        (
            "kỷ niệm 71 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2026)",
            "kỷ niệm 72 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2027)",
        ),
        ("71 năm thành lập bệnh viện", "71 năm thành lập bệnh viện"),
        ("Chương trình năm 2019", "Chương trình năm 2019"),
        ("2024-02-29", "2025-02-28"),
        ("2026-Q1", "2027-Q1"),
        ("2026", "2027"),
    ],
)
def test_words_of_last_year_move_on(before, after):
    year = 2024 if before.startswith("2024") else 2026
    assert from_last_year.text_moved(before, year) == after


def test_text_the_pages_say_is_not_kept_a_second_time():
    said = {
        "movements": [{"name": "Thi đua “Trạm Y tế thân thiện”", "host": "Sở Y tế tỉnh An Bình"}],
        "sections": [
            {"code": "I", "title": "NỘI DUNG", "paragraphs": [
                "1. Thi đua “Trạm Y tế thân thiện”", "- Cơ quan chủ trì: Sở Y tế tỉnh An Bình.",
                "Mỗi trạm tự chọn một việc người dân phàn nàn nhiều nhất để sửa trong quý I.",
            ]},
            {"code": "II", "title": "SỐ LƯỢNG", "paragraphs": ["- Số lượng: 05 tập thể."]},
        ],
    }  # fmt: skip
    kept = without_repeats(said)["sections"]
    assert [section["code"] for section in kept] == ["I"]
    assert kept[0]["paragraphs"] == [
        "Mỗi trạm tự chọn một việc người dân phàn nàn nhiều nhất để sửa trong quý I."
    ]
