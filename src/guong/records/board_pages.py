"""Boards on a page and as a spreadsheet: counts with bars, rows with marks, filters kept in the links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guong.base.answers import page_of
from guong.base.models import Employment
from guong.base.templatetags.gui_format import vi_number
from guong.papers.sheets import Sheet, to_xlsx
from guong.records import catalogue
from guong.records.proposing import ANSWERS, GIVEN, OPEN, Board, Wish, shown
from guong.records.words import ANSWER_PILLS, ANSWER_WORDS

MOST_ANSWERS = 250_000  # of a sheet: four seconds of work


def page_context(request: HttpRequest, form: Any, answers: Board) -> dict[str, Any]:
    """What the template of a board prints."""
    wish = form.wish()
    wanted = answers.of(wish)
    page = page_of(request, wanted)
    year = form.year_asked()
    page.object_list = [_row(row, wanted.codes, wish, year) for row in page.object_list]
    counted = answers.of(Wish(kind=wish.kind, unit=wish.unit, category=wish.category, text=wish.text))
    return {
        "form": form, "year": year, "page": page, "today": timezone.localdate(),
        "counts": [_count(request, count) for count in counted.counts()],
        "filtered": any(vars(wish).values()), "year_words": str(year), "asked": request.GET.urlencode(),
        "people": int((answers.rows["kind"] == "individual").sum()),
        "collectives": int((answers.rows["kind"] == "collective").sum()),
        "unverified": any(count.unverified for count in counted.counts()),
    }  # fmt: skip


def _row(row: dict[str, Any], codes: tuple[str, ...], wish: Wish, year: int) -> dict[str, Any]:
    about, pk = ("person", row["subject"]) if row["subject"] > 0 else ("body", -row["subject"])
    marks = [
        {
            "said": f"{catalogue.short_of(code)}: {ANSWER_WORDS[answer]}" + (" *" if unverified else ""),
            "pill": ANSWER_PILLS[answer], "unverified": unverified,
            "url": reverse(f"records:explanation_of_{about}", args=[pk, code]) + f"?year={year}",
        }
        for code, answer, unverified in shown(row, codes, wish.answer)
    ]  # fmt: skip
    url = reverse(f"records:proposals_of_{about}", args=[pk]) + f"?year={year}"
    return row | {"url": url, "marks": marks, "rest": "" if wish.answer or wish.code else _rest(row, codes)}


def _rest(row: dict[str, Any], codes: tuple[str, ...]) -> str:
    """What the marks of a row leave out: what was given, and how many answers wait for facts."""
    given = [catalogue.short_of(code) for code in codes if row[code] == GIVEN]
    waiting = sum(row[code] == OPEN for code in codes)
    words = [_("given this year: %(awards)s") % {"awards": ", ".join(given)}] if given else []
    if waiting:
        words.append(ngettext("%(n)s award lacks facts", "%(n)s awards lack facts", waiting) % {"n": waiting})
    return " · ".join(words) or _("nothing else yet")


def _count(request: HttpRequest, count: Any) -> dict[str, Any]:
    """One award with its answers; each leads to the rows behind it."""
    parts = []
    for answer in ANSWERS:
        query = request.GET.copy()
        query.pop("page", None)
        query["code"], query["answer"] = count.code, answer
        parts.append({
            "n": count.of[answer], "word": ANSWER_WORDS[answer], "pill": ANSWER_PILLS[answer],
            "url": f"?{query.urlencode()}",
        })  # fmt: skip
    ready = count.of["eligible"] + count.of["to_judge"]
    return {
        "code": count.code, "name": catalogue.name_of(count.code), "total": count.total, "ready": ready,
        "parts": [part for part in parts if part["n"]], "unverified": count.unverified,
    }  # fmt: skip


def must_fit_a_sheet(form: Any, answers: Board) -> str | None:
    """A sheet is made while its reader waits: the whole sector with every award would take a minute."""
    wanted = answers.of(form.wish())
    if wanted.count() * len(wanted.codes) <= MOST_ANSWERS:
        return None
    return _(
        "%(rows)s people and collectives with %(codes)s titles and forms are too many for one sheet: choose a"
        " unit, a title or an answer, then download."
    ) % {"rows": vi_number(wanted.count()), "codes": len(wanted.codes)}


def workbook(title: str, form: Any, answers: Board) -> bytes:
    """All rows the filters leave, one column an award, and a second sheet with the counts."""
    wish = form.wish()
    wanted = answers.of(wish)
    moment = timezone.localtime()
    notes = (
        _("Merit up to the year %(year)s; made on %(day)s.")
        % {"year": form.year_asked(), "day": f"{moment:%d/%m/%Y %H:%M}"},
        _("* not verified: the answer rests on law data that nobody has compared with the text."),
    )
    names = [catalogue.short_of(code) for code in wanted.codes]
    people = Sheet(
        title=title,
        headings=(_("No."), _("Name"), _("Post, unit"), _("Unit"), _("Category of staff"), *names),
        rows=_sheet_rows(wanted),
        widths=(6, 28, 36, 28, 16, *(18 for _code in names)),
        notes=notes,
    )
    return to_xlsx([people, _sheet_of_counts(wanted, notes)])


def _sheet_rows(board: Board) -> Iterator[tuple[Any, ...]]:
    categories = dict(Employment.Category.choices)
    words = {answer: str(word) for answer, word in ANSWER_WORDS.items()}
    for number, row in enumerate(board.rows.iter_rows(named=True), start=1):
        cells = (
            words[row[code]] + (" *" if row[f"{code}.unverified"] else "") if row[code] else None
            for code in board.codes
        )
        category = str(categories.get(row["category"], ""))
        yield (number, row["name"], row["place"], row["unit_name"], category, *cells)


def _sheet_of_counts(board: Board, notes: tuple[str, ...]) -> Sheet:
    words = [str(ANSWER_WORDS[answer]) for answer in ANSWERS]
    rows = [
        (catalogue.name_of(count.code), *(count.of[answer] for answer in ANSWERS), count.total)
        for count in board.counts()
    ]
    return Sheet(
        title=_("Counts"), headings=(_("Title or form"), *words, _("All")), rows=rows,
        widths=(44, *(14 for _word in words), 10), notes=notes,
    )  # fmt: skip
