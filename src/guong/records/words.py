"""What each named write of the record book is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

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
    "sheet_check": _("checked the lines"),
}
