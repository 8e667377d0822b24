"""What each named write of plans is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "read_plan": _("read the file"),
    "edit_reading": _("changed values of the reading"),
    "start_plan_draft": _("started a draft"),
    "edit_plan_draft": _("wrote a page of the draft"),
    "keep_signed_plan": _("kept the signed copy"),
    "publish_plan": _("published the plan on the portal"),
    "take_back_plan": _("took the plan off the portal"),
    "confirm_read": _("confirmed reading the plan"),
    "pass_on": _("passed the plan on to sections"),
    "remind": _("sent reminders"),
    "report_difficulty": _("reported a difficulty"),
    "note_answer": _("noted the answer"),
    "begin_revision": _("began a revision"),
    "explain_revision": _("wrote the reason of the revision"),
    "answer_with_revision": _("tied the difficulty to a revision"),
}
