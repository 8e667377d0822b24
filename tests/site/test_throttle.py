"""Guessing passwords is stopped, and cannot be used to keep the owner out (E1)."""

from __future__ import annotations

import pytest
from axes.models import AccessAttempt
from django.contrib.auth import authenticate, login
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from guong.base.models import User
from guong.site import middleware

pytestmark = pytest.mark.django_db
PASSWORD = "mật khẩu dài 26"


@pytest.fixture(autouse=True)
def throttle(settings) -> None:
    settings.AXES_ENABLED = True


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("giamdoc", PASSWORD)


def request_from(address: str, cookies: dict[str, str] | None = None, **headers: str) -> HttpRequest:
    request = RequestFactory().post("/dang-nhap/", REMOTE_ADDR=address, **headers)
    request.COOKIES.update(cookies or {})
    return request


def attempt(
    password: str, address: str = "10.0.0.1", cookies: dict[str, str] | None = None, **headers: str
) -> bool:
    request = request_from(address, cookies, **headers)
    request.session = Client().session
    user = authenticate(request, username="giamdoc", password=password)
    if user is not None:
        login(request, user)
    return user is not None


def test_ten_wrong_guesses_close_the_account_from_every_address(owner):
    assert attempt(PASSWORD)
    for guess in range(10):
        assert not attempt(f"sai {guess}", address=f"10.0.0.{guess}")
    assert not attempt(PASSWORD, address="10.9.9.9")


def test_nine_do_not_and_a_success_forgets_them(owner):
    for guess in range(9):
        attempt(f"sai {guess}")
    assert attempt(PASSWORD)
    for guess in range(9):
        attempt(f"sai {guess}")
    assert attempt(PASSWORD)


def test_without_the_throttle_the_eleventh_guess_gets_in(owner, settings):
    settings.AXES_ENABLED = False
    for guess in range(10):
        attempt(f"sai {guess}")
    assert attempt(PASSWORD)


def test_forged_addresses_change_nothing(owner):
    for guess in range(10):
        attempt(f"sai {guess}", HTTP_X_FORWARDED_FOR=f"203.0.113.{guess}")
    assert not attempt(PASSWORD, HTTP_X_FORWARDED_FOR="198.51.100.1")
    assert set(AccessAttempt.objects.values_list("ip_address", flat=True)) == {"10.0.0.1"}


def test_owner_gets_in_from_a_known_device_while_others_guess(owner, settings):
    response = HttpResponse()
    middleware.remember_device(response, owner)
    device = {settings.DEVICE_COOKIE_NAME: response.cookies[settings.DEVICE_COOKIE_NAME].value}
    for guess in range(12):
        attempt(f"sai {guess}")
    assert not attempt(PASSWORD)
    assert attempt(PASSWORD, cookies=device)


def test_an_account_that_does_not_exist_is_refused_in_the_same_way(owner):
    for guess in range(11):
        assert authenticate(request_from("10.0.0.1"), username="khongco", password=f"{guess}") is None
    assert attempt(PASSWORD)
