"""D1: every address × every role × GET and POST, generated from the URLconf, against the committed table."""

from __future__ import annotations

import os

import pytest
from django.db import InternalError
from django.test import Client
from django.urls import path

from guong.base.access import Scope
from guong.site import urls
from tests.security import matrix
from tests.security.addresses import every, unbound

OPEN = {  # what anybody may read without an account
    "portal:home", "portal:book", "portal:verify", "portal:certificate", "portal:plan", "portal:plans",
    "portal:plan_file", "portal:keys", "portal:keys_file",
    "site:login", "site:language",
    "base:components", "base:components_failure", "base:components_job",  # there in tests and trials only
}  # fmt: skip
WRITING_READS: set[str] = set()  # addresses whose GET writes something


def test_every_argument_of_every_address_is_explained():
    assert unbound() == []


def test_unexplained_address_is_found(monkeypatch):
    extra = path("la/<int:strange>/", lambda request, strange: None, name="odd")
    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, extra])
    from_here = type("urls", (), {"urlpatterns": urls.urlpatterns})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.security.addresses.get_resolver", lambda: _resolver(from_here.urlpatterns))
        assert unbound() == ["odd"]


def _resolver(patterns):
    return type("Root", (), {"url_patterns": patterns})()


def test_table_agrees_with_the_site(world, visitors):
    found = matrix.measured(world.here, visitors)
    if os.environ.get("GUONG_WRITE_MATRIX"):
        matrix.write(found)
    assert matrix.differences(matrix.read(), found) == []


def test_no_page_falls_for_anybody():
    """F6, as far as the table reaches: no address answers a role with an error of ours."""
    fallen = {
        (name, method)
        for name, methods in matrix.read().items()
        for method, row in methods.items()
        if any(status.startswith("5") for status in row)
    }
    assert fallen == set()


def test_page_set_open_to_everybody_is_found(world, visitors, monkeypatch):
    monkeypatch.setattr(Scope, "has", lambda self, *roles: True)
    some = {name: visitors[name] for name in ("employee", "administrator", "no role")}
    found = matrix.measured(world.here, some)
    monkeypatch.undo()
    honest = matrix.measured(world.here, some)
    assert any(line.startswith("base:log GET") for line in matrix.differences(honest, found))


def test_address_without_a_row_is_found(world, visitors):
    table = matrix.read()
    table.pop("base:log")
    found = {"base:log": {"GET": {"200": "x"}, "POST": {"405": "x"}}}
    assert matrix.differences(table, table | found) != []


def test_anonymous_reads_exactly_what_is_meant_to_be_public():
    table = matrix.read()
    found = set()
    for name, methods in table.items():
        row = methods["GET"]
        status = next((status for status, who in row.items() if "anonymous" in who), None)
        usual = next(status for status, who in row.items() if who == matrix.REST)
        if (status or usual) != "login":
            found.add(name)
    assert found == OPEN


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE"])
def test_other_methods_are_refused_everywhere(world, visitors, method):
    administrator = visitors["administrator"]
    answers = {}
    for address in every():
        url = address.url({name: world.here.of(kind) for name, kind in address.kinds.items()})
        answers[address.name] = matrix.ask(administrator, method, url)
    assert {name: status for name, status in answers.items() if status not in {"405", "403"}} == {}


def test_no_page_is_written_to_without_the_token(world, visitors):
    """F4: every address, by an administrator, without the token of the form."""
    cookies = visitors["administrator"].cookies
    accepted = []
    for address in every():
        url = address.url({name: world.here.of(kind) for name, kind in address.kinds.items()})
        client = Client(enforce_csrf_checks=True)
        for name, value in cookies.items():
            client.cookies[name] = value
        if client.post(url).status_code != 403:
            accepted.append(address.name)
    assert accepted == []


def test_without_the_check_forms_would_be_taken(world, visitors):
    url = "/nhat-ky/kiem-tra/"
    assert matrix.ask(visitors["administrator"], "POST", url) == "302"


def test_reading_a_page_writes_nothing(world, visitors):
    """F4: every GET in a transaction that cannot write, as three who see much."""
    wrote = set()
    for name in ("administrator", "standing_office", "unit_clerk"):
        for address in every():
            url = address.url({kind_name: world.here.of(kind) for kind_name, kind in address.kinds.items()})
            try:
                matrix.read_only(visitors[name], address, url)
            except InternalError:
                wrote.add(address.name)
    assert wrote == WRITING_READS


def test_every_answer_carries_the_headers_and_plain_cookies(world, visitors):
    """F1, F2, E3: on every page, as everybody's administrator and as nobody."""
    for name in ("administrator", "anonymous"):
        for address in every():
            url = address.url({kind_name: world.here.of(kind) for kind_name, kind in address.kinds.items()})
            answer = visitors[name].ask("GET", url)
            policy = answer.headers["Content-Security-Policy"]
            assert "unsafe" not in policy, address.name
            for words in (
                "default-src 'none'",
                "base-uri 'none'",
                "frame-ancestors 'none'",
                "form-action 'self'",
            ):
                assert words in policy, address.name
            assert answer.headers["X-Content-Type-Options"] == "nosniff", address.name
            assert answer.headers["Referrer-Policy"] == "same-origin", address.name
            for cookie in answer.cookies.values():
                assert cookie["samesite"] == "Lax", (address.name, cookie.key)
            if name == "administrator" and address.name != "site:login":
                assert "no-store" in answer.headers["Cache-Control"], address.name
