"""The register of documents, read: what a plan stands on, what stands on it, what holds (B-02, B-03)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from guong.base.models import Body, User
from guong.base.text import fold
from guong.plans.models import Citation, LegalDocument, Plan, PlanBasis

DEEPEST = 8  # levels of plans above and below; the longest real road has five
SHOWN = (
    "number", "kind", "title", "year", "issued_on", "issued_text", "issuer", "state", "document",
    "department", "body__name", "body__short_name", "document__kind", "document__number",
)  # fmt: skip


def find(department: Body, said: Mapping[str, Any]) -> LegalDocument | None:
    """The document of a department's register that `kind number issued_on` (and, without a number, the
    issuer and the subject) name."""
    names = ("kind", "number", "issued_on")
    same = {name: said.get(name) or ("" if name != "issued_on" else None) for name in names}
    if not same["number"]:
        same |= {name: said.get(name) or "" for name in ("issuer", "subject")}
    return LegalDocument.objects.filter(department=department, **same).first()


def find_all(department: Body, said: Iterable[Mapping[str, Any]]) -> list[LegalDocument]:
    """The known ones among numbered documents, with what replaced them. One query."""
    keys = {(one["kind"], one["number"], one["issued_on"]) for one in said if one["number"]}
    numbers = {number for _kind, number, _on in keys}
    found = LegalDocument.objects.filter(department=department, number__in=numbers)
    wanted = found.select_related("replaced_by")
    return [one for one in wanted if (one.kind, one.number, one.issued_on) in keys]


def addresses_of(plan: Plan, numbers: Iterable[str]) -> dict[str, str]:
    """Pages of the documents that bear one of these numbers, by folded number: those the plan stands on or
    cites first, else the newest of the register; never the plan's own. One query."""
    wanted = {fold(number) for number in numbers}
    own = Exists(PlanBasis.objects.filter(plan=plan, document=OuterRef("pk"))) | Exists(
        Citation.objects.filter(plan=plan, document=OuterRef("pk"))
    )
    found = LegalDocument.objects.filter(department=plan.department_id, number__in=numbers)
    found = found.exclude(pk=plan.document_id or 0).annotate(own=own).order_by("own", "issued_on", "pk")
    return {
        folded: document.get_absolute_url()
        for document in found
        if (folded := fold(document.number)) in wanted
    }


def find_or_add(department: Body, said: Mapping[str, Any]) -> LegalDocument:
    """The entry of a document, made when there is none. Runs inside the act that needs it."""
    if known := find(department, said):
        return known
    values = {name: said.get(name) or "" for name in ("kind", "number", "issuer", "subject")}
    made, _new = LegalDocument.objects.get_or_create(
        department=department,
        issued_on=said.get("issued_on"),
        **{name: values[name] for name in ("kind", "number")},
        **({} if values["number"] else {name: values[name] for name in ("issuer", "subject")}),
        defaults=values,
    )
    return made


def faults_of(documents: Iterable[LegalDocument], day: date | None) -> list[str]:
    """Sentences about bases that did not hold on the plan's day, or today when it has none."""
    on = day or timezone.localdate()
    return [why for document in documents if (why := document.why_not_on(on))]


@dataclass
class Node:
    """One document of a tree, with the plan it is, if it is one of ours, and what stands on it."""

    document: LegalDocument | None
    plan: Plan | None = None
    below: list[Node] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many plans stand below, at any depth."""
        return sum(1 + node.count for node in self.below)


def plans_of(user: User) -> Any:
    """Plans a user may see, without their heavy parts."""
    return Plan.objects.visible_to(user).select_related("document", "body").only(*SHOWN)


def with_plans(documents: list[LegalDocument], user: User) -> list[LegalDocument]:
    """The same documents; `here` is the plan of ours a document is, or None. One query."""
    ours = {one.document_id: one for one in plans_of(user).filter(document__in=documents)}
    for document in documents:
        document.here = ours.get(document.pk)
    return documents


def with_uses(documents: list[LegalDocument]) -> list[LegalDocument]:
    """The same documents; `uses` counts the plans that stand on each. One query."""
    counted = PlanBasis.objects.filter(document__in=documents).order_by().values_list("document")
    uses = dict(counted.annotate(n=Count("pk")))
    for document in documents:
        document.uses = uses.get(document.pk, 0)
    return documents


def citing(document: LegalDocument, user: User) -> Any:
    """Plans whose text names the document without standing on it."""
    return plans_of(user).filter(citations__document=document).order_by("-year", "-pk")


def bases_of(plan: Plan, user: User) -> list[LegalDocument]:
    """What a plan stands on, in the order of its preamble."""
    found = PlanBasis.objects.filter(plan=plan).select_related("document__replaced_by").order_by("order")
    return with_plans([basis.document for basis in found], user)


def children_of(document: LegalDocument | None, user: User) -> Any:
    """Plans that stand on a document, by the unit that issued them."""
    if document is None:
        return Plan.objects.none()
    found = plans_of(user).filter(pk__in=PlanBasis.objects.filter(document=document).values("plan"))
    return found.order_by("body__sort_key", "-year", "-pk")


def ancestors_of(document: LegalDocument, user: User) -> list[list[LegalDocument]]:
    """What a document stands on, level by level, the topmost first: one query for each level."""
    levels: list[list[LegalDocument]] = []
    seen, frontier = {document.pk}, [document.pk]
    while frontier and len(levels) < DEEPEST:
        plans = Plan.objects.visible_to(user).filter(document__in=frontier)
        found = LegalDocument.objects.filter(
            pk__in=PlanBasis.objects.filter(plan__in=plans).values("document")
        ).exclude(pk__in=seen)
        level = with_plans(list(found), user)
        if level:
            levels.insert(0, level)
        frontier = [one.pk for one in level]
        seen.update(frontier)
    return levels


def tree_of(document: LegalDocument, user: User) -> Node:
    """A document with every plan below it, each once: one query for each level, whatever their number."""
    top = Node(document)
    seen: set[int] = set()
    nodes = {document.pk: top}
    for _level in range(DEEPEST):
        rows = PlanBasis.objects.filter(document__in=nodes).values_list("document_id", "plan_id")
        above = {plan: parent for parent, plan in rows.order_by("-order") if plan not in seen}
        if not above:
            break
        seen.update(above)
        found = plans_of(user).filter(pk__in=above).order_by("body__sort_key", "-year", "-pk")
        following = {}
        for plan in found:
            node = Node(plan.document, plan)
            nodes[above[plan.pk]].below.append(node)
            if plan.document_id:
                following[plan.document_id] = node
        nodes = following
    return top


def rows_of(top: Node) -> list[tuple[int, Node]]:
    """Every node below the top in reading order, with its depth."""
    rows: list[tuple[int, Node]] = []
    waiting = [(1, node) for node in reversed(top.below)]
    while waiting:
        depth, node = waiting.pop()
        rows.append((depth, node))
        waiting += [(depth + 1, below) for below in reversed(node.below)]
    return rows
