"""The `guong` command: arguments, one line for what fails, accounts, benchmarks, plans."""

from __future__ import annotations

import io
import json
import sys
from argparse import Namespace
from pathlib import Path

import psycopg
import pytest
from bench import Figure, median_ms
from django.utils.module_loading import import_string
from tests import factories

from guong.base.access import Role
from guong.base.models import Body, Department, Grant, LogEntry, User
from guong.plans.models import Plan
from guong.site import accounts, commands, measure, plan_files, trouble
from guong.site.trouble import Trouble

PLANS = Path(__file__).resolve().parents[2] / "src" / "guong" / "site" / "demo" / "plans"


@pytest.mark.parametrize("name", commands.COMMANDS)
def test_every_command_has_its_function_and_its_line_of_help(name):
    command = commands.COMMANDS[name]
    assert callable(import_string(command.does))
    assert command.help in commands.parser().format_help() or " " in name


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (Trouble("Hỏng", "Broken"), "Hỏng / Broken"),
        (OSError(28, "No space left on device", "/var/x"), "Đĩa đã đầy"),
        (psycopg.OperationalError("connection refused\nIs the server running?"), "connection refused"),
        (psycopg.errors.DiskFull('could not extend file "x": No space left on device'), "Đĩa đã đầy"),
        (ValueError("GUONG_PORT"), "GUONG_PORT"),
    ],
)
def test_expected_failures_are_one_line_without_a_trace(monkeypatch, capsys, problem, words):
    def fail(*_: object) -> int:
        raise problem

    monkeypatch.setattr(commands, "_run", fail)
    assert commands.main(["check"]) == 1
    said = capsys.readouterr().err
    assert words in said
    assert len(said.splitlines()) == 1


def test_defects_of_our_own_are_not_hidden(monkeypatch):
    def fail(*_: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(commands, "_run", fail)
    with pytest.raises(ZeroDivisionError):
        commands.main(["check"])


def create(monkeypatch: pytest.MonkeyPatch, password: str, **options: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(password + "\n"))
    plain = {"username": "quantri", "role": "", "body": "", "department": "", "place": ""}
    accounts.create(Namespace(**(plain | options)))


@pytest.mark.django_db
def test_first_account_of_an_empty_installation_can_administer_its_department(monkeypatch):
    create(monkeypatch, "một mật khẩu dài", role="administrator", department="Sở Y tế tỉnh Thử", place="Thử")
    user = User.objects.get(username="quantri")
    assert user.check_password("một mật khẩu dài")
    assert Department.objects.get().place == "Thử"
    assert user.scope.paths(Role.ADMINISTRATOR) == [Body.objects.get().path]
    assert LogEntry.objects.filter(action="create_account").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("password", "options", "words"),
    [
        ("1234567890", {}, "too weak"),
        ("một mật khẩu dài", {"role": "vua"}, "no such role"),
        ("một mật khẩu dài", {"role": "administrator", "body": "khong-co"}, "no such body"),
        ("một mật khẩu dài", {"username": "có rồi"}, "an account of this name"),
        ("một mật khẩu dài", {"department": "Sở thứ hai"}, "exists already"),
    ],
)
def test_account_is_refused_with_a_reason_and_nothing_is_made(monkeypatch, password, options, words):
    factories.department()
    User.objects.create_user("có rồi", "x")
    with pytest.raises(Trouble, match=words):
        create(monkeypatch, password, **options)
    assert not User.objects.filter(username="quantri").exists()
    assert not Grant.objects.filter(user__username="quantri").exists()


def test_bench_without_a_name_lists_what_there_is():
    with pytest.raises(Trouble, match="The benchmarks"):
        measure.run(Namespace(name=""))


def test_figure_says_whether_it_reached_its_goal():
    assert json.loads(Figure("trang", 29.5, "ms", 30).line()) == {
        "name": "trang", "value": 29.5, "unit": "ms", "goal": 30, "reached": True,
    }  # fmt: skip
    assert not Figure("trang", 31, "ms", 30).reached
    assert Figure("sức", 401, "req/s", 400, more_is_better=True).reached
    assert not Figure("sức", 399, "req/s", 400, more_is_better=True).reached


def test_median_counts_only_the_calls_after_the_warm_ones():
    called = []
    median_ms(lambda: called.append(1), times=3, warm=2)
    assert len(called) == 5


def test_plan_read_prints_json_and_refuses_other_files(capsys, tmp_path):
    plan = min(path for path in PLANS.iterdir() if path.suffix == ".txt")
    assert commands.main(["plan", "read", str(plan), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["title"]
    (tmp_path / "thư.txt").write_text("Kính gửi")
    assert commands.main(["plan", "read", str(tmp_path / "thư.txt")]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_trouble_of_the_operating_system_without_a_name_is_told_as_it_is():
    assert "lạ" in str(trouble.of(OSError("lạ")))


def imported(file: Path, user: str, *, yes: bool) -> int:
    return plan_files.load(Namespace(file=str(file), user=user, yes=yes))


@pytest.mark.django_db
def test_plan_import_shows_everything_and_creates_after_a_yes(capsys):
    department = factories.department()
    user = factories.standing_officer(department)
    plan = PLANS / "an-binh-programme.txt"
    with pytest.raises(Trouble, match="--yes"):
        imported(plan, user.username, yes=False)
    assert not Plan.objects.exists()
    assert imported(plan, "", yes=True) == 0
    assert Plan.objects.count() == 1
    assert "Created" in capsys.readouterr().out


@pytest.mark.django_db
def test_plan_import_is_refused_to_an_account_without_the_role_and_for_other_files(tmp_path, capsys):
    department = factories.department()
    plan = PLANS / "an-binh-programme.txt"
    with pytest.raises(Trouble, match="No account"):
        imported(plan, "", yes=True)
    user = factories.standing_officer(department)
    (tmp_path / "thư.txt").write_text("Kính gửi")
    assert imported(tmp_path / "thư.txt", user.username, yes=True) == 2
    assert not Plan.objects.exists()
