"""The fictional province of An Bình: loaded once, the same on every machine. Nobody in it exists."""

from __future__ import annotations

from guong.base.models import Department
from guong.base.workflow import act
from guong.site.demo import (
    after,
    annual,
    book,
    bulk,
    current,
    drafts,
    history,
    laws,
    many,
    organisation,
    people,
    scenes,
)
from guong.site.demo.names import Names
from guong.site.demo.people import LOGINS, PASSWORD

__all__ = ["LOGINS", "PASSWORD", "load"]

SEED = 20261120
UNITS, PEOPLE = 60, 6_000
MANY_UNITS, MANY_PEOPLE = 300, 50_000


def load(*, scale: bool = False) -> bool:
    """Load the demo into an empty database, all or nothing. False: there is a department already."""
    if Department.objects.exists():
        return False
    names = Names(SEED)
    with act(None, "load_demo") as log:
        made = organisation.build(MANY_UNITS if scale else UNITS)
        people.build(made, MANY_PEOPLE if scale else PEOPLE, names)
        history.build(made, names)
        book.build(made, names)
        if scale:
            many.build(made, names)
        log.about(made.root)
    stage = current.prepare(made, names)
    laws.play(stage)
    scenes.play(stage)
    annual.play(stage)
    drafts.play(stage)
    after.play(stage)
    bulk.refresh_statistics()
    return True
