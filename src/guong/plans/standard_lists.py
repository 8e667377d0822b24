"""The lists a department begins with: focal tasks of the sector, occasions of the year (B-08, B-09, B-10)."""

from __future__ import annotations

from guong.base.models import Body
from guong.plans.models import FocalList, FocalTask, Occasion

TASKS_2020 = (
    "Nâng cao năng lực quản lý, điều hành hệ thống y tế",
    "Củng cố y tế cơ sở; triển khai Chương trình Sức khỏe Việt Nam",
    "Quản lý và nâng cao chất lượng bệnh viện",
    "Dân số và phát triển",
    "Bảo đảm đủ thuốc, vắc xin, sinh phẩm, trang thiết bị an toàn, có chất lượng",
    "Phát triển nhân lực và khoa học, công nghệ y tế",
    "Đổi mới tài chính y tế",
    "Công nghệ thông tin: hồ sơ sức khỏe cá nhân, giám định bảo hiểm y tế, bệnh án điện tử",
)
GROUPS_2021 = (
    "Hoàn thiện thể chế, chính sách y tế",
    "Y tế dự phòng, an toàn và an ninh y tế",
    "Chất lượng dịch vụ, phát triển kỹ thuật chuyên sâu",
    "Đào tạo, phát triển nhân lực y tế",
    "Nghiên cứu, đổi mới sáng tạo, chuyển đổi số y tế",
    "Bảo hiểm y tế toàn dân, tài chính y tế",
)
LISTS = (
    ("08 nhiệm vụ trọng tâm của ngành", 2020, None, TASKS_2020),
    ("06 nhóm nhiệm vụ trọng tâm giai đoạn 2021–2025", 2021, 2025, GROUPS_2021),
)
DOCTORS_DAY = {
    "name": "Ngày Thầy thuốc Việt Nam", "calendar": Occasion.Calendar.SOLAR, "day": 27, "month": 2,
    "since": 1955, "weeks_before": 1, "weeks_after": 1,
}  # fmt: skip
TET = {"name": "Tết Nguyên đán", "calendar": Occasion.Calendar.LUNAR, "day": 1, "month": 1}
OCCASIONS = (DOCTORS_DAY, TET)


def fill(department: Body) -> int:
    """Make what is missing, by name; what was changed or renamed is left alone. Returns how many."""
    made = 0
    for name, first, last, tasks in LISTS:
        found, new = FocalList.objects.get_or_create(
            department=department, name=name, defaults={"first_year": first, "last_year": last}
        )
        if new:
            FocalTask.objects.bulk_create(
                FocalTask(focal_list=found, number=number, text=text)
                for number, text in enumerate(tasks, start=1)
            )
        made += new
    for values in OCCASIONS:
        said = {key: value for key, value in values.items() if key != "name"}
        _found, new = Occasion.objects.get_or_create(
            department=department, name=values["name"], defaults=said
        )
        made += new
    return made
