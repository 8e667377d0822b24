"""The minutes of a session as a paper, with everything a vote can be checked by (D-05, C10, C12).

The text of a paper is Vietnamese whatever language the screen speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from guong.awards.account_changes import changes_during
from guong.awards.ballot import votes_needed
from guong.awards.models import Box, Item, Seat, Session
from guong.base.models import Department
from guong.papers.model import Annex, Article, OfficialPaper, Signature
from guong.papers.words import two_digits

_ROLES = {"chair": "Chủ tịch", "vice": "Phó Chủ tịch", "secretary": "Thư ký", "member": "Ủy viên"}
_KINDS = {
    "secret": "bỏ phiếu kín", "open": "biểu quyết công khai", "written": "cho ý kiến bằng văn bản",
}  # fmt: skip
_VERDICTS = {"chosen": "Được chọn", "not_enough": "Không đạt"}


def minutes_paper(session: Session) -> OfficialPaper:
    """The minutes of a concluded session, with the head of the audit chain as an anchor outside."""
    council = session.council
    department = Department.objects.get(body_id=council.department_id)
    seats = list(session.seats.select_related("person"))
    items = list(
        session.items.select_related("session", "nomination__person", "nomination__body", "nomination__unit")
    )
    recused = _recused(session)
    return OfficialPaper(
        issuer=council.name,
        issuer_above=council.department.name,
        kind="Biên bản",
        place=department.place,
        symbol="BB-HĐTĐKT",
        signature=Signature("CHỦ TỌA", _signing(seats, ("chair", "vice"))),
        secretary=Signature("THƯ KÝ", _signing(seats, ("secretary",))),
        day=session.local_day,
        subject=session.title,
        articles=_minutes(session, seats, items),
        recipients=("Thành viên Hội đồng", f"Lưu: VT, {department.standing_office.label}"),
        annexes=(_votes(session, items, recused),),
    )


def _signing(seats: list[Seat], roles: tuple[str, ...]) -> str:
    """The first in rank who came; the first in rank when nobody did."""
    fit = [seat for role in roles for seat in seats if seat.role == role]
    came = [seat for seat in fit if seat.present]
    return (came or fit)[0].person.name if fit else ""


def _minutes(session: Session, seats: list[Seat], items: list[Item]) -> tuple[Article, ...]:
    began = timezone.localtime(session.held_at)
    place = f", tại {session.place}" if session.place else ""
    return (
        Article(
            "I. Thời gian, địa điểm", (f"{began:%H} giờ {began:%M} ngày {began:%d/%m/%Y}{place}.",), True
        ),
        Article("II. Thành phần", tuple(_who_came(session, seats)), True),
        Article("III. Biểu quyết", tuple(_how_voted(session, seats, items)), True),
        Article("IV. Kết luận", tuple(_concluded(session, items)), True),
        Article("V. Dấu kiểm", tuple(_marks(session)), True),
    )


def _marks(session: Session) -> Iterable[str]:
    """What the vote can be checked by from outside."""
    box = session.box if session.is_sealed else None
    if box:
        yield f"Mã danh sách, quy tắc đã niêm: {_in_fours(box.setup_hash)}."
        yield f"Mã đóng hòm: {_in_fours(box.list_hash)}."
    number, _colon, digest = session.audit_head.partition(":")
    yield f"Sổ nhật ký khi kết luận: mục số {number}, mã {_in_fours(digest)}."


def _in_fours(digest: str) -> str:
    """A hash a person can compare and a line can break."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _who_came(session: Session, seats: list[Seat]) -> Iterable[str]:
    council = session.council
    came = [seat for seat in seats if seat.present]
    if session.kind == Session.Kind.WRITTEN:
        yield (
            f"Hội đồng có {two_digits(len(seats))} thành viên theo {council.established_by} "
            f"ngày {council.established_on:%d/%m/%Y}; lấy ý kiến bằng văn bản, không họp."
        )
        return
    yield (
        f"Hội đồng có {two_digits(len(seats))} thành viên theo {council.established_by} "
        f"ngày {council.established_on:%d/%m/%Y}; có mặt {two_digits(len(came))}, "
        f"vắng {two_digits(len(seats) - len(came))}."
    )
    yield "Có mặt: " + "; ".join(f"{seat.person.name} ({_ROLES[seat.role]})" for seat in came) + "."
    absent = [seat for seat in seats if not seat.present]
    if absent:
        yield (
            "Vắng: "
            + "; ".join(
                seat.person.name + (f" ({seat.absence_reason})" if seat.absence_reason else "")
                for seat in absent
            )
            + "."
        )


def _how_voted(session: Session, seats: list[Seat], items: list[Item]) -> Iterable[str]:
    yield f"Hội đồng {_KINDS[session.kind]} {two_digits(len(items))} trường hợp."
    for percent in sorted({item.percent for item in items}):
        needed, members = votes_needed(len(seats), percent), len(seats)
        yield (
            f"Tỷ lệ cần đạt là {percent}% tổng số thành viên: {needed} trên {members} phiếu "
            f"({needed} × 100 = {needed * 100}; {percent} × {members} = {percent * members})."
        )
    yield (
        "Thành viên vắng và thành viên không biểu quyết vẫn tính trong tổng số. "
        "Kết quả từng trường hợp tại danh sách kèm theo."
    )
    if session.is_secret:
        yield from _how_counted(session)


def _how_counted(session: Session) -> Iterable[str]:
    """The ballots as counted, and what became of box and keys."""
    yield (
        f"Phiếu phát ra: {session.issued}; thu về: {session.returned}; hợp lệ: {session.valid}; "
        f"không hợp lệ: {session.invalid}."
    )
    for dropped in session.boxes.filter(dropped_at__isnull=False, closed_at__isnull=False):
        yield f"Lượt {dropped.round} đã đóng hòm lúc {_hour(dropped.closed_at)} nhưng không mở và không tính."
    if session.on_paper:
        counted = [str(count.by) for count in session.paper_counts.select_related("by__person")]
        yield f"Bỏ phiếu bằng giấy; hai người kiểm độc lập ra cùng kết quả: {', '.join(counted)}."
    else:
        yield from _of_box(session.box)
    yield from _of_accounts(session)


def _of_box(box: Box) -> Iterable[str]:
    names = [seat.person.name for seat in box.holders]
    yield "Mỗi phiếu được niêm phong trước khi vào hòm, gắn với thành viên và phiên họp."
    yield f"Ban kiểm phiếu giữ ba phiếu khóa: {', '.join(names)}."
    yield (
        f"Hòm phiếu đóng lúc {_hour(box.closed_at)}, mở lúc {_hour(box.opened_at)} bằng hai phiếu khóa. "
        f"Ba phiếu khóa đã hủy trước hội đồng lúc {_hour(box.destroyed_at)}."
    )


def _of_accounts(session: Session) -> Iterable[str]:
    """No ghost voter: whatever was done to members' accounts while the vote was open (C12)."""
    changes = changes_during(session)
    if not changes:
        yield "Trong thời gian bỏ phiếu không có việc đặt lại mật khẩu hay đổi vai trò của thành viên."
    for change in changes:
        moment = _hour(change.at)
        yield f"Trong thời gian bỏ phiếu: {change.what} của {change.member} lúc {moment}, do {change.by}."


def _hour(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%H giờ %M phút ngày %d/%m/%Y}" if moment else "…"


def _concluded(session: Session, items: list[Item]) -> Iterable[str]:
    chosen = [item.nomination.name for item in items if item.verdict == Item.Verdict.CHOSEN]
    yield f"Hội đồng chọn {two_digits(len(chosen))} trường hợp" + (
        f": {'; '.join(chosen)}." if chosen else "."
    )
    waiting = [item for item in items if item.reserve]
    if waiting:
        in_order = sorted(waiting, key=lambda item: item.reserve or 0)
        yield (
            "Đủ phiếu, dự bị theo thứ tự: "
            + "; ".join(f"{item.reserve}. {item.nomination.name}" for item in in_order)
            + "."
        )
    yield from (line for line in session.conclusion.splitlines() if line)


def _recused(session: Session) -> dict[int, str]:
    names: dict[int, list[str]] = {}
    for item, name, why in session.items.filter(recusals__isnull=False).values_list(
        "pk", "recusals__seat__person__name", "recusals__reason"
    ):
        names.setdefault(item, []).append(f"{name} ({why})")
    return {item: "; ".join(found) for item, found in names.items()}


def _votes(session: Session, items: list[Item], recused: dict[int, str]) -> Annex:
    if session.is_secret:
        return _counts(session, items, recused)
    return Annex(
        title="Kết quả biểu quyết",
        subject=session.title,
        intro=f"(Kèm theo Biên bản họp ngày {session.local_day:%d/%m/%Y})",
        headings=("TT", "Họ tên, tập thể", "Đơn vị", "Đồng ý", "Không đồng ý", "Không biểu quyết", "Kết quả"),
        rows=tuple(
            _vote(number, item, recused.get(item.pk, "")) for number, item in enumerate(items, start=1)
        ),
        widths=(12, 48, 58, 22, 22, 55, 38),
    )


def _counts(session: Session, items: list[Item], recused: dict[int, str]) -> Annex:
    return Annex(
        title="Kết quả kiểm phiếu",
        subject=session.title,
        intro=f"(Kèm theo Biên bản họp ngày {session.local_day:%d/%m/%Y})",
        headings=(
            "TT", "Họ tên, tập thể", "Đơn vị", "Đồng ý", "Không đồng ý", "Không chọn", "Tỷ lệ trên tổng số",
            "Không biểu quyết", "Kết quả",
        ),
        rows=tuple(
            _count(number, item, recused.get(item.pk, "")) for number, item in enumerate(items, start=1)
        ),
        widths=(12, 46, 52, 18, 18, 18, 30, 42, 30),
    )  # fmt: skip


def _count(number: int, item: Item, recused: str) -> tuple[str | int, ...]:
    nomination, members = item.nomination, item.members or 0
    counts = (str(item.yes), str(item.no), str(item.blank))
    share = f"{item.yes}/{members} ({cut_percent(item.yes or 0, members)})"
    return (number, nomination.name, nomination.unit.name, *counts, share, recused, _verdict(item))


def cut_percent(yes: int, members: int) -> str:
    """Two decimals, cut off and never rounded up: 26 of 29 is 89,65%."""
    hundredths = 10_000 * yes // members
    return f"{hundredths // 100},{hundredths % 100:02}%"


def _verdict(item: Item) -> str:
    reserve = f"Đủ phiếu, dự bị {item.reserve}" if item.reserve else ""
    return _VERDICTS.get(item.verdict, reserve or "Không xét")


def _vote(number: int, item: Item, recused: str) -> tuple[str | int, ...]:
    verdict = _verdict(item)
    nomination = item.nomination
    yes = f"{item.yes}/{item.members}" if item.members else ""
    return (number, nomination.name, nomination.unit.name, yes, str(item.no or 0), recused, verdict)
