"""The money of one year: by fund, by title, by unit, paid and still to pay (K-14)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils.translation import gettext as _

from guong.awards import drafting
from guong.awards.models import Bonus
from guong.base.models import User
from guong.regulations.here import national_law

State = Bonus.State


@dataclass
class Share:
    """One bar: sums in đồng by what became of them. `given` is what the funds give: paid and to be paid."""

    label: str
    sums: dict[str, int] = field(default_factory=dict)
    lines: int = 0
    unknown: int = 0

    @property
    def paid(self) -> int:
        """Paid, and not asked back."""
        return self.sums.get(State.PAID, 0)

    @property
    def planned(self) -> int:
        """Still to be paid."""
        return self.sums.get(State.PLANNED, 0)

    @property
    def given(self) -> int:
        """Paid and to be paid."""
        return self.paid + self.planned

    @property
    def due_back(self) -> int:
        """Paid for awards since revoked, not yet come back."""
        return self.sums.get(State.DUE_BACK, 0)

    @property
    def recovered(self) -> int:
        """Come back."""
        return self.sums.get(State.RECOVERED, 0)


@dataclass
class Year:
    """Everything the page shows of one year."""

    whole: Share
    funds: list[Share]
    titles: list[Share]
    units: list[Share]


def years_of(user: User) -> list[int]:
    """Years with decisions whose money the user may see, the newest first."""
    seen = Bonus.objects.visible_to(user).order_by("-decision__year")
    return list(seen.values_list("decision__year", flat=True).distinct())


def year_of(user: User, year: int) -> Year:
    """The sums the user may see of decisions dated in the year; one query."""
    rows = (
        Bonus.objects.visible_to(user).filter(decision__year=year, decision__state__in=("issued", "revoked"))
        .order_by()
        .values_list("fund__name", "award__title_code", "award__form", "award__unit__name", "state")
        .annotate(sum=Sum("amount"), lines=Count("pk"))
    )  # fmt: skip
    whole, shares = Share(_("Total")), {name: {} for name in ("fund", "title", "unit")}
    for fund, code, form, unit, state, total, lines in rows:
        labels = {"fund": fund or _("no fund chosen"), "title": _title(code, form), "unit": unit}
        mine = [shares[by].setdefault(label, Share(label)) for by, label in labels.items()]
        for share in (whole, *mine):
            _add(share, state, total or 0, lines)
    return Year(whole, *(_largest_first(shares[by].values()) for by in ("fund", "title", "unit")))


def by_fund(bonuses: Iterable[Bonus]) -> list[Share]:
    """The same of the lines of one decision, fund by fund, in order of first appearance."""
    found: dict[str, Share] = {}
    for bonus in bonuses:
        label = bonus.fund.name if bonus.fund else _("no fund chosen")
        _add(found.setdefault(label, Share(label)), bonus.state, bonus.amount or 0, 1)
    return list(found.values())


def _title(code: str, form: str) -> str:
    law = national_law()
    return drafting.form_on_paper(law, code) if code in law.awards else form


def _add(share: Share, state: str, total: int, lines: int) -> None:
    share.sums[state] = share.sums.get(state, 0) + total
    if state == State.UNKNOWN:
        share.unknown += lines
    elif state in (State.PLANNED, State.PAID):
        share.lines += lines


def _largest_first(shares: Iterable[Share]) -> list[Share]:
    return sorted(shares, key=lambda share: (-share.given, -share.due_back, share.label))
