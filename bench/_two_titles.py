"""Two titles computed in other ways than by the engine, to compare speed and results.

Chiến sĩ thi đua cơ sở of 2024: Lao động tiên tiến, and rated outstanding or with an initiative of the year.
Chiến sĩ thi đua cấp tỉnh: fighter for three years, a provincial initiative within them, not the same title.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from bench._law_people import YEAR
from guong.law import Facts
from guong.site import env

LAST_THREE = (YEAR, YEAR - 1, YEAR - 2)
SCRIPT = Path(__file__).with_name("_openfisca.py")
Counts = tuple[int, int]


def with_polars(facts: Facts) -> Counts:
    """Written by hand with Polars: the shortest way for these two titles and no other."""
    who = pl.col("subject")
    kept = {year: _titled(facts, "CSTDCS", year) for year in LAST_THREE}
    able = _titled(facts, "LDTT", YEAR)
    best = facts.ratings.filter((pl.col("year") == YEAR) & (pl.col("rating") == "HTXS"))["subject"]
    creative = facts.initiatives.filter(pl.col("year") == YEAR)["subject"]
    base = facts.subjects.select(who)
    first = base.filter(
        who.is_in(able.implode()) & (who.is_in(best.implode()) | who.is_in(creative.implode()))
    )
    inventive = facts.initiatives.filter(pl.col("year").is_in(LAST_THREE) & (pl.col("level") == "province"))
    used = facts.titles.filter(pl.col("year").is_in(LAST_THREE) & pl.col("code").is_in(["CSTDT", "CSTDB"]))
    second = base.filter(
        *(who.is_in(kept[year].implode()) for year in LAST_THREE),
        who.is_in(inventive["subject"].implode()),
        ~who.is_in(used["subject"].implode()),
    )
    return first.height, second.height


def _titled(facts: Facts, code: str, year: int) -> pl.Series:
    return facts.titles.filter((pl.col("code") == code) & (pl.col("year") == year))["subject"]


@dataclass(frozen=True)
class Loop:
    """The facts as Python sets, made beforehand, and a loop over everybody."""

    subjects: list[int]
    titles: dict[tuple[str, int], set[int]]
    best: set[int]
    initiatives: dict[int, set[int]]
    provincial: dict[int, set[int]]

    @classmethod
    def of(cls, facts: Facts) -> Loop:
        """Not measured: a program with a loop holds its facts so anyway."""
        codes = ("LDTT", "CSTDCS", "CSTDT")
        best = facts.ratings.filter((pl.col("year") == YEAR) & (pl.col("rating") == "HTXS"))
        made = {year: facts.initiatives.filter(pl.col("year") == year) for year in LAST_THREE}
        return cls(
            facts.subjects["subject"].to_list(),
            {(code, year): set(_titled(facts, code, year)) for code in codes for year in LAST_THREE},
            set(best["subject"]),
            {year: set(frame["subject"]) for year, frame in made.items()},
            {
                year: set(frame.filter(pl.col("level") == "province")["subject"])
                for year, frame in made.items()
            },
        )

    def count(self) -> Counts:
        """One person after the other."""
        first = second = 0
        for who in self.subjects:
            if who in self.titles["LDTT", YEAR] and (who in self.best or who in self.initiatives[YEAR]):
                first += 1
            second += self._provincial(who)
        return first, second

    def _provincial(self, who: int) -> bool:
        return (
            all(who in self.titles["CSTDCS", year] for year in LAST_THREE)
            and any(who in self.provincial[year] for year in LAST_THREE)
            and not any(who in self.titles["CSTDT", year] for year in LAST_THREE)
        )


def with_openfisca(facts: Facts) -> tuple[float, Counts] | None:
    """Seconds and counts of openfisca-core in an environment of its own; None where it cannot be had.

    It is under the AGPL: never a dependency of the product, never imported here.
    """
    python = _environment()
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        for name, values in _columns(facts).items():
            (Path(folder) / name).write_bytes(bytes(values.cast(pl.UInt8).to_list()))
        done = subprocess.run([python, SCRIPT, folder], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.stderr.write(f"openfisca-core: {done.stderr.strip().splitlines()[-1:]}\n")
        return None
    seconds, first, second = done.stdout.split()
    return float(seconds), (int(first), int(second))


def _environment() -> Path | None:
    """A virtual environment under var/ with openfisca-core, made once."""
    home = env.var() / "bench-openfisca"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", home], check=True)
    ready = subprocess.run([python, "-c", "import openfisca_core"], capture_output=True, check=False)
    if ready.returncode:
        install = [python, "-m", "pip", "install", "--quiet", "openfisca-core"]
        if subprocess.run(install, capture_output=True, check=False).returncode:
            return None
    return python


def _columns(facts: Facts) -> dict[str, pl.Series]:
    everyone = facts.subjects["subject"]

    def among(subjects: pl.Series) -> pl.Series:
        return everyone.is_in(subjects.implode())

    found: dict[str, pl.Series] = {}
    best = facts.ratings.filter(pl.col("rating") == "HTXS")

    def pick(frame: pl.DataFrame, year: int) -> pl.Series:
        return among(frame.filter(pl.col("year") == year)["subject"])

    for year in LAST_THREE:
        found[f"outstanding-{year}"] = pick(best, year)
        found[f"initiative-{year}"] = pick(facts.initiatives, year)
        found[f"provincial-{year}"] = pick(facts.initiatives.filter(pl.col("level") == "province"), year)
        for code in ("LDTT", "CSTDCS", "CSTDT"):
            found[f"{code}-{year}"] = among(_titled(facts, code, year))
    return found
