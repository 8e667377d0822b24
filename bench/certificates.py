"""Ten thousand certificates of one decision, from the records to the file: `guong bench certificates`.

Numbering and signing are counted; the page that asks and the store are not. CPU seconds of this process and
its children are told beside the wall time: on a loaded machine only they can be compared.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator

from bench import Figure
from bench.decisions import decision_of
from guong.awards.actions.certificates import current_sheets
from guong.awards.actions.reissuing import issue_missing
from guong.awards.certificate_sheets import certificate
from guong.base.models import User
from guong.papers.certificates import in_parts, zipped

PEOPLE = 10_000


def cpu() -> float:
    """CPU seconds spent so far, here and by ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def figures() -> Iterator[Figure]:
    """Wall time, CPU seconds against what two cores have in that time, time of the numbers."""
    with decision_of(PEOPLE) as decision:
        began, spent = time.perf_counter(), cpu()
        issue_missing(decision, User.objects.create_user("bench-certificates"))
        numbered = time.perf_counter() - began
        parts = in_parts([certificate(decision, sheet) for sheet in current_sheets(decision)])
        zipped({f"{place:02d}.pdf": part for place, part in enumerate(parts, start=1)})
        yield Figure("certificates_10000", time.perf_counter() - began, "s", 30.0)
        yield Figure("certificates_10000_cpu", cpu() - spent, "s", 60.0)
        yield Figure("certificates_10000_numbers", numbered, "s", 5.0)
