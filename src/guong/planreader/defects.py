"""Faults of the document itself (requirements, section N): reported to a person, never repaired silently."""

from __future__ import annotations

from collections.abc import Mapping

from guong.planreader.document import Document
from guong.planreader.model import Defect, Plan, Source


def defects_of(document: Document, plan: Plan, sources: Mapping[str, Source]) -> tuple[Defect, ...]:
    return ()
