"""Login, logout, password, language."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.test import Client
from tests import factories as make

from guong.base.access import Role
from guong.base.models import LogEntry, User

pytestmark = pytest.mark.django_db
NEW = "bốn từ thật dài"


@pytest.fixture
def account():
    return make.user(Role.UNIT_CLERK, make.unit(make.department()))


def log_in(client, account, password=make.PASSWORD, **fields):
    return client.post("/dang-nhap/", {"username": account.username, "password": password} | fields)


def test_right_password_leads_home_and_is_logged(client, account):
    answer = log_in(client, account)
    assert (answer.status_code, answer.url) == (302, "/viec/")
    assert client.get("/viec/").status_code == 200
    assert LogEntry.objects.get(by=account).action == "login"


def test_wrong_password_and_unknown_name_get_the_same_words(client, account):
    wrong = log_in(client, account, "sai rồi mật khẩu").content.decode()
    unknown = client.post("/dang-nhap/", {"username": "khong-co", "password": "x"}).content.decode()
    closed = make.user(is_active=False)
    shut = log_in(client, closed).content.decode()
    sentence = "Tên đăng nhập và mật khẩu không khớp."
    assert all(sentence in page for page in (wrong, unknown, shut))
    assert account.username in wrong
    assert "sai rồi mật khẩu" not in wrong


def test_login_returns_to_the_page_wanted(client, account):
    asked = client.get("/to-chuc/")
    assert asked.url.startswith("/dang-nhap/?next=")
    assert log_in(client, account, next="/to-chuc/").url == "/to-chuc/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://example.org/", "//example.org", "///example.org", "/\\example.org", "\\\\example.org",
        "http:example.org", "http:///example.org", "https:/example.org", "javascript:alert(1)",
        "JaVaScRiPt:alert(1)", "data:text/html,x", " //example.org", "\t//example.org", "\n//example.org",
        "%2f%2fexample.org", "https://testserver@example.org", "https://testserver.example.org",
        "//testserver:80@example.org", "/%5cexample.org", "ftp://example.org", "//[::1]/", "https://",
        "http://127.0.0.1:1/", "//example.org/%2e%2e", "/\t/example.org", "/\n/example.org",
        "\x00//example.org", "https:\\\\example.org", "//example。org", "vbscript:x",
    ],
)  # fmt: skip
def test_nobody_is_sent_off_the_site(client, account, elsewhere):
    """F5: thirty ways to write another site, at login and at the change of language."""
    for answer in (
        log_in(client, account, next=elsewhere),
        client.get("/ngon-ngu/", {"language": "en", "next": elsewhere}),
    ):
        assert answer.status_code == 302
        target = urljoin("http://testserver/dang-nhap/", answer.url.replace("\\", "/"))  # as browsers read it
        assert urlsplit(target)[:2] == ("http", "testserver")


def test_logout_needs_a_post_and_ends_the_session(client, account):
    log_in(client, account)
    assert client.get("/dang-xuat/").status_code == 405
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert client.post("/dang-xuat/").status_code == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert client.get("/viec/").status_code == 302


def test_session_id_changes_at_login(client, account):
    client.get("/dang-nhap/")
    client.session["probe"] = 1
    before = client.session.session_key
    log_in(client, account)
    assert client.session.session_key != before


def test_password_change_ends_other_sessions_and_keeps_this_one(client, account):
    other = Client()
    log_in(client, account)
    log_in(other, account)
    before = client.session.session_key
    form = {"old_password": make.PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/mat-khau/", form).status_code == 302
    assert client.get("/viec/").status_code == 200
    assert client.session.session_key != before
    assert other.get("/viec/").status_code == 302
    assert User.objects.get(pk=account.pk).check_password(NEW)


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        (("sai", NEW, NEW), "không phải mật khẩu hiện nay"),
        ((make.PASSWORD, "ngắn", "ngắn"), "ít nhất 10 ký tự"),
        ((make.PASSWORD, NEW, "khác hẳn từ trên"), "không giống nhau"),
        ((make.PASSWORD, make.PASSWORD, make.PASSWORD), "khác mật khẩu hiện nay"),
    ],
)
def test_poor_password_is_refused_with_a_sentence(client, account, form, sentence):
    log_in(client, account)
    fields = dict(zip(("old_password", "new_password1", "new_password2"), form, strict=True))
    answer = client.post("/mat-khau/", fields)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert User.objects.get(pk=account.pk).check_password(make.PASSWORD)


def test_given_password_must_be_changed_before_anything_else(client, account):
    User.objects.filter(pk=account.pk).update(must_change_password=True)
    log_in(client, account)
    for address in ("/viec/", "/to-chuc/", "/"):
        assert client.get(address).url == "/mat-khau/"
    form = {"old_password": make.PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert "tự chọn mật khẩu" in client.get("/mat-khau/").content.decode().lower()
    client.post("/mat-khau/", form)
    assert client.get("/viec/").status_code == 200


def test_without_the_guard_the_given_password_would_do(client, account, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("FirstPassword")]
    User.objects.filter(pk=account.pk).update(must_change_password=True)
    log_in(client, account)
    assert client.get("/viec/").status_code == 200


def test_page_is_vietnamese_whatever_the_browser_asks_for(client):
    page = client.get("/dang-nhap/", headers={"accept-language": "en-US,en;q=0.9"})
    assert page.headers["Content-Language"] == "vi"
    assert "Đăng nhập" in page.content.decode()


def test_language_is_switched_by_a_link_and_kept(client):
    assert client.post("/ngon-ngu/").status_code == 405
    answer = client.get("/ngon-ngu/", {"language": "en", "next": "/dang-nhap/"})
    assert answer.url == "/dang-nhap/"
    assert "Log in" in client.get("/dang-nhap/").content.decode()
    client.get("/ngon-ngu/", {"language": "vi", "next": "/dang-nhap/"})
    assert "Đăng nhập" in client.get("/dang-nhap/").content.decode()


def test_nonsense_language_is_ignored(client):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "<script>"
    assert client.get("/dang-nhap/").headers["Content-Language"] == "vi"
