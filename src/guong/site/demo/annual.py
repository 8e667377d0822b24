"""The annual review of the year: rated staff of three units, lists at three places of their road."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from guong.awards.actions import judging, nominations, unit_lists
from guong.awards.actions.judging import Judgement
from guong.awards.models import Nomination
from guong.base.models import Body, Employment
from guong.movements.annual import open_review
from guong.movements.models import Movement
from guong.records.models import Rating
from guong.site.demo import bulk
from guong.site.demo.current import Stage

RATED = 36
AGREED = "Danh sách khớp xếp loại trong sổ thành tích."


def play(stage: Stage) -> None:
    """One list is still written, one is with the head, one was sent and partly judged."""
    review = open_review(by=stage.users["thuongtruc"], plan=stage.plan)
    for code in ("BVDK", "BVSN", "TTYT1"):
        works = _rate(stage, stage.made.unit(code))
        _write(stage, review, code, works)
    _hand_in(stage, review, "BVDK")
    for code in ("BVSN", "TTYT1"):
        unit_lists.send_list(by=stage.heads[code], movement=review, unit=stage.made.unit(code))
    _judge(stage, review)


def _rate(stage: Stage, unit: Body) -> list[Employment]:
    """Ratings of the year for some of the staff; a few are only satisfactory."""
    staff = Employment.objects.filter(body__path__startswith=unit.path, valid_to=None)
    works = list(islice(staff.select_related("person", "body").order_by("pk"), RATED))
    levels = ["HTXS" if place % 5 == 0 else "HT" if place % 9 == 4 else "HTT" for place in range(RATED)]
    bulk.write(
        Rating(
            department=stage.made.root, unit=unit, source="form", person=work.person, year=stage.plan.year,
            level=level, decision_number="31/QĐ-ĐG",
        )
        for work, level in zip(works, levels, strict=False)
    )  # fmt: skip
    return works


def _write(stage: Stage, review: Movement, code: str, works: list[Employment]) -> None:
    """Advanced workers, grassroots fighters among the excellent; collectives where the list is not sent."""
    unit, head = stage.made.unit(code), stage.heads[code]
    good = [work for place, work in enumerate(works) if place % 9 != 4]
    best = [work for place, work in enumerate(works) if place % 5 == 0 and place % 9 != 4]
    lists: dict[str, Sequence[Employment | Body]] = {"LDTT": good[:24], "CSTDCS": best[:4]}
    if code == "BVDK":
        lists["TTLDTT"] = stage.made.sections[unit.pk][:2]
    for title, nominees in lists.items():
        unit_lists.add(by=head, movement=review, unit=unit, title_code=title, nominees=nominees)


def _hand_in(stage: Stage, review: Movement, code: str) -> None:
    """The clerk hands in part of the list; the rest is still being written."""
    clerk, unit = stage.users["vanthubv"], stage.made.unit(code)
    ready = Nomination.objects.filter(movement=review, unit=unit, title_code="LDTT").order_by("pk")[:6]
    for made in ready:
        nominations.step(by=clerk, nomination=made, name="hand_in")


def _judge(stage: Stage, review: Movement) -> None:
    """What people must judge is answered for some, and the law asked again."""
    officer = stage.users["thuongtruc"]
    sent = Nomination.objects.filter(movement=review, state="submitted", title_code="LDTT").order_by("pk")
    for made in sent[:3]:
        said = Judgement("spirit", True, "Biên bản bình xét của đơn vị ngày 20/11/2026")
        judging.judge(by=officer, nomination=made, said=said)
        judging.ask_again(by=officer, nomination=made)
    nominations.give_opinion(by=officer, nomination=sent[0], opinion="agree", text=AGREED)
