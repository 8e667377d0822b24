"""The component sheet at /khung/: every component in every state, with invented data.

Only there when `DEBUG` or `COMPONENT_SHEET` is set; tests look at it for accessibility and width.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.decorators.http import require_safe

from guong.base.models import LogEntry
from guong.base.workflow import Step

JOBS = {
    "chay": {"done": 11, "total": 16, "state": "running", "link": "", "message": "còn khoảng 5 giây"},
    "cho": {"done": 0, "total": 0, "state": "waiting", "link": "", "message": ""},
    "xong": {"done": 10_000, "total": 10_000, "state": "done", "link": "#job", "message": "1 tệp, 42 giây"},
    "loi": {"done": 418, "total": 600, "state": "failed", "link": "", "message": "Chưa ghi dòng nào."},
}
FAILURES = ("400", "403", "404", "413", "429", "500", "503", "507", "csrf")


class SampleForm(forms.Form):
    """One field of each sort."""

    title = forms.CharField(label="Thành tích nổi bật", help_text="Một câu, tối đa 200 ký tự.")
    report = forms.CharField(label="Báo cáo thành tích", widget=forms.Textarea, required=False)
    signed_on = forms.DateField(
        label="Ngày quyết định", help_text="Ví dụ 05/01/2026", input_formats=["%d/%m/%Y"]
    )
    kind = forms.ChoiceField(
        label="Hình thức", widget=forms.RadioSelect, choices=[("gk", "Giấy khen"), ("bk", "Bằng khen")]
    )
    movement = forms.ChoiceField(
        label="Phong trào",
        choices=[("2.3", "2.3 Thầy thuốc như mẹ hiền"), ("2.10", "2.10 Khen thưởng đột xuất")],
    )
    file = forms.FileField(label="Minh chứng", required=False, help_text="PDF hoặc ảnh, tối đa 20 MB.")
    agreed = forms.BooleanField(label="Đơn vị chịu trách nhiệm về nội dung", required=False)


def _steps() -> list[Step]:
    shared: dict[str, Any] = {"source": ("draft",), "target": "sent", "who": ()}
    return [
        Step(name="submit", label="Gửi lên Văn phòng Sở", **shared),
        Step(name="hold", label="Lưu để xem sau", **shared),
        Step(name="send_back", label="Trả lại kèm lý do", needs_note=True, **shared),
        Step(name="issue", label="Ban hành", **shared),
    ]


def _road() -> list[dict[str, str]]:
    return [
        {"label": "Trạm lập", "note": "12/11", "status": "done"},
        {"label": "Trung tâm trả lại", "note": "24/11, 1 chỗ", "status": "back"},
        {"label": "Trạm bổ sung", "note": "hạn 25/11", "status": "now"},
        {"label": "Thẩm định", "note": "P. Nghiệp vụ Y", "status": "later"},
        {"label": "Hội đồng", "note": "tháng 12", "status": "later"},
    ]


def _conditions() -> list[dict[str, str]]:
    return [
        {"kind": "met", "text": "Chức danh hộ sinh, đúng đối tượng.", "source": "KH 07/KH-SYT, mục II.2.5"},
        {
            "kind": "must",
            "text": "Tiêu chí 3 chưa có minh chứng.",
            "source": "Kế hoạch chuyên đề 24/KH-SYT, tiêu chí 3",
            "url": "#minh-chung",
            "link": "Thêm minh chứng",
        },
        {
            "kind": "open",
            "text": "Một thành tích đã khen ngày 12/05/2026 có thể trùng với hồ sơ này.",
            "source": "Chưa kiểm chứng",
            "url": "#minh-chung",
            "link": "So hai đoạn",
        },
    ]


def _log() -> list[LogEntry]:
    at = datetime(2026, 11, 24, 1, 40, tzinfo=UTC)
    return [
        LogEntry(
            at=at, action="Trả lại", before="thẩm định", after="nháp", note="Cần ảnh buổi truyền thông."
        ),
        LogEntry(at=at - timedelta(days=2), action="Ban hành", refused=True, note="Chưa có bản ký."),
        LogEntry(at=at - timedelta(days=12), action="Gửi lên", after="thẩm định"),
    ]


@login_not_required
@require_safe
def components(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    today = timezone.localdate()
    wrong = {"title": "", "signed_on": "31/11/2026", "kind": "x", "movement": "2.3"}
    return render(
        request,
        "gui/sheet.html",
        {
            "steps": _steps(),
            "blocked": {"issue": "Ban hành được khi đã tải bản có chữ ký số lên."},
            "road": _road(),
            "conditions": _conditions(),
            "log": _log(),
            "form": SampleForm(auto_id="a_%s", initial={"title": "Chăm sóc bà mẹ, trẻ em"}),
            "wrong": SampleForm(wrong, auto_id="b_%s"),
            "page": Paginator(range(480), 50).page(2),
            "days": [today - timedelta(days=2), today, today + timedelta(days=15)],
            "last_day": date(2026, 12, 9),
            "not_verified": [
                {"text": "Nghỉ không quá 40 ngày làm việc trong năm", "source": "L22 Đ.24"},
                {"text": "Có 1 sáng kiến cấp cơ sở trong năm", "source": "L22 Đ.23(1)"},
            ],
        },
    )


@login_not_required
@require_safe
def job(request: HttpRequest, state: str) -> JsonResponse:
    """Progress in each of its states, as a real job would answer."""
    return JsonResponse(JOBS[state])


@login_not_required
@require_safe
def failure(request: HttpRequest, name: str) -> HttpResponse:
    """A page for what went wrong, as a reader meets it."""
    if name not in FAILURES:
        raise Http404
    return render(request, f"{name}.html", {"limit": 64})


def addresses() -> list[URLPattern]:
    """The sheet's addresses, none outside development and tests."""
    if not (settings.DEBUG or getattr(settings, "COMPONENT_SHEET", False)):
        return []
    return [
        path("khung/", components, name="components"),
        path("khung/viec/<str:state>/", job, name="components_job"),
        path("khung/loi/<str:name>/", failure, name="components_failure"),
    ]
