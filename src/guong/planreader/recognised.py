"""Values read from a scan are never sure: a person compares names, numbers and dates with the picture."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from guong.planreader.formats import Text
from guong.planreader.formats.syllables import is_syllable
from guong.planreader.model import Source

# Worth a look; and not sure, where the machine itself doubted a word or the word is none.
LOOK, UNSURE = 0.75, 0.5


def to_be_compared(sources: Mapping[str, Source], text: Text) -> dict[str, Source]:
    """The sources with lower confidence on recognised pages."""
    return {
        path: _lower(source, text) if source.page in text.scanned else source
        for path, source in sources.items()
    }


def _lower(source: Source, text: Text) -> Source:
    words = {word for line in range(source.line, source.last_line + 1) for word in text.doubts.get(line, ())}
    said = source.words.split()
    last = source.last_line > source.line
    doubted = any(word in words and not _is_plain(word) for word in said) or (last and bool(words))
    return replace(source, confidence=min(source.confidence, UNSURE if doubted else LOOK))


def _is_plain(word: str) -> bool:
    """A small syllable: the machine doubts many of them and is right; names and numbers are not plain."""
    bare = word.strip('.,;:()“”"')
    return bare.islower() and is_syllable(bare)
