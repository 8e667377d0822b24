"""Decisions and certificates as papers: from the records to what `guong.papers` draws (K-05, K-15).

The text of a paper is Vietnamese whatever language the screen speaks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.conf import settings
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards.models import Award, Decision
from guong.base.models import Department
from guong.movements.models import Subject
from guong.papers import layout
from guong.papers.certificates import Certificate
from guong.papers.model import Annex, Article, OfficialPaper, Signature
from guong.papers.printing import NotPrintableError
from guong.papers.words import two_digits

_KINDS = ((Subject.COLLECTIVE, "TẬP THỂ"), (Subject.INDIVIDUAL, "CÁ NHÂN"))
_ROMAN = ("I", "II")


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
    awards = list(decision.awards.all())
    kinds = Counter(award.subject for award in awards)
    bare = _words(decision, department, awards[0].form if awards else "", kinds)
    cited = bare.cited(f"{department.signatory_position.capitalize()} {department.body.name}")
    return replace(bare, annexes=(_list(awards, cited),) if awards else ())


def _settings(decision: Decision) -> Department:
    return Department.objects.select_related("body").get(body_id=decision.department_id)


def _words(decision: Decision, department: Department, form: str, kinds: Mapping[str, int]) -> OfficialPaper:
    """Everything but the list; `kinds` counts the awards by subject."""
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
        articles=_articles(decision, form, kinds),
        recipients=tuple(decision.recipients),
    )


def _articles(decision: Decision, form: str, kinds: Mapping[str, int]) -> tuple[Article, ...]:
    granted = f"Tặng {form} cho {_counted(kinds)} {decision.merit} (danh sách kèm theo)."
    return (
        Article("Điều 1.", (granted,)),
        Article("Điều 2.", (decision.execution or "Quyết định này có hiệu lực kể từ ngày ký.",)),
    )


def _counted(kinds: Mapping[str, int]) -> str:
    return " và ".join(
        f"{two_digits(kinds[kind])} {word.lower()}" for kind, word in _KINDS if kinds.get(kind)
    )


def _list(awards: list[Award], cited: str) -> Annex:
    """Collectives, then people; the achievement has its own column only when it differs from line to line."""
    apart = len({award.achievement for award in awards}) > 1
    headings = ("TT", "Họ tên, tập thể", "Chức vụ, đơn vị", *(("Thành tích",) if apart else ()))
    return Annex(
        title="Danh sách",
        subject=f"{_whom(awards)} được tặng {awards[0].form}",
        intro=f"(Kèm theo {cited})",
        headings=headings,
        rows=tuple(_rows(awards, apart)),
        widths=(12, 45, 50, 55) if apart else (12, 62, 88),
    )


def _whom(awards: list[Award]) -> str:
    words = [word.lower() for kind, word in _KINDS if any(award.subject == kind for award in awards)]
    return ", ".join(words).capitalize()


def _rows(awards: list[Award], apart: bool) -> Iterable[tuple[str | int, ...]]:
    present = [(kind, word) for kind, word in _KINDS if any(award.subject == kind for award in awards)]
    for roman, (kind, word) in zip(_ROMAN, present, strict=False):
        yield (f"{roman}. {word}",)
        lines = (award for award in awards if award.subject == kind)
        for number, award in enumerate(lines, start=1):
            cells = (number, award.name_on_paper, award.post_on_paper)
            yield (*cells, award.achievement) if apart else cells


def verification_url(code: str) -> str:
    """The address the QR code opens."""
    return f"{settings.PUBLIC_URL.rstrip('/')}{reverse('portal:certificate', args=[code])}"


def certificate(decision: Decision, award: Award) -> Certificate:
    """One certificate, with the name and words of the decision's list."""
    return Certificate(
        authority=decision.authority_line,
        form=award.form,
        name=award.name_on_paper,
        post=award.post_on_paper,
        achievement=award.achievement,
        decision_number=decision.full_number,
        day=decision.signed_on,
        place=decision.department.department.place,
        signature=signature_of(decision),
        code=award.code,
        url=verification_url(award.code),
    )


def shown(decision: Decision) -> layout.Content:
    """The words of the decision as both papers print them, for its page, without the list."""
    kinds = dict(decision.awards.order_by().values_list("subject").annotate(Count("pk")))
    first = decision.awards.values_list("form", flat=True).first() or ""
    return layout.content(_words(decision, _settings(decision), first, kinds))


def unprintable(fault: NotPrintableError) -> str:
    """What to do about a character the official font does not have."""
    return _("The official font has no “%(letters)s”: correct the words, then print again.") % {
        "letters": fault.characters
    }
