"""The page for what went wrong on our side: a database that is away says so, and when to return (B5, B6)."""

from __future__ import annotations

import errno
import sys

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg import errors
from psycopg_pool import PoolTimeout

AWAY = (OperationalError, PoolTimeout)


def server_error(_request: HttpRequest) -> HttpResponse:
    """handler500: called while the exception is being handled."""
    problem = sys.exc_info()[1]
    if is_full_disk(problem):
        return HttpResponse(render_to_string("507.html"), status=507)
    if isinstance(problem, AWAY):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": "10"})
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from before a login or logout in another window."""
    return render(request, "csrf.html", status=403)


def is_full_disk(problem: BaseException | None) -> bool:
    """Our own disk, or the database's."""
    while problem is not None:
        if isinstance(problem, errors.DiskFull) or getattr(problem, "errno", None) in {
            errno.ENOSPC,
            errno.EDQUOT,
        }:
            return True
        problem = problem.__cause__
    return False
