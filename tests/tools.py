"""Programs some tests need, installed by `scripts/tools.sh`; without them tests are skipped, except in CI."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from guong.planreader.formats import programs


def _needs(there: bool, packages: str) -> pytest.MarkDecorator:
    absent = not there and os.environ.get("CI") != "true"
    return pytest.mark.skipif(absent, reason=f"install it: apt-get install {packages}")


needs_tesseract = _needs(programs.reads_scans(), programs.PACKAGES["tesseract"])
needs_antiword = _needs(programs.reads_old_word(), programs.PACKAGES["antiword"])


@pytest.fixture
def no_programs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without antiword and Tesseract."""
    known = (programs.place_of, programs.reads_scans)
    with monkeypatch.context() as bare:
        bare.setattr(programs, "_PATH", "/nowhere")
        for function in known:
            function.cache_clear()
        yield
    for function in known:
        function.cache_clear()
