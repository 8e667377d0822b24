"""Ten closed years: decisions with numbers in a row, and the awards they granted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from guong.awards import money
from guong.awards.models import Award, Bonus, Decision, Fund
from guong.base.models import Body, Department, Employment, NumberSeries
from guong.papers.seal import new_code
from guong.records import catalogue
from guong.site.demo import bulk
from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation

FIRST_YEAR, LAST_YEAR = 2016, 2025
DECISIONS_A_YEAR = 6
AWARDS_A_DECISION = 45


def build(made: Organisation, names: Names) -> None:
    """Awards to people by the post they hold, and to units and sections."""
    workers = list(Employment.objects.filter(is_leader=False).select_related("person", "body"))
    collectives = [*made.units, *(section for found in made.sections.values() for section in found)]
    units = {unit.pk: unit for unit in made.units}
    decisions, awards = [], []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        for number in range(1, DECISIONS_A_YEAR + 1):
            form, subject = names.form()
            day = date(year, number * 2, 20)
            decision = past_decision(
                made, year, number * 17, day, f"tặng {form}", state=Decision.State.DRAFT
            )  # issued once its money is written down, which a numbered decision allows no more
            decisions.append(decision)
            pool = workers if subject == "individual" else collectives
            chosen = names.random.sample(pool, AWARDS_A_DECISION)
            awards += [award(decision, nominee, units, form, names.achievement()) for nominee in chosen]
    bulk.write(decisions)
    bulk.write(in_order(awards))
    pay(decisions, Fund.objects.get(department=made.root, level=Fund.Level.DEPARTMENT))
    close_series(decisions)


def pay(decisions: list[Decision], fund: Fund) -> None:
    """The money of decisions of past years, paid half a month after each, as far as known."""
    for decision in decisions:
        lines = money.reckon(decision, money.lines_of(decision), decision.signed_on)
        given = [line for line in lines if line.state == Bonus.State.PLANNED]
        for line in given:
            line.fund, line.paid_on = fund, decision.signed_on + timedelta(days=15)
            line.document_number = f"UNC-{decision.number}/{decision.year}"
        bulk.write(lines)
        Bonus.objects.filter(pk__in=[line.pk for line in given]).update(state=Bonus.State.PAID)
    Decision.objects.filter(pk__in=[one.pk for one in decisions]).update(state=Decision.State.ISSUED)


def past_decision(
    made: Organisation, year: int, number: int, day: date, what: str, **fields: Any
) -> Decision:
    """An issued decision of a past year, signed on paper."""
    settings = Department.objects.get(body=made.root)
    return Decision(
        pk=next(bulk.ids(Decision, 1)),
        department=made.root,
        title=f"Về việc {what} năm {year}",
        year=year,
        symbol=settings.decision_symbol,
        number=number,
        signed_on=day,
        authority_line=f"GIÁM ĐỐC {made.root.name.upper()}",
        signatory_position=settings.signatory_position,
        signatory_name=settings.signatory_name,
        issued_at=timezone.make_aware(datetime.combine(day, time(9))),
        **({"state": Decision.State.ISSUED} | fields),
    )


def award(
    decision: Decision,
    nominee: Employment | Body,
    units: dict[int, Body],
    form: str,
    achievement: str,
    **fields: Any,
) -> Award:
    """One line of a decision, for someone employed or for a collective."""
    is_person = isinstance(nominee, Employment)
    place = nominee.body if is_person else nominee
    unit = unit_of(place, units)
    where = place.name if place.pk == unit.pk else f"{place.name}, {unit.name}"
    return Award(
        decision=decision,
        subject="individual" if is_person else "collective",
        person=nominee.person if is_person else None,
        body=None if is_person else nominee,
        unit=unit,
        title_code=catalogue.code_of(form) or catalogue.OTHER,
        form=form,
        name_on_paper=nominee.person.name if is_person else where,
        post_on_paper=f"{nominee.post}, {where}" if is_person else "",
        achievement=achievement,
        code=new_code(),
        **fields,
    )


def unit_of(place: Body, units: dict[int, Body]) -> Body:
    """The unit a section belongs to; an office of the department stands for itself."""
    return next((units[pk] for pk in place.ancestor_ids() if pk in units), place)


def in_order(awards: list[Award]) -> Iterable[Award]:
    """Number the lines of each decision."""
    last: dict[int, int] = {}
    for line in awards:
        line.order = last[line.decision_id] = last.get(line.decision_id, 0) + 1
        yield line


def close_series(decisions: list[Decision]) -> None:
    """The next decision of a year takes the number after the last one."""
    for decision in decisions:
        series, _made = NumberSeries.objects.get_or_create(
            body=decision.department, symbol=decision.symbol, year=decision.year
        )
        series.last = max(series.last, decision.number)
        series.save()
