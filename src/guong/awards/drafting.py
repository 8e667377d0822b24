"""What a new decision says before anybody edits it: the words of the last one, or of the law in force.

Recipients, signatory and who carries it out hardly change from one decision to the next, so a draft starts
from the department's latest decision. Legal bases are those of the regime of the day, the lines that name
this case are new.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from guong import law as rules
from guong.awards.models import Decision, Fund, Nomination, Session
from guong.base.models import Body
from guong.law import Law
from guong.movements.models import Movement, Subject
from guong.papers.words import paper_date
from guong.regulations.here import law_of

FORM = "Giấy khen"  # as papers and certificates of a department call its own form, GKS
_HONORIFIC = {"f": "Bà ", "m": "Ông "}
LONGEST = 400  # letters of a subject and of a merit
_CASE = re.compile(
    r"^(Căn cứ (Kế hoạch|Chương trình|Hướng dẫn)|Theo đề nghị)", re.IGNORECASE
)  # of one case only
_OF_THE_REGIME = re.compile(r"^Căn cứ (Luật|Pháp lệnh|Nghị định|Thông tư)", re.IGNORECASE)
_AS_ARTICLE = re.compile(r"^(-\s*)?Như Điều \d+\W*$", re.IGNORECASE)


def only_movement(nominations: Sequence[Nomination]) -> Movement | None:
    """The movement all lines belong to, if it is one."""
    movements = {nomination.movement_id: nomination.movement for nomination in nominations}
    return next(iter(movements.values())) if len(movements) == 1 else None


def first_words(
    department: Body, nominations: Sequence[Nomination], session: Session | None, today: date
) -> dict[str, object]:
    """Field values of a new draft."""
    last = Decision.objects.filter(department=department).exclude(bases=[]).order_by("-pk").first()
    settings = department.department
    movement = only_movement(nominations)
    merit = _merit(movement, today)
    bases = [*proposed_bases(department, today), *_own(last, department, today), *_case(movement, session)]
    return {
        "movement": movement,
        "session": session,
        "symbol": settings.decision_symbol,
        "title": _fitting(
            f"Về việc tặng {_granted(department, nominations)} cho {_whom(nominations)}", merit
        ),
        "merit": merit,
        "bases": bases,
        "authority_line": last.authority_line
        if last
        else f"{settings.signatory_position} {department.name}".upper(),
        "execution": (last.execution if last else "") or _execution(department),
        "sign_form": last.sign_form if last else "",
        "signatory_position": last.signatory_position if last else settings.signatory_position,
        "signatory_name": last.signatory_name if last else settings.signatory_name,
        "recipients": recipients_for(
            (last.recipients if last else []) or _recipients(department), 3 if only_fund(department) else 2
        ),
    }


def only_fund(department: Body) -> Fund | None:
    """The department's own fund where it has exactly one in use: it pays unless another is chosen."""
    own = Fund.objects.in_use().filter(department=department, level=Fund.Level.DEPARTMENT)[:2]
    return own[0] if len(own) == 1 else None


def proposed_bases(department: Body, day: date) -> list[str]:
    """What the regime of the day and the rules of the province ask a decision to cite."""
    return [basis.text for basis in rules.legal_bases(law_of(department), day)]


def _own(last: Decision | None, department: Body, today: date) -> list[str]:
    """What the office cited last time of its own: rules of the province, never a law of another regime."""
    proposed = set(proposed_bases(department, today))
    lines = last.bases if last else []
    return [
        line
        for line in lines
        if not (_CASE.match(line) or _OF_THE_REGIME.match(line) or line.rstrip(" ;.") in proposed)
    ]


def form_on_paper(law: Law, code: str) -> str:
    """What papers call an award. Raises KeyError for one outside the catalogue."""
    return FORM if code == "GKS" else law.awards[code].vi


def is_title(law: Law, code: str) -> bool:
    """Whether the award is a title of emulation."""
    return code in law.awards and law.awards[code].category == "title"


def granted(law: Law, code: str, form: str) -> str:
    """An award inside a sentence: “danh hiệu …” for a title, the bare words for a form."""
    return f"danh hiệu “{form}”" if is_title(law, code) else form


def _granted(department: Body, nominations: Sequence[Nomination]) -> str:
    law = law_of(department)
    codes = {nomination.title_code for nomination in nominations}
    if len(codes) == 1:
        (code,) = codes
        return granted(law, code, form_on_paper(law, code))
    kinds = {law.awards[code].category for code in codes}
    if kinds == {"title"}:
        return "danh hiệu thi đua"
    return "danh hiệu thi đua và hình thức khen thưởng" if "title" in kinds else "các hình thức khen thưởng"


def recipients_for(lines: Sequence[str], last_article: int) -> list[str]:
    """The recipients, with “Như Điều …” naming the article that says who carries the decision out."""
    return [f"Như Điều {last_article}" if _AS_ARTICLE.match(line) else line for line in lines]


def _case(movement: Movement | None, session: Session | None) -> list[str]:
    lines = []
    if movement:
        plan = movement.plan
        dated = f" {paper_date(plan.issued_on)}" if plan.issued_on else ""
        number = f" số {plan.number}" if plan.number else ""
        lines.append(f"Căn cứ {plan.kind}{number}{dated} của {plan.department.name} về {_lower(plan.title)}")
    if session:
        day = paper_date(session.local_day)
        lines.append(f"Theo đề nghị của {session.council.name} tại Biên bản họp {day}")
    return lines


def theme(movement: Movement) -> str:
    """What a movement is called in a sentence: the words it quotes, or its name without "Thi đua"."""
    quoted = re.search(r"[“\"](.+)[”\"]", movement.name)
    bare = quoted[1] if quoted else re.sub(r"^thi đua\s+", "", movement.name, flags=re.IGNORECASE)
    return bare[:1].upper() + bare[1:]


def _lower(title: str) -> str:
    """A title inside a sentence, without a second "về" before it."""
    bare = re.sub(r"^(về việc|v/v|về)\s+", "", title, flags=re.IGNORECASE)
    return bare[:1].lower() + bare[1:] if not bare[:2].isupper() else bare


def _whom(nominations: Sequence[Nomination]) -> str:
    kinds = {nomination.subject for nomination in nominations}
    if kinds == {Subject.COLLECTIVE}:
        return "tập thể"
    return "cá nhân" if kinds == {Subject.INDIVIDUAL} else "tập thể, cá nhân"


def _fitting(title: str, merit: str) -> str:
    """The subject names the merit where there is room for it."""
    whole = f"{title} {merit}"
    return whole if len(whole) <= LONGEST else title


def _merit(movement: Movement | None, today: date) -> str:
    if movement is None or len(movement.name) > LONGEST - 100:
        year = movement.plan.year if movement else today.year
        return f"đã có thành tích trong phong trào thi đua năm {year}"
    if movement.route == Movement.Route.AD_HOC:
        return f"đã có thành tích xuất sắc đột xuất năm {movement.plan.year}"
    return f"đã có thành tích xuất sắc trong phong trào thi đua “{theme(movement)}” năm {movement.plan.year}"


def _execution(department: Body) -> str:
    office = department.department.standing_office.name
    return (
        f"{office}, Thủ trưởng các đơn vị liên quan và các tập thể, cá nhân có tên tại Điều 1 "
        "chịu trách nhiệm thi hành Quyết định này"
    )


def _recipients(department: Body) -> list[str]:
    return ["Như Điều 2", f"Lưu: VT, {department.department.standing_office.label}"]


def name_on_paper(nomination: Nomination) -> str:
    """With "Ông" or "Bà" when the register says which; a collective by its name."""
    if nomination.person:
        return f"{_HONORIFIC.get(nomination.person.gender, '')}{nomination.person.name}"
    return nomination.body.name if nomination.body else ""


def post_on_paper(nomination: Nomination) -> str:
    """Post and unit of a person; the unit of a collective when it is not the unit itself."""
    if nomination.person:
        post = nomination.employment.post if nomination.employment else ""
        return ", ".join(part for part in (post, nomination.unit.name) if part)
    return "" if nomination.body_id == nomination.unit_id else nomination.unit.name


def in_paper_order(law: Law, nominations: Iterable[Nomination]) -> list[Nomination]:
    """Title by title as the catalogue has them; in each collectives first, then people by given name."""
    ranks = {code: rank for rank, code in enumerate(law.awards)}

    def key(nomination: Nomination) -> tuple[int, bool, str]:
        honoured = nomination.person or nomination.body
        rank = ranks.get(nomination.title_code, len(ranks))
        return rank, nomination.person is not None, honoured.sort_key if honoured else ""

    return sorted(nominations, key=key)
