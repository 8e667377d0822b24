"""The signature part: recipients with their purpose, the signer's position and name."""

from __future__ import annotations

from dataclasses import dataclass

from guong.planreader.document import Document
from guong.planreader.fields.columns import pieces_of
from guong.planreader.fields.recipients import recipients_of
from guong.planreader.fields.signature import signatory_of
from guong.planreader.model import Recipient, Signatory
from guong.planreader.passage import Ledger


@dataclass(frozen=True)
class Closing:
    recipients: tuple[Recipient, ...]
    signatory: Signatory | None


def closing_of(document: Document, ledger: Ledger) -> Closing:
    """Recipients stand in the left column, the signature in the right; converters mix their lines."""
    pieces = pieces_of(document)
    return Closing(recipients_of(document, pieces, ledger), signatory_of(pieces, ledger))
