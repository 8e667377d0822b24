"""Addresses of small pages that fail or answer in a chosen way; tests put them in place of the site's own."""

from __future__ import annotations

import errno

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from psycopg_pool import PoolTimeout

handler500 = "guong.site.failures.server_error"


@login_not_required
def plain(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("đây")


def private(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("riêng")


def fall(problem: Exception):
    @login_not_required
    def view(_request: HttpRequest) -> HttpResponse:
        raise problem

    return view


urlpatterns = [
    path("cong-khai/", plain),
    path("rieng/", private),
    path("", include(([path("dang-nhap/", plain, name="login")], "site"))),
    path("loi/mat-csdl/", fall(OperationalError("server closed the connection"))),
    path("loi/het-ket-noi/", fall(PoolTimeout("no connection"))),
    path("loi/day-dia/", fall(OSError(errno.ENOSPC, "No space left on device"))),
    path("loi/ma/", fall(ValueError("số hộ chiếu 012345"))),
]
