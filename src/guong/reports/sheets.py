"""The progress of a plan as a workbook: movements, units, and who is missing."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from guong.papers.sheets import Cell, Sheet, to_xlsx
from guong.reports.progress import Progress


def workbook(progress: Progress) -> bytes:
    """The same figures as the page, for the same reader."""
    return to_xlsx([_movements(progress), _units(progress), _missing(progress)])


def _notes(progress: Progress) -> list[str]:
    plan = progress.plan
    at = timezone.localtime()
    counted = _("Subordinate units: %(a)s. The whole sector: %(b)s.") % {
        "a": sum(unit.subordinate for unit in progress.units),
        "b": len(progress.units),
    }
    name = " ".join(filter(None, (plan.kind, plan.number, plan.title)))
    return [name, counted, _("Counted at %(at)s.") % {"at": f"{at:%d/%m/%Y %H:%M}"}]


def _movements(progress: Progress) -> Sheet:
    rows: Iterator[list[Cell]] = (
        [
            line.movement.code,
            line.movement.name,
            *(cell for share in line.launched for cell in (share.done, share.total)),
            line.nominating_units,
            line.nominated,
            line.awarded,
            line.used,
            line.places or None,
        ]
        for line in progress.movement_lines
    )
    headings = [
        _("Code"), _("Movement"), _("Subordinate units: launched"), _("Subordinate units: all"),
        _("Whole sector: launched"), _("Whole sector: all"), _("Units that nominated"), _("Nominations"),
        _("Awards"), _("Places used"), _("Places"),
    ]  # fmt: skip
    return Sheet(_("By movement"), headings, rows, [8, 48, *([13] * 9)], _notes(progress))


def _units(progress: Progress) -> Sheet:
    rows: Iterator[list[Cell]] = (
        [
            line.unit.name,
            _("yes") if line.unit.subordinate else _("no"),
            line.launched,
            line.nominated,
            line.awarded,
            line.reported,
            line.duties,
        ]
        for line in progress.unit_lines
    )
    headings = [
        _("Unit"), _("Subordinate"), _("Movements launched"), _("Nominations"), _("Awards"),
        _("Reports in"), _("Reports owed"),
    ]  # fmt: skip
    return Sheet(_("By unit"), headings, rows, [48, 12, *([13] * 5)], _notes(progress))


def _missing(progress: Progress) -> Sheet:
    rows: Iterator[list[Cell]] = (
        [line.movement.code, line.movement.name, unit.name, _("yes") if unit.subordinate else _("no")]
        for line in progress.movement_lines
        for unit in line.launched[-1].missing
    )
    headings = [_("Code"), _("Movement"), _("Unit that has not launched"), _("Subordinate")]
    return Sheet(_("Not launched"), headings, rows, [8, 48, 48, 12], _notes(progress))
