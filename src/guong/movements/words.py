"""What each named write of movements is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "launch": _("recorded a launch"),
    "correct_launch": _("corrected a launch"),
    "add_programme": _("added a programme"),
    "set_window": _("set the judging window"),
    "change_quota": _("changed the quota"),
    "open_annual_review": _("opened the annual review"),
    "set_focal_tasks": _("chose focal tasks"),
}
