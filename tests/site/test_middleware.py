"""Limits, session rules and headers that every answer carries (E1, E2, E3, F1, F2, F6)."""

from __future__ import annotations

import time
from http.cookies import SimpleCookie

import pytest
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpResponse
from django.test import Client, RequestFactory

from guong.base.models import User
from guong.site import middleware

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.site.pages")]
PASSWORD = "mật khẩu dài 26"


@pytest.fixture
def user() -> User:
    return User.objects.create_user("vanthu", PASSWORD)


@pytest.fixture
def visitor(user: User) -> Client:
    client = Client()
    assert client.login(username="vanthu", password=PASSWORD)
    return client


def set_clock(monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.mark.parametrize("address", ["/cong-khai/", "/rieng/", "/khong-co/"])
def test_every_answer_carries_the_security_headers(client, address):
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"):
        assert part in policy
    assert "form-action 'self'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]


def test_error_pages_carry_them_too(client):
    client.raise_request_exception = False
    answer = client.get("/loi/ma/")
    assert answer.status_code == 500
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_wrong_host_is_refused_with_headers(client, settings):
    settings.ALLOWED_HOSTS = ["thidua.example"]
    answer = client.get("/cong-khai/", headers={"Host": "xau.example"})
    assert answer.status_code == 400
    assert "Content-Security-Policy" in answer.headers


def test_pages_of_signed_in_people_are_never_stored(visitor, client):
    assert visitor.get("/rieng/").headers["Cache-Control"] == "private, no-store"
    assert visitor.get("/cong-khai/").headers["Cache-Control"] == "private, no-store"
    assert client.get("/cong-khai/").headers["Cache-Control"] == "no-cache"


def test_a_page_is_private_unless_it_says_otherwise(client, visitor):
    assert client.get("/rieng/").status_code == 302
    assert visitor.get("/rieng/").status_code == 200


def test_body_above_the_limit_is_refused_unread(client, settings):
    settings.BODY_LIMIT = 2 * 1024 * 1024
    small = client.post("/cong-khai/", b"x" * 1024, content_type="application/octet-stream")
    large = client.post(
        "/cong-khai/", b"x" * (settings.BODY_LIMIT + 1), content_type="application/octet-stream"
    )
    assert (small.status_code, large.status_code) == (200, 413)
    assert "2 MB" in large.content.decode()


def test_session_ends_half_a_day_after_the_login(visitor, monkeypatch):
    began = time.time()
    for hour in range(12):  # a request every quarter of an hour keeps it from idling
        for quarter in range(4):
            set_clock(monkeypatch, began + hour * 3600 + quarter * 900)
            assert visitor.get("/rieng/").status_code == 200
    set_clock(monkeypatch, began + 12 * 3600 + 1)
    assert visitor.get("/rieng/").status_code == 302
    assert SESSION_KEY not in visitor.session


def test_session_would_go_on_without_the_longest_time(visitor, monkeypatch, settings):
    settings.SESSION_LONGEST = 10**9
    set_clock(monkeypatch, time.time() + 12 * 3600 + 1)
    assert visitor.get("/rieng/").status_code == 200


def test_idle_limit_is_half_an_hour_and_moves_with_use_once_a_minute(visitor, monkeypatch):
    assert settings.SESSION_COOKIE_AGE == 1800
    assert "Set-Cookie" not in str(visitor.get("/rieng/").cookies)
    set_clock(monkeypatch, time.time() + 61)
    answer = visitor.get("/rieng/")
    assert answer.cookies[settings.SESSION_COOKIE_NAME]["max-age"] == 1800
    assert not visitor.get("/rieng/").cookies


def test_login_makes_a_new_session_and_remembers_the_device(user):
    client = Client()
    before = client.session
    before["x"] = 1
    before.save()
    request = RequestFactory().get("/")
    request.session = before
    middleware.note_login(request, user)
    response = HttpResponse()
    middleware.remember_device(response, request.just_logged_in)
    cookie = response.cookies[settings.DEVICE_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    client.login(username="vanthu", password=PASSWORD)
    assert client.session.session_key != before.session_key


def known(user: User, cookies: SimpleCookie, name: str) -> bool:
    request = RequestFactory().get("/")
    request.COOKIES = {key: morsel.value for key, morsel in cookies.items()}
    return middleware.is_known_device(request, {"username": name})


def test_known_device_is_of_one_account_and_dies_with_its_password(user):
    User.objects.create_user("khac", PASSWORD)
    response = HttpResponse()
    middleware.remember_device(response, user)
    assert known(user, response.cookies, "vanthu")
    assert not known(user, response.cookies, "khac")
    assert not known(user, SimpleCookie(), "vanthu")
    assert not known(user, SimpleCookie({settings.DEVICE_COOKIE_NAME: "x:y:z"}), "vanthu")
    user.set_password("một mật khẩu khác")
    user.save()
    assert not known(user, response.cookies, "vanthu")


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "9.9.9.9", "10.0.0.1"),
        (1, "9.9.9.9, 203.0.113.7", "203.0.113.7"),
        (2, "9.9.9.9, 203.0.113.7, 10.1.1.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1"),
        (1, "", "10.0.0.1"),
    ],
)
def test_caller_address_believes_only_our_proxies(settings, proxies, forwarded, expected):
    settings.PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert middleware.client_ip(request) == expected


def test_head_is_the_page_without_its_body(client):
    answer = client.head("/cong-khai/")
    assert answer.headers["Content-Length"] == str(len("đây".encode()))
    assert answer.content == b""
