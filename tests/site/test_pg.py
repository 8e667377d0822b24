"""The embedded PostgreSQL comes up, comes back, and leaves nothing behind."""

from __future__ import annotations

import pytest
from django.db import connection


@pytest.mark.django_db
def test_case_folding_knows_vietnamese_letters_on_every_machine():
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower('ĐẶNG THỊ ỬNG'), version()")
        lowered, version = cursor.fetchone()
    assert lowered == "đặng thị ửng"
    assert "PostgreSQL 18" in version
