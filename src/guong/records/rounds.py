"""Titles that are proposed in one round: the higher one asks for a lower one nobody has decided yet.

A year's Lao động tiên tiến is decided together with the Chiến sĩ thi đua cơ sở that needs it. While the round
of a year runs, a lower title that only people's judgement separates somebody from does not make the higher
one impossible: it makes it wait for the same people.
"""

from __future__ import annotations

from datetime import date

import polars as pl

from guong.law import Facts, Law, screen

ROUND = (("LDTT", "CSTT", "TTLDTT"), ("CSTDCS", "TTLDXS"))  # lower before higher
LAST_MONTH = 3  # of the next year: when the last decisions of a year are out


def with_its_round(law: Law, facts: Facts, year: int, day: date) -> Facts:
    """The facts as if people granted the lower titles of a running round to all the book does not bar."""
    if (day.year, day.month) > (year + 1, LAST_MONTH):
        return facts
    for codes in ROUND:
        answers = screen(law, facts, year=year, received_on=day, codes=codes)
        asked = [code for code in codes if code in answers.columns]
        facts = facts.plus(titles=[row for code in asked for row in _granted(facts, answers, code, year)])
    return facts


def _granted(facts: Facts, answers: pl.DataFrame, code: str, year: int) -> list[dict[str, object]]:
    had = facts.titles.filter(pl.col("code") == code, pl.col("year") == year)["subject"].implode()
    hopeful = answers.filter(pl.col(f"{code}.checked") == "eligible", ~pl.col("subject").is_in(had))
    return [{"subject": subject, "code": code, "year": year} for subject in hopeful["subject"]]
