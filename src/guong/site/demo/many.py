"""The large demo: ten years of nominations, 100,000 of them, for trying out how lists behave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle

from django.utils import timezone

from guong.awards.models import Appraisal, Award, Decision, Nomination
from guong.awards.titles import branch_of
from guong.base.models import Body, Employment, User
from guong.movements.models import Movement, Quota, Subject
from guong.plans.models import Plan
from guong.site.demo import bulk
from guong.site.demo.history import award, close_series, in_order, past_decision, unit_of
from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation

FIRST_YEAR, LAST_YEAR = 2017, 2026
TOTAL = 100_000
THEMES = (
    "Thầy thuốc như mẹ hiền", "Trạm y tế thân thiện", "Bệnh án không giấy", "Bữa ăn an toàn",
    "Điều dưỡng, hộ sinh giỏi", "Sáng kiến vì người bệnh", "Tuổi trẻ về với bản làng", "Xanh, sạch, đẹp",
    "Tiêm chủng không bỏ sót", "Dân số và phát triển", "Chuyển đổi số y tế", "Phòng dịch từ sớm",
)  # fmt: skip
FORM = "Giấy khen"
State = Nomination.State
CLOSED_YEAR = (State.AWARDED,) * 7 + (State.NOT_CHOSEN,) * 12 + (State.WITHDRAWN,)
THIS_YEAR = (
    State.DRAFT, State.WITH_HEAD, State.RETURNED, State.SUBMITTED, State.SUBMITTED, State.APPRAISED,
    State.APPRAISED, State.NOT_CHOSEN, State.AWARDED, State.AWARDED,
)  # fmt: skip
NO_OPINION = (State.DRAFT, State.WITH_HEAD, State.RETURNED, State.WITHDRAWN)


@dataclass(frozen=True)
class Field:
    """Whom units can put forward."""

    made: Organisation
    names: Names
    workers: list[Employment]
    collectives: list[Body]
    units: dict[int, Body]
    clerk: User


def build(made: Organisation, names: Names) -> None:
    """Twelve movements a year; years gone by are decided, the last one is in the middle of its work."""
    sections = [section for found in made.sections.values() for section in found]
    field = Field(
        made,
        names,
        list(Employment.objects.filter(is_leader=False).select_related("person", "body")),
        [*made.units, *sections],
        {unit.pk: unit for unit in made.units},
        User.objects.get(username="vanthubv"),
    )
    movements = [movement for year in range(FIRST_YEAR, LAST_YEAR + 1) for movement in _movements(made, year)]
    bulk.write(movements)
    share, left = divmod(TOTAL, len(movements))
    for place, movement in enumerate(movements):
        _nominate(field, movement, share + (place < left))


def _movements(made: Organisation, year: int) -> Iterator[Movement]:
    plan = Plan.objects.create(
        department=made.root, kind="Kế hoạch", number=f"9/KH-SYT-{year}", year=year,
        issued_on=date(year, 1, 9),
        state=Plan.State.IN_FORCE if year == LAST_YEAR else Plan.State.CLOSED,
        title=f"Các phong trào thi đua chuyên đề năm {year}",
    )  # fmt: skip
    numbers = bulk.ids(Movement, len(THEMES))
    for order, (number, theme) in enumerate(zip(numbers, THEMES, strict=True), start=1):
        yield Movement(
            pk=number, plan=plan, code=f"2.{order}", name=f"Thi đua “{theme}”", order=order,
            quota_kind=Movement.QuotaKind.FIXED, window=Movement.Window.END,
        )  # fmt: skip


def _nominate(field: Field, movement: Movement, count: int) -> None:
    year = movement.plan.year
    random = field.names.random
    collectives = random.sample(field.collectives, min(count // 6, len(field.collectives)))
    nominees = [*collectives, *random.sample(field.workers, count - len(collectives))]
    states = cycle(THIS_YEAR if year == LAST_YEAR else CLOSED_YEAR)
    numbers = bulk.ids(Nomination, count)
    made = [
        _nomination(field, movement, number, nominee, next(states))
        for number, nominee in zip(numbers, nominees, strict=True)
    ]
    bulk.write(made)
    bulk.write(_appraisal(field, nomination) for nomination in made if nomination.state not in NO_OPINION)
    _decide(field, movement, made)


def _nomination(
    field: Field, movement: Movement, number: int, nominee: Employment | Body, state: str
) -> Nomination:
    is_person = isinstance(nominee, Employment)
    place = nominee.body if is_person else nominee
    day = date(movement.plan.year, 2, 1) + timedelta(days=field.names.random.randrange(240))
    moment = timezone.make_aware(datetime.combine(day, time(8)))
    return Nomination(
        pk=number,
        department=field.made.root,
        movement=movement,
        unit=unit_of(place, field.units),
        section=place if place.pk not in field.units else None,
        subject=Subject.INDIVIDUAL if is_person else Subject.COLLECTIVE,
        person=nominee.person if is_person else None,
        employment=nominee if is_person else None,
        body=None if is_person else nominee,
        branch=branch_of(movement),
        state=state,
        achievement=field.names.achievement(),
        created_by=field.clerk,
        created_at=moment,
        submitted_at=None if state in (State.DRAFT, State.WITH_HEAD) else moment + timedelta(days=3),
    )


def _appraisal(field: Field, nomination: Nomination) -> Appraisal:
    given = nomination.state != State.SUBMITTED
    return Appraisal(
        nomination=nomination,
        office=field.made.offices["NVY"],
        due_on=nomination.submitted_at.date() + timedelta(days=10),
        opinion=Appraisal.Opinion.AGREE if given else "",
        text="Thành tích có số liệu, đúng lĩnh vực." if given else "",
        given_by=field.clerk if given else None,
        given_at=nomination.submitted_at + timedelta(days=5) if given else None,
    )


def _decide(field: Field, movement: Movement, nominations: list[Nomination]) -> None:
    year = movement.plan.year
    awarded = [nomination for nomination in nominations if nomination.state == State.AWARDED]
    quotas = {subject: _quota(movement, subject, awarded) for subject in Subject.values}
    bulk.write(quotas.values())
    day = date(year, 10, 20) if year == LAST_YEAR else date(year, 12, 20)
    decision = past_decision(
        field.made, year, 300 + movement.order, day, f"tặng {FORM} {movement.name}", movement=movement
    )
    bulk.write([decision])
    bulk.write(in_order([_award(field, decision, nomination, quotas) for nomination in awarded]))
    close_series([decision])


def _quota(movement: Movement, subject: str, awarded: list[Nomination]) -> Quota:
    used = sum(nomination.subject == subject for nomination in awarded)
    return Quota(pk=next(bulk.ids(Quota, 1)), movement=movement, subject=subject, size=used + 5, used=used)


def _award(field: Field, decision: Decision, nomination: Nomination, quotas: dict[str, Quota]) -> Award:
    nominee = nomination.employment or nomination.body
    return award(
        decision, nominee, field.units, FORM, nomination.achievement,
        nomination=nomination, quota=quotas[nomination.subject],
    )  # fmt: skip
