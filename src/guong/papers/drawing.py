"""Runs as a process of its own: a request as JSON on standard input, a PDF on standard output.

Typst keeps what it has laid out: 1,000 certificates would leave 200 MB in a web process for good. Here the
memory goes back with the process, and a text that takes too long to lay out can be stopped from outside.
"""

from __future__ import annotations

import json
import sys

import typst


def main() -> int:
    """0 with the PDF on standard output, 1 with Typst's message on standard error."""
    request = json.load(sys.stdin.buffer)
    compiler = typst.Compiler(
        request["template"],
        root=request["root"],
        font_paths=[request["fonts"]],
        ignore_system_fonts=True,
        sys_inputs=request["inputs"],
    )
    try:
        pdf = compiler.compile(format="pdf", pdf_standards="a-2b", pdf_tags=request["tags"])
    except typst.TypstError as error:
        sys.stderr.write(error.message)
        return 1
    if not isinstance(pdf, bytes):
        sys.stderr.write("Typst gave no single PDF file")
        return 1
    sys.stdout.buffer.write(pdf)
    return 0


if __name__ == "__main__":
    sys.exit(main())
