"""The sheet a cashier pays from: every line with its sum and a place to sign (K-14). Always Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from guong.awards import money
from guong.awards.models import Bonus, Decision
from guong.papers.sheets import Cell, Sheet, to_xlsx
from guong.papers.words import grouped, money_words
from guong.regulations.here import law_of

_HEADINGS = (
    "STT", "Họ tên, tập thể", "Đơn vị", "Danh hiệu, hình thức", "Hệ số", "Lương cơ sở", "Số tiền", "Ký nhận",
)  # fmt: skip


def made_of(decision: Decision, bonuses: Iterable[Bonus]) -> bytes:
    """An Excel file: one tab for each fund. Lines that are not paid stand below with the reason."""
    lines = list(bonuses)
    given = [bonus for bonus in lines if bonus.state in money.GIVEN]
    funds = list(dict.fromkeys(bonus.fund for bonus in given))
    sheets = [
        _sheet(decision, fund.name if fund else "Chưa chọn quỹ", [b for b in given if b.fund == fund])
        for fund in funds
    ]
    left = [bonus for bonus in lines if bonus.state not in money.GIVEN]
    return to_xlsx([*sheets, *([_left(left)] if left or not sheets else [])])


def _sheet(decision: Decision, fund: str, bonuses: list[Bonus]) -> Sheet:
    total = sum(bonus.amount or 0 for bonus in bonuses)
    number = f"số {decision.full_number}" if decision.number else "(dự thảo)"
    day = f" ngày {decision.signed_on:%d/%m/%Y}" if decision.signed_on else ""
    return Sheet(
        title="Bảng chi tiền thưởng",
        notes=(
            f"Kèm theo Quyết định {number}{day}. Nguồn chi: {fund}.",
            f"Tổng số tiền: {grouped(total)} đồng ({money_words(total)}).",
        ),
        headings=_HEADINGS,
        rows=_rows(decision, bonuses, total),
        widths=(6, 34, 38, 30, 9, 14, 16, 20),
    )


def _rows(decision: Decision, bonuses: list[Bonus], total: int) -> Iterator[tuple[Cell, ...]]:
    law = law_of(decision.department)
    for place, bonus in enumerate(bonuses, start=1):
        award = bonus.award
        title = money.title_of(law, award)
        yield (
            place, award.name_on_paper, award.unit.name, title, bonus.multiple, bonus.base_salary,
            bonus.amount, "",
        )  # fmt: skip
    yield (None, "Tổng cộng", None, None, None, None, total, None)


def _left(bonuses: list[Bonus]) -> Sheet:
    rows = [
        (
            place,
            bonus.award.name_on_paper,
            bonus.award.form,
            bonus.amount,
            bonus.get_state_display(),
            bonus.why,
        )
        for place, bonus in enumerate(bonuses, start=1)
    ]
    return Sheet(
        title="Không chi",
        headings=("STT", "Họ tên, tập thể", "Danh hiệu, hình thức", "Số tiền", "Tình trạng", "Lý do"),
        rows=rows,
        widths=(6, 34, 30, 16, 24, 60),
    )
