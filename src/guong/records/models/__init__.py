"""Records of the book."""

from guong.records.models.entries import Circumstance, Honour, Rating, Source
from guong.records.models.initiative import Authorship, Initiative
from guong.records.models.sheets import CheckedSheet, SheetImport
from guong.records.models.whole import Whole

__all__ = [
    "Authorship",
    "CheckedSheet",
    "Circumstance",
    "Honour",
    "Initiative",
    "Rating",
    "SheetImport",
    "Source",
    "Whole",
]
