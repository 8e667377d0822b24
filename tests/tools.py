"""Programs some tests need. `scripts/tools.sh` installs them as root; CI must have them, others skip loudly."""

from __future__ import annotations

import os

import pytest

from guong.planreader.formats import programs


def _needs(there: bool, packages: str) -> pytest.MarkDecorator:
    absent = not there and os.environ.get("CI") != "true"
    return pytest.mark.skipif(absent, reason=f"install it: apt-get install {packages}")


needs_tesseract = _needs(programs.reads_scans(), programs.PACKAGES["tesseract"])
needs_antiword = _needs(programs.reads_old_word(), programs.PACKAGES["antiword"])
