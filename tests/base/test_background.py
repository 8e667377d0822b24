"""Long work on a record: one piece under way, one result (design.md 12)."""

from __future__ import annotations

import pytest
from tests import factories as make

from guong.base.background import finish, jobs_about, under_way_or_new
from guong.base.models import StoredFile
from guong.base.signed_copy import store

pytestmark = pytest.mark.django_db


def test_work_under_way_is_taken_up_and_finished_work_is_not():
    body = make.body()
    user = make.user()
    asked = {"kind": "a", "record": body, "by": user, "total": 3}
    first = under_way_or_new(None, **asked)
    assert under_way_or_new(jobs_about(body, "a").first(), **asked) == first
    finish(first, lambda: store(user, "a.txt", b"a", "text/plain"), 3)
    second = under_way_or_new(jobs_about(body, "a").first(), **asked)
    assert second != first
    assert list(jobs_about(body)) == [second, first]
    assert not jobs_about(body, "b").exists()


def test_who_finishes_second_stores_nothing():
    body = make.body()
    user = make.user()
    job = under_way_or_new(None, kind="a", record=body, by=user, total=1)
    for _run in range(2):
        finish(job, lambda: store(user, "a.txt", b"a", "text/plain"), 5)
    job.refresh_from_db()
    assert (StoredFile.objects.count(), job.state, job.done, job.total) == (1, "done", 5, 5)
