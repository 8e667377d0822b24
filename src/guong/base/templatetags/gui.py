"""Component tags of every screen (`{% load gui %}`); when to use which: docs/screens.md.

Every text argument is escaped; no tag writes a style or a script.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.forms.forms import BaseForm
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guong.base.templatetags import gui_format, gui_forms, gui_history, gui_icons, gui_marks

register = template.Library()

for _name in ("vi_date", "vi_datetime", "vi_number", "percent", "money", "nowrap"):
    register.filter(_name, getattr(gui_format, _name))
for _name in ("pill", "chip", "conf", "bar", "slots", "cover", "vote_bar"):
    register.simple_tag(getattr(gui_marks, _name), name=_name)
register.simple_tag(gui_icons.drawing, name="icon")

_NOTE_KINDS = {"debug": "plain", "info": "info", "success": "ok", "warning": "warn", "error": "stop"}
_NOTE_ICONS = {"info": "question", "ok": "check", "warn": "warn", "stop": "cross", "plain": "ring"}
_VERDICTS = (
    ("must", "r-no", "cross"),
    ("open", "r-q", "question"),
    ("met", "r-ok", "check"),
)


@register.filter
def note_kind(level: str) -> str:
    """Note kind of a Django message level."""
    return _NOTE_KINDS.get(level, "info")


@register.simple_tag
def note(kind: str, text: object) -> SafeString:
    """One message about the page. Refusals (stop) are announced to screen readers."""
    role = "alert" if kind == "stop" else "status"
    return format_html(
        '<div class="note {}" role="{}"><p>{} {}</p></div>',
        kind,
        role,
        gui_icons.drawing(_NOTE_ICONS[kind]),
        text,
    )


@register.simple_tag
def due(last_good_day: date | None) -> SafeString | str:
    """A deadline by its last good day: how long is left, or by how much it is missed."""
    if last_good_day is None:
        return ""
    kind, words = gui_format.due_words(last_good_day, timezone.localdate())
    return format_html('<span class="due {}">{}</span>', kind, words)


def read(item: Any, name: str, default: Any = "") -> Any:
    """A value of an object or of a dict alike."""
    return item.get(name, default) if isinstance(item, dict) else getattr(item, name, default)


@register.inclusion_tag("gui/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """The road of a record: label, note (date or who) and status done, now, later or back."""
    names = {"done": _("done"), "now": _("now"), "later": _("later"), "back": _("returned")}
    return {
        "items": [
            {
                "label": read(item, "label"),
                "note": read(item, "note"),
                "status": read(item, "status", "later"),
                "said": names[read(item, "status", "later")],
            }
            for item in items
        ]
    }


@register.inclusion_tag("gui/reasons.html")
def reasons(items: Iterable[Any]) -> dict[str, Any]:
    """Conditions in the order must do, open for a person, met; each group with its count."""
    words = {
        "must": (_("Must be done first"), _("Not met:")),
        "open": (_("A person must confirm"), _("To confirm:")),
        "met": (_("Met"), _("Met:")),
    }
    rows = [{name: read(item, name) for name in ("kind", "text", "source", "url", "link")} for item in items]
    groups = [
        {"head": words[kind][0], "said": words[kind][1], "look": look, "icon": icon,
         "rows": [row for row in rows if row["kind"] == kind]}
        for kind, look, icon in _VERDICTS
    ]  # fmt: skip
    return {"groups": [group for group in groups if group["rows"]]}


@register.inclusion_tag("gui/empty.html")
def empty(title: object, text: object = "", url: str = "", link: object = "") -> dict[str, Any]:
    """Nothing here: why, when that changes, and one act."""
    return {"title": title, "text": text, "url": url, "link": link}


@register.inclusion_tag("gui/history.html")
def history(entries: Iterable[Any]) -> dict[str, Any]:
    """Who did what, newest first, from `LogEntry.objects.about(record)`."""
    return {"lines": gui_history.lines(entries)}


@register.inclusion_tag("gui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One form field: label, hint, error above the control, control."""
    return gui_forms.field_parts(bound)


@register.inclusion_tag("gui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form that was not saved: how many places, with a link to each."""
    return gui_forms.errors_of(form)


@register.inclusion_tag("gui/step_buttons.html", takes_context=True)
def step_buttons(
    context: template.Context, steps: Iterable[Any], url: str, version: Any = None, blocked: Any = None
) -> dict[str, Any]:
    """Buttons of the steps offered. One that needs a reason opens a dialog asking for it.

    `blocked` maps a step's name to the sentence saying why it cannot be taken yet: shown beside its button.
    """
    blocked = blocked or {}
    rows = [{"step": step, "why": blocked.get(step.name, ""), "primary": False} for step in steps]
    first = next((row for row in rows if not row["step"].needs_note), None)
    if first:
        first["primary"] = True
    return {"rows": rows, "url": url, "version": version, "csrf_token": context.get("csrf_token", "")}


@register.inclusion_tag("gui/pager.html", takes_context=True)
def pager(context: template.Context, page: Page) -> dict[str, Any]:
    """Where this page stands among all, with links that keep the filters of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else None

    def to(number: int) -> str:
        if query is None:
            return f"?page={number}"
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    return {
        "page": page,
        "total": page.paginator.count,
        "pages": page.paginator.num_pages,
        "previous": to(page.previous_page_number()) if page.has_previous() else "",
        "next": to(page.next_page_number()) if page.has_next() else "",
    }


@register.inclusion_tag("gui/unverified.html")
def unverified(items: Iterable[Any] = (), url: str = "", rests: bool | None = None) -> dict[str, Any]:
    """The mark a result carries that rests on law nobody has verified, with the values on a click.

    items: what is not verified, each with `text` (or `vi` and `en`, as findings of the law) and `source`:
    `Assessment.not_verified()` fits. url: where the law is read. rests: by default, whether there are items;
    True prints the mark without a list. Prints nothing when nothing is unverified.
    """
    language = get_language() or "vi"
    rows = [
        {"text": read(item, "text") or read(item, language[:2]), "source": read(item, "source")}
        for item in items
    ]
    return {"rows": rows, "url": url, "rests": bool(rows) if rests is None else rests}


@register.inclusion_tag("gui/job.html")
def job(url: str, title: object = "") -> dict[str, Any]:
    """Progress of long work; guong.js asks the address every second, without it the page is reloaded."""
    return {"url": url, "title": title}
