"""The list of one unit under one movement: add by ticking, change, take off, send; caps while editing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from guong.awards import access
from guong.awards.actions import unit_lists as actions
from guong.awards.caps import caps_of
from guong.awards.models import Nomination
from guong.awards.titles import titles_for
from guong.awards.unit_list import Candidate, candidates, lines, tabs
from guong.base.access import Role
from guong.base.answers import attempt
from guong.base.models import Body, Employment, User
from guong.base.text import fold
from guong.law import Award
from guong.movements.annual import open_review
from guong.movements.models import Movement, Subject
from guong.plans.models import Plan

PER_PAGE = 50
UNSENT = actions.UNSENT


@dataclass(frozen=True)
class Asked:
    """One request: which movement, which unit, which title."""

    movement: Movement
    unit: Body
    titles: list[Award]
    award: Award
    subject: str
    writes: bool
    sends: bool

    @property
    def url(self) -> str:
        """The page, opened at the title."""
        return actions.address_of(self.movement.pk, self.unit.pk, self.award.code)


def _asked(request: HttpRequest, movement: int, unit: int) -> Asked:
    """404 for a unit whose list the user neither writes nor keeps."""
    theme = get_object_or_404(
        Movement.objects.visible_to(request.user).of_departments().select_related("plan__department"),
        pk=movement,
    )
    body = get_object_or_404(Body, pk=unit, path__startswith=theme.plan.department.path)
    user = request.user
    writes = access.must_be_unit_clerk(user, Nomination(unit=body)) is None
    if body.unit() != body or not (writes or user.scope.holds(theme.plan.department, Role.STANDING_OFFICE)):
        raise Http404
    titles = _titles(theme)
    code = request.POST.get("danh-hieu") or request.GET.get("danh-hieu", "")
    award = next((award for award in titles if award.code == code), titles[0])
    subject = request.GET.get("doi-tuong") or request.POST.get("doi-tuong") or award.subjects[0]
    return Asked(
        theme, body, titles, award, subject if subject in award.subjects else award.subjects[0], writes,
        writes and access.must_be_unit_head(user, Nomination(unit=body)) is None,
    )  # fmt: skip


def _titles(movement: Movement) -> list[Award]:
    """Those for people and those for collectives, each once."""
    found: dict[str, Award] = {}
    for subject in (Subject.INDIVIDUAL, Subject.COLLECTIVE):
        for award in titles_for(movement.plan.department, movement, subject, timezone.localdate()):
            found.setdefault(award.code, award)
    return list(found.values())


def _nominations(asked: Asked, user: User) -> Any:
    found = Nomination.objects.visible_to(user).filter(movement=asked.movement, unit=asked.unit)
    return found.in_the_running()


@require_safe
def unit_list(request: HttpRequest, movement: int, unit: int) -> HttpResponse:
    """Lines of one title, who could be added, and what the caps say."""
    asked = _asked(request, movement, unit)
    mine = _nominations(asked, request.user).filter(title_code=asked.award.code)
    page = Paginator(mine.with_names().select_related("section").order_by("pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    found = candidates(asked.movement, asked.unit, asked.award, asked.subject) if asked.writes else []
    shown = _having(found, request.GET.get("ten", ""))
    context = {
        "asked": asked,
        "tabs": tabs(asked.movement, asked.unit, asked.titles),
        "page": page,
        "lines": lines(asked.movement, asked.unit, page.object_list, asked.award.code),
        "candidates": shown[:PER_PAGE],
        "more": max(0, len(shown) - PER_PAGE),
        "all": len(found),
        "eligible": sum(each.verdict.outcome == "eligible" for each in found),
        "words": request.GET.get("ten", ""),
        "caps": caps_of(asked.movement, unit=asked.unit),
        "waiting": _nominations(asked, request.user).filter(state__in=UNSENT).count(),
    }
    return render(request, "awards/unit_lists/list.html", context)


def _having(found: list[Candidate], words: str) -> list[Candidate]:
    """Names with every word typed, without diacritics."""
    wanted = fold(words).split()
    return [each for each in found if all(word in fold(each.name) for word in wanted)]


def _numbers(request: HttpRequest) -> list[int]:
    return [int(text) for text in request.POST.getlist("nguoi") if text.isdecimal() and len(text) < 15]


@require_POST
def unit_list_add(request: HttpRequest, movement: int, unit: int) -> HttpResponse:
    """Add those ticked, or everybody the law finds eligible."""
    asked = _asked(request, movement, unit)
    nominees = _nominees(asked, _chosen(request, asked))
    return attempt(
        request,
        lambda: actions.add(
            by=request.user, movement=asked.movement, unit=asked.unit, title_code=asked.award.code,
            nominees=nominees,
        ),
        _("Added to the list."), asked.url,
    )  # fmt: skip


def _chosen(request: HttpRequest, asked: Asked) -> list[int]:
    if request.POST.get("all") != "1":
        return _numbers(request)
    found = candidates(asked.movement, asked.unit, asked.award, asked.subject)
    return [each.pk for each in found if each.verdict.outcome == "eligible"]


def _nominees(asked: Asked, numbers: list[int]) -> list[Employment | Body]:
    if asked.subject == Subject.COLLECTIVE:
        return list(Body.objects.filter(pk__in=numbers, path__startswith=asked.unit.path))
    works = Employment.objects.in_force().filter(pk__in=numbers, body__path__startswith=asked.unit.path)
    return list(works.select_related("person", "body").order_by("pk"))


@require_POST
def unit_list_change(request: HttpRequest, movement: int, unit: int) -> HttpResponse:
    """Another title for the ticked lines, or off the list."""
    asked = _asked(request, movement, unit)
    numbers = [int(text) for text in request.POST.getlist("pk") if text.isdecimal() and len(text) < 15]
    ticked = list(_nominations(asked, request.user).filter(pk__in=numbers).with_names())
    if request.POST.get("act") == "off":
        return attempt(
            request, lambda: actions.take_off(by=request.user, nominations=ticked),
            _("Taken off the list: %(n)s.") % {"n": len(ticked)}, asked.url,
        )  # fmt: skip
    code = request.POST.get("moi", "")
    return attempt(
        request, lambda: actions.change_titles(by=request.user, nominations=ticked, title_code=code),
        _("Lines with another title: %(n)s.") % {"n": len(ticked)},
        actions.address_of(asked.movement.pk, asked.unit.pk, code if ticked else asked.award.code),
    )  # fmt: skip


@require_POST
def unit_list_send(request: HttpRequest, movement: int, unit: int) -> HttpResponse:
    """The head sends the whole list; the clerk hands it in."""
    asked = _asked(request, movement, unit)
    write = actions.send_list if asked.sends else actions.hand_in_list
    done = _("The list is sent to the department.") if asked.sends else _("The list is with the head now.")
    return attempt(
        request, lambda: write(by=request.user, movement=asked.movement, unit=asked.unit), done, asked.url
    )


@require_POST
def unit_list_caps(request: HttpRequest, movement: int, unit: int) -> HttpResponse:
    """The caps as they would be with the boxes ticked now; nothing is written."""
    asked = _asked(request, movement, unit)
    chosen = set(_numbers(request))
    subjects = _subjects(asked, chosen)
    found = caps_of(
        asked.movement, unit=asked.unit, more=[(subject, asked.award.code) for subject in subjects]
    )
    return render(request, "awards/unit_lists/caps.html", {"caps": found, "ticked": len(subjects)})


def _subjects(asked: Asked, numbers: set[int]) -> list[int]:
    if asked.subject == Subject.COLLECTIVE:
        return [-pk for pk in numbers]
    works = Employment.objects.filter(pk__in=numbers, body__path__startswith=asked.unit.path)
    return list(works.values_list("person", flat=True))


@require_POST
def open_annual(request: HttpRequest) -> HttpResponse:
    """Open the annual review of a year under the plan chosen."""
    chosen = request.POST.get("ke-hoach", "")
    plan = get_object_or_404(Plan.objects.visible_to(request.user), pk=chosen if chosen.isdecimal() else 0)
    return attempt(
        request, lambda: open_review(by=request.user, plan=plan),
        _("The annual review of %(year)s is open: units write their lists.") % {"year": plan.year},
        "awards:list",
    )  # fmt: skip
