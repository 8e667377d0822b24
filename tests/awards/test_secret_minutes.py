"""The minutes of a secret vote are the box, word for word, and name what was done to accounts (C10, C12)."""

from __future__ import annotations

import io
import random
import re
import uuid

import docx
import pypdfium2
import pytest
from django.db import connection
from django.utils import timezone

from guong.awards import minutes
from guong.awards.account_changes import changes_during
from guong.awards.actions import boxes, conclusions, sessions
from guong.awards.ballot import votes_needed
from guong.awards.flow import SESSION_STEPS
from guong.awards.minutes import cut_percent, minutes_paper
from guong.awards.models import Item, Session
from guong.base.access import Role
from guong.base.actions import accounts, grants
from guong.base.models import LogEntry
from guong.base.workflow import take
from guong.papers.pdf import to_pdf
from guong.papers.word import to_docx
from tests import factories as make
from tests.awards import secret
from tests.awards.house import house
from tests.drill import size

pytestmark = pytest.mark.django_db


def text_of(pdf: bytes) -> str:
    """What a reader of the paper sees, on one line."""
    pages = pypdfium2.PdfDocument(pdf)
    return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_range() for page in pages))


def concluded(draw: random.Random) -> secret.Vote:
    at = house(members=draw.randint(5, 9), places=None)
    vote = secret.voting(at, draw.randint(1, 3))
    for user in draw.sample(at.users, draw.randint(3, len(at.users))):
        vote.cast(user, "".join(draw.choice("YYYN-") for _ in range(vote.session.items.count())))
    vote.close()
    vote.open()
    vote.destroy()
    vote.session = conclusions.conclude(by=at.chair, session=vote.session)
    return vote


def figures(vote: secret.Vote) -> list[str]:
    """Every figure the paper must print, recounted from what was really voted."""
    members, returned = len(vote.at.users), len(vote.truth)
    needed = votes_needed(members, vote.session.vote_percent)
    box = vote.box
    counts = f"Phiếu phát ra: {members}; thu về: {returned}; hợp lệ: {returned}; không hợp lệ: 0."
    lines = [
        f"{item.nomination.name} {vote.at.unit.name} {yes} {no} {blank} {yes}/{members}"
        f" ({cut_percent(yes, members)})"
        for item, (yes, no, blank) in zip(vote.session.items.all(), vote.counts().values(), strict=True)
    ]
    hashes = [minutes._in_fours(box.list_hash), minutes._in_fours(box.setup_hash)]
    head = vote.session.audit_head.partition(":")[2]
    return [
        counts,
        f"{needed} trên {members} phiếu",
        *lines,
        *hashes,
        minutes._in_fours(head),
        "đã hủy trước hội đồng",
    ]


def missing_in(text: str, wanted: list[str]) -> list[str]:
    bare = re.sub(r"\s", "", text)
    return [one for one in wanted if re.sub(r"\s", "", one) not in bare]


def test_c10_minutes_hold_every_figure_of_the_box():
    seed = random.SystemRandom().randrange(2**32)
    print(f"seed {seed}")
    draw = random.Random(seed)
    for _ in range(size(3, 100)):
        vote = concluded(draw)
        paper = minutes_paper(vote.session)
        assert missing_in(text_of(to_pdf(paper)), figures(vote)) == []
        word = docx.Document(io.BytesIO(to_docx(paper)))
        cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
        text = " ".join([*(paragraph.text for paragraph in word.paragraphs), *cells])
        assert missing_in(text, figures(vote)) == []


def test_c10_one_changed_figure_is_noticed():
    """The twin: a count changed behind the minutes no longer agrees with the recount."""
    vote = concluded(random.Random(4))
    item = vote.session.items.first()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER guong_sealed_list ON awards_item")
    Item.objects.filter(pk=item.pk).update(yes=item.yes - 1, blank=item.blank + 1)
    wanted = figures(vote)
    assert missing_in(text_of(to_pdf(minutes_paper(vote.session))), wanted) == [wanted[2]]


def test_share_is_cut_off_and_never_rounded_up():
    assert cut_percent(26, 29) == "89,65%"
    assert cut_percent(35, 39) == "89,74%"
    assert cut_percent(9, 10) == "90,00%"


def test_minutes_of_paper_ballots_name_both_who_counted():
    at = house(members=5)
    session = take(SESSION_STEPS["vote_on_paper"], secret.called(at, 1), by=at.chair, note="mất điện")
    items = {str(session.items.get().pk): [4, 1]}
    totals = {"issued": 5, "returned": 5, "valid": 5, "invalid": 0, "items": items}
    boxes.count_paper(by=at.secretary, session=session, totals=totals)
    session = boxes.count_paper(by=at.vice, session=session, totals=totals)
    session = conclusions.conclude(by=at.chair, session=session)
    text = text_of(to_pdf(minutes_paper(session)))
    assert missing_in(text, ["Bỏ phiếu bằng giấy", str(at.secretary), str(at.vice), "4/5 (80,00%)"]) == []


def test_minutes_of_written_opinions_speak_of_no_meeting():
    at = house(members=5)
    session = take(SESSION_STEPS["open_voting"], at.called(at.listed(1), kind="written"), by=at.secretary)
    item = session.items.get()
    for user in at.users:
        sessions.vote(by=user, session=session, choices={item.pk: "yes"})
    session = take(SESSION_STEPS["close_voting"], session, by=at.secretary)
    text = text_of(to_pdf(minutes_paper(conclusions.conclude(by=at.chair, session=session))))
    assert missing_in(text, ["lấy ý kiến bằng văn bản, không họp", "cho ý kiến bằng văn bản 01", "5/5"]) == []
    assert "vắng 0" not in text


def test_minutes_name_a_round_that_was_not_counted():
    at = house(members=5)
    vote = secret.voting(at, 1)
    vote.cast(at.chair, "Y")
    again = take(SESSION_STEPS["vote_again"], vote.close(), by=at.chair, note="thiếu phiếu")
    vote = secret.voting(at, session=again)
    vote.cast_all(random.Random(2))
    vote.close()
    vote.open()
    vote.destroy()
    session = conclusions.conclude(by=at.chair, session=vote.session)
    assert "Lượt 1 đã đóng hòm" in text_of(to_pdf(minutes_paper(session)))


# --- C12 ---


@pytest.mark.django_db(transaction=True)
def test_c12_passwords_and_roles_of_members_during_the_vote_are_in_the_minutes():
    """Ten of ten: each kind of change while the vote is open, none outside it."""
    at = house(members=6, places=None)
    admin = make.user(Role.ADMINISTRATOR, at.department)
    accounts.renew_password(at.members[0], by=admin)  # before the vote
    vote = secret.voting(at, 1)
    for user in at.users[:5]:
        accounts.renew_password(user, by=admin)
    for user in at.users[:3]:
        grants.grant_role(
            user,
            Role.EMPLOYEE,
            at.unit,
            begin=timezone.localdate(),
            end=None,
            reason="thử",
            by=admin,
            key=uuid.uuid4(),
        )
    accounts.close_account(at.users[5], note="nghỉ việc", by=admin)
    with connection.cursor() as cursor:  # past the product
        cursor.execute("UPDATE base_user SET password = 'x' WHERE id = %s", [at.users[5].pk])
    for user in at.users[:4]:
        vote.cast(user, "Y")
    vote.close()
    accounts.renew_password(at.users[1], by=admin)  # after the closing
    vote.open()
    changes = changes_during(Session.objects.get(pk=vote.session.pk))
    assert len(changes) >= 10
    vote.destroy()
    session = conclusions.conclude(by=at.chair, session=vote.session)
    text = text_of(to_pdf(minutes_paper(session)))
    wanted = [f"đặt mật khẩu mới của {user}" for user in at.users]
    wanted += [f"đổi vai trò của {user}" for user in at.users[:3]] + [f"đổi tài khoản của {at.users[5]}"]
    assert missing_in(text, [*wanted, "thao tác trực tiếp trên máy chủ"]) == []
    assert text.count("đặt mật khẩu mới") == 6


@pytest.mark.django_db(transaction=True)
def test_c12_quiet_vote_says_so_and_the_log_alone_would_miss_raw_sql():
    """The twin: the log of the product knows nothing of a password set by SQL; the trail does."""
    at = house(members=5)
    vote = secret.voting(at, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE base_user SET password = 'x' WHERE id = %s", [at.vice.pk])
    vote.cast_all(random.Random(1))
    vote.close()
    assert not LogEntry.objects.about(at.vice).exists()
    assert [change.what for change in changes_during(vote.session)] == ["đặt mật khẩu mới"]
    quiet = concluded(random.Random(7))
    assert "không có việc đặt lại mật khẩu" in text_of(to_pdf(minutes_paper(quiet.session)))
