"""How long official papers take to make: `guong bench papers`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from datetime import date

from bench import Figure
from guong.papers import seal
from guong.papers.certificates import Certificate, certificates_pdf
from guong.papers.model import Annex, Article, OfficialPaper, Signature
from guong.papers.pdf import to_pdf
from guong.papers.sheets import Sheet, to_xlsx
from guong.papers.word import to_docx
from guong.planreader import Activity, Assignment, Movement, Period, Plan, Recipient, Signatory
from guong.plans.paper import Facts, plan_paper

ROUNDS = 3
SITE = "https://thidua.example.vn"
UNITS = ("Bệnh viện Đa khoa tỉnh", "Trung tâm Y tế khu vực Đồng Mây", "Trạm Y tế xã Gò Sen")


def decision(people: int) -> OfficialPaper:
    rows = [(n, f"Bà Nguyễn Thị Thu Hằng {n}", UNITS[n % 3], 760_000) for n in range(1, people + 1)]
    return OfficialPaper(
        issuer_above="UBND tỉnh An Bình",
        issuer="Sở Y tế",
        number="213/QĐ-SYT",
        place="An Bình",
        day=date(2026, 11, 23),
        kind="Quyết định",
        subject="Về việc tặng Giấy khen phong trào thi đua năm 2026",
        authority="Giám đốc Sở Y tế",
        bases=("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",),
        articles=(
            Article("Điều 1.", (f"Tặng Giấy khen cho {people} cá nhân (danh sách kèm theo).",)),
            Article("Điều 2.", ("Chánh Văn phòng Sở chịu trách nhiệm thi hành Quyết định này.",)),
        ),
        recipients=("Như Điều 2", "Lưu: VT, VP"),
        signature=Signature("Giám đốc", "Phùng Văn Khải"),
        annexes=(
            Annex(
                title="Danh sách",
                headings=("TT", "Họ tên", "Đơn vị", "Tiền thưởng (đồng)"),
                rows=tuple(rows),
                widths=(12, 60, 60, 30),
            ),
        ),
    )


def certificates(count: int) -> list[Certificate]:
    codes = [seal.new_code() for _ in range(count)]
    return [_certificate(n, code, f"{SITE}/kiem-chung/{code}/") for n, code in enumerate(codes)]


def _certificate(n: int, code: str, url: str) -> Certificate:
    return Certificate(
        authority="Giám đốc Sở Y tế tỉnh An Bình",
        form="Giấy khen",
        name=f"Bà Nguyễn Thị Thu Hằng {n}",
        post=f"Điều dưỡng, {UNITS[n % 3]}",
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua năm 2026",
        decision_number="213/QĐ-SYT",
        day=date(2026, 11, 23),
        place="An Bình",
        signature=Signature("Giám đốc", "Phùng Văn Khải"),
        code=code,
        url=url,
        entry=n + 1,
    )


def sheet(rows: int) -> Sheet:
    lines = ((n, f"Nguyễn Thị Thu Hằng {n}", UNITS[n % 3], date(2026, 11, 23), 760_000) for n in range(rows))
    return Sheet(
        "Danh sách", ("TT", "Họ tên", "Đơn vị", "Ngày", "Tiền thưởng"), lines, widths=(6, 30, 36, 12, 14)
    )


def plan_of_twenty_pages(turn: int) -> Plan:
    """Thirty movements, twenty-one bodies with their tasks, sixty activities."""
    movements = tuple(
        Movement(
            code=f"2.{n}",
            name=f"Thi đua “Khoa sạch, người vui” chuyên đề {n} đợt {turn}",
            host="Sở Y tế",
            in_charge=UNITS[n % 3],
            content="Giữ khoa phòng gọn gàng, công bố giờ chờ từng tuần, không ai phải hỏi đường hai lần.",
            judged_at="Tháng 11 năm 2026",
            quota_text="05 tập thể và 10 cá nhân",
        )
        for n in range(1, 31)
    )
    tasks = tuple(
        f"Việc thứ {n}: chuẩn bị, làm thử, sửa lại rồi mới nhân rộng trong toàn đơn vị." for n in range(6)
    )
    activities = tuple(
        Activity(
            Period("2026-03", "2026-05"),
            f"Hoạt động {n}",
            UNITS[:1],
            UNITS[1:],
            ("02 video ngắn", "01 tờ rơi"),
        )
        for n in range(60)
    )
    return Plan(
        number="7/KH-SYT",
        issued_on="2026-01-12",
        issuer="Sở Y tế tỉnh An Bình",
        title="Phát động phong trào thi đua năm 2026",
        movements=movements,
        period=Period("2026-01-15", "2026-12-31"),
        assignments=tuple(Assignment(f"{UNITS[n % 3]} số {n}", tasks) for n in range(21)),
        activities=activities,
        distribution=(Recipient("Các đơn vị trực thuộc", "thực hiện"), Recipient("Lưu: VT")),
        signatory=Signatory("GIÁM ĐỐC", "Lương Gia Khiêm"),
    )


def plan_word_and_pdf(turn: int) -> bytes:
    """Both files of the plan."""
    paper = plan_paper(plan_of_twenty_pages(turn), Facts(issuer_above="UBND tỉnh An Bình", issuer="Sở Y tế"))
    return to_docx(paper) + to_pdf(paper)


def median(name: str, make: Callable[[int], bytes]) -> float:
    """Median wall time of some rounds in seconds, each round with words of its own."""
    times = []
    for turn in range(ROUNDS):
        start = time.perf_counter()
        size = len(make(turn))
        times.append(time.perf_counter() - start)
    print(f"{name}: {', '.join(f'{t:.2f}' for t in times)} s, {size / 1024:.0f} KiB")
    return statistics.median(times)


def figures() -> Iterator[Figure]:
    """The goals of the papers, and the largest list."""
    papers = [decision(100 + turn) for turn in range(ROUNDS)]
    batches = [certificates(1000) for _ in range(ROUNDS)]
    plan: list[tuple[str, Callable[[int], bytes], float]] = [
        ("decision of 100 people as PDF", lambda turn: to_pdf(papers[turn]), 0.5),
        ("decision of 100 people as Word", lambda turn: to_docx(papers[turn]), 2.0),
        ("plan of 20 pages as Word and PDF", plan_word_and_pdf, 1.0),
        ("1,000 certificates in one PDF", lambda turn: certificates_pdf(batches[turn]), 3.0),
        ("100,000 rows as a spreadsheet", lambda _turn: to_xlsx([sheet(100_000)]), 15.0),
    ]
    for name, make, goal in plan:
        yield Figure(name, median(name, make), "s", goal)
