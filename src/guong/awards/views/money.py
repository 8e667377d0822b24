"""Screens of money: of one decision, of a year, the funds; the sheet for the cashier (K-14)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.awards import access, money, money_year, payment_sheet
from guong.awards.actions import money as actions
from guong.awards.forms.money import DocumentForm, FundForm, FundsForm, UndoForm, YearForm
from guong.awards.models import Bonus, Decision, Fund
from guong.base.access import Role
from guong.base.answers import attachment, attempt, complain, must, send, show
from guong.base.models import Body

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = Bonus.State


def _decision(request: HttpRequest, pk: int) -> Decision:
    decisions = Decision.objects.visible_to(request.user).select_related("department__department")
    return get_object_or_404(decisions, pk=pk)


def _seen(request: HttpRequest, decision: Decision) -> list[Bonus]:
    """The lines the reader may see; of a draft, whoever sees the draft sees what it would be."""
    if decision.state == Decision.State.DRAFT:
        return money.bonuses_of(decision)
    lines = Bonus.objects.visible_to(request.user).filter(decision=decision)
    return list(lines.select_related("award__unit", "fund").order_by("award__order", "pk"))


@require_safe
def decision_money(request: HttpRequest, pk: int) -> HttpResponse:
    """What each award is paid and why, what each fund gives, what was paid and what must come back."""
    found = _decision(request, pk)
    bonuses = _seen(request, found)
    context = {
        "decision": found,
        "bonuses": bonuses,
        "shares": money_year.by_fund(bonuses),
        "doubts": money.doubts(bonuses),
        "waiting": sum(bonus.state == State.PLANNED for bonus in bonuses),
        "owing": sum(bonus.state == State.DUE_BACK for bonus in bonuses),
    }
    return render(request, "awards/money/decision.html", context | _forms(request, found, bonuses))


def _forms(request: HttpRequest, found: Decision, bonuses: list[Bonus]) -> dict[str, Any]:
    """The forms of those who keep the money."""
    keeps = access.must_be_standing_office(request.user, found) is None
    states = {bonus.state for bonus in bonuses}
    pays = keeps and found.state == Decision.State.ISSUED and State.PLANNED in states
    return {
        "keeps": keeps,
        "funds_form": FundsForm(decision=found) if keeps and found.state == "draft" else None,
        "pay_form": _document(found, State.PLANNED, bonuses) if pays else None,
        "recover_form": _document(found, State.DUE_BACK, bonuses)
        if keeps and State.DUE_BACK in states
        else None,
        "may_undo": keeps and found.state == Decision.State.ISSUED,
    }


def _document(
    found: Decision, state: str, bonuses: list[Bonus] | None = None, data: Any = None
) -> DocumentForm:
    """The form of one document; it asks for the fund where a line that waits names none."""
    if bonuses is None:
        asks = found.bonuses.filter(state=State.PLANNED, fund__isnull=True).exists()
    else:
        asks = any(bonus.state == State.PLANNED and bonus.fund_id is None for bonus in bonuses)
    asks = asks and state == State.PLANNED
    prefix = "pay" if state == State.PLANNED else "back"
    return DocumentForm(data, decision=found, state=state, asks_fund=asks, prefix=prefix)


@require_POST
def decision_funds(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose the fund of each title of a draft."""
    found = _decision(request, pk)
    form = FundsForm(request.POST, decision=found)
    there = reverse("awards:decision_money", args=[pk])
    if not form.is_valid():
        return complain(request, form, there)
    return attempt(
        request,
        lambda: actions.choose_funds(
            by=request.user, decision=found, version=form.cleaned_data["version"], funds=form.funds()
        ),
        _("The decision names these funds."),
        there,
    )


@require_POST
def decision_pay(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a payment of many lines."""
    return _record(request, pk, State.PLANNED, actions.pay, _("The payment is recorded."))


@require_POST
def decision_recover(request: HttpRequest, pk: int) -> HttpResponse:
    """Record that money came back."""
    return _record(request, pk, State.DUE_BACK, actions.recover, _("The recovery is recorded."))


def _record(request: HttpRequest, pk: int, state: str, write: Any, done: str) -> HttpResponse:
    found = _decision(request, pk)
    form = _document(found, state, data=request.POST)
    there = reverse("awards:decision_money", args=[pk])
    if not form.is_valid():
        return complain(request, form, there)
    values = form.cleaned_data
    document = actions.Document(values["number"], values["day"])
    fund = {"fund": values["fund"]} if "fund" in values else {}
    return attempt(
        request,
        lambda: write(by=request.user, decision=found, bonuses=form.wanted(), document=document, **fund),
        done,
        there,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def payment_undo(request: HttpRequest, pk: int, bonus: int) -> HttpResponse:
    """Take back a payment that was recorded by mistake."""
    found = _decision(request, pk)
    must(access.must_be_standing_office(request.user, found))
    lines = Bonus.objects.visible_to(request.user).select_related("decision__department", "award")
    line = get_object_or_404(lines, pk=bonus, decision=found)
    form = UndoForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = send(
            request, form,
            lambda: actions.undo_payment(by=request.user, bonus=line, reason=form.cleaned_data["note"]),
            _("The line waits for its payment again."), to=reverse("awards:decision_money", args=[pk]),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/money/undo.html", form, decision=found, bonus=line)


@require_safe
def decision_payments(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet people sign when they get the money, as Excel."""
    found = _decision(request, pk)
    name = f"bang-chi-tien-thuong-{found.number or f'du-thao-{found.pk}'}.xlsx"
    return attachment(payment_sheet.made_of(found, _seen(request, found)), name, EXCEL)


@require_safe
def bonuses(request: HttpRequest) -> HttpResponse:
    """The money of one year, as far as the reader may see it."""
    years = money_year.years_of(request.user)
    form = YearForm(request.GET, years=years)
    asked = form.cleaned_data.get("year") if form.is_valid() else None
    year = asked or (years[0] if years else timezone.localdate().year)
    context = {
        "form": YearForm(initial={"year": year}, years=years),
        "year": year,
        "shown": money_year.year_of(request.user, year),
        "keeps": request.user.scope.has(Role.STANDING_OFFICE),
    }
    return render(request, "awards/money/year.html", context)


@require_safe
def funds(request: HttpRequest) -> HttpResponse:
    """The funds of the department."""
    found = Fund.objects.visible_to(request.user).select_related("payer")
    keeps = request.user.scope.has(Role.STANDING_OFFICE)
    return render(request, "awards/money/funds.html", {"funds": found, "keeps": keeps})


@require_http_methods(["GET", "HEAD", "POST"])
def fund_new(request: HttpRequest) -> HttpResponse:
    """Add a fund."""
    kept = Body.objects.held_by(request.user, Role.STANDING_OFFICE).filter(kind="department")
    department = kept.first()
    must(None if department else _("Only the standing office keeps the funds."))
    return _fund_page(request, Fund(department=department, payer=department))


@require_http_methods(["GET", "HEAD", "POST"])
def fund_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the words of a fund, or close it."""
    fund = get_object_or_404(Fund.objects.visible_to(request.user).select_related("department"), pk=pk)
    must(access.must_be_standing_office(request.user, fund))
    return _fund_page(request, fund)


def _fund_page(request: HttpRequest, fund: Fund) -> HttpResponse:
    form = FundForm(request.POST or None, department=fund.department, initial=FundForm.values_of(fund))
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        answer = send(
            request, form,
            lambda: actions.save_fund(by=request.user, fund=fund, version=version, values=values),
            _("The fund is kept."),
        )  # fmt: skip
        if answer:
            return answer
    return show(request, "awards/money/fund.html", form, fund=fund)
