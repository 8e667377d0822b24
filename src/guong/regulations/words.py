"""What each named write about layers is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "import_layer": _("imported the regulation"),
    "rewrite_layer": _("changed the draft"),
    "attach_decision": _("attached the decision"),
    "set_last_day": _("set the last day"),
}
