"""Faults of the paper itself, in sentences (requirements, section N): shown, never repaired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guong.plans.reading import kinds

SENTENCES: dict[str, Any] = {
    "missing_number": gettext_lazy("The plan bears no number."),
    "blank_number": gettext_lazy("The number is blank: “%(number)s”."),
    "missing_date": gettext_lazy("The plan bears no date."),
    "blank_day": gettext_lazy("The date has no day: %(month)s."),
    "missing_place": gettext_lazy("The plan names no place beside its date."),
    "missing_signer": gettext_lazy("No signatory was found."),
    "duplicate_section": gettext_lazy(
        "Section %(number)s appears twice, first on line %(first_line)s. The records keep these numbers."
    ),
    "missing_section": gettext_lazy("There is no section %(number)s."),
    "misread_section": gettext_lazy("“%(label)s” stands where section %(number)s should."),
    "topic_without_activity": gettext_lazy("Topic %(code)s has no row in the activity table: %(text)s"),
    "movement_without_lead": gettext_lazy("Movement %(code)s names nobody in charge."),
    "movement_without_host": gettext_lazy("Movement %(code)s names no host."),
    "movement_without_time": gettext_lazy("Movement %(code)s does not say when awards are judged."),
    "movement_without_quota": gettext_lazy(
        "Movement %(code)s gives no number of awards; its quota stays open."
    ),
    "movement_open_quota": gettext_lazy(
        "Movement %(code)s gives its number of awards in words only: “%(text)s”."
    ),
    "movement_other_year": gettext_lazy("Movement %(code)s speaks of %(year)s, the plan of %(plan_year)s."),
    "deadline_before_issue": gettext_lazy(
        "A report is due on %(on)s, before the plan was issued (%(issued_on)s). This may be so; check it."
    ),
    "report_before_end": gettext_lazy("A report is due on %(on)s, before the plan ends (%(end)s)."),
    "yearly_deadline": gettext_lazy("Something is due every year without a day: “%(text)s”."),
    "impossible_date": gettext_lazy("“%(text)s” is not in the calendar."),
    "impossible_period": gettext_lazy("The plan ends (%(end)s) before it begins (%(start)s)."),
    "basis_after_issue": gettext_lazy(
        "The basis %(number)s is dated %(on)s, after the plan itself (%(issued_on)s)."
    ),
    "basis_after_start": gettext_lazy(
        "The basis %(number)s is dated %(on)s, after the plan's start (%(start)s)."
    ),
    "assignment_without_unit": gettext_lazy("A task names nobody: “%(text)s”"),
    "purpose_guessed": gettext_lazy(
        "Recipients share a brace; whom it covers was guessed. Check their purposes."
    ),
    "repeated_heading": gettext_lazy("The head of the table is repeated %(times)s times inside it."),
    "mixed_accents": gettext_lazy("Accents are written in two ways in the file; they were made one."),
    "wrong_weekday": gettext_lazy("“%(text)s” does not fit the calendar: that day is %(weekday)s."),
    "wrong_anniversary": gettext_lazy("The plan counts %(years)s years; its dates make %(right)s."),
    "duplicate_item": gettext_lazy(
        "Number %(number)s stands twice in one section, first on line %(first_line)s."
    ),
    "missing_item": gettext_lazy("The numbers jump to %(number)s; one before it may be missing."),
    "missing_rows": gettext_lazy(
        "The table jumps from row %(before)s to row %(number)s; rows may be missing."
    ),
}
# The paper is silent rather than wrong: a person may fill in, and need not.
SILENT = frozenset({
    "missing_number", "blank_number", "missing_date", "blank_day", "missing_place", "missing_signer",
    "movement_without_lead", "movement_without_host", "movement_without_time", "movement_without_quota",
    "movement_open_quota", "yearly_deadline", "purpose_guessed",
})  # fmt: skip
# The value a silent paper leaves open.
FIELDS = {
    "missing_number": "number",
    "missing_date": "issued_on",
    "missing_place": "place",
    "missing_signer": "signatory.name",
}
_DATES = ("on", "issued_on", "end", "start", "month")


def sentence(defect: Mapping[str, Any]) -> str:
    """One fault in the reader's language; a code without words of its own still says where to look."""
    words = SENTENCES.get(defect["code"])
    if words is None:
        return _("The paper contradicts itself here; compare it with the record.")
    params = dict(defect.get("params") or {})
    return str(words) % {
        name: kinds.show(kinds.DATE, value) if name in _DATES else value for name, value in params.items()
    }
