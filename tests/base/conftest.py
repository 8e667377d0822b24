"""Fixtures of the tests of base."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext


@pytest.fixture
def count_queries():
    """A context that lists the queries of what happens inside."""
    return lambda: CaptureQueriesContext(connection)
