"""Who reads the law of a department, who imports its layers, who puts them in force.

The law and what a department laid down itself are read by everyone of the department. Drafts are read by
those who work on them. Who imports does not put in force: the leader does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guong.base.access import Role, any_of

if TYPE_CHECKING:
    from guong.base.models import Body, User

KEEPERS = (Role.ADMINISTRATOR, Role.STANDING_OFFICE)
DRAFT_READERS = (*KEEPERS, Role.LEADER)
HIDDEN = ("draft", "dropped")


def department_paths(user: User) -> list[str]:
    """Departments in or above or below which the user holds a role, by path."""
    return [
        path
        for path in user.scope.departments
        if any(
            holding.path.startswith(path) or path.startswith(holding.path) for holding in user.scope.holdings
        )
    ]


def layers_seen_by(user: User) -> Q:
    """What is or was in force is read by the department; drafts by those who work on them."""
    own = any_of(Q(department__path=path) for path in department_paths(user))
    return own & (~Q(state__in=HIDDEN) | user.scope.within("applies_to", *DRAFT_READERS))


def must_keep_layers_of(user: User, body: Body) -> str | None:
    """Layers are imported by the administrator and the standing office."""
    if user.scope.holds(body, *KEEPERS):
        return None
    return _("Only the administrator or the standing office of %(body)s may do this.") % {"body": body}


def must_keep_layer(user: User, layer: Any) -> str | None:
    """The same, of the place a layer applies to."""
    return must_keep_layers_of(user, layer.applies_to)


def must_keep_some_layers(user: User) -> str | None:
    """The import is open to those who may import for some body."""
    if user.scope.has(*KEEPERS):
        return None
    return _("Only administrators and the standing office enter regulations of the department.")


def must_work_on_layers(user: User, layer: Any) -> str | None:
    """What a layer would do to people is for those who prepare it and who decides on it."""
    if user.scope.holds(layer.applies_to, *DRAFT_READERS):
        return None
    return _("Only the administrator, the standing office and the leader of %(body)s see this.") % {
        "body": layer.department
    }


def must_lead(user: User, layer: Any) -> str | None:
    """The leader of the department puts a layer in force, ends it, withdraws it."""
    if user.scope.holds(layer.department, Role.LEADER):
        return None
    return _("Only the leader of %(body)s may do this.") % {"body": layer.department}
