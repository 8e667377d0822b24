"""The permission matrix: what every role gets from every address, compared with the table in matrix.json.

After a change that is meant, write the table anew and read the difference before committing it:

    GUONG_WRITE_MATRIX=1 .venv/bin/python -m pytest tests/security/test_matrix.py -k table
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection, transaction

from tests.security.addresses import Address, Visitor, every

TABLE = Path(__file__).parent / "matrix.json"
METHODS = ("GET", "POST")
REST = "everybody else"
Table = dict[str, dict[str, dict[str, list[str] | str]]]


def ask(visitor: Visitor, method: str, url: str, data: dict[str, str] | None = None) -> str:
    """Status of one request whose writes are undone; `login` when it is sent to the login page."""
    with transaction.atomic():
        form = {"data": urlencode(data or {}), "content_type": "application/x-www-form-urlencoded"}
        answer = visitor.ask(method, url, loud=False, **(form if method == "POST" else {}))
        transaction.set_rollback(True)
    if answer.status_code == 302 and answer.url.startswith("/dang-nhap/"):
        return "login"
    return str(answer.status_code)


def measured(world: Any, visitors: dict[str, Visitor]) -> Table:
    """The table as the site behaves now."""
    table: Table = {}
    for address in every():
        url = address.url({name: world.of(kind) for name, kind in address.kinds.items()})
        table[address.name] = {method: _row(visitors, method, url) for method in METHODS}
    return table


def _row(visitors: dict[str, Visitor], method: str, url: str) -> dict[str, list[str] | str]:
    found = {name: ask(visitor, method, url) for name, visitor in visitors.items()}
    usual = Counter(found.values()).most_common(1)[0][0]
    groups: dict[str, list[str] | str] = defaultdict(list)
    for name in sorted(found):
        if found[name] != usual:
            groups[found[name]].append(name)
    return {**dict(sorted(groups.items())), usual: REST}


def differences(expected: Table, found: Table) -> list[str]:
    """Each address and method where the two tables differ, in a line."""
    return [
        f"{name} {method}: {expected.get(name, {}).get(method)} became {found.get(name, {}).get(method)}"
        for name in sorted({*expected, *found})
        for method in METHODS
        if expected.get(name, {}).get(method) != found.get(name, {}).get(method)
    ]


def read() -> Table:
    """The committed table."""
    return json.loads(TABLE.read_text(encoding="utf-8"))


def write(table: Table) -> None:
    """Replace the committed table."""
    TABLE.write_text(json.dumps(table, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_only(visitor: Visitor, address: Address, url: str) -> Any:
    """The answer to a GET in a transaction that cannot write. Raises the database's error otherwise."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        answer = visitor.ask("GET", url)
        transaction.set_rollback(True)
    return answer
