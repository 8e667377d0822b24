"""Typst with our own fonts and nothing from the machine: the same paper gives the same bytes everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import typst

_FOLDER = Path(__file__).parent
_TEMPLATES = _FOLDER / "typst"
_FONTS = _FOLDER / "fonts"
_MISSING_GLYPH = re.compile(r'the text `?"(.+?)"`? could not be displayed')


class NotPrintableError(ValueError):
    """The official font has no glyph for `characters`; the text must be corrected by a person."""

    def __init__(self, characters: str) -> None:
        super().__init__(f"the font of official papers cannot show {characters!r}")
        self.characters = characters


def draw(template: str, *, tags: bool = True, **data: object) -> bytes:
    """A PDF/A-2b made of `template` and `data`. Data travel as JSON: no character in them can become markup.

    tags: write the reading structure for screen readers.

    Raises NotPrintableError when a character is outside the font.
    """
    inputs = {name: json.dumps(value, ensure_ascii=False) for name, value in data.items()}
    compiler = typst.Compiler(
        str(_TEMPLATES / template),
        root=str(_TEMPLATES),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        sys_inputs=inputs,
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="a-2b", pdf_tags=tags)
    except typst.TypstError as error:
        missing = _MISSING_GLYPH.search(error.message)
        if missing is None:
            raise
        raise NotPrintableError(missing.group(1)) from error
    if not isinstance(pdf, bytes):
        raise TypeError("Typst gave no single PDF file")
    return pdf
