"""Words of the record book: what each named write is called in a timeline, what the law's answers are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guong.records.proposing import ELIGIBLE, GIVEN, JUDGED, NOT_ELIGIBLE, OPEN, SUSPENDED, TO_JUDGE

ACTIONS = {
    "enter_honour": _("entered the award"),
    "amend_honour": _("corrected the award"),
    "withdraw_honour": _("withdrew the award from the book"),
    "enter_rating": _("entered the rating"),
    "amend_rating": _("corrected the rating"),
    "withdraw_rating": _("withdrew the rating"),
    "enter_circumstance": _("entered the circumstance"),
    "amend_circumstance": _("corrected the circumstance"),
    "withdraw_circumstance": _("withdrew the circumstance"),
    "enter_initiative": _("entered the initiative"),
    "amend_initiative": _("corrected the initiative"),
    "withdraw_initiative": _("withdrew the initiative"),
    "add_author": _("added an author"),
    "say_whole": _("said since when the book is whole"),
    "send_sheet": _("sent the sheet"),
    "confirm_columns": _("said what the columns mean"),
    "settle_names": _("said who is who"),
    "answer_sector": _("had everybody's answers worked out"),
    "sheet_check": _("checked the lines"),
}

ANSWER_WORDS = {
    ELIGIBLE: pgettext_lazy("answer", "eligible"),
    TO_JUDGE: pgettext_lazy("answer", "people must judge"),
    JUDGED: pgettext_lazy("answer", "only people judge"),
    OPEN: pgettext_lazy("answer", "facts are missing"),
    SUSPENDED: pgettext_lazy("answer", "suspended"),
    NOT_ELIGIBLE: pgettext_lazy("answer", "not yet eligible"),
    GIVEN: pgettext_lazy("answer", "given this year"),
}
BRANCH_WORDS = {
    "merit": pgettext_lazy("branch", "merit"), "movement": pgettext_lazy("branch", "emulation movement"),
    "sudden": pgettext_lazy("branch", "sudden feat"), "contribution": pgettext_lazy("branch", "contribution"),
    "worker": pgettext_lazy("branch", "workers and farmers"),
    "central_block": pgettext_lazy("branch", "central block"),
    "service": pgettext_lazy("branch", "years of devotion"),
}  # fmt: skip
ANSWER_PILLS = {
    ELIGIBLE: "ok", TO_JUDGE: "wait", JUDGED: "out", OPEN: "warn", SUSPENDED: "stop",
    NOT_ELIGIBLE: "plain", GIVEN: "hon",
}  # fmt: skip
