"""The night's clearing takes what is over and leaves what is in use."""

from __future__ import annotations

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

from guong.base.models import OnceToken, User
from guong.site.jobs import tidy

pytestmark = pytest.mark.django_db


def test_tidy_clears_what_is_over_and_nothing_else():
    now = timezone.now()
    user = User.objects.create_user("vanthu", "mật khẩu dài 26")
    for days in (1, 100):
        Session.objects.create(session_key=f"s{days}", expire_date=now + timedelta(days=2 - days))
        token = OnceToken.objects.create(user=user)
        OnceToken.objects.filter(pk=token.pk).update(at=now - timedelta(days=days))
        attempt = AccessAttempt.objects.create(
            username=f"x{days}", ip_address="10.0.0.1", failures_since_start=days
        )
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=now - timedelta(days=days))
    tidy(timestamp=0)
    assert list(Session.objects.values_list("session_key", flat=True)) == ["s1"]
    assert OnceToken.objects.count() == 1
    assert AccessAttempt.objects.get().failures_since_start == 1
