"""`guong check`: what would go wrong. Settings, database, audit chain, files; each finding one line."""

from __future__ import annotations

import argparse
import os
import shutil
import stat
import sys
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from guong.base import audit
from guong.base.models import StoredFile
from guong.planreader.formats import programs
from guong.regulations.reading import unreadable
from guong.site import database, env, guard, stamps

ROOM = 1024**3  # bytes that should be free where files are kept
LOCAL = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def command(_arguments: argparse.Namespace) -> int:
    """Run all checks; 1 when anything was found."""
    found = {name: check() for name, check in CHECKS.items()}
    for name, findings in found.items():
        sys.stdout.write(f"{'--' if findings else 'ok'}  {name}\n")
        for finding in findings:
            sys.stdout.write(f"    {finding}\n")
    return 1 if any(found.values()) else 0


def is_public() -> bool:
    """Whether anyone but this machine is meant to reach the site."""
    return not set(settings.ALLOWED_HOSTS) <= LOCAL or env.BIND.get() not in {"127.0.0.1", "::1", "localhost"}


def site() -> list[str]:
    """Switches that must not be on, or off, where others reach the site."""
    found = []
    if settings.DEBUG:
        found.append("GUONG_DEBUG=1 (tắt đi / switch it off)")
    if "*" in settings.ALLOWED_HOSTS:
        found.append("GUONG_HOSTS=* (ghi rõ tên miền / name the hosts)")
    if is_public() and not settings.HTTPS:
        found.append("GUONG_HTTPS=0 (mật khẩu đi trần trên mạng / passwords travel in the clear)")
    if settings.HTTPS and not settings.PROXIES:
        found.append("GUONG_HTTPS=1, GUONG_PROXIES=0 (chưa có proxy TLS / no TLS proxy in front)")
    if is_public() and os.geteuid() == 0:
        found.append("root (chạy bằng người dùng riêng / run as a user of its own)")
    deploy = settings.HTTPS and not settings.DEBUG
    problems = [
        check
        for check in run_checks(include_deployment_checks=deploy)
        if check.level >= WARNING and not check.is_silenced()
    ]
    return found + [f"{check.id}: {check.msg}" for check in problems]


def secrets() -> list[str]:
    """The key is long, and no other account of the machine reads the secrets."""
    found = []
    if len(settings.SECRET_KEY) < 50:
        found.append("GUONG_SECRET_KEY (ít nhất 50 ký tự / at least 50 characters)")
    for path in [env.var() / "secrets", *(env.var() / "secrets").glob("*")]:
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            found.append(f"{path} (người khác đọc được / others can read it: chmod go-rwx)")
    return found


def durable() -> list[str]:
    """What was acknowledged stays, and the web role cannot rewrite it."""
    return guard.unsafe(database.web_url())


def tables() -> list[str]:
    """Every migration of this checkout is applied."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration} (chạy / run: guong migrate)" for migration, _backwards in plan]


def trail() -> list[str]:
    """Every table is guarded and the chain holds from the first link to the last."""
    found = [f"{table} (không có bộ ghi vết / no audit triggers)" for table in audit.unguarded_tables()]
    broken = [f"mắt xích / link {item.seal}, mục / entry {item.entry or '?'}" for item in audit.verify()]
    return found + broken


def files() -> list[str]:
    """The store takes a file and gives it back, has room, and every recorded file is there in full."""
    found = []
    store = default_storage
    try:
        name = store.save("probe", ContentFile(b"probe"))
        store.delete(name)
    except OSError as error:
        found.append(f"{settings.MEDIA_ROOT}: {error.strerror or error}")
    if isinstance(store, FileSystemStorage) and Path(store.location).exists():
        free = shutil.disk_usage(store.location).free
        if free < ROOM:
            found.append(f"{store.location}: {free // 1024**2} MiB (sắp hết chỗ / nearly full)")
    return found + missing_files()


def missing_files() -> list[str]:
    """Recorded files that are gone or have another size than recorded."""
    found = []
    for key, place, size in StoredFile.objects.values_list("key", "content", "size").iterator():
        try:
            same = default_storage.size(place) == size
        except OSError:
            same = False
        if not same:
            found.append(f"{key} (tệp mất hoặc hỏng / file lost or damaged)")
    return found


def laws() -> list[str]:
    """The law data loads, and every layer in force over it."""
    return unreadable()


def reading() -> list[str]:
    """Scans and old Word files can be read."""
    return [f"apt-get install {packages} (để đọc / to read .doc, scans)" for packages in programs.missing()]


def static() -> list[str]:
    """The collected static files are those of this checkout."""
    return [] if stamps.static_is_fresh(settings.STATIC_ROOT) else ["guong migrate"]


def demo() -> list[str]:
    """The demo's accounts have a printed password."""
    marked = stamps.of_database(database.web_url()).get("demo") == "loaded"
    return ["Tài khoản mẫu / demo accounts"] if marked and is_public() else []


CHECKS: dict[str, Callable[[], list[str]]] = {
    "settings": site,
    "secrets": secrets,
    "database": durable,
    "tables": tables,
    "audit chain": trail,
    "files": files,
    "static files": static,
    "law": laws,
    "scans and .doc": reading,
    "demo": demo,
}
