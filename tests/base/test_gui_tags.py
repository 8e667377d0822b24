"""Component tags: what they say, and that no text gets through unescaped."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import timezone, translation

from guong.base.models import LogEntry
from guong.base.templatetags import gui, gui_history, gui_icons, gui_marks
from guong.base.workflow import Step

EVIL = "<script>alert('x')</script>\" onload=\"y"
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def render(source: str, **context) -> str:
    return Template("{% load gui %}" + source).render(Context(context))


EVERY_TEXT = {
    "pill": "{% pill 'ok' evil %}",
    "chip": "{% chip 'file' evil evil %}",
    "bar": "{% bar 3 10 evil %}",
    "cover": "{% cover evil 3 10 evil evil %}",
    "empty": "{% empty evil evil evil evil %}",
    "note": "{% note 'stop' evil %}",
    "steps": "{% steps items %}",
    "reasons": "{% reasons items %}",
    "history": "{% history entries %}",
    "step_buttons": "{% step_buttons steps evil version=evil blocked=blocked %}",
    "job": "{% job evil evil %}",
    "unverified": "{% unverified items evil %}",
    "nowrap": "{{ evil|nowrap }}",
    "message": "{% note 'success'|note_kind evil %}",
}


@pytest.mark.parametrize("tag", EVERY_TEXT)
def test_every_text_is_escaped(tag):
    item = {"label": EVIL, "note": EVIL, "status": "now", "kind": "must", "text": EVIL, "source": EVIL}
    item |= {"url": EVIL, "link": EVIL}
    open_step = {"source": ("draft",), "target": "x", "who": ()}
    page = render(
        EVERY_TEXT[tag],
        evil=EVIL,
        items=[item],
        entries=[LogEntry(at=timezone.now(), action=EVIL, note=EVIL, before=EVIL, after="b")],
        steps=[
            Step(name="a", label=EVIL, **open_step),
            Step(name="b", label=EVIL, needs_note=True, **open_step),
        ],
        blocked={"a": EVIL},
    )
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    assert '" onload="' not in page


def test_escaping_is_what_keeps_the_script_out(monkeypatch):
    """The twin: were the text trusted, the script would be on the page."""
    monkeypatch.setattr(gui_marks, "format_html", lambda text, *values: text.format(*values))
    assert "<script>" in gui_marks.pill("ok", EVIL)


@pytest.mark.parametrize("source", EVERY_TEXT.values())
def test_no_tag_writes_style_or_script(source):
    page = render(source, evil="x", items=[], entries=[], steps=[], blocked={})
    assert "style=" not in page
    assert "<script" not in page


def test_icons_named_in_the_contract_exist():
    names = (
        "home plan movement nomination decision honour search people org report settings check cross question"
        " clock warn file link upload download print mail plus edit back more user lock bell"
    )
    assert set(names.split()) <= set(gui_icons.ICONS)
    assert 'aria-hidden="true"' in render("{% icon 'home' %}")


def test_unknown_icon_and_pill_are_programming_errors():
    with pytest.raises(KeyError):
        render("{% icon 'no-such' %}")
    with pytest.raises(KeyError):
        render("{% pill 'no-such' 'x' %}")


@pytest.mark.parametrize("kind", gui_marks.PILL_ICONS)
def test_pill_has_shape_and_word_beside_its_colour(kind):
    page = render("{% pill kind 'Đủ' %}", kind=kind)
    assert "<svg" in page
    assert "Đủ" in page
    assert f'class="pill {kind}"' in page


@pytest.mark.parametrize(
    ("awarded", "held", "places", "looks", "said"),
    [
        (0, 0, 5, ",,,,", "còn <b>5</b>/5"),
        (4, 5, 10, "u,u,u,u,h,h,h,h,h,", "còn <b>1</b>/10"),
        (5, 0, 5, "u,u,u,u,u", "còn <b>0</b>/5"),
        (5, 1, 5, "u,u,u,u,u,x", "<b>vượt 1</b> so với 5 chỗ"),
        (0, 0, 0, "", "còn <b>0</b>/0"),
    ],
)
def test_slots_count_places_one_by_one(awarded, held, places, looks, said):
    page = gui_marks.slots(awarded, held, places)
    drawn = [piece.split('"')[0] for piece in page.split('<i class="')[1:]]
    assert ",".join(drawn) == looks
    assert said in page


def test_slots_become_a_bar_above_twenty():
    page = gui_marks.slots(40, 12, 110)
    assert "<i " not in page
    assert 'width="36.36"' in page
    assert "còn <b>58</b>/110" in page


def test_slots_take_numbers_only():
    with pytest.raises(ValueError, match="invalid literal"):
        gui_marks.slots("<b>", 0, 5)


def test_cover_is_green_only_when_all_are_there():
    assert 'class="g"' in gui_marks.cover("Trực thuộc", 42, 42)
    assert 'class="g"' not in gui_marks.cover("Trực thuộc", 41, 42)
    assert 'class="g"' not in gui_marks.cover("Trực thuộc", 0, 0)
    assert "Trực thuộc: 41 trên 42" in gui_marks.cover("Trực thuộc", 41, 42)


@pytest.mark.parametrize(("yes", "kind"), [(12, "ok"), (11, "stop")])
def test_vote_bar_says_votes_members_and_the_number_needed(yes, kind):
    page = gui_marks.vote_bar(yes, 15, 12)
    assert f"{yes}/15, cần 12" in page
    assert f'class="pill {kind}"' in page
    assert '<rect class="tick" x="80.00"' in page


@pytest.mark.parametrize(
    ("level", "said"), [(0.97, "c3"), (0.9, "c3"), (0.7, "c2"), (0.2, "c1"), (None, "không có")]
)
def test_confidence_is_bars_and_a_word(level, said):
    assert said in gui_marks.conf(level)


def test_bar_survives_nothing_and_too_much():
    assert 'width="0.00"' in gui_marks.bar(0, 0, "x")
    assert 'width="100.00"' in gui_marks.bar(12, 10, "x")


def test_due_of_no_day_says_nothing():
    assert render("{% due day %}", day=None) == ""
    assert "hôm nay" in render("{% due day %}", day=TODAY())
    assert 'class="due late"' in render("{% due day %}", day=TODAY() - timedelta(days=1))


def test_steps_mark_the_present_one():
    items = [{"label": "Trạm lập", "status": "done"}, {"label": "Thẩm định", "status": "now"}]
    page = render("{% steps items %}", items=items)
    assert page.count('aria-current="step"') == 1
    assert "(đang ở đây)" in page


def test_reasons_come_must_open_met_with_counts():
    items = [{"kind": kind, "text": kind} for kind in ("met", "must", "open", "must")]
    page = render("{% reasons items %}", items=items)
    assert page.index("Phải làm trước · 2") < page.index("Cần người xác nhận · 1") < page.index("Đã đạt · 1")
    assert "Đạt: " in page


def test_step_buttons_post_the_step_and_ask_for_the_reason():
    shared = {"source": ("draft",), "target": "x", "who": ()}
    steps = [
        Step(name="send", label="Gửi", **shared),
        Step(name="return", label="Trả lại", needs_note=True, **shared),
    ]
    page = render("{% step_buttons steps '/x/' version=7 %}", steps=steps, csrf_token="token")
    assert '<button class="btn btn-primary" name="step" value="send">' in page
    assert '<dialog id="hoi-return"' in page
    assert (
        page.count('name="version" value="7"') == page.count('name="csrfmiddlewaretoken" value="token"') == 2
    )
    assert 'name="note" rows="4" required' in page


def test_blocked_step_says_why_and_cannot_be_sent():
    step = Step(name="issue", label="Ban hành", source=("x",), target="y", who=())
    page = render(
        "{% step_buttons steps '/x/' blocked=blocked %}", steps=[step], blocked={"issue": "Chưa có bản ký."}
    )
    assert 'aria-disabled="true"' in page
    assert "Chưa có bản ký." in page
    assert 'name="step"' not in page


def test_pager_keeps_the_filters():
    request = RequestFactory().get("/x/", {"q": "mai hương", "page": "2"})
    page = render("{% pager page %}", page=Paginator(range(480), 50).page(2), request=request)
    assert "51–100 trên 480" in page
    assert "?q=mai+h%C6%B0%C6%A1ng&amp;page=3" in page
    assert 'rel="prev"' in page


def test_pager_of_an_empty_list_says_nothing():
    assert render("{% pager page %}", page=Paginator([], 50).page(1)).strip() == ""


@pytest.mark.parametrize(
    ("kind", "role"), [("stop", "alert"), ("ok", "status"), ("info", "status"), ("warn", "status")]
)
def test_only_a_refusal_interrupts_the_reader(kind, role):
    assert f'role="{role}"' in gui.note(kind, "x")


def test_history_uses_the_words_of_the_process(monkeypatch):
    monkeypatch.setattr(gui_history, "app_words", lambda label: {"submit": "Gửi lên"})
    entries = [LogEntry(at=timezone.now(), action="submit", note="thiếu ảnh", refused=True)]
    page = render("{% history entries %}", entries=entries)
    assert "Gửi lên" in page
    assert "Bị từ chối:" in page
    assert "hệ thống" in page


def test_history_of_nothing_says_so():
    assert "Chưa có việc gì" in render("{% history entries %}", entries=[])


def test_a_result_on_unverified_law_says_so_and_names_the_values():
    finding = {"vi": "Nghỉ không quá 40 ngày", "en": "Absent at most 40 days", "source": "L22 Đ.24"}
    page = render("{% unverified items '/luat/' %}", items=[finding])
    for words in ("Chưa kiểm chứng", "dựa trên 1 giá trị", "Nghỉ không quá 40 ngày", "L22 Đ.24", "/luat/"):
        assert words in page
    assert "Chưa kiểm chứng" in render("{% unverified rests=True %}")
    assert not render("{% unverified items %}", items=[]).strip()
