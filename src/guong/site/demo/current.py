"""The year in progress: five plans read and confirmed, and work waiting for every role."""

from __future__ import annotations

from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation


def build(made: Organisation, names: Names) -> None:
    """Everything here goes the product's own road: read, confirm, nominate, submit, appraise, list, call."""
