"""The two titles in openfisca-core, run in an environment of its own; imports nothing of ours."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy
from openfisca_core.entities import build_entity
from openfisca_core.periods import YEAR
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERSON = build_entity(key="person", plural="persons", label="", doc="", is_person=True)
INPUTS = ("outstanding", "initiative", "provincial", "LDTT", "CSTDCS", "CSTDT")
YEARS = (2022, 2023, 2024)


def fact(name):
    """An input variable: true or false for a year."""
    body = {"value_type": bool, "entity": PERSON, "definition_period": YEAR, "label": name}
    return type(name, (Variable,), body)


class grassroots(Variable):
    value_type = bool
    entity = PERSON
    definition_period = YEAR
    label = "Chiến sĩ thi đua cơ sở"

    def formula(person, period):
        return person("LDTT", period) * (person("outstanding", period) + person("initiative", period))


class provincial_fighter(Variable):
    value_type = bool
    entity = PERSON
    definition_period = YEAR
    label = "Chiến sĩ thi đua cấp tỉnh"

    def formula(person, period):
        years = [period.offset(-back) for back in range(3)]
        kept = person("CSTDCS", years[0]) * person("CSTDCS", years[1]) * person("CSTDCS", years[2])
        made = sum(person("provincial", year).astype(int) for year in years) > 0
        used = sum(person("CSTDT", year).astype(int) for year in years) > 0
        return kept * made * ~used


def main(folder):
    system = TaxBenefitSystem([PERSON])
    system.add_variables(*(fact(name) for name in INPUTS), grassroots, provincial_fighter)
    columns = {
        (name, year): numpy.fromfile(folder / f"{name}-{year}", dtype=numpy.uint8).astype(bool)
        for name in INPUTS
        for year in YEARS
    }
    size = len(next(iter(columns.values())))
    simulation = SimulationBuilder().build_default_simulation(system, count=size)
    for (name, year), values in columns.items():
        simulation.set_input(name, str(year), values)
    began = time.perf_counter()
    first = simulation.calculate("grassroots", "2024").sum()
    second = simulation.calculate("provincial_fighter", "2024").sum()
    print(time.perf_counter() - began, first, second)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
