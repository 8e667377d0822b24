"""The people of An Bình's health sector, and one account for each role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from guong.base.access import Role
from guong.base.models import Body, Employment, Grant, Person, User
from guong.site.demo import bulk
from guong.site.demo.names import Names
from guong.site.demo.organisation import Organisation

PASSWORD = "an-binh-2026"  # noqa: S105 printed with the demo logins, for a province that does not exist


@dataclass(frozen=True)
class Login:
    """One demo account: whom it plays, and where."""

    username: str
    name: str
    role: str
    body: str  # code of the body the role is held on
    post: str
    works_in: str = ""  # code of the body of employment, when it is another one


LOGINS = (
    Login("quantri", "Đỗ Gia Hiếu", Role.ADMINISTRATOR, "SYT", "Chuyên viên công nghệ thông tin", "VP"),
    Login("thuongtruc", "Phan Bích Thảo", Role.STANDING_OFFICE, "VP", "Chuyên viên thi đua, khen thưởng"),
    Login("giamdoc", "Lương Gia Khiêm", Role.LEADER, "SYT", "Giám đốc Sở"),
    Login("phogiamdoc", "Tạ Thị Ngọc Lam", Role.COUNCIL_CHAIR, "SYT", "Phó Giám đốc Sở"),
    Login("thamdinh", "Trịnh Quốc Việt", Role.APPRAISER, "NVY", "Chuyên viên"),
    Login("vanphong", "Ngô Thu Quyên", Role.APPRAISER, "VP", "Chuyên viên tổng hợp"),
    Login("thukyhoidong", "Mai Kim Oanh", Role.COUNCIL_SECRETARY, "SYT", "Chánh Văn phòng", "VP"),
    Login("uyvien", "Hoàng Đức Nghĩa", Role.COUNCIL_MEMBER, "SYT", "Trưởng phòng Nghiệp vụ Y", "NVY"),
    Login("giamdocbv", "Võ Hữu Phong", Role.UNIT_HEAD, "BVDK", "Giám đốc bệnh viện"),
    Login("vanthubv", "Dương Thu Hiền", Role.UNIT_CLERK, "BVDK", "Chuyên viên Phòng Tổ chức hành chính"),
    Login("truongkhoa", "Lý Minh Khôi", Role.SECTION_HEAD, "BVDK-2", "Trưởng khoa"),
    Login("truongtram", "Vàng Thị Sương", Role.UNIT_HEAD, "TYT1", "Trưởng trạm y tế"),
    Login("congdoan", "Cao Thanh Nga", Role.UNION_OFFICER, "CDN", "Phó Chủ tịch công đoàn"),
    Login("doanthanhnien", "Ngô Anh Tài", Role.YOUTH_OFFICER, "DTN", "Bí thư Đoàn"),
    Login("truyenthong", "Hồ Khánh Linh", Role.COMMUNICATIONS, "SYT", "Chuyên viên truyền thông", "KSBT"),
    Login("thanhtra", "Bùi Công Toàn", Role.INSPECTOR, "SYT", "Chuyên viên thanh tra", "VP"),
    Login("kiemtoan", "Lê Phương Vân", Role.AUDITOR, "SYT", "Kiểm toán nội bộ", "KHTC"),
    Login("nhanvien", "Hà Thị Liên", Role.EMPLOYEE, "BVDK", "Điều dưỡng", "BVDK-1"),
)


def build(made: Organisation, count: int, names: Names) -> None:
    """So many people, spread over the units by size; heads lead, a quarter of the rest manage nobody."""
    accounts(made)
    total = sum(made.weights)
    shares = [max(2, round(count * weight / total)) for weight in made.weights]
    shares[0] += count - sum(shares)
    numbers = bulk.ids(Person, sum(shares))
    people, employments = [], []
    for unit, share in zip(made.units, shares, strict=True):
        for place in range(share):
            person = _person(next(numbers), names)
            people.append(person)
            employments.append(_employment(person, unit, made.sections[unit.pk], place, names))
    bulk.write(people)
    bulk.write(employments)


def _person(number: int, names: Names) -> Person:
    name, gender = names.person()
    year = names.random.randint(1966, 2002)
    return Person(pk=number, name=name, gender=gender, birth_year=year, staff_code=f"AB{number:06d}")


def _employment(person: Person, unit: Body, sections: list[Body], place: int, names: Names) -> Employment:
    leads = place == 0
    post, profession = ("Giám đốc" if sections else "Trưởng trạm y tế", "Bác sĩ") if leads else names.post()
    category = (
        Employment.Category.WORKER if post == "Nhân viên hộ lý" else Employment.Category.PUBLIC_EMPLOYEE
    )
    started = max(person.birth_year + 23, 2010)
    return Employment(
        person=person,
        body=unit if leads or not sections else sections[place % len(sections)],
        post=post,
        profession=profession,
        category=category,
        is_leader=leads,
        is_direct_worker=not leads and post != "Chuyên viên",
        valid_from=date(min(started, 2025), 1, 1),
    )


def accounts(made: Organisation) -> None:
    """One account per role. All share one hash: the same password is printed for all of them."""
    password = make_password(PASSWORD)
    bodies = {body.code: body for body in Body.objects.all()}
    for login in LOGINS:
        person = Person.objects.create(name=login.name, birth_year=1980)
        place = bodies[login.works_in or login.body]
        is_leader = login.role in (Role.LEADER, Role.UNIT_HEAD, Role.COUNCIL_CHAIR)
        Employment.objects.create(
            person=person, body=place, post=login.post, category=Employment.Category.CIVIL_SERVANT,
            is_leader=is_leader, is_direct_worker=not is_leader, valid_from=date(2016, 1, 1),
        )  # fmt: skip
        user = User.objects.create(username=login.username, password=password, person=person)
        Grant.objects.create(user=user, role=login.role, body=bodies[login.body], valid_from=date(2026, 1, 1))
