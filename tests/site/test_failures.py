"""What went wrong on our side is said plainly, and nothing leaks (B5, B6, F6, H6)."""

from __future__ import annotations

import errno
import logging
import sys

import pytest
from django.db import IntegrityError
from django.test import Client

from guong.base.models import User
from guong.site import logs, trouble

pytestmark = [pytest.mark.urls("tests.site.pages")]


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("address", "status", "words"),
    [
        ("/loi/mat-csdl/", 503, "Cơ sở dữ liệu tạm thời không trả lời"),
        ("/loi/het-ket-noi/", 503, "Cơ sở dữ liệu tạm thời không trả lời"),
        ("/loi/day-dia/", 507, "Máy chủ đã hết chỗ lưu"),
        ("/loi/ma/", 500, "Máy chủ gặp lỗi"),
    ],
)
def test_failure_is_a_plain_page_in_vietnamese(visitor, caplog, address, status, words):
    answer = visitor.get(address)
    page = answer.content.decode()
    assert answer.status_code == status
    assert words in page
    assert "Traceback" not in page
    assert "012345" not in page
    assert ("Retry-After" in answer.headers) is (status == 503)


@pytest.mark.django_db
def test_log_keeps_the_place_and_drops_the_values(caplog):
    User.objects.create_user("nguyenvanan")
    try:
        User.objects.create_user("nguyenvanan")
    except IntegrityError:
        record = logging.LogRecord("guong", logging.ERROR, __file__, 1, "rơi", None, sys.exc_info())
    plain = logging.Formatter().format(record)
    ours = logs.Formatter().format(record)
    assert "Key (username)=(nguyenvanan)" in plain  # PostgreSQL does repeat the value
    assert "Key (username)" not in ours
    assert "test_failures.py" in ours


def test_log_line_cannot_be_forged():
    record = logging.LogRecord("guong", logging.ERROR, __file__, 1, "%s", ("a\r\n2026 ERROR giả",), None)
    assert "\n" not in logs.Formatter().format(record)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "Đĩa đã đầy"),
        (errno.EACCES, "Không có quyền"),
        (errno.EADDRINUSE, "Cổng đang bị chương trình khác dùng"),
        (errno.EIO, "Hệ điều hành báo lỗi"),
    ],
)
def test_operating_system_errors_become_one_line_in_two_languages(number, words):
    line = str(trouble.of(OSError(number, "x", "/var/x")))
    assert words in line
    assert " / " in line
    assert "/var/x" in line
    assert "\n" not in line


def test_full_disk_under_postgres_is_told_as_a_full_disk():
    line = "FATAL: could not write lock file: No space left on device"
    assert "Đĩa đã đầy" in str(trouble.of_postgres(line))
