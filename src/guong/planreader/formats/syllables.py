"""Whether letters can be a Vietnamese syllable: tells right decodings from wrong ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_INITIALS = " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep
et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu o oc oi om on ong op ot
ooc oong oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oem oen oeo oet ô ôc ôi ôm
ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uên uêch
uênh uơ uy uya uych uyn uynh uyp uyt uyu uyên uyêt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y yêm yên yêng yêt yêu ynh yn
"""
_SHAPES = frozenset(initial + rime for initial in _INITIALS.split(" ") for rime in _RIMES.split()) | {
    "gi",
    "gin",
    "ginh",
}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_STOPPED = ("c", "ch", "p", "t")
_STOPPED_TONES = frozenset("\u0301\u0323")
# A part of a token that is no letter in any of the encodings told apart here.
_BETWEEN = re.compile(r"[\s\-/.,;:()“”\"'‘’…–—+*0-9\[\]{}|%&?!<>=_~@#•]+")


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """One syllable with at most one tone, in its right place of the rime or not; no capital inside."""
    if not (word.islower() or word.isupper() or word[1:].islower()):
        return False
    apart = unicodedata.normalize("NFD", word.lower())
    tones = [sign for sign in apart if sign in _TONES]
    bare = unicodedata.normalize("NFC", "".join(sign for sign in apart if sign not in _TONES))
    if len(tones) > 1 or bare not in _SHAPES:
        return False
    return not bare.endswith(_STOPPED) or bool(tones and tones[0] in _STOPPED_TONES) or not _has_marks(apart)


def _has_marks(apart: str) -> bool:
    return any(unicodedata.combining(sign) for sign in apart)


def odd_words(text: str) -> list[str]:
    """Words with signs beyond ASCII: the only ones on which encodings differ."""
    return [word for word in _BETWEEN.split(text) if word and not word.isascii()]


def share(words: Iterable[str]) -> float:
    """How many of the words are syllables, 0 to 1; 0 without words."""
    told = [is_syllable(word) for word in words]
    return sum(told) / len(told) if told else 0.0
