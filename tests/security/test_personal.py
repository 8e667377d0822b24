"""D5: ratings, disciplines, pending matters and leave are read by those who must, and nobody else.

The rule is written here a second time, in plain Python over single records, and compared with the filters of
the lists. Then every page there is is asked by every account for words that only the personal lines hold.
"""

from __future__ import annotations

import io
import logging
import random
import uuid
from datetime import date

import pytest
from django.db.models import Q
from django.utils import timezone
from openpyxl import load_workbook

from guong.awards.models import Nomination
from guong.base.access import Role
from guong.base.models import Grant, LogEntry
from guong.base.workflow import Refused
from guong.records import access
from guong.records.actions.entries import amend, enter, withdraw
from guong.records.models import Circumstance, Honour, Initiative, Rating, SheetImport
from guong.records.reach import sees_personal
from tests import factories as make
from tests.security import world as world_
from tests.security.addresses import Visitor, every

KEEPING = {Role.UNIT_HEAD, Role.UNIT_CLERK}
OPEN_STATES = {"submitted", "appraised", "listed", "tabled", "chosen"}
SECRET = (world_.RATED, world_.DISCIPLINED)


def holds(user, body, *roles) -> bool:
    """A role of the user reaches the body."""
    return any(one.role in roles and body.path.startswith(one.path) for one in user.scope.holdings)


def appraises(user, line) -> bool:
    """The user's office was asked about the subject, and nothing is decided yet."""
    about = {"person": line.person} if line.person_id else {"body": line.body}
    asked = Nomination.objects.filter(**about, appraisal__isnull=False, state__in=OPEN_STATES)
    return any(holds(user, one.appraisal.office, Role.APPRAISER) for one in asked)


def must_know(user, line) -> bool:
    """Personal lines: the person, the unit's head and clerk, the standing office, appraisers at work."""
    if not user.scope.holdings:
        return False
    if holds(user, line.department, Role.STANDING_OFFICE) or appraises(user, line):
        return True
    if line.body_id:
        return holds(user, line.body, *KEEPING)
    today = timezone.localdate()
    works = [w for w in line.person.employments.all() if w.valid_from <= today <= (w.valid_to or today)]
    return line.person_id == user.person_id or any(holds(user, work.body, *KEEPING) for work in works)


def of_the_department(user, line) -> bool:
    """Honours and initiatives: everybody of the tree; withdrawn ones, those who keep them."""
    if not any(one.path.split("/")[1] == line.department.path.split("/")[1] for one in user.scope.holdings):
        return False
    keeps = holds(user, line.unit, *KEEPING) or holds(user, line.department, Role.STANDING_OFFICE)
    return not line.withdrawn_on or keeps


def sent_or_supervised(user, run) -> bool:
    """Sheets: who sent it and still keeps a book there, and the standing office."""
    keeping = {*KEEPING, Role.STANDING_OFFICE}
    root = run.department.path.split("/")[1]
    still = any(one.role in keeping and one.path.split("/")[1] == root for one in user.scope.holdings)
    return (run.created_by == user and still) or holds(user, run.department, Role.STANDING_OFFICE)


RULES = {
    Honour: of_the_department, Initiative: of_the_department, Rating: must_know, Circumstance: must_know,
    SheetImport: sent_or_supervised,
}  # fmt: skip


@pytest.fixture
def accounts(world):
    """Everybody of both departments, and somebody without any role."""
    users = {user.pk: user for place in (world.here, world.there) for user in place.records[world_.User]}
    nurse = world.here.of(Rating).person
    own = make.user(Role.EMPLOYEE, world.here.units[0], nurse)
    return [*users.values(), own, make.user()]


def shaken(world) -> None:
    """What happens in real life: lines withdrawn, posts ended, nominations decided and withdrawn."""
    drawn = random.Random(5)
    for kind in (Honour, Initiative, Rating, Circumstance):
        for line in kind.objects.exclude(source="guong"):
            if drawn.random() < 0.3:
                line.withdrawn_on, line.withdrawn_because = date(2026, 1, 5), "Nhầm"
                line.save()
    sent = list(Nomination.objects.filter(appraisal__isnull=False).order_by("pk"))
    for nomination, state in zip(sent, ("submitted", "awarded", "withdrawn", "tabled"), strict=False):
        Nomination.objects.filter(pk=nomination.pk).update(state=state)
    gone = Rating.objects.filter(person__isnull=False).order_by("-pk").first()
    gone.person.employments.update(valid_to=date(2026, 3, 1))


def differences(accounts) -> list[str]:
    """Records where the list and the rule for one record disagree."""
    wrong = []
    for kind, rule in RULES.items():
        for user in accounts:
            seen = set(kind.objects.visible_to(user).values_list("pk", flat=True))
            for line in kind.objects.all():
                if rule(user, line) != (line.pk in seen):
                    wrong.append(f"{kind.__name__} {line.pk} by {user.pk}: listed is {line.pk in seen}")
    return wrong


def test_the_lists_show_what_the_rule_allows_and_nothing_else(world, accounts):
    shaken(world)
    assert differences(accounts) == []
    for user in accounts:
        for line in Rating.objects.all():
            if user.scope.holdings:
                assert sees_personal(user, line.subject) == must_know(user, line), (user.pk, line.pk)


def test_without_the_filter_the_lists_show_more(world, accounts, monkeypatch):
    """The twin."""
    monkeypatch.setattr(access, "personal_seen_by", lambda _user: Q())
    found = differences(accounts)
    assert any(words.startswith("Rating") for words in found)
    assert any(words.startswith("Circumstance") for words in found)


# --- words that must not be where they are not for


def text_of(answer) -> str:
    """Everything an answer says, also inside a workbook."""
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if data.startswith(b"PK"):
        try:
            pages = load_workbook(io.BytesIO(data)).worksheets
        except KeyError:  # a .docx
            return ""
        return " ".join(str(cell.value) for page in pages for row in page.iter_rows() for cell in row)
    return data.decode("utf-8", errors="ignore")


def sightings(world, user, names: set[str] | None = None) -> list[str]:
    """Addresses that tell this user something personal of somebody in the first unit."""
    visitor, found = Visitor(user), []
    for address in every():
        if names and address.name not in names:
            continue
        url = address.url({name: world.here.of(kind) for name, kind in address.kinds.items()})
        for asked in (url, f"{url}?q=KIN"):  # searching must not find them either
            said = text_of(visitor.ask("GET", asked))
            found += [f"{address.name}: {word}" for word in SECRET if word in said]
    return found


@pytest.fixture
def lived(world):
    """Lines entered, corrected and withdrawn by those who may, and a refusal, all of it in the log."""
    clerk, nurse = world.here.users[Role.UNIT_CLERK], world.here.of(Rating).person
    rated = {"year": 2021, "level": "HTXS", "decision_number": world_.RATED}
    line = enter(Rating, nurse, rated, by=clerk, key=uuid.uuid4())
    with pytest.raises(Refused):
        enter(Rating, nurse, rated, by=clerk, key=uuid.uuid4())
    amend(line, rated | {"decision_number": "1/QĐ"}, version=1, by=clerk)
    barred = {"nature": "discipline", "kind": "warning", "begins_on": date(2024, 5, 2), "ends_on": None,
              "decision_number": world_.DISCIPLINED, "decided_on": None}  # fmt: skip
    line = enter(Circumstance, nurse, barred, by=clerk, key=uuid.uuid4())
    withdraw(line, f"Nhầm với {world_.DISCIPLINED}", version=1, by=clerk)
    return world


CURIOUS = (
    Role.ADMINISTRATOR, Role.LEADER, Role.INSPECTOR, Role.AUDITOR, Role.APPRAISER, Role.SECTION_HEAD,
    Role.EMPLOYEE, Role.COUNCIL_SECRETARY,
)  # fmt: skip


@pytest.mark.parametrize("role", CURIOUS)
def test_no_page_says_anything_personal_to_those_who_need_not_know(lived, role):
    assert sightings(lived, lived.here.users[role]) == []


def test_no_page_says_anything_personal_to_the_clerk_of_another_unit(lived):
    assert sightings(lived, make.user(Role.UNIT_CLERK, lived.here.units[1])) == []


def test_those_who_must_know_are_told(lived):
    """So that the silence above is not for want of anything to say."""
    for role in (Role.UNIT_CLERK, Role.UNIT_HEAD, Role.STANDING_OFFICE):
        found = sightings(lived, lived.here.users[role], {"records:person", "records:body"})
        assert {words.split(": ")[0] for words in found} == {"records:person", "records:body"}


def test_without_the_filter_the_book_tells_the_leader(lived, monkeypatch):
    """The twin."""
    monkeypatch.setattr(access, "personal_seen_by", lambda _user: Q())
    assert sightings(lived, lived.here.users[Role.LEADER], {"records:person"}) != []


def test_without_the_mark_the_log_tells_the_inspector(lived, monkeypatch):
    """The twin of the log: it shows the note of a corrected rating as soon as nothing marks it personal."""
    monkeypatch.setattr(Rating, "IS_PERSONAL", False)
    assert sightings(lived, lived.here.users[Role.INSPECTOR], {"base:log"}) != []


def test_a_refusal_names_nobody(lived):
    refused = LogEntry.objects.filter(action="enter_rating", refused=True).get()
    assert refused.record is None


def test_the_log_of_the_server_says_nothing_personal(world, caplog):
    caplog.set_level(logging.INFO)
    clerk, nurse = world.here.users[Role.UNIT_CLERK], world.here.of(Rating).person
    visitor = Visitor(clerk)
    typed = f"year=2020&level=HTXS&decision_number={world_.RATED}"
    form = {"data": typed, "content_type": "application/x-www-form-urlencoded"}
    where = f"/so-khen-thuong/nguoi/{nurse.pk}/them-xep-loai/"
    assert visitor.ask("POST", where, **form).status_code == 422  # no token
    form["data"] += f"&key={uuid.uuid4()}"
    assert visitor.ask("POST", where, **form).status_code == 302
    form["data"] = f"{typed}&key={uuid.uuid4()}"
    assert visitor.ask("POST", where, **form).status_code == 422  # there already
    assert Rating.objects.filter(decision_number=world_.RATED, year=2020).count() == 1
    assert not any(word in caplog.text for word in SECRET)


def test_a_sheet_is_gone_for_who_no_longer_keeps_a_book(world):
    run = world.here.of(SheetImport)
    sender = run.created_by
    assert SheetImport.objects.visible_to(sender).filter(pk=run.pk).exists()
    Grant.objects.filter(user=sender).update(role=Role.EMPLOYEE)
    del sender.__dict__["scope"]
    assert not SheetImport.objects.visible_to(sender).filter(pk=run.pk).exists()
