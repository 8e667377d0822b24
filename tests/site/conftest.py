"""Folders for servers of one's own."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder others can enter, with a blank and Vietnamese letters in its name.

    pytest's own folders are closed to the user the database runs as under root.
    """
    folder = Path(tempfile.mkdtemp(prefix="thi đua "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)
