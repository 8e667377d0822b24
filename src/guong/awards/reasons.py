"""One sentence of the list that decides whether a nomination may be sent."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One condition: must be done, open for a person to settle, or met. Rows of the `reasons` component.

    `personal`: it tells of ratings or disciplines, so it is written into no log and shown to few (D5).
    """

    kind: str
    text: str
    source: str = ""
    url: str = ""
    link: str = ""
    personal: bool = False
