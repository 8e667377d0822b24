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
}
