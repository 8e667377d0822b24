"""What is already done, so that a start need not do it again.

Marks about the database live in the database (its comment): they come and go with it. The mark about
static files lives beside them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from guong.site import env

PACKAGE = Path(__file__).resolve().parents[1]


def migrations() -> str:
    """Hash of what shapes the database: our migrations, triggers and grants, and the locked libraries."""
    found = [*PACKAGE.glob("*/migrations/*.py"), *PACKAGE.glob("*/*.sql")]
    triggers = [PACKAGE / "base/audit.py", PACKAGE / "portal/changes.py"]
    return _hash([*found, *triggers, PACKAGE / "site/grants.py", env.ROOT / "requirements.txt"])


def static() -> str:
    """Hash of the static files and of the code that packs them."""
    found = [path for path in PACKAGE.glob("*/static/**/*") if path.is_file()]
    return _hash([*found, env.ROOT / "requirements.txt"])


def _hash(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(paths):
        if path.exists():
            digest.update(f"{path.relative_to(env.ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:24]


def of_database(url: str) -> dict[str, str]:
    """The marks a database carries; none when it is new. Raises psycopg.OperationalError when unreachable."""
    with psycopg.connect(url, connect_timeout=10) as server:
        found = server.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    try:
        marks = json.loads((found and found[0]) or "{}")
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


def mark_database(url: str, **marks: str) -> None:
    """Add marks; needs the owner of the database."""
    text = json.dumps(of_database(url) | marks)
    with psycopg.connect(url, connect_timeout=10) as server:
        name = server.info.dbname
        server.execute(SQL("COMMENT ON DATABASE {} IS {}").format(Identifier(name), Literal(text)))


def static_is_fresh(folder: Path) -> bool:
    """Whether the collected files are those of this checkout."""
    mark = folder / ".content"
    return mark.exists() and mark.read_text() == static()


def mark_static(folder: Path) -> None:
    """Call after collecting."""
    (folder / ".content").write_text(static())
