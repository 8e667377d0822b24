"""Decisions, minutes and certificates as papers: from the records to what `guong.papers` draws (K-05, K-15).

The text of a paper is Vietnamese whatever language the screen speaks.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import drafting, money
from guong.awards.ballot import votes_needed
from guong.awards.models import Award, Bonus, Decision, Item, Seat, Session
from guong.base.models import Department
from guong.movements.models import Subject
from guong.papers import layout
from guong.papers.model import Annex, Article, OfficialPaper, Signature
from guong.papers.printing import NotPrintableError
from guong.papers.words import grouped, money_words, two_digits
from guong.regulations.here import national_law

_KINDS = ((Subject.COLLECTIVE, "TẬP THỂ"), (Subject.INDIVIDUAL, "CÁ NHÂN"))
_ROMAN = ("I", "II")
_CAPITALS = "ABCDEGHIKLMNOPQRSTUVXY"
_LETTERS = "abcdeghiklmnopqrstuvxy"
_ROLES = {"chair": "Chủ tịch", "vice": "Phó Chủ tịch", "secretary": "Thư ký", "member": "Ủy viên"}
_VERDICTS = {"chosen": "Được chọn", "not_enough": "Không đạt"}


def file_name(decision: Decision, stem: str, ending: str) -> str:
    """A name that tells the papers of one folder apart: quyet-dinh-213-QD-SYT-2026.pdf."""
    symbol = decision.symbol.replace("Đ", "D").replace("đ", "d").replace("/", "-")
    number = f"{decision.number}-{symbol}-{decision.year}" if decision.number else f"du-thao-{decision.pk}"
    return f"{stem}-{number}.{ending}"


def signature_of(decision: Decision) -> Signature:
    """Who signs, with the line above when someone signs for the head."""
    return Signature(decision.signatory_position, decision.signatory_name, decision.sign_form)


def decision_paper(decision: Decision) -> OfficialPaper:
    """The decision with its list, as it stands now; a draft shows blanks for number and day."""
    department = _settings(decision)
    awards = money.lines_of(decision)
    bonuses = money.bonuses_of(decision)
    bare = _words(decision, department, _groups_of(awards), money.totals(bonuses))
    cited = bare.cited(f"{department.signatory_position.capitalize()} {department.body.name}")
    return replace(bare, annexes=(_list(awards, _groups_of(awards), cited),) if awards else ())


def _settings(decision: Decision) -> Department:
    return Department.objects.select_related("body").get(body_id=decision.department_id)


@dataclass(frozen=True)
class Group:
    """The awards of one title: its code, its name on paper, how many by kind of subject."""

    code: str
    form: str
    kinds: Mapping[str, int]

    @property
    def granted(self) -> str:
        """Inside a sentence: “danh hiệu …” or the bare form."""
        return drafting.granted(national_law(), self.code, self.form)

    @property
    def counted(self) -> str:
        """ "02 tập thể và 05 cá nhân"."""
        return _counted(self.kinds)


def _groups_of(awards: Iterable[Award]) -> list[Group]:
    counted = Counter((award.title_code, award.form, award.subject) for award in awards)
    return _groups((*key, count) for key, count in counted.items())


def _groups(rows: Iterable[tuple[str, str, str, int]]) -> list[Group]:
    """From code, form, subject and count; titles in order of first appearance."""
    found: dict[tuple[str, str], dict[str, int]] = {}
    for code, form, subject, count in rows:
        found.setdefault((code, form), {})[subject] = count
    return [Group(code, form, kinds) for (code, form), kinds in found.items()]


def _words(
    decision: Decision, department: Department, groups: list[Group], totals: Sequence[money.FundTotal]
) -> OfficialPaper:
    """Everything but the list."""
    articles = _articles(decision, groups, totals)
    return OfficialPaper(
        issuer=department.body.name,
        issuer_above=department.parent_issuer,
        kind="Quyết định",
        place=department.place,
        signature=signature_of(decision),
        number=decision.full_number,
        symbol=decision.symbol,
        day=decision.signed_on,
        year=decision.year or timezone.localdate().year,
        subject=decision.title,
        authority=decision.authority_line,
        bases=tuple(decision.bases),
        articles=articles,
        recipients=tuple(drafting.recipients_for(decision.recipients, len(articles))),
    )


def _articles(
    decision: Decision, groups: list[Group], totals: Sequence[money.FundTotal]
) -> tuple[Article, ...]:
    parts = [_grants(decision, groups), _paid([total for total in totals if total.fund])]
    parts.append((decision.execution or "Quyết định này có hiệu lực kể từ ngày ký.",))
    return tuple(Article(f"Điều {place}.", part) for place, part in enumerate(filter(None, parts), start=1))


def _grants(decision: Decision, groups: list[Group]) -> tuple[str, ...]:
    """Article 1: in one sentence for one title, title by title for several."""
    if len(groups) < 2:
        granted, counted = (groups[0].granted, groups[0].counted) if groups else ("", "")
        return (f"Tặng {granted} cho {counted} {decision.merit} (danh sách kèm theo).",)
    kinds: Counter[str] = Counter()
    for group in groups:
        kinds.update(group.kinds)
    opening = f"Khen thưởng {_counted(kinds)} {decision.merit} (danh sách kèm theo), gồm:"
    ends = [";"] * (len(groups) - 1) + ["."]
    return (
        opening,
        *(
            f"{place}. Tặng {group.granted} cho {group.counted}{end}"
            for place, (group, end) in enumerate(zip(groups, ends, strict=True), start=1)
        ),
    )


def _paid(totals: Sequence[money.FundTotal]) -> tuple[str, ...]:
    """The article of the money: what each fund gives, in figures and words (K-14)."""
    if len(totals) < 2:
        return tuple(f"Tiền thưởng là {_sum(each.amount)}, chi từ {each.fund}." for each in totals)
    opening = f"Tiền thưởng là {_sum(sum(each.amount for each in totals))}, trong đó:"
    ends = [";"] * (len(totals) - 1) + ["."]
    return (
        opening,
        *(
            f"{letter}) {_sum(each.amount)} chi từ {each.fund}{end}"
            for letter, each, end in zip(_LETTERS, totals, ends, strict=False)
        ),
    )


def _sum(dong: int) -> str:
    return f"{grouped(dong)} đồng (bằng chữ: {money_words(dong)})"


def _counted(kinds: Mapping[str, int]) -> str:
    return " và ".join(
        f"{two_digits(kinds[kind])} {word.lower()}" for kind, word in _KINDS if kinds.get(kind)
    )


def _list(awards: list[Award], groups: list[Group], cited: str) -> Annex:
    """Title by title, in each collectives, then people; the achievement has its own column only when it
    differs from line to line."""
    apart = len({award.achievement for award in awards}) > 1
    headings = ("TT", "Họ tên, tập thể", "Chức vụ, đơn vị", *(("Thành tích",) if apart else ()))
    whom = _whom(awards)
    return Annex(
        title="Danh sách",
        subject=f"{whom} được tặng {groups[0].granted}" if len(groups) == 1 else f"{whom} được khen thưởng",
        intro=f"(Kèm theo {cited})",
        headings=headings,
        rows=tuple(_rows(awards, groups, apart)),
        widths=(12, 45, 50, 55) if apart else (12, 62, 88),
    )


def _whom(awards: list[Award]) -> str:
    words = [word.lower() for kind, word in _KINDS if any(award.subject == kind for award in awards)]
    return ", ".join(words).capitalize()


def _rows(awards: list[Award], groups: list[Group], apart: bool) -> Iterable[tuple[str | int, ...]]:
    lines: dict[tuple[str, str, str], list[Award]] = defaultdict(list)
    for award in awards:
        lines[award.title_code, award.form, award.subject].append(award)
    for letter, group in zip(_CAPITALS, groups, strict=False):
        if len(groups) > 1:
            yield (f"{letter}. {group.granted.upper()}",)
        present = [(kind, word) for kind, word in _KINDS if kind in group.kinds]
        for roman, (kind, word) in zip(_ROMAN, present, strict=False):
            yield (f"{roman}. {word}",)
            for number, award in enumerate(lines[group.code, group.form, kind], start=1):
                cells = (number, award.name_on_paper, award.post_on_paper)
                yield (*cells, award.achievement) if apart else cells


def minutes_paper(session: Session) -> OfficialPaper:
    """The minutes of a concluded session, with the head of the audit chain as an anchor outside."""
    council = session.council
    department = Department.objects.get(body_id=council.department_id)
    seats = list(session.seats.select_related("person"))
    items = list(session.items.select_related("nomination__person", "nomination__body", "nomination__unit"))
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
    number, _colon, digest = session.audit_head.partition(":")
    return (
        Article(
            "I. Thời gian, địa điểm", (f"{began:%H} giờ {began:%M} ngày {began:%d/%m/%Y}{place}.",), True
        ),
        Article("II. Thành phần", tuple(_who_came(session, seats)), True),
        Article("III. Biểu quyết", tuple(_how_voted(session, seats, items)), True),
        Article("IV. Kết luận", tuple(_concluded(session, items)), True),
        Article("V. Dấu kiểm", (f"Sổ nhật ký khi kết luận: mục số {number}, mã {_in_fours(digest)}.",), True),
    )


def _in_fours(digest: str) -> str:
    """A hash a person can compare and a line can break."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))


def _who_came(session: Session, seats: list[Seat]) -> Iterable[str]:
    council = session.council
    came = [seat for seat in seats if seat.present]
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
    members, percent = len(seats), session.vote_percent
    needed = votes_needed(members, percent)
    yield (
        f"Hội đồng biểu quyết công khai {two_digits(len(items))} trường hợp. Tỷ lệ cần đạt là {percent}% "
        f"tổng số thành viên: {needed} trên {members} phiếu ({needed} × 100 = {needed * 100}; "
        f"{percent} × {members} = {percent * members}). Thành viên vắng và thành viên không biểu quyết "
        "vẫn tính trong tổng số. Kết quả từng trường hợp tại danh sách kèm theo."
    )


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


def _vote(number: int, item: Item, recused: str) -> tuple[str | int, ...]:
    reserve = f"Đủ phiếu, dự bị {item.reserve}" if item.reserve else ""
    verdict = _VERDICTS.get(item.verdict, reserve or "Không xét")
    nomination = item.nomination
    yes = f"{item.yes}/{item.members}" if item.members else ""
    return (number, nomination.name, nomination.unit.name, yes, str(item.no or 0), recused, verdict)


def shown(decision: Decision, bonuses: Sequence[Bonus]) -> layout.Content:
    """The words of the decision as both papers print them, for its page, without the list."""
    kinds = decision.awards.order_by().values("title_code", "form", "subject")
    counted = kinds.annotate(first=Min("order"), count=Count("pk")).order_by("first")
    rows = counted.values_list("title_code", "form", "subject", "count")
    return layout.content(_words(decision, _settings(decision), _groups(rows), money.totals(bonuses)))


def unprintable(fault: NotPrintableError) -> str:
    """What to do about a character the official font does not have."""
    return _("The official font has no “%(letters)s”: correct the words, then print again.") % {
        "letters": fault.characters
    }
