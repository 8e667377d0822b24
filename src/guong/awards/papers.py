"""Decisions and certificates as papers: from the records to what `guong.papers` draws (K-05, K-15).

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
from guong.awards.models import Award, Bonus, Decision
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
