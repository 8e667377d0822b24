"""How long a decision and its certificates take from the database to the file: `guong bench decisions`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from bench import Figure
from guong.awards import papers
from guong.awards.actions import money
from guong.awards.actions.certificates import current_sheets
from guong.awards.actions.reissuing import issue_missing
from guong.awards.certificate_sheets import certificate
from guong.awards.models import Award, Decision, Fund
from guong.base.models import Body, BodyKind, Department, Person, User
from guong.papers.certificates import certificates_pdf
from guong.papers.pdf import to_pdf
from guong.papers.seal import new_code
from guong.papers.word import to_docx

ROUNDS = 3
DAY = date(2026, 11, 23)
MERIT = "đã có thành tích xuất sắc trong phong trào thi đua “Học tập và làm theo Bác” năm 2026"


@contextmanager
def decision_of(people: int) -> Iterator[Decision]:
    """A decision with so many awards in the database, for the time of one measurement."""
    with transaction.atomic():
        yield _decision(people)
        transaction.set_rollback(True)


def _decision(people: int) -> Decision:
    root = Body.objects.create(
        code="BENCH", name="Sở Y tế An Bình", kind=BodyKind.DEPARTMENT, valid_from=date(2015, 1, 1)
    )
    unit = Body.objects.create(
        code="BENCH-1", name="Trung tâm Y tế khu vực Đồng Mây", kind=BodyKind.UNIT, parent=root,
        valid_from=date(2015, 1, 1),
    )  # fmt: skip
    Department.objects.create(
        body=root, standing_office=unit, place="An Bình", parent_issuer="UBND TỈNH AN BÌNH",
        decision_symbol="QĐ-SYT", signatory_position="GIÁM ĐỐC", signatory_name="Phùng Văn Khải",
    )  # fmt: skip
    decision = Decision.objects.create(
        department=root, title=f"Về việc tặng Giấy khen cho cá nhân {MERIT}", merit=MERIT, year=2026,
        symbol="QĐ-SYT", number=213, signed_on=DAY, state=Decision.State.DRAFT,
        bases=["Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022"] * 4,
        authority_line="GIÁM ĐỐC SỞ Y TẾ", execution="Các đơn vị liên quan chịu trách nhiệm thi hành",
        signatory_position="GIÁM ĐỐC", signatory_name="Phùng Văn Khải", recipients=["Như Điều 2", "Lưu: VT"],
    )  # fmt: skip
    fund = Fund.objects.create(department=root, payer=root, name="Quỹ thi đua, khen thưởng của Sở Y tế")
    _grant(decision, unit, people, fund)
    money.keep(decision)
    Decision.objects.filter(pk=decision.pk).update(state=Decision.State.NUMBERED)
    decision.refresh_from_db()
    return decision


def _grant(decision: Decision, unit: Body, people: int, fund: Fund) -> None:
    persons = [Person(name=f"Nguyễn Thị Thu Hằng {number}", gender="f") for number in range(people)]
    for person in persons:
        person.fill_keys()
    Person.objects.bulk_create(persons)
    lines = [
        Award(
            decision=decision, subject="individual", person=person, unit=unit, form="Giấy khen", fund=fund,
            name_on_paper=f"Bà {person.name}", post_on_paper=f"Điều dưỡng trưởng, {unit.name}",
            achievement=f"Thành tích riêng số {place}: {MERIT}", order=place, code=new_code(),
        )
        for place, person in enumerate(persons, start=1)
    ]  # fmt: skip
    for line in lines:
        line.fill_keys()
    Award.objects.bulk_create(lines)


def seconds(work: Callable[[], object]) -> float:
    """Median of some rounds after one that does not count."""
    work()
    taken = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def _certificates(decision: Decision) -> bytes:
    return certificates_pdf([certificate(decision, sheet) for sheet in current_sheets(decision)])


def figures() -> Iterator[Figure]:
    """The three figures of the issue, through the product's own code."""
    with decision_of(100) as decision:
        yield Figure("decision_100_pdf", seconds(lambda: to_pdf(papers.decision_paper(decision))), "s", 0.5)
        yield Figure("decision_100_word", seconds(lambda: to_docx(papers.decision_paper(decision))), "s", 2.0)
    with decision_of(1000) as decision:
        issue_missing(decision, User.objects.create_user("bench-certificates"))
        yield Figure("certificates_1000_pdf", seconds(lambda: _certificates(decision)), "s", 3.0)
