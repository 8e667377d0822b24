"""Forms on a movement: launches by units; programmes, windows and quota by the standing office."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from guong.base.entry import AlreadyDone, claim, fulfil
from guong.base.models import Body
from guong.base.workflow import Refused, act
from guong.movements import actions
from guong.movements.access import must_keep_movements, must_launch_for_own_unit
from guong.movements.forms import (
    LaunchForm,
    OpenQuotaForm,
    ProgrammeForm,
    QuotaForm,
    WindowForm,
    units_launched_by,
)
from guong.movements.models import Launch, Movement, Quota
from guong.movements.views.movements import movements
from guong.plans.forms.register import TagForm

POSTED = ["GET", "HEAD", "POST"]


def _answer(
    request: HttpRequest, movement: Movement, form: forms.Form, write: Callable[[], Any], **words: Any
) -> HttpResponse:
    """Write a valid form and go back to the movement; else the form again, saying why."""
    if request.method == "POST" and form.is_valid():
        try:
            write()
        except AlreadyDone:
            return redirect(movement)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(words["done"]))
            return redirect(movement)
    status = 422 if form.is_bound else 200
    return render(
        request, "movements/form.html", {"form": form, "movement": movement, **words}, status=status
    )


def _must(why: str | None) -> None:
    if why:
        raise PermissionDenied(why)


def _once(request: HttpRequest, form: forms.Form, movement: Movement, write: Callable[[], Any]) -> None:
    """Run a creating write once, however often its form is sent."""
    with act(request.user, "once"):
        key = form.cleaned_data.get("key")
        if key:
            claim(request.user, key)
        write()
        if key:
            fulfil(request.user, key, movement)


@require_http_methods(POSTED)
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the launch of one's own unit."""
    movement = get_object_or_404(movements(request), pk=pk)
    units = units_launched_by(request.user, movement)
    if not units.exists():
        raise PermissionDenied(
            _("Only the head or the clerk of a unit that has not launched yet records a launch.")
        )
    form = LaunchForm(units, request.POST or None, request.FILES or None)

    def write() -> None:
        said = form.cleaned_data
        _once(request, form, movement, lambda: actions.launch(
            request.user, movement, said["body"], on=said["on"], note=said["note"],
            participants=said["participants"], upload=said["file"],
        ))  # fmt: skip

    return _answer(
        request, movement, form, write, title=_("Record a launch"), button=_("Record the launch"),
        done=_("The launch was recorded."),
    )  # fmt: skip


@require_http_methods(POSTED)
def correct_launch(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct one's own unit's launch."""
    found = get_object_or_404(_launches(request), pk=pk)
    _must(must_launch_for_own_unit(request.user, found))
    shown = {name: getattr(found, name) for name in ("body", "on", "note", "participants", "version")}
    own = Body.objects.filter(pk=found.body_id)
    form = LaunchForm(own, request.POST or None, request.FILES or None, initial=shown)
    del form.fields["body"], form.fields["key"]

    def write() -> None:
        said = form.cleaned_data
        found.version = said["version"] or 0
        actions.correct_launch(
            request.user, found, on=said["on"], note=said["note"], participants=said["participants"],
            upload=said["file"],
        )  # fmt: skip

    return _answer(
        request, found.movement, form, write,
        title=_("Correct the launch of %(unit)s") % {"unit": found.body.label},
        button=_("Save the correction"), done=_("The launch was corrected."),
    )  # fmt: skip


def _launches(request: HttpRequest) -> Any:
    return Launch.objects.visible_to(request.user).select_related(
        "movement__plan__department", "body", "file"
    )


@require_safe
def launch_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan or the minutes of a unit's launch."""
    stored = get_object_or_404(_launches(request), pk=pk).file
    if stored is None:
        raise Http404
    answer = FileResponse(
        stored.content.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _kept(request: HttpRequest, pk: int) -> Movement:
    movement = get_object_or_404(movements(request), pk=pk)
    _must(must_keep_movements(request.user, movement))
    return movement


@require_http_methods(POSTED)
def add_programme(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a programme; its places come with it."""
    movement = _kept(request, pk)
    form = ProgrammeForm(request.POST or None)

    def write() -> None:
        name = form.cleaned_data["name"]
        _once(request, form, movement, lambda: actions.add_programme(request.user, movement, name))

    return _answer(
        request, movement, form, write, title=_("Add a programme"), button=_("Add the programme"),
        done=_("The programme and its places were added."),
    )  # fmt: skip


@require_http_methods(POSTED)
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """Set or move the judging window."""
    movement = _kept(request, pk)
    shown = {
        "window": movement.window, "start": movement.window_start, "end": movement.window_end,
        "version": movement.version,
    }  # fmt: skip
    form = WindowForm(request.POST or None, initial=shown)

    def write() -> None:
        said = form.cleaned_data
        movement.version = said["version"]
        actions.set_window(
            request.user, movement, window=said["window"], start=said["start"], end=said["end"],
            reason=said["reason"],
        )  # fmt: skip

    return _answer(
        request, movement, form, write, title=_("Judging window"), button=_("Save the window"),
        done=_("The judging window was set."),
    )  # fmt: skip


@require_http_methods(POSTED)
def quota(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the number of places under a decision."""
    mine = Quota.objects.filter(movement__in=Movement.objects.visible_to(request.user))
    found = get_object_or_404(mine.select_related("movement__plan__department", "programme"), pk=pk)
    _must(must_keep_movements(request.user, found.movement))
    form = QuotaForm(request.POST or None, initial={"size": found.size, "seen": found.size})

    def write() -> None:
        said = form.cleaned_data
        actions.change_quota(
            request.user, found, seen=said["seen"], size=said["size"], decision=said["decision"],
            reason=said["reason"],
        )  # fmt: skip

    words = _("Change the quota: %(subject)s") % {
        "subject": " · ".join(filter(None, (found.get_subject_display(), str(found.programme or "")))),
    }  # fmt: skip
    intro = _("%(used)s of %(size)s places are held or awarded.") % {"used": found.used, "size": found.size}
    return _answer(
        request, found.movement, form, write, title=words, intro=intro, button=_("Change the quota"),
        done=_("The quota was changed."),
    )  # fmt: skip


@require_http_methods(POSTED)
def open_quota(request: HttpRequest, pk: int) -> HttpResponse:
    """Give places to a movement whose plan fixes none."""
    movement = _kept(request, pk)
    form = OpenQuotaForm(request.POST or None)

    def write() -> None:
        said = form.cleaned_data
        actions.open_quota(
            request.user, movement, subject=said["subject"], size=said["size"], decision=said["decision"],
            reason=said["reason"],
        )  # fmt: skip

    return _answer(
        request, movement, form, write, title=_("Give places"), button=_("Give the places"),
        done=_("The places were given."),
    )  # fmt: skip


@require_http_methods(POSTED)
def tags(request: HttpRequest, pk: int) -> HttpResponse:
    """The focal tasks a movement serves."""
    movement = _kept(request, pk)
    form = TagForm.of(movement.plan.department, movement.plan.year, movement, request.POST or None)

    def write() -> None:
        actions.set_focal_tasks(request.user, movement, form.cleaned_data["focal_tasks"])

    return _answer(
        request, movement, form, write, title=_("Choose focal tasks"), button=_("Save"),
        done=_("The focal tasks were saved."),
    )  # fmt: skip
