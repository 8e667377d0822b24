"""Typst with our own fonts and nothing from the machine: the same paper gives the same bytes everywhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

_FOLDER = Path(__file__).parent
_TEMPLATES = _FOLDER / "typst"
_FONTS = _FOLDER / "fonts"
_MISSING_GLYPH = re.compile(r'the text `?"(.+?)"`? could not be displayed')
_MOST_SECONDS = 120


class DrawingError(RuntimeError):
    """The PDF could not be drawn; the message is Typst's, for the log."""


class NotPrintableError(ValueError):
    """The official font has no glyph for `characters`; the text must be corrected by a person."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"the font of official papers cannot show {characters!r}")
        self.characters = characters


def draw(template: str, *, tags: bool = True, **data: object) -> bytes:
    """A PDF/A-2b made of `template` and `data`. Data travel as JSON: no character in them can become markup.

    tags: write the reading structure for screen readers.

    Raises NotPrintableError for a character outside the font, DrawingError for all else that stops Typst.
    """
    request = {
        "template": str(_TEMPLATES / template),
        "root": str(_TEMPLATES),
        "fonts": str(_FONTS),
        "inputs": {name: json.dumps(value, ensure_ascii=False) for name, value in data.items()},
        "tags": tags,
    }
    command = [sys.executable, "-P", "-X", "utf8", str(_FOLDER / "drawing.py")]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(request).encode(),
            capture_output=True,
            timeout=_MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DrawingError(f"no PDF after {_MOST_SECONDS} seconds") from error
    if done.returncode == 0:
        return done.stdout
    raise _refusal(done.stderr.decode("utf-8", "replace"))


def _refusal(message: str) -> Exception:
    missing = _MISSING_GLYPH.search(message)
    return NotPrintableError(missing.group(1)) if missing else DrawingError(message)
