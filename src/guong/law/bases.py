"""The legal bases of a decision: what the regime of its day and the layers on top of it ask to be cited."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from guong.law.book import Law
from guong.law.model import Confidence, Instrument, Layer, NotInForce, Regime

_NUMBER = re.compile(r"\d+/\d{4}/[A-ZĐ0-9]+(?:-[A-ZĐ]+)*")


@dataclass(frozen=True)
class Basis:
    """One line "Căn cứ …". `why`: what of it nobody has compared with the document; empty when sure."""

    text: str
    why: str = ""

    @property
    def unverified(self) -> bool:
        """Whether a screen must mark it."""
        return bool(self.why)


def legal_bases(law: Law, day: date) -> tuple[Basis, ...]:
    """The lines in the order of law.md §7: organisation law, emulation law, decree, circulars, then the
    rules of province and unit. Empty before the first regime."""
    try:
        regime = law.regime_on(day)
    except NotInForce:
        return ()
    cited = (law.instruments[key] for key in regime.instruments)
    found = [_of(regime, each) for each in cited if each.cite and each.in_force(day)]
    return (*found, *(_of_layer(layer) for layer in law.layers_on(day)))


def ended(law: Law, lines: Iterable[str], day: date) -> Iterator[Instrument]:
    """Instruments that some line cites by number although they do not apply on the day."""
    said = {number for line in lines for number in _NUMBER.findall(line)}
    for instrument in law.instruments.values():
        if said & set(_NUMBER.findall(instrument.name)) and not instrument.in_force(day):
            yield instrument


def _of(regime: Regime, instrument: Instrument) -> Basis:
    doubts = []
    if Confidence.UNVERIFIED in (instrument.confidence, instrument.cite_confidence):
        doubts.append("tên, ngày của văn bản chưa đối chiếu với bản gốc")
    if regime.confidence is Confidence.UNVERIFIED:
        doubts.append("chưa đối chiếu với luật sửa đổi có hiệu lực từ " + f"{regime.since:%d/%m/%Y}")
    return Basis(f"Căn cứ {instrument.cite}", "; ".join(doubts))


def _of_layer(layer: Layer) -> Basis:
    text = f"Căn cứ Quyết định số {layer.decision} ban hành {layer.vi}"
    return Basis(text, "bổ sung ngày và cơ quan ban hành")
