"""What each named write of plans is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "read_plan": _("read the file"),
    "wake_reading": _("asked to read the file again"),
    "edit_reading": _("changed values of the reading"),
    "start_plan_draft": _("started a draft"),
    "edit_plan_draft": _("wrote a page of the draft"),
    "keep_signed_plan": _("kept the signed copy"),
    "publish_plan": _("published the plan on the portal"),
    "take_back_plan": _("took the plan off the portal"),
    "add_document": _("added the document to the register"),
    "change_document": _("changed the entry of the register"),
    "add_focal_list": _("added the list"),
    "change_focal_list": _("changed the list"),
    "add_focal_task": _("added a focal task"),
    "change_focal_task": _("changed the focal task"),
    "add_occasion": _("added the occasion"),
    "change_occasion": _("changed the occasion"),
    "add_standard_lists": _("added the standard lists"),
    "set_focal_tasks": _("chose focal tasks"),
    "check_target": _("recorded a result"),
    "confirm_read": _("confirmed reading the plan"),
    "pass_on": _("passed the plan on to sections"),
    "remind": _("sent reminders"),
    "report_difficulty": _("reported a difficulty"),
    "note_answer": _("noted the answer"),
    "begin_revision": _("began a revision"),
    "explain_revision": _("wrote the reason of the revision"),
    "answer_with_revision": _("tied the difficulty to a revision"),
}
