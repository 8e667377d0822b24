"""The log and the state of the audit chain, for administrators, inspectors and auditors (K-03, J-09)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib import messages
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import Q, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from guong.base import audit
from guong.base.access import LOG_READERS
from guong.base.answers import must, page_of
from guong.base.forms.log import LogFilter
from guong.base.models import Grant, LogEntry, User
from guong.base.models.organisation import sort_key_of_body
from guong.base.search import having_words
from guong.base.templatetags.gui_history import app_words, lines
from guong.base.workflow import act


def _must_read_the_log(request: HttpRequest) -> None:
    readers = request.user.scope.has(*LOG_READERS)
    must(None if readers else _("Only administrators, inspectors and auditors read the log."))


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Newest first, with filters, and the head of the chain."""
    _must_read_the_log(request)
    form = LogFilter(request.GET)
    form.fields["action"].choices = [("", _("every action")), *_action_choices()]
    values = form.cleaned_data if form.is_valid() else {}
    entries = _matching(request.user, values)
    page = page_of(request, entries.select_related("by__person").order_by("-at", "-pk"))
    entries_here = list(page.object_list.select_related("content_type"))
    named = [entry for entry in entries_here if not entry.is_personal]
    prefetch_related_objects(named, GenericPrefetch("record", _named()))
    number, digest = audit.head()
    rows = list(zip(entries_here, lines(entries_here), strict=True))
    return render(request, "base/log/list.html", {
        "form": form, "page": page, "rows": rows, "filtered": any(values.values()),
        "head_number": number, "head_hash": digest,
    })  # fmt: skip


def _action_choices() -> list[tuple[str, str]]:
    """Every act any app can log, in its words."""
    words = {
        name: str(label)
        for config in apps.get_app_configs()
        for name, label in app_words(config.label).items()
    }
    return sorted(words.items(), key=lambda choice: sort_key_of_body(choice[1]))


def _matching(user: User, values: dict[str, Any]) -> Any:
    entries = LogEntry.objects.visible_to(user)
    if who := values.get("who"):
        named = having_words(User.objects.visible_to(user), "person__name_fold", who)
        entries = entries.filter(Q(by__username__icontains=who.strip()) | Q(by__in=named))
    if values.get("action"):
        entries = entries.filter(action=values["action"])
    if values.get("begin"):
        entries = entries.filter(at__gte=_midnight(values["begin"]))
    if values.get("end"):
        entries = entries.filter(at__lt=_midnight(values["end"] + timedelta(days=1)))
    return entries.filter(refused=True) if values.get("refused") else entries


def _named() -> list[Any]:
    """How to fetch the records whose names are written with the names of others."""
    return [User.objects.select_related("person"), Grant.objects.select_related("body")]


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@require_POST
def verify_chain(request: HttpRequest) -> HttpResponse:
    """Recompute every link now and say what was found."""
    _must_read_the_log(request)
    broken = audit.verify()
    number, _digest = audit.head()
    if broken:
        places = ", ".join(str(found.seal if found.entry is None else found.entry) for found in broken[:5])
        found = ngettext(
            "The chain is broken at %(n)s place (%(places)s). Stop work and call the inspectorate.",
            "The chain is broken at %(n)s places (%(places)s). Stop work and call the inspectorate.",
            len(broken),
        ) % {"n": len(broken), "places": places}  # fmt: skip
        messages.error(request, found)
    else:
        found = _("The chain holds: all %(n)s links were recomputed and fit.") % {"n": number}
        messages.success(request, found)
    with act(request.user, "verify_chain") as log_:
        log_.about(request.user, note=found)
    return redirect("base:log")
