"""Drafting a decision, and the words of its lines (D-17). Number, copy, issue and revocation: `issuing`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from guong.awards import access, drafting
from guong.awards.authority import must_decide_here
from guong.awards.models import Award, Decision, Nomination, Session
from guong.awards.places import Key, key_of, quotas_of
from guong.base.acting import claim_once, led_to, locked, must
from guong.base.models import Body, User
from guong.base.workflow import guarded
from guong.movements.models import Quota
from guong.papers.seal import new_code
from guong.regulations.here import law_of, national_law

EDITABLE = (
    "title", "merit", "bases", "authority_line", "execution", "sign_form", "signatory_position",
    "signatory_name", "recipients",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What an editor may change of one award while the decision is a draft."""

    name_on_paper: str
    post_on_paper: str
    achievement: str
    order: int


def waiting_for_a_decision(department: Body) -> QuerySet[Nomination]:
    """Chosen nominees, by a council or ad hoc, who stand on no decision yet."""
    return (
        Nomination.objects.filter(department=department, state=Nomination.State.CHOSEN, award__isnull=True)
        .with_names()
        .select_related("movement__plan__department")
        .order_by("pk")
    )


def with_titles(nominations: Iterable[Nomination]) -> list[tuple[Nomination, str]]:
    """Each with the name of what it is chosen for."""
    law = national_law()
    return [
        (nomination, law.awards[code].vi if (code := nomination.title_code) in law.awards else code)
        for nomination in nominations
    ]


def draft(
    *,
    by: User,
    department: Body,
    nominations: Iterable[Nomination],
    session: Session | None = None,
    key: UUID | None = None,
) -> Decision:
    """A new draft with one line for each nominee, in Vietnamese order of names.

    Raises Refused, or AlreadyDone for a form sent twice.
    """
    wanted = [nomination.pk for nomination in nominations]
    decision = Decision(department=department, created_by=by)
    with guarded(by, "draft_decision", session or department) as log:
        must(access.must_be_standing_office(by, decision))
        claim_once(by, key)
        chosen = _still_free(department, wanted)
        for name, value in drafting.first_words(department, chosen, session, timezone.localdate()).items():
            setattr(decision, name, value)
        decision.save()
        _add_lines(decision, chosen)
        led_to(by, key, decision)
        log.about(decision, after=decision.state)
    return decision


def _still_free(department: Body, wanted: Sequence[int]) -> list[Nomination]:
    """The nominees asked for, locked. Raises Refused when one of them is no longer chosen and free."""
    must(None if wanted else _("Choose at least one nominee for the decision."))
    free = waiting_for_a_decision(department).filter(pk__in=wanted).select_for_update(of=("self",))
    found = list(free)
    law, today = law_of(department), timezone.localdate()
    codes = {nomination.title_code for nomination in found}
    must(*(must_decide_here(law, code, today) for code in sorted(codes)))
    if len(found) != len(set(wanted)):
        must(_("Some nominees stand on another decision or were withdrawn meanwhile: open the list again."))
    return drafting.in_paper_order(law, found)


def _add_lines(decision: Decision, nominations: list[Nomination]) -> None:
    last = decision.awards.aggregate(last=Max("order"))["last"] or 0
    quotas = quotas_of(nominations)
    law, fund = law_of(decision.department), drafting.only_fund(decision.department)
    lines = []
    for place, nomination in enumerate(nominations, start=last + 1):
        line = _line(decision, nomination, place, quotas)
        line.form, line.fund = drafting.form_on_paper(law, nomination.title_code), fund
        line.fill_keys()
        lines.append(line)
    Award.objects.bulk_create(lines)


def _line(decision: Decision, nomination: Nomination, place: int, quotas: dict[Key, Quota]) -> Award:
    return Award(
        decision=decision, nomination=nomination, quota=quotas.get(key_of(nomination)),
        title_code=nomination.title_code, subject=nomination.subject,
        person=nomination.person, body=nomination.body, unit=nomination.unit,
        name_on_paper=drafting.name_on_paper(nomination), post_on_paper=drafting.post_on_paper(nomination),
        achievement=decision.merit[:1].upper() + decision.merit[1:], order=place, code=new_code(),
    )  # fmt: skip


def _draft_to_edit(by: User, decision: Decision, version: int) -> Decision:
    fresh = locked(decision, version)
    in_draft = fresh.state == Decision.State.DRAFT
    must(
        access.must_be_standing_office(by, fresh),
        None if in_draft else _("The decision has its number: its text can no longer be changed."),
    )
    fresh.version += 1
    return fresh


def save_words(*, by: User, decision: Decision, version: int, words: Mapping[str, Any]) -> Decision:
    """Change the text of a draft. Raises Refused when someone else saved since `version`."""
    with guarded(by, "edit_decision", decision) as log:
        decision = _draft_to_edit(by, decision, version)
        for name in EDITABLE:
            setattr(decision, name, words[name])
        decision.save()
        if (form := words.get("form")) and one_title(decision):
            _rename_form(decision, form)
        log.about(decision, note=_("version %(n)s") % {"n": decision.version})
    return decision


def one_title(decision: Decision) -> bool:
    """Whether all its lines grant the same award, whose words on paper may then be changed."""
    return decision.awards.order_by().values("title_code").distinct().count() == 1


def _rename_form(decision: Decision, form: str) -> None:
    awards = list(decision.awards.all())
    for award in awards:
        award.form = form
        award.fill_keys()
    Award.objects.bulk_update(awards, ["form", "search"])


def save_lines(*, by: User, decision: Decision, version: int, lines: Mapping[int, Line]) -> Decision:
    """Change names, posts, achievements and order of lines, by award id."""
    with guarded(by, "edit_decision_lines", decision) as log:
        decision = _draft_to_edit(by, decision, version)
        awards = list(decision.awards.filter(pk__in=lines))
        for award in awards:
            line = lines[award.pk]
            award.name_on_paper, award.post_on_paper = line.name_on_paper, line.post_on_paper
            award.achievement, award.order = line.achievement, line.order
            award.fill_keys()
        Award.objects.bulk_update(
            awards, ["name_on_paper", "post_on_paper", "achievement", "order", "search"]
        )
        decision.save(update_fields=["version"])
        log.about(decision, note=_("version %(n)s") % {"n": decision.version})
    return decision


def add_lines(*, by: User, decision: Decision, version: int, nominations: Iterable[Nomination]) -> Decision:
    """Put more chosen nominees on a draft, after the lines it has."""
    with guarded(by, "add_decision_lines", decision) as log:
        decision = _draft_to_edit(by, decision, version)
        added = _still_free(decision.department, [nomination.pk for nomination in nominations])
        _add_lines(decision, added)
        decision.save(update_fields=["version"])
        log.about(decision, note=", ".join(nomination.name for nomination in added))
    return decision


def remove_line(*, by: User, decision: Decision, version: int, award: Award) -> Decision:
    """Take a line off a draft. The nominee stays chosen and can stand on another decision."""
    with guarded(by, "remove_decision_line", decision) as log:
        decision = _draft_to_edit(by, decision, version)
        must(None if award.decision_id == decision.pk else _("This line is not part of the decision."))
        award.delete()
        decision.save(update_fields=["version"])
        log.about(decision, note=award.name_on_paper)
    return decision


def discard(*, by: User, decision: Decision, version: int) -> None:
    """Throw a draft away. It has no number yet, so none is lost; its nominees can stand on another one."""
    with guarded(by, "discard_draft", decision) as log:
        decision = _draft_to_edit(by, decision, version)
        for award in decision.awards.select_related("nomination"):
            if award.nomination:
                log.about(award.nomination, note=decision.title)
        decision.awards.all().delete()
        decision.delete()
