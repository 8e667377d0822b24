"""Numbers, money and dates as Vietnamese papers write them (NĐ 30/2020, Annex I)."""

from __future__ import annotations

from datetime import date

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")
_BILLION = 10**9
BLANK = "\u00a0" * 5  # room for a pen; ordinary blanks would be folded into one


def number_words(number: int) -> str:
    """A whole number in words: 1005 is "một nghìn không trăm linh năm". Negative numbers begin with "âm".

    Groups of three digits that are all zero are not spoken; a later group is spoken with its hundreds.
    """
    if number < 0:
        return f"âm {number_words(-number)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_spoken(number, full=False))


def money_words(dong: int) -> str:
    """An amount of money in words, as a sentence begins: "Chín triệu tám trăm tám mươi nghìn đồng"."""
    words = f"{number_words(dong)} đồng"
    return words[0].upper() + words[1:]


def grouped(number: int) -> str:
    """Digits with a point between thousands: 9880000 is "9.880.000"."""
    return f"{number:,}".replace(",", ".")


def two_digits(number: int) -> str:
    """A count in the text of a paper: 3 is "03", 12 is "12", so that nobody can add a digit before it."""
    return f"{number:02d}"


def paper_date(day: date) -> str:
    """Date of a paper: "ngày 05 tháng 01 năm 2026". Days under 10 and months 1 and 2 take a leading zero."""
    return f"ngày {day.day:02d} tháng {_month(day.month)} năm {day.year}"


def blank_date(year: int, month: int | None = None) -> str:
    """The date line of a draft, its day, and its month unless known, left to be written."""
    return f"ngày {BLANK} tháng {_month(month) if month else BLANK} năm {year}"


def _month(month: int) -> str:
    return f"{month:02d}" if month <= 2 else str(month)


def date_words(day: date) -> str:
    """Date in words for minutes: "ngày hai mươi mốt tháng tư năm hai nghìn không trăm hai mươi sáu"."""
    month = "tư" if day.month == 4 else number_words(day.month)
    return f"ngày {number_words(day.day)} tháng {month} năm {number_words(day.year)}"


def _spoken(number: int, *, full: bool) -> list[str]:
    """Words of a positive number. `full`: something was spoken before, so hundreds are said even if zero."""
    if number >= _BILLION:
        high, low = divmod(number, _BILLION)
        rest = _spoken(low, full=True) if low else []
        return [*_spoken(high, full=full), "tỷ", *rest]
    words: list[str] = []
    for place in (2, 1, 0):
        group = number // 1000**place % 1000
        if group:
            words += _group(group, full=full or bool(words))
            words += [_SCALES[place]] if _SCALES[place] else []
    return words


def _group(group: int, *, full: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or full else []
    if tens == 0 and units and words:
        words.append("linh")
    elif tens == 1:
        words.append("mười")
    elif tens > 1:
        words += [_DIGITS[tens], "mươi"]
    return [*words, _unit(units, tens)] if units else words


def _unit(units: int, tens: int) -> str:
    """The last digit changes its sound after a ten: mốt, tư, lăm."""
    if units == 5 and tens:
        return "lăm"
    if tens > 1 and units in (1, 4):
        return "mốt" if units == 1 else "tư"
    return _DIGITS[units]
