"""Titles and forms of commendation by code, with the words offices write for them (D-09).

The codes are those of the law data; sheets and old decisions name the awards in many ways.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from guong.base.text import fold

BOTH = ("individual", "collective")
ONE, MANY = ("individual",), ("collective",)
LEVELS = ("commune", "unit", "province", "state")
OTHER = "KHAC"


@dataclass(frozen=True)
class Title:
    """One title or form: code, name in full, name in tables, level, whom it honours, other names."""

    code: str
    name: str
    short: str
    is_title: bool
    level: str
    subjects: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def _title(code: str, name: str, short: str, level: str, subjects: tuple[str, ...], *aliases: str) -> Title:
    return Title(code, name, short, True, level, subjects, aliases)


def _form(code: str, name: str, short: str, level: str, subjects: tuple[str, ...], *aliases: str) -> Title:
    return Title(code, name, short, False, level, subjects, aliases)


TITLES = (
    _title("LDTT", "Lao động tiên tiến", "LĐTT", "unit", ONE, "danh hiệu lao động tiên tiến"),
    _title("CSTDCS", "Chiến sĩ thi đua cơ sở", "CSTĐ cơ sở", "unit", ONE, "CSTĐCS", "chiến sỹ thi đua cơ sở",
           "chiến sĩ thi đua cấp cơ sở", "CSTĐ cấp cơ sở"),
    _title("CSTDT", "Chiến sĩ thi đua cấp tỉnh", "CSTĐ tỉnh", "province", ONE, "CSTĐ cấp tỉnh",
           "chiến sỹ thi đua cấp tỉnh", "chiến sĩ thi đua tỉnh"),
    _title("CSTDB", "Chiến sĩ thi đua cấp Bộ", "CSTĐ Bộ", "province", ONE, "CSTĐ cấp Bộ",
           "chiến sỹ thi đua cấp bộ", "chiến sĩ thi đua bộ y tế"),
    _title("CSTDTQ", "Chiến sĩ thi đua toàn quốc", "CSTĐ toàn quốc", "state", ONE, "CSTĐTQ",
           "chiến sỹ thi đua toàn quốc"),
    _title("TTLDTT", "Tập thể lao động tiên tiến", "TTLĐTT", "unit", MANY),
    _title("TTLDXS", "Tập thể lao động xuất sắc", "TTLĐXS", "province", MANY),
    _title("COT", "Cờ thi đua của UBND tỉnh", "Cờ tỉnh", "province", MANY, "cờ thi đua ubnd tỉnh",
           "cờ thi đua cấp tỉnh", "cờ thi đua của ủy ban nhân dân tỉnh"),
    _title("COB", "Cờ thi đua của Bộ Y tế", "Cờ Bộ", "province", MANY, "cờ thi đua bộ y tế"),
    _title("COCP", "Cờ thi đua của Chính phủ", "Cờ Chính phủ", "state", MANY, "cờ thi đua chính phủ"),
    _form("GKS", "Giấy khen của Giám đốc Sở", "Giấy khen", "unit", BOTH, "giấy khen", "giấy khen sở y tế",
          "giấy khen của giám đốc sở y tế", "giấy khen giám đốc sở"),
    _form("GKX", "Giấy khen của Chủ tịch UBND xã", "Giấy khen xã", "commune", BOTH, "giấy khen ubnd xã"),
    _form("GKH", "Giấy khen của Chủ tịch UBND huyện", "Giấy khen huyện", "unit", BOTH,
          "giấy khen ubnd huyện"),
    _form("BKT", "Bằng khen của Chủ tịch UBND tỉnh", "Bằng khen tỉnh", "province", BOTH, "bằng khen",
          "bằng khen ubnd tỉnh", "bằng khen của ubnd tỉnh", "bằng khen cấp tỉnh", "bằng khen tỉnh",
          "bằng khen chủ tịch ubnd tỉnh"),
    _form("BKB", "Bằng khen của Bộ trưởng Bộ Y tế", "Bằng khen Bộ", "province", BOTH, "bằng khen bộ y tế",
          "bằng khen của bộ y tế", "bằng khen bộ trưởng bộ y tế", "bằng khen cấp bộ"),
    _form("BKTTG", "Bằng khen của Thủ tướng Chính phủ", "Bằng khen Thủ tướng", "state", BOTH,
          "bằng khen thủ tướng", "bằng khen của thủ tướng", "bằng khen thủ tướng chính phủ"),
    _form("HCLD3", "Huân chương Lao động hạng Ba", "HCLĐ hạng Ba", "state", BOTH),
    _form("HCLD2", "Huân chương Lao động hạng Nhì", "HCLĐ hạng Nhì", "state", BOTH),
    _form("HCLD1", "Huân chương Lao động hạng Nhất", "HCLĐ hạng Nhất", "state", BOTH),
    _form("HCDL3", "Huân chương Độc lập hạng Ba", "HCĐL hạng Ba", "state", BOTH),
    _form("HCDL2", "Huân chương Độc lập hạng Nhì", "HCĐL hạng Nhì", "state", BOTH),
    _form("HCDL1", "Huân chương Độc lập hạng Nhất", "HCĐL hạng Nhất", "state", BOTH),
    _form("AHLD", "Anh hùng Lao động", "AHLĐ", "state", BOTH, "anh hùng lao động thời kỳ đổi mới"),
    _form("TTUT", "Thầy thuốc Ưu tú", "TTƯT", "state", ONE),
    _form("TTND", "Thầy thuốc Nhân dân", "TTND", "state", ONE),
    _form("KNC-SKND", "Kỷ niệm chương “Vì sức khỏe nhân dân”", "KNC", "province", ONE, "kỷ niệm chương",
          "kỷ niệm chương vì sức khỏe nhân dân", "KNC vì sức khỏe nhân dân"),
    _form("GTHTLO", "Giải thưởng Hải Thượng Lãn Ông", "GT Hải Thượng Lãn Ông", "province", ONE),
    _form(OTHER, "Hình thức khác", "khác", "unit", BOTH),
)  # fmt: skip
BY_CODE = {title.code: title for title in TITLES}
CODES = tuple(BY_CODE)
CHOICES = [(title.code, title.name) for title in TITLES]

# From law.md §1: a date belongs to the last regime that has begun.
BEGINNINGS = (
    ("R4", date(2026, 10, 1)), ("R3", date(2025, 7, 1)), ("R2", date(2024, 1, 1)),
    ("R1", date(2017, 10, 1)), ("R0", date(2014, 8, 20)),
)  # fmt: skip
REGIMES = ("R0", "R1", "R2", "R3", "R4")


def regime_on(day: date) -> str:
    """The regime of a decision of that day; empty before the oldest one kept."""
    return next((code for code, since in BEGINNINGS if day >= since), "")


def names_of(title: Title) -> set[str]:
    """Everything the title may be called, without diacritics."""
    return {fold(name) for name in (title.code, title.name, title.short, *title.aliases)}


@lru_cache
def codes_by_name() -> dict[str, str]:
    """Folded name to code."""
    return {name: title.code for title in TITLES if title.code != OTHER for name in names_of(title)}


@lru_cache(maxsize=4096)
def code_of(words: str) -> str | None:
    """The code that a cell or an old paper means; None when it names no award we know."""
    found = fold(words).removeprefix("tang ").removeprefix("danh hieu ").strip()
    return codes_by_name().get(found)


def short_of(code: str) -> str:
    """The name in tables; the code itself for one the catalogue lost."""
    return BY_CODE[code].short if code in BY_CODE else code


def name_of(code: str) -> str:
    """The name in full; the code itself for one the catalogue lost."""
    return BY_CODE[code].name if code in BY_CODE else code
