"""Settings of a department: the holder of the standing office and the names on papers (A-12, A-26)."""

from __future__ import annotations

from typing import Any

from guong.base.access import must_administer
from guong.base.actions.organisation import refuse
from guong.base.entry import must_be_unchanged
from guong.base.models import Department, User
from guong.base.workflow import guarded

EDITABLE = (
    "standing_office", "place", "parent_issuer", "decision_symbol", "signatory_position", "signatory_name",
    "appraisal_days", "comment_days", "inner_days", "vote_percent",
)  # fmt: skip


def set_department(department: Department, values: dict[str, Any], *, seen: str, by: User) -> Department:
    """Roles of the standing office follow its holder from this moment on. Raises Refused."""
    with guarded(by, "set_department", department.body) as log:
        department = Department.objects.select_for_update(of=("self",)).get(pk=department.pk)
        refuse(must_administer(by, department.body))
        must_be_unchanged(department, EDITABLE, seen)
        changed = [name for name, value in values.items() if getattr(department, name) != value]
        for name in changed:
            setattr(department, name, values[name])
        department.save()
        names = ", ".join(str(Department._meta.get_field(name).verbose_name) for name in changed)
        log.about(department.body, note=names)
    return department
