"""`guong plan read FILE`: hands over to the reader, which knows nothing of Django or the database."""

from __future__ import annotations

import argparse

from guong.planreader import __main__ as reader


def run(arguments: argparse.Namespace) -> int:
    """0 when read, 2 and one line when the file cannot be read."""
    return reader.main([arguments.file, *(["--json"] if arguments.json else [])])
