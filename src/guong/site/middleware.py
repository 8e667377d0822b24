"""What every request meets before and after its view: limits, session rules, headers (E2, E3, F2)."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from guong.base.models import User

Answer = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
STARTED, SEEN = "started", "seen"  # moments kept in the session, seconds since 1970
REFRESH = 60  # an open session is written at most once a minute
DEVICE_DAYS = 180
DEVICE_SALT = "guong.known-device"


class Headers:
    """Headers the other middlewares do not set; pages of signed-in people are never stored (F2)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.content = (
                b""  # the length stays; a body would only be dropped by the server, with a warning
            )
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if request.path.startswith(settings.STATIC_URL):
            return response
        if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        else:
            response.headers.setdefault("Cache-Control", "no-cache")
        if response.status_code == 429:
            response.headers.setdefault("Retry-After", str(int(settings.AXES_COOLOFF_TIME.total_seconds())))
        return response


class Limits:
    """A body that is too large is refused from its announced size, before a byte of it is read (G3)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.BODY_LIMIT:
            limit = settings.BODY_LIMIT // 1024 // 1024
            response = render(request, "413.html", {"limit": limit}, status=413)
            response.headers["Connection"] = "close"
            return response
        return self.get_response(request)


class Sessions:
    """A session ends half an hour after the last request and half a day after the login (E2).

    After a login the device is remembered by a signed cookie: its owner is not locked out by other
    people's guesses (E1).
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _refresh(request)
        response = self.get_response(request)
        if user := getattr(request, "just_logged_in", None):
            remember_device(response, user)
        return response


def _refresh(request: HttpRequest) -> None:
    now = int(time.time())
    if STARTED not in request.session:
        return  # nobody is signed in
    if now - request.session[STARTED] > settings.SESSION_LONGEST:
        logout(request)
    elif now - request.session[SEEN] >= REFRESH:
        request.session[SEEN] = now  # saving it also moves the idle limit


def note_login(request: HttpRequest | None, user: User, **_kwargs: object) -> None:
    """Signal of a login: the clock of the session starts, the response will carry the device cookie."""
    if request is None:
        return
    request.session[STARTED] = request.session[SEEN] = int(time.time())
    request.just_logged_in = user  # type: ignore[attr-defined]


user_logged_in.connect(note_login, dispatch_uid="guong.site.middleware.login")


def remember_device(response: HttpResponse, user: User) -> None:
    """The cookie names the account and dies with its password."""
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps([user.pk, user.get_session_auth_hash()[:16]], salt=DEVICE_SALT),
        max_age=datetime.timedelta(days=DEVICE_DAYS),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def is_known_device(request: HttpRequest, credentials: dict | None = None) -> bool:
    """Asked by the throttle: has this device logged in to the account before, with its present password?"""
    token = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
    user = User.objects.filter(username=(credentials or {}).get("username") or "").first()
    if not token or user is None:
        return False
    try:
        found = signing.loads(token, salt=DEVICE_SALT, max_age=datetime.timedelta(days=DEVICE_DAYS))
    except signing.BadSignature:
        return False
    return found == [user.pk, user.get_session_auth_hash()[:16]]


def client_ip(request: HttpRequest) -> str:
    """The caller's address: as many entries of X-Forwarded-For are believed as we have proxies."""
    forwarded = [
        part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()
    ]
    if settings.PROXIES and len(forwarded) >= settings.PROXIES:
        return forwarded[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")
