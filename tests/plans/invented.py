"""Plans nobody issued: made at random, equal for equal seeds, each field filled by some of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from guong.planreader import (
    Activity,
    Assignment,
    Deadline,
    Delegation,
    Event,
    LegalBasis,
    Movement,
    Peak,
    Period,
    Plan,
    Quota,
    Recipient,
    Recurring,
    Requirement,
    Signatory,
    Target,
    Topic,
)

PLACES = ("An Bình", "Hà Vân", "Long Khê", "Thanh Sơn", "Bắc Đồng")
HEADS = ("Sở Y tế", "UBND", "Trung tâm Kiểm soát bệnh tật", "Bệnh viện Đa khoa", "Công đoàn ngành Y tế")
BODIES = (
    "Văn phòng Sở", "Phòng Nghiệp vụ Y", "Phòng Kế hoạch - Tài chính", "Phòng Nghiệp vụ Dược",
    "Thanh tra Sở", "Công đoàn ngành Y tế", "Đoàn Thanh niên Sở Y tế",
    "Trung tâm Kiểm soát bệnh tật tỉnh", "Chi cục An toàn vệ sinh thực phẩm", "Bệnh viện Đa khoa tỉnh",
    "Bệnh viện Sản - Nhi", "Các Trung tâm Y tế khu vực", "Các phòng chuyên môn thuộc Sở",
    "Thủ trưởng các đơn vị trực thuộc Sở", "Báo và Đài Phát thanh - Truyền hình tỉnh", "Sở Nội vụ",
)  # fmt: skip
OBJECTS = (
    "bệnh án điện tử", "trạm y tế sạch", "giờ chờ khám ngắn", "đơn thuốc rõ ràng", "bếp ăn an toàn",
    "phòng khám lưu động", "tủ thuốc thôn bản", "sổ sức khỏe học đường", "đường dây tư vấn đêm",
    "vườn thuốc nam", "góc đọc sách cho người bệnh", "ca trực không vắng", "hiến máu theo cụm",
)  # fmt: skip
AIMS = (
    "để người dân đỡ phải đi xa", "ở mọi khoa, phòng, trạm", "gắn với vị trí việc làm",
    "từ tỉnh đến thôn bản", "với tinh thần thiết thực, tiết kiệm", "trong mùa mưa bão",
    "cho người cao tuổi và trẻ nhỏ", "tại các xã vùng cao, xã đảo",
)  # fmt: skip
VERBS = ("Nhân rộng", "Giữ vững", "Thí điểm", "Hoàn thiện", "Đánh giá", "Giới thiệu", "Chấm điểm", "Sửa chữa")
REPORTS = (
    "Báo cáo kết quả thực hiện", "Báo cáo sơ kết sáu tháng", "Lập danh sách đề nghị khen thưởng",
    "Hoàn thành bảng chấm điểm", "Nộp hồ sơ đề nghị", "Xét chọn điển hình và niêm yết danh sách",
)  # fmt: skip
PURPOSES = ("để b/c", "để báo cáo", "b/c", "thực hiện", "t/h", "phối hợp", "p/h", "để biết", "chỉ đạo")
POSITIONS = ("GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "CHÁNH VĂN PHÒNG")
NAMES = ("Lương Gia Khiêm", "Phùng Thị Lụa", "Tô Văn Chẩn", "Ngô Bá Thiện", "Hà Thu Nguyệt Minh")
POSTS = ("Bác sĩ", "Điều dưỡng", "Hộ sinh", "Trưởng trạm y tế", "Dược sĩ", "Nhân viên y tế thôn bản")
BASIS_KINDS = (
    ("Nghị định", "NĐ-CP", "Chính phủ"), ("Kế hoạch", "KH-UBND", "UBND tỉnh"), ("Chỉ thị", "CT-TTg", None),
    ("Thông tư", "TT-BYT", "Bộ Y tế"), ("Kế hoạch", "KH-BYT", "Bộ Y tế"), ("Quyết định", "QĐ-BYT", "Bộ Y tế"),
)  # fmt: skip


class Maker:
    """One plan a maker; its dates lie around the day of issue."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.day = date(2024, 1, 1) + timedelta(days=self.dice.randrange(1000))
        self.place = self.dice.choice(PLACES)

    def one(self, among: Sequence[str]) -> str:
        return self.dice.choice(among)

    def some(self, among: Sequence[str], least: int, most: int) -> tuple[str, ...]:
        return tuple(self.dice.sample(among, self.dice.randint(least, most)))

    def maybe(self, value: object, chance: float = 0.7) -> object:
        return value if self.dice.random() < chance else None

    def later(self, most: int = 300) -> date:
        return self.day + timedelta(days=self.dice.randint(1, most))

    def phrase(self) -> str:
        return f"{self.one(VERBS)} {self.one(OBJECTS)} {self.one(AIMS)}"

    def plan(self) -> Plan:
        """A plan of a year's movements, of communications, or of an event."""
        event = self.event() if self.dice.random() < 0.3 else None
        tasks, said = self.assignments()
        requirements = self.requirements()
        asked = tuple(Target(item.metric, item.value) for item in requirements if item.value)
        period = None if event else self.period()
        return Plan(
            kind=self.one(
                ("Kế hoạch", "Kế hoạch", "Kế hoạch", "Kế hoạch phối hợp", "Chương trình", "Phương án")
            ),
            number=self.number(),
            place=self.place,
            issued_on=self.issued(),
            issuer=f"{self.one(HEADS)} tỉnh {self.place}",
            title=self.title(event),
            theme=self.maybe(f"{self.one(OBJECTS).capitalize()}, {self.one(AIMS)}", 0.5),
            legal_bases=self.bases(),
            period=period,
            movements=() if event else self.movements(),
            topics=() if event else self.topics(),
            activities=self.activities(),
            event=event,
            assignments=tasks,
            deadlines=(*said, *self.table_of_deadlines()),
            targets=(*asked, *self.targets()),
            distribution=self.recipients(),
            signatory=Signatory(self.one(POSITIONS), self.one(NAMES)),
            purposes=tuple(f"{self.phrase()}" for _ in range(self.dice.choice((0, 1, 3)))),
            requirements=requirements,
            peaks=() if event else self.some_peaks(),
            recurring=self.recurring(period),
        )

    def number(self) -> str:
        """Without its figure in a draft."""
        figure = f"{self.dice.randint(1, 400):02d}"
        return f"{self.one((figure, figure, ''))}/{self.one(('KH-SYT', 'KH-UBND', 'KH-TTKSBT'))}"

    def issued(self) -> str:
        whole = self.day.isoformat()
        return self.one((whole, whole, whole, whole[:7], whole[:4]))

    def title(self, event: Event | None) -> str:
        if event:
            return f"Tổ chức {event.name}"
        return f"{self.phrase()} năm {self.day.year}"

    def bases(self) -> tuple[LegalBasis, ...]:
        law = LegalBasis("Luật", None, "2022-06-15", None, "Thi đua, khen thưởng")
        found = [law] if self.dice.random() < 0.6 else []
        for place, (kind, symbol, issuer) in enumerate(
            self.dice.sample(BASIS_KINDS, self.dice.randint(0, 4)), start=1
        ):
            day = self.day - timedelta(days=self.dice.randint(5, 900))
            number = (
                f"{place * 100 + self.dice.randrange(99)}/{day.year}/{symbol}"
                if kind == "Nghị định"
                else (f"{place * 100 + self.dice.randrange(99)}/{symbol}")
            )
            about = f"{self.one(OBJECTS)} giai đoạn {day.year} - {day.year + 4}"
            found.append(LegalBasis(kind, number, self.maybe(day.isoformat()), issuer, self.maybe(about)))
        return tuple(found)

    def period(self) -> Period:
        first, last = sorted((self.later(200), self.later(700)))
        cut = self.dice.choice((10, 7, 4))
        return Period(first.isoformat()[:cut], last.isoformat()[:cut])

    def movements(self) -> tuple[Movement, ...]:
        if self.dice.random() < 0.2:
            return ()
        deep = self.dice.random() < 0.5
        count = self.dice.randint(2, 6)
        codes = [f"2.{n}" if deep else str(n) for n in range(1, count + 1)]
        return tuple(self.movement(code) for code in codes)

    def movement(self, code: str) -> Movement:
        quota = self.dice.choice((None, self.quota(), self.quota()))
        sudden = self.dice.random() < 0.15
        name = (
            "Khen thưởng đột xuất"
            if sudden
            else f"Thi đua “{self.one(OBJECTS).capitalize()} {self.one(AIMS)}”"
        )
        return Movement(
            code=code,
            name=name,
            host=self.maybe(self.one(HEADS)),
            in_charge=self.one(BODIES),
            content=self.maybe(f"{self.phrase()}; công bố điểm từng tháng, không để người bệnh chờ lâu."),
            judged_at=self.one(("Cuối năm", "Tháng 10 hằng năm, sau hội thi cấp tỉnh", "Trong năm")),
            quota=quota,
            quota_text=written(quota) if quota else self.maybe("Theo phân bổ của cơ quan phát động"),
            posts=() if sudden else self.some(POSTS, 0, 3) if self.dice.random() < 0.4 else (),
            ad_hoc=sudden or self.dice.random() < 0.1,
        )

    def quota(self) -> Quota:
        collectives = self.maybe(self.dice.randint(1, 40))
        individuals = self.maybe(self.dice.randint(1, 90)) if collectives else self.dice.randint(1, 90)
        return Quota(collectives, individuals, self.dice.random() < 0.2)

    def topics(self) -> tuple[Topic, ...]:
        if self.dice.random() < 0.5:
            return ()
        return tuple(Topic(str(n), self.phrase()) for n in range(1, self.dice.randint(3, 9)))

    def activities(self) -> tuple[Activity, ...]:
        return tuple(self.activity() for _ in range(self.dice.choice((0, 3, 5, 14))))

    def activity(self) -> Activity:
        first, last = sorted((self.later(), self.later()))
        cut = self.dice.choice((10, 7))
        ends = (first, first) if self.dice.random() < 0.4 else (first, last)
        outputs = tuple(f"{n:02d} {thing}" for n, thing in enumerate(("video ngắn", "bản tin", "tờ rơi"), 1))
        return Activity(
            self.maybe(Period(*(day.isoformat()[:cut] for day in ends)), 0.9),
            self.phrase(),
            self.some(BODIES, 1, 2),
            self.some(BODIES, 0, 3),
            outputs[: self.dice.randint(0, 3)],
        )

    def event(self) -> Event:
        kind = self.one(("Hội nghị biểu dương", "Hội thi", "Lễ tuyên dương", "Tọa đàm", "Hội nghị tổng kết"))
        programme = tuple(f"{self.phrase()}" for _ in range(self.dice.choice((0, 3, 6))))
        day = self.later().isoformat()
        return Event(
            name=f"{kind} {self.one(OBJECTS)} tỉnh {self.place} lần thứ {self.one(('II', 'III', 'IV'))}",
            when=self.one((day, day, day[:7])),
            duration=self.maybe(self.one(("½ ngày", "01 ngày", "02 ngày", "một buổi"))),
            max_delegates=self.maybe(self.dice.randint(40, 900)),
            delegations=tuple(self.delegation(units) for units in self.some(BODIES[9:12], 0, 3)),
            programme=programme,
            papers=self.maybe(self.dice.randint(1, 12)),
            funding=self.maybe("Từ quỹ thi đua, khen thưởng và nguồn chi thường xuyên của đơn vị."),
        )

    def delegation(self, units: str) -> Delegation:
        leaders, chairs = self.maybe(self.dice.randint(1, 3)), self.maybe(1)
        return Delegation(units, leaders if leaders or chairs else 1, chairs, self.dice.randint(1, 9))

    def assignments(self) -> tuple[tuple[Assignment, ...], tuple[Deadline, ...]]:
        """The shares of the bodies, and the deadlines their sentences set."""
        shares, deadlines = [], []
        for unit in self.some(BODIES, 2, 7):
            tasks = [f"{self.phrase()}." for _ in range(self.dice.randint(1, 3))]
            if self.dice.random() < 0.5:
                deadlines.append(self.deadline(unit))
                tasks.append(sentence(deadlines[-1]))
            shares.append(Assignment(unit, tuple(tasks)))
        return tuple(shares), tuple(deadlines)

    def deadline(self, by: str | None) -> Deadline:
        to = self.maybe(self.one(("Sở Y tế", "Văn phòng Sở", "UBND tỉnh")))
        return Deadline(self.later().isoformat(), self.one(REPORTS), by, to, self.dice.random() < 0.5)

    def table_of_deadlines(self) -> tuple[Deadline, ...]:
        rows = (self.deadline(self.maybe(self.one(BODIES))) for _ in range(self.dice.choice((0, 0, 2, 6))))
        return tuple(rows)

    def targets(self) -> tuple[Target, ...]:
        values = ("100%", "80% trở lên", "24", "ít nhất 02 lần mỗi quý", "trên 1.500 người")
        return tuple(Target(self.phrase(), self.one(values)) for _ in range(self.dice.choice((0, 1, 4))))

    def requirements(self) -> tuple[Requirement, ...]:
        return tuple(self.requirement() for _ in range(self.dice.choice((0, 1, 3))))

    def requirement(self) -> Requirement:
        if self.dice.random() < 0.5:
            return Requirement(self.phrase())
        value, metric = self.one(("100%", "Tối thiểu 70%", "Ít nhất 60%")), f"đơn vị có {self.one(OBJECTS)}"
        return Requirement(f"{value} {metric}", metric, value)

    def some_peaks(self) -> tuple[Peak, ...]:
        known = (
            Peak("dịp Tết Nguyên đán", "tet"),
            Peak("tuần trước, trong và sau Ngày Thầy thuốc Việt Nam", "doctors_day"),
            Peak("tháng 10"),
        )
        return tuple(self.dice.sample(known, self.dice.choice((0, 0, 1, 2, 3))))

    def recurring(self, period: Period | None) -> tuple[Recurring, ...]:
        return tuple(self.duty(period) for _ in range(self.dice.choice((0, 0, 1, 2))))

    def duty(self, period: Period | None) -> Recurring:
        every = self.one(("year", "six_months", "quarter", "month"))
        by = self.one(("mỗi đơn vị", "các trạm y tế", "mỗi công đoàn cơ sở"))
        collectives, individuals = self.dice.randint(1, 5), self.dice.randint(1, 9)
        counted = self.dice.random() < 0.6
        asked = (
            f" {collectives:02d} tập thể và {individuals:02d} cá nhân tiêu biểu" if counted else " người tốt"
        )
        day = self.later() if every == "year" and self.dice.random() < 0.5 else None
        limit = f" trước ngày {day:%d/%m}" if day else ""
        years = sorted({period.start[:4], period.end[:4]}) if period and period.start and period.end else []
        return Recurring(
            what=f"{by} giới thiệu{asked} về {self.one(HEADS)}{limit}",
            by=by,
            every=every,
            collectives=collectives if counted else None,
            individuals=individuals if counted else None,
            first_year=int(years[0]) if len(years) > 1 else None,
            last_year=int(years[1]) if len(years) > 1 else None,
            on=f"--{day:%m-%d}" if day else None,
        )

    def recipients(self) -> tuple[Recipient, ...]:
        named = (Recipient(name, self.maybe(self.one(PURPOSES))) for name in self.some(BODIES, 1, 9))
        return (*named, Recipient("Lưu: VT, VP", None))


def written(quota: Quota) -> str:
    """A quota as office staff write it."""
    numbers = [f"{quota.collectives:02d} tập thể" if quota.collectives else ""]
    numbers.append(f"{quota.individuals:02d} cá nhân" if quota.individuals else "")
    return " và ".join(filter(None, numbers)) + (" cho mỗi chương trình" if quota.per_programme else "")


def sentence(deadline: Deadline) -> str:
    """A task that sets this deadline."""
    day = date.fromisoformat(deadline.on or "")
    to = f" về {deadline.to}" if deadline.to else ""
    return f"{deadline.what}{to} {'trước' if deadline.strict else 'chậm nhất'} ngày {day:%d/%m/%Y}."
