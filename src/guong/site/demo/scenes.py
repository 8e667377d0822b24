"""Nominations at every stage of the road, so that something waits for every role."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, timedelta
from itertools import islice

from django.utils import timezone

from guong.awards.actions import conclusions, councils, decisions, issuing, listings, nominations, sessions
from guong.awards.flow import NOMINATION_STEPS, SESSION_STEPS
from guong.awards.models import Appraisal, Council, Decision, Listing, Nomination, Session
from guong.awards.models.council import CouncilRole
from guong.awards.papers import decision_paper
from guong.base.models import Body, Employment, Person, User
from guong.base.workflow import Refused, take
from guong.movements.models import Movement
from guong.papers.pdf import to_pdf
from guong.site.demo import ballots
from guong.site.demo.current import Stage

OPINION = "Thành tích có số liệu đối chiếu được, thuộc đúng nội dung phong trào."
MEMBERS = (
    ("phogiamdoc", CouncilRole.CHAIR), ("thukyhoidong", CouncilRole.SECRETARY),
    ("uyvien", CouncilRole.MEMBER), ("congdoan", CouncilRole.MEMBER), ("doanthanhnien", CouncilRole.MEMBER),
)  # fmt: skip


def play(stage: Stage) -> None:
    """The scenes in the order of the road."""
    unit_desk(stage)
    appraisals(stage)
    open_list(stage)
    council(stage)
    ad_hoc(stage)
    watch(stage)


def unit_desk(stage: Stage) -> None:
    """What lies on the desks of one hospital and one station: drafts, one handed in, one returned."""
    movement = stage.movement("2.6")
    drafts = [_draft(stage, "BVDK", movement, work) for work in islice(_workers(stage, "BVDK"), 3)]
    take(NOMINATION_STEPS["hand_in"], drafts[1], by=stage.users["vanthubv"])
    sent = take(NOMINATION_STEPS["submit"], drafts[2], by=stage.heads["BVDK"])
    take(
        NOMINATION_STEPS["return_to_unit"], sent, by=stage.users["thuongtruc"],
        note="Chưa có số phút chờ trung bình từng tháng: bổ sung rồi gửi lại.",
    )  # fmt: skip
    _draft(stage, "TYT1", stage.movement("2.5"), stage.made.unit("TYT1"))


def appraisals(stage: Stage) -> None:
    """Opinions asked of the specialised office, one overdue; some given and waiting for a list."""
    movement = stage.movement("2.3")
    for code in ("BVSN", "BVYH", "BVPH", "TTYT1"):
        for work in islice(_workers(stage, code), 2):
            _submit(stage, code, movement, work)
    late = Appraisal.objects.filter(opinion="", office=stage.made.offices["NVY"]).order_by("pk").first()
    late.due_on = timezone.localdate() - timedelta(days=2)
    late.save()
    for code in ("TTYT2", "TTYT3", "BVDK"):
        _appraise(stage, _submit(stage, code, movement, next(_workers(stage, code))))


def open_list(stage: Stage) -> None:
    """A list open for comment, with one comment that waits for its answer."""
    units = [stage.made.unit(code) for code in ("BVDK", "BVSN", "BVTT")]
    made = [
        _appraise(stage, _submit(stage, unit.code, stage.movement("2.3"), section))
        for unit in units
        for section in stage.made.sections[unit.pk][:2]
    ]
    listing = _post(stage, "Danh sách đề nghị khen phong trào “Thầy thuốc như mẹ hiền” năm 2026", made)
    listings.comment(
        by=stage.users["truongtram"], entry=listing.entries.first(),
        text="Khoa có đường dây hẹn giờ khám, người bệnh khen nhiều. Đề nghị nêu rõ số lượt đã hẹn.",
    )  # fmt: skip


def council(stage: Stage) -> None:
    """Open votes, one decided and one under way; secret ballots, one under way and one counted."""
    officer = stage.users["thuongtruc"]
    found = councils.set_up(
        by=officer, department=stage.made.root, name="Hội đồng Thi đua, Khen thưởng ngành Y tế An Bình",
        established_by="12/QĐ-SYT", established_on=date(2026, 1, 14),
    )  # fmt: skip
    for username, role in MEMBERS:
        councils.add_member(by=officer, council=found, person=stage.users[username].person, role=role)
    first, second = (
        "Phiên xét khen thưởng điều dưỡng, hộ sinh giỏi",
        "Phiên xét khen thưởng phong trào chăm sóc",
    )
    nurses = ("BVDK", "BVSN", "BVYH", "TTYT1")
    decided = _opened(stage, _session(stage, found, first, stage.movement("2.4"), nurses, skip=0))
    for username, _role in MEMBERS:
        _vote(stage, decided, username)
    _conclude(stage, decided)
    voting = _opened(stage, _session(stage, found, second, stage.movement("2.4"), ("BVPH", "BVTT"), skip=1))
    _vote(stage, voting, "congdoan")
    ballots.play(
        stage,
        _secret(stage, found, "chăm sóc tại nhà", ("BVDK", "BVSN", "BVYH")),
        _secret(stage, found, "điều dưỡng cơ sở", ("BVPH", "TTYT1", "BVTT")),
    )


def _secret(stage: Stage, found: Council, what: str, codes: Iterable[str]) -> Session:
    title = f"Phiên xét khen thưởng {what}"
    return _session(stage, found, title, stage.movement("2.4"), codes, skip=2, kind=Session.Kind.SECRET)


def ad_hoc(stage: Stage) -> None:
    """The short road: one award issued this year, one nomination waiting for the leader."""
    movement = stage.movement("2.9")
    day = timezone.localdate() - timedelta(days=6)
    works = list(islice(_workers(stage, "TYT2"), 3))
    _submit(stage, "TYT2", movement, works.pop(), achieved_on=day)
    ready = [
        _appraise(stage, _submit(stage, "TYT2", movement, work, achieved_on=day), by="vanphong")
        for work in works
    ]
    chosen = take(NOMINATION_STEPS["choose_ad_hoc"], ready[0], by=stage.users["giamdoc"])
    decision = _number(stage, [chosen])
    issuing.issue(by=stage.users["giamdoc"], decision=_sign(stage, decision))


def watch(stage: Stage) -> None:
    """Something for those who watch: somebody who left with an open account, and a refused act."""
    person = stage.users["nhanvien"].person
    gone = Person.objects.create(name="Tô Minh Trung", birth_year=1971)
    work = person.employments.first()
    Employment.objects.create(
        person=gone, body=work.body, post="Kỹ thuật viên", category=work.category,
        valid_from=date(2019, 1, 1), valid_to=timezone.localdate() - timedelta(days=20),
    )  # fmt: skip
    User.objects.create_user("tominhtrung", person=gone)
    with suppress(Refused):
        take(
            NOMINATION_STEPS["submit"],
            Nomination.objects.filter(state="draft").first(),
            by=stage.users["nhanvien"],
        )


def _workers(stage: Stage, code: str, *posts: str) -> Iterator[Employment]:
    found = Employment.objects.filter(body__path__startswith=stage.made.unit(code).path, is_leader=False)
    if posts:
        found = found.filter(post__in=posts)
    return found.filter(person__user=None).select_related("person", "body").order_by("pk").iterator()


def _draft(
    stage: Stage, code: str, movement: Movement, nominee: Employment | Body, achieved_on: date | None = None
) -> Nomination:
    text = nominations.Text(f"{stage.names.achievement()} {stage.names.achievement()}", achieved_on)
    made = nominations.draft(by=stage.heads[code], movement=movement, nominee=nominee, text=text)
    nominations.add_link(
        by=stage.heads[code], nomination=made, caption="Báo cáo kết quả của đơn vị",
        url=f"https://{code.lower()}.example/bao-cao-2026",
    )  # fmt: skip
    return made


def _submit(
    stage: Stage, code: str, movement: Movement, nominee: Employment | Body, achieved_on: date | None = None
) -> Nomination:
    made = _draft(stage, code, movement, nominee, achieved_on)
    return take(NOMINATION_STEPS["submit"], made, by=stage.heads[code])


def _appraise(stage: Stage, made: Nomination, by: str = "thamdinh") -> Nomination:
    agreed = Appraisal.Opinion.AGREE
    return nominations.give_opinion(by=stage.users[by], nomination=made, opinion=agreed, text=OPINION)


def _post(stage: Stage, title: str, made: Iterable[Nomination]) -> Listing:
    closes = timezone.localdate() + timedelta(days=stage.made.root.department.comment_days)
    listing, _results = listings.post(
        by=stage.users["thuongtruc"],
        department=stage.made.root,
        title=title,
        closes_on=closes,
        nominations=made,
    )
    return listing


def _session(
    stage: Stage, found: Council, title: str, movement: Movement, codes: Iterable[str], skip: int,
    kind: str = "",
) -> Session:  # fmt: skip
    """Nominate, appraise, list, close the list, call the session and record who came."""
    nurses = {code: islice(_workers(stage, code, "Điều dưỡng", "Hộ sinh"), skip, skip + 1) for code in codes}
    made = [
        _appraise(stage, _submit(stage, code, movement, work))
        for code, works in nurses.items()
        for work in works
    ]
    listing = _post(stage, title.replace("Phiên xét", "Danh sách đề nghị"), made)
    today = timezone.localdate()
    Listing.objects.filter(pk=listing.pk).update(
        opens_on=today - timedelta(days=12), closes_on=today - timedelta(days=2)
    )
    officer, secretary = stage.users["thuongtruc"], stage.users["thukyhoidong"]
    listings.close(by=officer, listing=listing)
    session = sessions.call(
        by=officer, council=found, title=title, place="Phòng họp số 1, Sở Y tế",
        held_at=timezone.now() + timedelta(hours=2), kind=kind,
        nominations=Nomination.objects.filter(pk__in=[one.pk for one in made]),
    )  # fmt: skip
    came = {seat.pk: (True, "") for seat in session.seats.all()}
    sessions.record_attendance(by=secretary, session=session, came=came)
    return session


def _opened(stage: Stage, session: Session) -> Session:
    return take(SESSION_STEPS["open_voting"], session, by=stage.users["thukyhoidong"])


def _vote(stage: Stage, session: Session, username: str) -> None:
    choices = {item.pk: "yes" for item in session.items.all()}
    sessions.vote(by=stage.users[username], session=session, choices=choices)


def _conclude(stage: Stage, session: Session) -> None:
    closed = take(SESSION_STEPS["close_voting"], session, by=stage.users["thukyhoidong"])
    conclusions.conclude(by=stage.users["phogiamdoc"], session=closed)
    chosen = Nomination.objects.filter(items__session=session, state=Nomination.State.CHOSEN)
    _number(stage, chosen, session)


def _number(stage: Stage, chosen: Iterable[Nomination], session: Session | None = None) -> Decision:
    officer = stage.users["thuongtruc"]
    drafted = decisions.draft(by=officer, department=stage.made.root, nominations=chosen, session=session)
    return issuing.give_number(by=officer, decision=drafted, signed_on=timezone.localdate())


def _sign(stage: Stage, decision: Decision) -> Decision:
    """The demo's signed copy is the printed decision: nobody signs for a director who does not exist."""
    return issuing.keep_signed_copy(
        by=stage.users["thuongtruc"],
        decision=decision,
        name="quyet-dinh.pdf",
        data=to_pdf(decision_paper(decision)),
    )
