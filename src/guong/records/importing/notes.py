"""A copy of the sheet with what is wrong beside each line, to be mended and sent again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guong.papers.sheets import Sheet, to_xlsx
from guong.papers.tables import Row
from guong.records.importing import heads
from guong.records.models import SheetImport


def copy_with_notes(rows: list[Row], run: SheetImport, wrong: dict[int, list[str]]) -> bytes:
    """The lines from the headings on, each cell as text or number, the notes in the first column."""
    headings = heads.read_line(rows, run.head).headings
    width = max((len(row) for row in rows), default=0)
    titles = [heading or " " for heading in (*headings, *[""] * width)][:width]
    below = (
        ["; ".join(wrong.get(at + 1, ())), at + 1, *rows[at], *[""] * (width - len(rows[at]))]
        for at in range(run.head + 1, len(rows))
    )
    return to_xlsx([
        Sheet(
            title=_("Lines to mend"), headings=[_("Fault"), _("Line"), *titles], rows=below,
            widths=[46, 7, *[16] * width],
            notes=[_("Mend the lines with a note and send this sheet. Its first two columns are not read.")],
        )
    ])  # fmt: skip
