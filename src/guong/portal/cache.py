"""Public pages kept in memory and dropped with the first change of what they show (J3)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from guong.portal import changes

LIMIT = 400  # pages, of some 30 KB
_pages: OrderedDict[tuple, tuple[int, HttpResponse]] = OrderedDict()
_lock = Lock()


def keep(response: HttpResponse) -> HttpResponse:
    """Mark an answer as the same for everyone."""
    response.kept_for_all = True
    return response


class PublicPages:
    """First middleware of all: a kept page is answered before sessions, logins or templates are touched.

    Signed-in visitors get pages of their own: the masthead greets them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = _key(request)
        if key is None:
            return self.get_response(request)
        version = changes.number()
        if found := _find(key, version):
            return found
        response = self.get_response(request)
        if getattr(response, "kept_for_all", False) and response.status_code == 200 and not response.cookies:
            _put(key, version, response)
        return response


def _key(request: HttpRequest) -> tuple | None:
    """Everything a public page depends on besides the database. None: do not keep."""
    if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES or "q" in request.GET:
        return None
    if not request.path.startswith(settings.PUBLIC_PATHS) and request.path != "/":
        return None
    language = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return (request.scheme, request.get_host(), request.get_full_path(), language, timezone.localdate())


def _find(key: tuple, version: int) -> HttpResponse | None:
    with _lock:
        kept = _pages.get(key)
        if kept is None or kept[0] != version:
            return None
        _pages.move_to_end(key)
        page = HttpResponse(kept[1].content)
    page.headers = kept[1].headers.copy()
    return page


def _put(key: tuple, version: int, response: HttpResponse) -> None:
    with _lock:
        _pages[key] = (version, response)
        _pages.move_to_end(key)
        while len(_pages) > LIMIT:
            _pages.popitem(last=False)
