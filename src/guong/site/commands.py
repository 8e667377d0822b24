"""The `guong` command: reads arguments, brings database and Django up, calls what does the work.

Each command names its function by a dotted path. It is imported only when chosen, because most of them may
be imported only after Django is set up, and because `guong serve` stays small without it.
"""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import date

import django
import psycopg
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connections
from django.utils.module_loading import import_string

from guong.site import database, env, pg, trouble
from guong.site.trouble import Trouble

Arguments = Callable[[argparse.ArgumentParser], None]


def _none(_parser: argparse.ArgumentParser) -> None:
    """No arguments."""


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--demo", action="store_true", help="load the demo province first, once")


def _demo(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--scale", action="store_true", help="50,000 people and 100,000 nominations")


def _plan_read(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--json", action="store_true", help="the whole plan as JSON")


def _plan_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file")
    parser.add_argument("--yes", action="store_true", help="create without asking")
    parser.add_argument("--user", default="", help="account that confirms; default: the only administrator")


def _law_assess(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="facts and question, YAML or JSON; see docs/law.md")
    parser.add_argument("--layer", action="append", default=[], help="file of a province's or unit's layer")
    parser.add_argument("--json", action="store_true", help="the whole assessment as JSON")


def _law_screen(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--year", type=int, required=True, help="last year whose merit counts")
    parser.add_argument(
        "--received-on", type=date.fromisoformat, help="day of receipt; default: end of the year"
    )
    parser.add_argument("--unit", default="", help="code of one unit")
    parser.add_argument("--code", action="append", default=[], help="one award, e.g. CSTDCS; may be repeated")
    parser.add_argument("--outcome", choices=("eligible", "not_eligible", "suspended", "open"))
    parser.add_argument("--xlsx", default="", metavar="FILE", help="write a spreadsheet")
    parser.add_argument("--json", action="store_true", help="one line of JSON an answer")


def _verify_session(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="exported box, JSON")
    parser.add_argument("--hash", default="", help="closing hash printed in the minutes")
    parser.add_argument("--sheets", action="store_true", help="read the words of two key sheets, a line each")


def _createuser(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("username")
    parser.add_argument("--role", default="", help="role to grant on the body, e.g. administrator")
    parser.add_argument("--body", default="", help="code of the body; default: the top of the tree")
    parser.add_argument("--department", default="", help="name of the department, in an empty installation")
    parser.add_argument("--place", default="", help="its place name, as papers write it before the date")


def _bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", default="", help="without a name: the list")


def _manage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="any command of Django")


def _certificate_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("qr", help="the text of the QR code")
    parser.add_argument("--printed", required=True, metavar="FILE", help="what the paper says, as JSON")
    parser.add_argument("--keys", required=True, metavar="FILE", help="the published keys, as JSON")


@dataclass(frozen=True)
class Command:
    """One line of `guong --help`."""

    does: str
    help: str
    arguments: Arguments = _none
    needs_django: bool = True
    needs_database: bool = True
    as_owner: bool = False


COMMANDS: dict[str, Command] = {
    "serve": Command("guong.site.serve.run", "web and worker (and database)", _serve, False, False),
    "demo": Command("guong.site.prepare.demo", "load the demo province An Bình", _demo, as_owner=True),
    "migrate": Command("guong.site.prepare.migrate", "tables, triggers, rights, static files", as_owner=True),
    "worker": Command(
        "guong.site.prepare.worker", "the background jobs only; `guong serve` has one", needs_database=False
    ),
    "check": Command(
        "guong.site.checks.command", "what would go wrong: settings, database, audit chain, files"
    ),
    "createuser": Command("guong.site.accounts.create", "make an account, ask for its password", _createuser),
    "bench": Command("guong.site.measure.run", "the product's own benchmarks", _bench),
    "manage": Command("guong.site.prepare.manage", "any command of Django", _manage, as_owner=True),
    "plan read": Command("guong.site.reading.run", "what a plan says", _plan_read, False, False),
    "plan import": Command("guong.site.plan_files.load", "read, show, create after a yes", _plan_import),
    "certificate check": Command(
        "guong.papers.proof_command.run", "a certificate off-line", _certificate_check, False, False
    ),
    "certificate new-key": Command("guong.site.prepare.new_signing_key", "sign with a new key from now on"),
    "law screen": Command(
        "guong.site.screening.run", "everybody in the database against the law", _law_screen
    ),
    "verify-session": Command(
        "guong.papers.verify_session.run", "check the box of a session", _verify_session, False, False
    ),
    "law assess": Command("guong.law.command.run", "one person explained", _law_assess, False, False),
}


def parser() -> argparse.ArgumentParser:
    """The whole command line; `plan read`, `law screen` and their like are two words."""
    top = argparse.ArgumentParser(prog="guong", description="Gương: thi đua, khen thưởng ngành y tế")
    words = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for name, command in COMMANDS.items():
        first, _, second = name.partition(" ")
        if second and first not in groups:
            group = words.add_parser(first, help=f"guong {first} …")
            groups[first] = group.add_subparsers(dest="second", required=True, metavar="COMMAND")
        home = groups[first] if second else words
        command.arguments(home.add_parser(second or first, help=command.help))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; every expected failure is one line on the error output."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave through `finally`, like Ctrl-C
    arguments = parser().parse_args(argv)
    name = " ".join(filter(None, (arguments.command, getattr(arguments, "second", ""))))
    try:
        return _run(COMMANDS[name], arguments)
    except (Trouble, ImproperlyConfigured, ValueError) as problem:
        return _fail(str(problem))
    except (psycopg.OperationalError, OperationalError) as problem:
        return _fail(str(trouble.of_database(problem)))
    except OSError as problem:
        return _fail(str(trouble.of(problem)))
    except KeyboardInterrupt:
        return 130


def _fail(line: str) -> int:
    print(line, file=sys.stderr)
    return 1


def _run(command: Command, arguments: argparse.Namespace) -> int:
    with _database() if command.needs_database else nullcontext():
        if command.needs_django:
            if command.as_owner:
                env.work_as_owner()
            env.use_settings()
            django.setup()
        try:
            return int(import_string(command.does)(arguments) or 0)
        finally:
            if command.needs_django:
                _hang_up()


def _hang_up() -> None:
    """Before the server stops: a pool would try to connect again."""
    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()


@contextmanager
def _database() -> Iterator[None]:
    """The embedded server for as long as the command runs; one that runs already is shared."""
    if not database.is_embedded():
        yield
        return
    data = env.var() / pg.NAME
    pg.start(data)
    try:
        yield
    finally:
        pg.stop(data)


if __name__ == "__main__":
    sys.exit(main())
