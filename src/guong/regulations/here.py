"""The law as it applies in one department."""

from __future__ import annotations

from functools import lru_cache

from guong.base.models import Body
from guong.law import Law, load


@lru_cache(maxsize=1)
def national_law() -> Law:
    """The law data shipped with the product, read once."""
    return load()


def law_of(_department: Body) -> Law:
    """The national law with the layers of this department on top."""
    return national_law()
