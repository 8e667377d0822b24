"""Behind TLS: every cookie is bound to the host, plain http is sent away, browsers told to insist (E3)."""

from __future__ import annotations

import runpy
from typing import Any

import pytest
from django.test import Client

from guong.base.models import User
from guong.site import env

PASSWORD = "mật khẩu dài 26"
ONLY_TLS = [
    "SESSION_COOKIE_NAME", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_NAME", "CSRF_COOKIE_SECURE",
    "LANGUAGE_COOKIE_NAME", "LANGUAGE_COOKIE_SECURE", "DEVICE_COOKIE_NAME",
    "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS",
    "SECURE_PROXY_SSL_HEADER", "HTTPS", "PROXIES",
]  # fmt: skip


def read(monkeypatch: pytest.MonkeyPatch, **environment: str) -> dict[str, Any]:
    """The settings a process with this environment would have."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(env.ROOT / "src" / "guong" / "site" / "settings.py"))


@pytest.fixture
def behind_tls(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    made = read(monkeypatch, GUONG_HTTPS="1", GUONG_PROXIES="1")
    for name in ONLY_TLS:
        setattr(settings, name, made[name])


@pytest.mark.django_db
def test_every_cookie_is_bound_to_the_host_and_to_tls(behind_tls):
    User.objects.create_user("vanthu", PASSWORD)
    client = Client(headers={"X-Forwarded-Proto": "https"})
    page = client.get("/dang-nhap/")
    answer = client.post("/dang-nhap/", {"username": "vanthu", "password": PASSWORD})
    cookies = {**page.cookies, **answer.cookies, **client.cookies}
    assert len(cookies) >= 3
    for name, cookie in cookies.items():
        assert name.startswith("__Host-"), name
        assert cookie["secure"], name
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert cookie["samesite"] == "Lax"
    assert cookies["__Host-guong-session"]["httponly"]
    assert cookies["__Host-guong-device"]["httponly"]


@pytest.mark.django_db
def test_plain_http_is_sent_away_and_tls_is_insisted_on_for_a_year(behind_tls, client):
    assert client.get("/").headers["Location"] == "https://testserver/"
    secure = client.get("/", headers={"X-Forwarded-Proto": "https"})
    assert secure.status_code == 200
    assert secure.headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
def test_a_trial_on_localhost_needs_no_tls(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "Strict-Transport-Security" not in answer.headers


def test_debug_is_off_unless_asked_for(monkeypatch):
    assert read(monkeypatch)["DEBUG"] is False
    assert read(monkeypatch, GUONG_DEBUG="1")["DEBUG"] is True


def test_hosts_and_limits_come_from_outside(monkeypatch):
    made = read(monkeypatch, GUONG_HOSTS="a.example, b.example", GUONG_UPLOAD_MB="3")
    assert made["ALLOWED_HOSTS"] == ["a.example", "b.example"]
    assert made["BODY_LIMIT"] == 3 * 1024 * 1024
