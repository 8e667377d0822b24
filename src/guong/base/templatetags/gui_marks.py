"""Small marks drawn in Python: pills, places, bars. Widths are attributes of SVG, never styles."""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from guong.base.templatetags.gui_format import vi_number
from guong.base.templatetags.gui_icons import drawing

PILL_ICONS = {
    "out": "edit",
    "wait": "clock",
    "warn": "warn",
    "ok": "check",
    "stop": "cross",
    "plain": "ring",
    "hon": "decision",
}
CHIP_ICONS = {"file": "file", "link": "link", "held": "check", "missing": "file", "sending": "clock"}
MOST_SQUARES = 20


def pill(kind: str, label: object) -> SafeString:
    """The state of a record: icon, word and colour. Raises KeyError for an unknown kind."""
    return format_html('<span class="pill {}">{}{}</span>', kind, drawing(PILL_ICONS[kind]), label)


def chip(kind: str, label: object, url: str = "") -> SafeString:
    """One file, link or record behind a claim; without an address it is plain text."""
    look = "chip miss" if kind == "missing" else "chip"
    inner = format_html("{}<span>{}</span>", drawing(CHIP_ICONS[kind]), label)
    if url:
        return format_html('<a class="{}" href="{}">{}</a>', look, url, inner)
    return format_html('<span class="{}">{}</span>', look, inner)


def conf(level: float | None) -> SafeString:
    """How sure the reader was of a value: three bars and a word. None means the paper does not say."""
    if level is None:
        return format_html('<span class="conf c1">{}</span>', _("not given"))
    bars, words = 1, _("not sure")
    if level >= 0.9:
        bars, words = 3, _("clear")
    elif level >= 0.6:
        bars, words = 2, _("worth a look")
    return format_html('<span class="conf c{}">{}</span>', bars, words)


def bar_svg(
    parts: list[tuple[str, float]], total: float, label: str, tick: float | None = None
) -> SafeString:
    """Segments of a whole, each (class, value); an optional tick where a limit lies."""
    whole = max(total, 1)
    rects, at = [], 0.0
    for look, value in parts:
        width = max(0.0, min(100 - at, 100 * value / whole))
        rects.append((look, f"{at:.2f}", f"{width:.2f}"))
        at += width
    drawn = format_html_join("", '<rect class="{}" x="{}" y="0" width="{}" height="10"/>', rects)
    if tick is not None:
        at_tick = f"{min(99.2, 100 * tick / whole):.2f}"
        drawn += format_html('<rect class="tick" x="{}" y="-3" width="0.8" height="16"/>', at_tick)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        "{}</svg>",
        label, drawn,
    )  # fmt: skip


def bar(value: float, total: float, label: object) -> SafeString:
    """A share of a whole; the label is read out, the numbers stand beside it on the page."""
    words = _("%(label)s: %(value)s of %(total)s") % {
        "label": label, "value": vi_number(value), "total": vi_number(total),
    }  # fmt: skip
    return bar_svg([("g" if total and value >= total else "a", value)], total, words)


def slots(awarded: int, held: int, places: int) -> SafeString:
    """Places as places: awarded, held by the council's choice, free, over. One square each up to 20."""
    awarded, held, places = int(awarded), int(held), int(places)
    used = awarded + held
    over = max(0, used - places)
    named = {"u": awarded, "h": held, "n": max(0, places - used), "m": places, "o": over}
    said = _("%(u)s awarded, %(h)s held, %(n)s of %(m)s left") % named
    if over:
        said = _("%(u)s awarded, %(h)s held, %(o)s over the %(m)s places") % named
        words = _("<b>%(o)s over</b> %(m)s places")
    else:
        words = _("<b>%(n)s</b>/%(m)s left")
    text = mark_safe(words % named)  # noqa: S308 - whole numbers in our own sentence
    drawing_ = (
        _squares(awarded, held, places, said) if max(places, used) <= MOST_SQUARES else _long(named, said)
    )
    return format_html(
        '<span class="places">{} <span class="small nowrap tn">{}</span></span>', drawing_, text
    )


def _squares(awarded: int, held: int, places: int, said: str) -> SafeString:
    looks = ["u"] * awarded + ["h"] * held
    looks = [look if at < places else "x" for at, look in enumerate(looks)]
    looks += [""] * (places - len(looks))
    squares = format_html_join("", '<i class="{}"></i>', ((look,) for look in looks))
    return format_html('<span class="slots" role="img" aria-label="{}">{}</span>', said, squares)


def _long(named: dict[str, int], said: str) -> SafeString:
    over = named["o"]
    parts = [("a", named["u"]), ("b", named["h"])] if not over else [("a", named["m"]), ("x", over)]
    return format_html('<span class="longbar">{}</span>', bar_svg(parts, named["m"] + over, said))


def cover(label: object, done: int, total: int, url: str = "", link: object = "") -> SafeString:
    """One denominator of a coverage bar. Green only when all are there."""
    full = total > 0 and done >= total
    said = _("%(label)s: %(value)s of %(total)s") % {
        "label": label, "value": vi_number(done), "total": vi_number(total),
    }  # fmt: skip
    more = format_html('<a class="small" href="{}">{}</a>', url, link) if url and link else ""
    return format_html(
        '<div class="cover-row"><div class="ln"><span>{}</span>{}<b>{}/{}</b></div>{}</div>',
        label, bar_svg([("g" if full else "a", done)], total, said), vi_number(done), vi_number(total), more,
    )  # fmt: skip


def vote_bar(yes: int, members: int, needed: int) -> SafeString:
    """Yes-votes of all members of the decision, a tick at the number needed, and the verdict in words."""
    said = _("%(yes)s of %(members)s members in favour, %(needed)s needed")
    named = {"yes": yes, "members": members, "needed": needed}
    enough = yes >= needed
    verdict = (_("enough: %(yes)s/%(members)s, needs %(needed)s") if enough else _(
        "not enough: %(yes)s/%(members)s, needs %(needed)s"
    )) % named  # fmt: skip
    return format_html(
        '<span class="votes"><b class="tn">{}/{}</b>{}{}</span>',
        yes, members, bar_svg([("g" if enough else "a", yes)], members, said % named, tick=needed),
        pill("ok" if enough else "stop", verdict),
    )  # fmt: skip
