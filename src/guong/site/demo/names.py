"""Invented names for the province of An Bình. Nobody here exists."""

from __future__ import annotations

from random import Random

FAMILY = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Tạ",
    "Lương",
    "Mai",
    "Trịnh",
    "Cao",
    "Hà",
    "Tô",
    "Vàng",
    "Lò",
]
MIDDLE_F = ["Thị", "Ngọc", "Thu", "Thanh", "Kim", "Bích", "Minh", "Hồng", "Mỹ", "Phương", "Diệu", "Khánh"]
MIDDLE_M = ["Văn", "Hữu", "Đức", "Quang", "Minh", "Công", "Xuân", "Thành", "Quốc", "Anh", "Trọng", "Gia"]
GIVEN_F = [
    "Hà",
    "Lan",
    "Hương",
    "Hoa",
    "Mai",
    "Linh",
    "Trang",
    "Thủy",
    "Hạnh",
    "Ngân",
    "Yến",
    "Nga",
    "Hiền",
    "Dung",
    "Vân",
    "Thảo",
    "Oanh",
    "Nhung",
    "Loan",
    "Phượng",
    "Cúc",
    "Sen",
    "Quyên",
    "Trâm",
    "Diệp",
    "Liên",
    "Sương",
    "Tuyết",
]
GIVEN_M = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Hải",
    "Hiếu",
    "Hòa",
    "Hùng",
    "Khoa",
    "Khôi",
    "Long",
    "Lộc",
    "Mạnh",
    "Nam",
    "Nghĩa",
    "Phong",
    "Phúc",
    "Quân",
    "Sơn",
    "Tài",
    "Thắng",
    "Thịnh",
    "Toàn",
    "Trung",
    "Tuấn",
    "Vinh",
    "Việt",
]
PLACE_FIRST = [
    "Suối",
    "Phú",
    "Bến",
    "Tân",
    "Đông",
    "Hòa",
    "Long",
    "Khe",
    "Đồi",
    "Thạch",
    "Mỹ",
    "An",
    "Bình",
    "Cẩm",
    "Trung",
    "Xuân",
    "Ngọc",
    "Lâm",
]
PLACE_SECOND = [
    "Lành",
    "Nhiên",
    "Trúc",
    "Lộc",
    "Sơn",
    "Hải",
    "Thịnh",
    "Vượng",
    "Giang",
    "Mộc",
    "Khê",
    "Đức",
    "Lạc",
    "Thành",
    "Nguyên",
    "Thủy",
    "Hương",
    "Phong",
    "Điền",
    "Quế",
]

POSTS = [  # post, profession, weight
    ("Điều dưỡng", "Điều dưỡng", 36),
    ("Bác sĩ", "Bác sĩ", 20),
    ("Hộ sinh", "Hộ sinh", 8),
    ("Y sĩ", "Y sĩ", 10),
    ("Dược sĩ", "Dược sĩ", 7),
    ("Kỹ thuật viên xét nghiệm", "Kỹ thuật y", 6),
    ("Chuyên viên", "Hành chính", 7),
    ("Nhân viên hộ lý", "Hộ lý", 6),
]
SECTIONS = [
    "Khoa Khám bệnh", "Khoa Hồi sức tích cực", "Khoa Cấp cứu", "Khoa Nội tổng hợp", "Khoa Ngoại tổng hợp",
    "Khoa Phụ sản", "Khoa Nhi", "Khoa Truyền nhiễm", "Khoa Dược", "Khoa Xét nghiệm",
    "Khoa Chẩn đoán hình ảnh", "Khoa Kiểm soát nhiễm khuẩn", "Khoa Y học cổ truyền", "Phòng Điều dưỡng",
    "Phòng Kế hoạch tổng hợp", "Phòng Tổ chức hành chính", "Phòng Tài chính kế toán",
]  # fmt: skip
ACHIEVEMENTS = [
    "Rút thời gian chờ khám từ {a} xuống {b} phút nhờ hẹn giờ qua điện thoại và bố trí thêm bàn tiếp đón.",
    "Quản lý đủ {a} hồ sơ người bệnh tăng huyết áp trên địa bàn, {b} người giữ được huyết áp mục tiêu.",
    "Xây dựng quy trình báo động đỏ, cứu sống {b} ca ngừng tuần hoàn trong năm.",
    "Đưa bệnh án điện tử vào {a} giường bệnh, bỏ {b} biểu mẫu giấy.",
    "Tổ chức {b} chuyến khám lưu động tại bản xa, khám và cấp thuốc cho {a} người.",
    "Giám sát {a} bếp ăn tập thể, không để xảy ra vụ ngộ độc nào trên địa bàn.",
    "Hướng dẫn {b} đồng nghiệp mới, cả nhóm đạt chứng chỉ tay nghề; người bệnh hài lòng {c} %.",
    "Tiêm đủ mũi cho {a} trẻ dưới một tuổi, không bỏ sót trẻ ở bản vùng cao.",
]
FORMS = [  # form, subject, weight
    ("Giấy khen", "individual", 46),
    ("Giấy khen", "collective", 18),
    ("Chiến sĩ thi đua cơ sở", "individual", 22),
    ("Tập thể Lao động tiên tiến", "collective", 14),
]


class Names:
    """A stream of invented names and sentences, the same on every run."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 names, not secrets

    def person(self) -> tuple[str, str]:
        """Full name and gender; about two in three of a health sector are women. Homonyms happen."""
        pick = self.random.choice
        if self.random.random() < 0.66:
            return f"{pick(FAMILY)} {pick(MIDDLE_F)} {pick(GIVEN_F)}", "f"
        return f"{pick(FAMILY)} {pick(MIDDLE_M)} {pick(GIVEN_M)}", "m"

    def post(self) -> tuple[str, str]:
        """Post and profession."""
        post, profession, _weight = self.random.choices(POSTS, [weight for *_rest, weight in POSTS])[0]
        return post, profession

    def achievement(self) -> str:
        """One sentence of work done."""
        number = self.random.randint
        return self.random.choice(ACHIEVEMENTS).format(a=number(60, 900), b=number(3, 45), c=number(91, 99))

    def form(self) -> tuple[str, str]:
        """A form of commendation the department may grant, and whom it honours."""
        form, subject, _weight = self.random.choices(FORMS, [weight for *_rest, weight in FORMS])[0]
        return form, subject


def communes(count: int) -> list[str]:
    """So many different commune names, in a fixed order."""
    names = [f"{first} {second}" for second in PLACE_SECOND for first in PLACE_FIRST if first != second]
    return names[:count]
