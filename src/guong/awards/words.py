"""What each named write of awards is called in a timeline; the steps carry their own words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "draft_nomination": _("wrote the draft"),
    "edit_nomination": _("changed the text"),
    "add_evidence": _("added evidence"),
    "remove_evidence": _("took evidence away"),
    "post_listing": _("posted the list"),
    "add_to_listing": _("added nominees to the list"),
    "comment": _("commented"),
    "answer_comment": _("answered a comment"),
    "set_up_council": _("set up the council"),
    "amend_council": _("changed the council"),
    "add_council_member": _("added a member"),
    "change_council_role": _("changed a member's role"),
    "remove_council_member": _("took a member off the list"),
    "call_session": _("called the session"),
    "amend_session": _("moved the session"),
    "record_attendance": _("recorded attendance"),
    "recuse": _("recorded who stands back"),
    "vote": _("voted"),
    "set_up_box": _("made the key of the box"),
    "destroy_sheets": _("recorded the end of the key sheets"),
    "promote_reserve": _("gave a free place to the reserve"),
    "release_reserve": _("ended the wait of the reserve"),
    "draft_decision": _("drafted the decision"),
    "edit_decision": _("changed the words of the decision"),
    "edit_decision_lines": _("changed the list of the decision"),
    "add_decision_lines": _("added nominees to the decision"),
    "remove_decision_line": _("took a nominee off the decision"),
    "discard_draft": _("discarded the draft"),
    "revoke_award": _("revoked an award"),
    "request_certificates": _("asked for the certificates"),
}
