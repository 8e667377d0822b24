"""What each named write of plans is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "read_plan": _("read the file"),
    "wake_reading": _("asked to read the file again"),
    "edit_reading": _("changed values of the reading"),
    "publish_plan": _("published the plan on the portal"),
    "take_back_plan": _("took the plan off the portal"),
}
