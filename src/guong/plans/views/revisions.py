"""Revisions of a plan: what changed and for whom; units settle the review of their own plan here."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from guong.base.answers import attempt, must, send, sent_before, show, stored, take_step
from guong.base.workflow import offered
from guong.plans.access import must_keep_plans
from guong.plans.actions import revisions
from guong.plans.after.difference import Difference
from guong.plans.difficulties import open_revision
from guong.plans.flow import REVIEW_STEPS
from guong.plans.forms import ReviseForm
from guong.plans.models import PlanDraft, Review, Revision
from guong.plans.views.plans import plans_seen


@require_http_methods(["GET", "HEAD", "POST"])
def revise(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a revision, with its reason; when one is being written, go on with that one."""
    plan = get_object_or_404(plans_seen(request), pk=pk)
    must(must_keep_plans(request.user, plan))
    if request.method == "POST" and (answer := sent_before(request)):
        return answer
    if open_one := open_revision(plan):
        return redirect(open_one)
    form = ReviseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        if answer := send(
            request, form, lambda: revisions.begin(request.user, plan, said["note"], key=said["key"])
        ):
            return answer
    return show(request, "plans/revise.html", form, plan=plan)


@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the reason of a revision anew."""
    found = get_object_or_404(PlanDraft.objects.visible_to(request.user).filter(revises__isnull=False), pk=pk)
    text, seen = request.POST.get("reason", ""), request.POST.get("version", "")
    version = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else found.version
    done = _("The reason is kept.")
    return attempt(
        request, lambda: revisions.explain(request.user, found, text, version=version), done, found
    )


@require_safe
def revision(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A readable difference, and the list of what changes for each unit."""
    found = _revision(request, pk, number)
    reviews = list(
        Review.objects.visible_to(request.user).filter(revision=found).select_related("plan__body")
    )
    for review in reviews:
        steps = offered(REVIEW_STEPS, review, request.user)
        review.steps = [step for step in steps if step.name == "keep"]
    context = {
        "plan": found.plan,
        "revision": found,
        "difference": Difference(found, request.user),
        "reviews": sorted(reviews, key=lambda review: (not review.steps, review.plan.body.sort_key)),
        "settled": sum(review.state != Review.State.OPEN for review in reviews),
        "answered": found.difficulties.count(),
    }
    return render(request, "plans/revision.html", context)


@require_safe
def revision_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The paper of the revision."""
    return stored(_revision(request, pk, number).file)


@require_POST
def review_step(request: HttpRequest, pk: int) -> HttpResponse:
    """A derived plan stays as it is, with the reason."""
    found = get_object_or_404(
        Review.objects.visible_to(request.user).select_related("plan__department", "plan__body", "revision"),
        pk=pk,
    )
    return take_step(request, {"keep": REVIEW_STEPS["keep"]}, found, found)


def _revision(request: HttpRequest, pk: int, number: int) -> Revision:
    plan = get_object_or_404(plans_seen(request), pk=pk)
    found = plan.revisions.select_related("made_by__person", "file", "plan__department", "plan__body")
    return get_object_or_404(found, number=number)
