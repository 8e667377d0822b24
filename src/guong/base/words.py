"""What each named write is called in a timeline."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

ACTIONS = {
    "make_body": _("created"),
    "edit_body": _("changed the data of the body"),
    "rename_body": _("renamed"),
    "correct_name": _("corrected the name"),
    "close_body": _("closed the body"),
    "merge_bodies": _("merged"),
    "split_body": _("split"),
    "make_person": _("entered the person"),
    "edit_person": _("changed personal data"),
    "add_employment": _("added a post"),
    "move_person": _("moved to another post"),
    "end_employment": _("ended the employment"),
    "make_account": _("made the account"),
    "renew_password": _("gave a new password"),
    "change_password": _("changed the password"),
    "close_account": _("closed the account"),
    "reopen_account": _("opened the account again"),
    "grant_role": _("granted a role"),
    "end_grant": _("ended a role"),
    "delegate": _("lent a role"),
    "set_department": _("changed the settings"),
    "verify_chain": _("checked the audit chain"),
    "login": _("logged in"),
}
