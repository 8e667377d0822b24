"""What tests in a real browser share: signing in, the console that stays empty, axe, width, pictures."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

SHOTS = os.environ.get("GUONG_SHOTS", "")  # a folder: keep what was seen


def sign_in(context: Any, url: str, user: Any) -> None:
    """Give the browser the session of an account."""
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": session.key, "value": session.value, "url": url}])


def listen(page: Any) -> list[str]:
    """Everything the page's console and its scripts will complain of."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


@pytest.fixture
def page_of(page: Any, live_server: Any) -> Iterator[Callable[[Any, str], Any]]:
    """Opens an address as a user; at the end the console must have stayed empty."""
    said = listen(page)

    def open_as(user: Any, address: str) -> Any:
        sign_in(page.context, live_server.url, user)
        assert page.goto(live_server.url + address).status == 200, address
        return page

    yield open_as
    assert said == []


def violations(page: Any) -> list[str]:
    """What axe finds, each with the first place."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


def picture(page: Any, name: str, width: int) -> None:
    """Keep a picture when a folder is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def wrong_with(page: Any, name: str, height: int = 900) -> list[str]:
    """Violations and overflow at both widths."""
    found = []
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": height})
        picture(page, name, width)
        found += [f"{name} {one}" for one in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            found.append(f"{name} too wide at {width}")
    return found
