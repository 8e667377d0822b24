"""What the log may say: times, places in the code, pages. No personal data, no forged lines (H6)."""

from __future__ import annotations

import logging
import re

# PostgreSQL repeats the offending values after these words, psycopg in brackets after the column.
_VALUES = re.compile(r"^(DETAIL|CONTEXT|HINT|QUERY):.*$", re.MULTILINE)
_BREAKS = re.compile(r"[\r\n\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


class Formatter(logging.Formatter):
    """One record, one line; tracebacks keep their lines but lose the values PostgreSQL adds."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Line breaks in what a visitor sent must not begin a line of their own."""
        record.message = _BREAKS.sub("·", record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        """The whole entry without values from rows, even when another formatter made its traceback."""
        return _VALUES.sub(r"\1: …", super().format(record))


def config() -> dict[str, object]:
    """Everything to the error output; whoever runs the service keeps it (journald, a file)."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "plain": {"()": Formatter, "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # a 404 is no event; a 500 is
            "axes": {"level": "CRITICAL"},  # names and addresses of failed logins stay in its tables
        },
    }
