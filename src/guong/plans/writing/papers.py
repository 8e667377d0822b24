"""A draft as the paper it becomes: what stands in its head besides its content, its files and their names."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guong import planreader
from guong.base.models import Department
from guong.base.workflow import Refused
from guong.papers.model import OfficialPaper
from guong.papers.pdf import to_pdf
from guong.papers.printing import NotPrintableError
from guong.papers.word import to_docx
from guong.planreader import codec
from guong.plans.models import PlanDraft
from guong.plans.paper import Facts, plan_paper

WRITERS = {
    "docx": (to_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (to_pdf, "application/pdf"),
}


def paper_of_draft(draft: PlanDraft) -> OfficialPaper:
    """The paper as it stands now. Raises Refused while a value on it does not hold."""
    try:
        plan = codec.load(planreader.Plan, draft.content)
        return plan_paper(plan, _facts(draft))
    except ValueError as unclear:
        raise Refused(_("The paper cannot be drawn yet: correct the values marked first.")) from unclear


def _facts(draft: PlanDraft) -> Facts:
    settings = Department.objects.filter(body=draft.department_id).first()
    of_department = draft.body_id == draft.department_id
    above = (settings.parent_issuer if settings else "") if of_department else draft.department.name
    said = draft.content
    return Facts(
        issuer_above=above,
        issuer=draft.body.name,
        authority="\n".join(said.get("authority") or ()),
        symbol=draft.symbol,
        year=draft.year,
        draft=draft.number is None,
        closing=said.get("closing") or "",
    )


def file_of(draft: PlanDraft, ending: str) -> bytes:
    """The Word or PDF file. Raises Refused for a paper that cannot be drawn."""
    write, _kind = WRITERS[ending]
    try:
        return write(paper_of_draft(draft))
    except NotPrintableError as fault:
        raise Refused(
            _("The official font has no “%(letters)s”: correct the words first.")
            % {"letters": fault.characters}
        ) from fault


def file_name(draft: PlanDraft, ending: str) -> str:
    """A name that tells the papers of one folder apart: ke-hoach-31-KH-SYT-2026.docx."""
    plain = draft.symbol.replace("Đ", "D").replace("đ", "d")
    symbol = "".join(c if c.isascii() and c.isalnum() else "-" for c in plain)
    number = f"{draft.number}-{symbol}-{draft.year}" if draft.number else f"du-thao-{draft.pk}"
    return f"ke-hoach-{number}.{ending}"
