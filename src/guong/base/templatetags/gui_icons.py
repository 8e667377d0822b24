"""The drawings: 16 by 16, one stroke, always beside a word. Named by meaning, not by shape."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

_CHECK = '<path d="M3 8.5l3.2 3.2L13 4.8"/>'
_CROSS = '<path d="M4 4l8 8M12 4l-8 8"/>'
_QUESTION = '<path d="M5.4 6a2.6 2.6 0 1 1 3.7 2.3C8.3 8.7 8 9.2 8 10.1M8 12.8v.2"/>'
_PEOPLE = (
    '<circle cx="6" cy="5.4" r="2.3"/>'
    '<path d="M1.6 13.4c.4-2.6 2.2-4 4.4-4s4 1.4 4.4 4M10.4 3.3a2.3 2.3 0 0 1 0 4.2'
    'M12 9.8c1.4.5 2.2 1.8 2.5 3.6"/>'
)
_PLAN = '<path d="M4 1.8h5l3.2 3.2v9.2H4z"/><path d="M9 1.8V5h3.2M6 8.5h4M6 11h4"/>'
_PEN = '<path d="M10.8 2.6l2.6 2.6-8 8H2.8v-2.6z"/>'
_MEDAL = '<circle cx="8" cy="5.8" r="3.6"/><path d="M6 9l-1.4 5L8 12.2l3.4 1.8L10 9"/>'

ICONS = {
    "back": '<path d="M3 5.6h6.4a3.6 3.6 0 0 1 0 7.2H6M5.6 3L3 5.6l2.6 2.6"/>',
    "bell": '<path d="M4 11.4V7.2a4 4 0 0 1 8 0v4.2l1 1.2H3zM6.8 14.2h2.4"/>',
    "calendar": (
        '<rect x="2.4" y="3.4" width="11.2" height="10.2" rx="1"/>'
        '<path d="M2.4 6.6h11.2M5.4 1.8v3M10.6 1.8v3"/>'
    ),
    "check": _CHECK,
    "clock": '<circle cx="8" cy="8" r="6"/><path d="M8 4.6V8l2.4 1.5"/>',
    "copy": '<rect x="5.4" y="5.4" width="8" height="8" rx="1"/><path d="M10.6 5.4V2.6h-8v8h2.8"/>',
    "council": _PEOPLE,
    "cross": _CROSS,
    "decision": _MEDAL,
    "download": '<path d="M8 2.4v7.8M4.8 7.2L8 10.4l3.2-3.2M2.8 13.4h10.4"/>',
    "edit": _PEN,
    "file": (
        '<path d="M12.5 7.2l-5 5a2.9 2.9 0 0 1-4.1-4.1l5.4-5.4a1.9 1.9 0 0 1 2.7 2.7l-5.3 5.3'
        'a.9.9 0 0 1-1.3-1.3l4.8-4.8"/>'
    ),
    "globe": '<circle cx="8" cy="8" r="6"/><path d="M2 8h12M8 2c2.2 2 2.2 10 0 12M8 2c-2.2 2-2.2 10 0 12"/>',
    "home": '<path d="M2.5 7.5L8 2.6l5.5 4.9M4 6.6V13.4h8V6.6"/>',
    "honour": (
        '<path d="M3 2.6h8.4a1.6 1.6 0 0 1 1.6 1.6v9.2H4.6A1.6 1.6 0 0 1 3 11.8z"/>'
        '<path d="M6 5.6h4"/>'
    ),
    "law": '<path d="M8 2.4v11M4.6 13.4h6.8M3 5h10M3 5L1.4 9h3.2zM13 5l-1.6 4h3.2z"/>',
    "link": (
        '<path d="M7 9a2.6 2.6 0 0 0 3.7 0l2-2A2.6 2.6 0 0 0 9 3.3l-.8.8M9 7a2.6 2.6 0 0 0-3.7 0l-2 2'
        'A2.6 2.6 0 0 0 7 12.7l.8-.8"/>'
    ),
    "list": '<path d="M5.5 4h8M5.5 8h8M5.5 12h8M2.4 4h.1M2.4 8h.1M2.4 12h.1"/>',
    "lock": '<rect x="3.3" y="7" width="9.4" height="6.7" rx="1"/><path d="M5.3 7V5a2.7 2.7 0 0 1 5.4 0v2"/>',
    "mail": '<path d="M2.2 3.8h11.6v8.4H2.2zM2.4 4l5.6 4.6L13.6 4"/>',
    "more": '<path d="M3.4 8h.1M8 8h.1M12.5 8h.1"/>',
    "movement": '<path d="M4 14V2.5h8l-2 3 2 3H4"/>',
    "next": '<path d="M6 3.4L10.6 8 6 12.6"/>',
    "nomination": _PEN,
    "org": '<path d="M6 2.4h4v3H6zM2 10.6h4v3H2zM10 10.6h4v3h-4zM8 5.4v2.8M4 10.6V8.2h8v2.4"/>',
    "people": _PEOPLE,
    "plan": _PLAN,
    "plus": '<path d="M8 3v10M3 8h10"/>',
    "previous": '<path d="M10 3.4L5.4 8l4.6 4.6"/>',
    "print": '<path d="M4.4 6V2.2h7.2V6M4.4 11.6H2.4V6h11.2v5.6h-2M4.4 9.4h7.2v4.4H4.4z"/>',
    "question": _QUESTION,
    "report": '<path d="M2.6 13.4h11M4.6 11V8M8 11V4.4M11.4 11V6.6"/>',
    "ring": '<circle cx="8" cy="8" r="3"/>',
    "search": '<circle cx="7" cy="7" r="4.5"/><path d="M10.4 10.4L14 14"/>',
    "settings": (
        '<path d="M2.4 4.6h6M11.6 4.6h2M2.4 11.4h2M7.6 11.4h6"/><circle cx="10" cy="4.6" r="1.6"/>'
        '<circle cx="6" cy="11.4" r="1.6"/>'
    ),
    "speaker": '<path d="M2.6 6.4v3l7.4 3V3.4z"/><path d="M12.4 6a2.8 2.8 0 0 1 0 4M4.6 10l.6 3.4h1.8"/>',
    "upload": '<path d="M8 10.4V2.6M4.8 5.6L8 2.4l3.2 3.2M2.8 13.4h10.4"/>',
    "user": '<circle cx="8" cy="5" r="2.7"/><path d="M2.8 14c.5-3 2.6-4.6 5.2-4.6s4.7 1.6 5.2 4.6"/>',
    "warn": '<path d="M8 3v6.2M8 12.6v.2"/>',
}  # fmt: skip


def drawing(name: str) -> SafeString:
    """The svg of one icon, hidden from screen readers. Raises KeyError for a name that does not exist."""
    return format_html(
        '<svg class="i" viewBox="0 0 16 16" aria-hidden="true">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 - our own constant drawings, never user text
    )
