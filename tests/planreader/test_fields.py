"""Field by field, the ways offices write: dates, limits, quotas, numbers of sections, flattened tables."""

from __future__ import annotations

import pytest

from guong.planreader import Period, Plan, Reading, Unreadable, read
from guong.planreader.dates import day_of, period_of, point_of
from guong.planreader.marks import mark_of, roman, to_roman

HEAD = """UBND TỈNH AN BÌNH
SỞ Y TẾ
Số: 12/KH-SYT
An Bình, ngày 02 tháng 3 năm 2026
KẾ HOẠCH
Thử cách viết
Thực hiện Kế hoạch số 5/KH-UBND ngày 01/02/2026 của UBND tỉnh, Sở Y tế ban hành Kế hoạch như sau:
"""


def reading_of(body: str, head: str = HEAD) -> Reading:
    return read((head + body).encode(), "x.txt")


def plan_of(body: str, head: str = HEAD) -> Plan:
    return reading_of(body, head).plan


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Từ ngày 06/01/2026 đến hết ngày 31/3/2026", ("2026-01-06", "2026-03-31")),
        ("từ 10/01/2026 - 15/3/2026", ("2026-01-10", "2026-03-15")),
        ("Từ ngày 15/11 đến ngày 15/12/2026", ("2026-11-15", "2026-12-15")),
        ("Từ ngày 01 tháng 2 năm 2026 đến ngày 30 tháng 4 năm 2026", ("2026-02-01", "2026-04-30")),
        ("Từ năm 2026 đến năm 2029", ("2026", "2029")),
        ("giai đoạn 2026 – 2030", ("2026", "2030")),
        ("Từ tháng 01- 03/2026", ("2026-01", "2026-03")),
        ("Tháng 10 - 12/2026", ("2026-10", "2026-12")),
        ("Từ tháng 3/2026 đến tháng 9/2026", ("2026-03", "2026-09")),
        ("Tháng 8, 9/2026", ("2026-08", "2026-09")),
        ("Quý II năm 2026", ("2026-04", "2026-06")),
        ("Từ quý I đến quý III năm 2026", ("2026-01", "2026-09")),
        ("Từ ngày 05 đến ngày 20 tháng 3 năm 2026", ("2026-03-05", "2026-03-20")),
        ("Tháng 02/2026", ("2026-02", "2026-02")),
        ("27/02/2026", ("2026-02-27", "2026-02-27")),
        ("Trong năm 2026", ("2026", "2026")),
    ],
)
def test_period_keeps_its_precision(text: str, period: tuple[str, str]) -> None:
    assert period_of(text) == Period(*period)


@pytest.mark.parametrize("text", ["", "hằng tuần", "31/02/2026", "99/99/2026", "sau Tết"])
def test_no_date_is_no_period(text: str) -> None:
    assert day_of(text) is None
    assert period_of(text) in (None, Period("2026", "2026"))


def test_missing_year_is_taken_from_the_plan() -> None:
    assert day_of("16/12", "2026") == "2026-12-16"
    assert point_of("tháng 6/2026") == "2026-06"


@pytest.mark.parametrize("number", range(1, 40))
def test_roman_numbers_go_both_ways(number: int) -> None:
    assert roman(to_roman(number)) == number


@pytest.mark.parametrize(
    ("text", "label", "number"),
    [
        ("I. MỤC ĐÍCH", "I", 1),
        ("IV- NỘI DUNG", "IV", 4),
        ("BI. NỘI DUNG HOẠT ĐỘNG", "BI", None),
        ("Ill. TỔ CHỨC THỰC HIỆN", "Ill", None),
        ("1V. TỔ CHỨC THỰC HIỆN", "1V", None),
        ("1. Mục đích", "1", 1),
        ("2.10. Khen thưởng", "2.10", 10),
        ("3) Việc", "3", 3),
        ("đ) Việc", "đ", 5),
        ("- Việc", "-", None),
        ("+ Việc", "+", None),
    ],
)
def test_numbers_and_bullets_are_told_apart(text: str, label: str, number: int | None) -> None:
    mark = mark_of(text)
    assert mark is not None
    assert (mark.label, mark.number) == (label, number)


@pytest.mark.parametrize(
    "text", ["", "100% đơn vị", "06 nhóm", "30.000 người", "Ví dụ: a", "IIX. a", "10/4/2026"]
)
def test_plain_text_has_no_number(text: str) -> None:
    assert mark_of(text) is None


def test_misread_and_doubled_sections_are_reported() -> None:
    reading = reading_of(
        "I. MỤC ĐÍCH\nII. YÊU CẦU\nBI. NỘI DUNG CHUNG\nIII. KINH PHÍ\nVI. TỔ CHỨC THỰC HIỆN\n"
    )
    found = {(defect.code, defect.params.get("number")) for defect in reading.defects}
    assert ("misread_section", "III") in found
    assert ("duplicate_section", "III") in found
    assert ("missing_section", "V") in found


DUTY = "I. MỘT\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở\n- {}\n"


@pytest.mark.parametrize(
    ("task", "on", "strict", "what", "to"),
    [
        ("Báo cáo kết quả về Sở Y tế trước ngày 10/4/2026.",
         "2026-04-10", True, "Báo cáo kết quả", "Sở Y tế"),
        ("Gửi tiêu chí về Phòng Tổ chức - Hành chính chậm nhất ngày 05 tháng 5 năm 2026.",
         "2026-05-05", False, "Gửi tiêu chí", "Phòng Tổ chức - Hành chính"),
        ("Nộp danh sách (gửi Sở Y tế qua Văn phòng trước ngày 01/6/2026).",
         "2026-06-01", True, "Nộp danh sách", "Sở Y tế"),
        ("Tổng hợp kết quả, báo cáo Bộ Y tế trước ngày 20/3/2026.",
         "2026-03-20", True, "Tổng hợp kết quả, báo cáo", "Bộ Y tế"),
        ("Gửi tiêu chí về Văn phòng Sở chấm: nhất ngày 05/5/2026.",  # as a scanner may give it
         "2026-05-05", False, "Gửi tiêu chí", "Văn phòng Sở"),
        ("Hoàn thành dự thảo trước ngày 09/7.", "2026-07-09", True, "Hoàn thành dự thảo", None),
        ("Xét chọn và gửi về Công đoàn ngành muộn nhất ngày 1/9/2026.",
         "2026-09-01", False, "Xét chọn", "Công đoàn ngành"),
    ],
)  # fmt: skip
def test_deadline_says_who_owes_what_to_whom(
    task: str, on: str, strict: bool, what: str, to: str | None
) -> None:
    (deadline,) = plan_of(DUTY.format(task)).deadlines
    assert (deadline.on, deadline.strict, deadline.what, deadline.to) == (on, strict, what, to)
    assert deadline.by == "Văn phòng Sở"


def test_yearly_limit_is_reported_not_guessed() -> None:
    reading = reading_of(DUTY.format("Định kỳ hằng năm báo cáo về Sở Y tế trước ngày 30/11."))
    assert reading.plan.deadlines == ()
    assert "yearly_deadline" in {defect.code for defect in reading.defects}


def test_deadline_before_the_plan_is_reported() -> None:
    reading = reading_of(DUTY.format("Báo cáo về Sở Y tế trước ngày 10/01/2026."))
    assert "deadline_before_issue" in {defect.code for defect in reading.defects}


def test_impossible_dates_are_reported() -> None:
    reading = reading_of(
        "I. MỘT\n- Xong ngày 31/02/2026\nII. THỜI GIAN\n"
        "Từ ngày 10/5/2026 đến ngày 10/4/2026\nIII. TỔ CHỨC THỰC HIỆN\n"
    )
    codes = {defect.code for defect in reading.defects}
    assert {"impossible_date", "impossible_period"} <= codes


def test_bases_of_the_preamble_only() -> None:
    plan = plan_of("I. MỘT\n- Theo Nghị định số 9/2020/NĐ-CP ngày 01/01/2020 của Chính phủ.\nII. HAI\n")
    assert [(basis.number, basis.issuer) for basis in plan.legal_bases] == [("5/KH-UBND", "UBND tỉnh")]


def test_a_document_cited_by_a_basis_is_no_basis() -> None:
    head = HEAD.replace(
        "của UBND tỉnh,",
        "của UBND tỉnh về việc thực hiện Nghị quyết số 17/NQ-CP ngày 17/3/2019 của Chính phủ,",
    )
    assert [basis.number for basis in plan_of("I. MỘT\nII. HAI\n", head).legal_bases] == ["5/KH-UBND"]


MOVEMENT = """I. MỘT
II. CÁC PHONG TRÀO THI ĐUA
1. {name}
- Đơn vị chủ trì: Sở Y tế
- Bộ phận phụ trách: Văn phòng Sở
- Số lượng xét khen thưởng: {quota}
"""


@pytest.mark.parametrize(
    ("quota", "numbers"),
    [
        ("05 tập thể và 10 cá nhân", (5, 10, False)),
        ("03 tập thể, 06 cá nhân cho mỗi chương trình", (3, 6, True)),
        ("10 cá nhân", (None, 10, False)),
        ("02 tập thể", (2, None, False)),
        ("05 tập thể, 08 cá nhân/chương trình", (5, 8, True)),
        ("theo phân bổ", None),
    ],
)
def test_quota_counts_what_is_written(quota: str, numbers: tuple | None) -> None:
    (movement,) = plan_of(MOVEMENT.format(name="Thi đua “Sạch”", quota=quota)).movements
    found = movement.quota and (
        movement.quota.collectives, movement.quota.individuals, movement.quota.per_programme,
    )  # fmt: skip
    assert found == numbers
    assert movement.quota_text == quota


@pytest.mark.parametrize(
    ("name", "posts"),
    [
        ("Thi đua “Bác sĩ, điều dưỡng giỏi”", ("Bác sĩ", "Điều dưỡng")),
        ("Thi đua “Trưởng trạm y tế giỏi”", ("Trưởng trạm y tế",)),
        ("Thi đua “Thầy thuốc như mẹ hiền”", ()),
        ("Thi đua “Trạm y tế sạch, điều dưỡng vui”", ()),
    ],
)
def test_only_a_name_made_of_posts_restricts_them(name: str, posts: tuple[str, ...]) -> None:
    (movement,) = plan_of(MOVEMENT.format(name=name, quota="1 cá nhân")).movements
    assert movement.posts == posts


TABLE = """I. MỘT
II. CÁC PHONG TRÀO THI ĐUA
TT | Tên phong trào | Đơn vị phụ trách | Thời điểm xét | Số lượng khen thưởng
1 | Thi đua “Sạch” | Khoa Dược | Quý II | 03 tập thể, 06 cá nhân
2 | Khen thưởng đột xuất | Văn phòng | Trong năm | 10 cá nhân
III. TỔ CHỨC THỰC HIỆN
"""


def test_movements_stand_in_tables_too() -> None:
    movements = plan_of(TABLE).movements
    assert [(m.code, m.name, m.in_charge, m.judged_at, m.ad_hoc) for m in movements] == [
        ("1", "Thi đua “Sạch”", "Khoa Dược", "Quý II", False),
        ("2", "Khen thưởng đột xuất", "Văn phòng", "Trong năm", True),
    ]
    assert movements[0].quota.collectives == 3


FLAT = """I. MỘT
II. TỔ CHỨC THỰC HIỆN
1. Các đơn vị trực thuộc Sở
- Làm theo phụ lục.
Nơi nhận:
- Lưu: VT.
GIÁM ĐỐC
Lương Gia Khiêm

PHỤ LỤC

\tThời gian
\tHoạt động
\tĐơn vị chủ trì
\tĐơn vị phối hợp
\tSản phẩm

\tTừ tháng
\tGặp mặt người cao tuổi nhân
\tVăn phòng Sở
\tCông đoàn ngành
\t- Bài và ảnh trên trang

\t01 - 02/2026
\tdịp đầu xuân
\t
\tY tế
\tđiện tử của Sở

\tTháng
\tTọa đàm “Chuyện trạm”
\tTrung tâm Kiểm soát
\tĐài tỉnh
\t- 01 chương trình

\t3/2026
\t
\tbệnh tật tỉnh
\t
\t- 05 tin ngắn
"""


def test_flattened_table_is_put_together_again() -> None:
    plan = plan_of(FLAT)
    assert [(a.name, a.when) for a in plan.activities] == [
        ("Gặp mặt người cao tuổi nhân dịp đầu xuân", Period("2026-01", "2026-02")),
        ("Tọa đàm “Chuyện trạm”", Period("2026-03", "2026-03")),
    ]
    first, second = plan.activities
    assert first.related_units == ("Công đoàn ngành Y tế",)
    assert first.outputs == ("Bài và ảnh trên trang điện tử của Sở",)
    assert second.lead_units == ("Trung tâm Kiểm soát bệnh tật tỉnh",)
    assert second.outputs == ("01 chương trình", "05 tin ngắn")


def test_flattened_rows_are_never_sure() -> None:
    reading = reading_of(FLAT)
    assert reading.sources["activities[0].name"].confidence < 0.7
    assert reading.sources["title"].confidence > 0.9


def test_deputy_signs_with_his_own_position() -> None:
    plan = plan_of(
        "I. MỘT\nII. HAI\nNơi nhận:\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nBSCKII. Tạ Thị Ngọc Lam\n"
    )
    assert plan.signatory.position == "PHÓ GIÁM ĐỐC"
    assert plan.signatory.name == "BSCKII. Tạ Thị Ngọc Lam"


def test_braces_beside_the_list_are_a_guess() -> None:
    reading = reading_of(
        "I. MỘT\nII. HAI\nNơi nhận:\n- Bộ Y tế;\n- UBND tỉnh;\n- Lãnh đạo Sở;\n- Các phòng Sở;\n- Lưu: VT.\n"
        "} (báo\ncáo)\n} (thực\nhiện)\nGIÁM ĐỐC\nLương Gia Khiêm\n"
    )
    purposes = {item.recipient: item.purpose for item in reading.plan.distribution}
    assert purposes["Bộ Y tế"] == purposes["UBND tỉnh"] == "báo cáo"
    assert purposes["Các phòng Sở"] == "thực hiện"
    assert purposes["Lãnh đạo Sở"] is None
    assert reading.sources["distribution[0].purpose"].confidence < 0.5


def test_wrapped_lines_become_one_paragraph() -> None:
    wrapped = (
        "I. MỘT\n- Mỗi khoa, phòng, trạm đăng ký một việc cụ thể, nêu rõ người chịu\n"
        "trách nhiệm và thời hạn hoàn thành "
        "của việc đó.\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở\n"
        "- Theo dõi và tổng hợp kết quả của các đơn vị, tham\n"
        "mưu Lãnh đạo Sở.\n"
    )
    (assignment,) = plan_of(wrapped).assignments
    assert assignment.tasks == ("Theo dõi và tổng hợp kết quả của các đơn vị, tham mưu Lãnh đạo Sở.",)


def test_source_spans_the_lines_of_its_value() -> None:
    reading = reading_of("I. MỘT\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng Sở\n- Theo dõi kết quả,\n\ntổng hợp.\n")
    source = reading.sources["assignments[0].tasks[0]"]
    assert (source.words, source.last_line - source.line) == ("Theo dõi kết quả,", 2)


@pytest.mark.parametrize("kind", ["QUYẾT ĐỊNH", "TỜ TRÌNH", "BÁO CÁO"])
def test_other_kinds_of_documents_are_no_plans(kind: str) -> None:
    with pytest.raises(Unreadable, match="không phải kế hoạch"):
        plan_of("I. MỘT\nII. HAI\n", HEAD.replace("KẾ HOẠCH", kind))


def test_quarter_without_a_year_takes_the_plans() -> None:
    assert period_of("Quý IV", "2026-03-02") == Period("2026-10", "2026-12")
    assert period_of("Quý IV") is None


def test_dated_items_of_a_list_are_activities() -> None:
    plan = plan_of(
        "I. MỘT\nII. CÁC LỚP\n1. Lớp cho trạm y tế\n1.1. Thời gian: Tháng 7/2026\n1.2. Đơn vị chủ trì: Văn "
        "phòng Sở\n"
        "2. Lớp cho bệnh viện\n2.1. Thời gian: Tháng 8, 9/2026\n2.2. Sản phẩm: 01 sổ tay; 01 video\n"
    )
    assert [(a.name, a.when, a.lead_units, a.outputs) for a in plan.activities] == [
        ("Lớp cho trạm y tế", Period("2026-07", "2026-07"), ("Văn phòng Sở",), ()),
        ("Lớp cho bệnh viện", Period("2026-08", "2026-09"), (), ("01 sổ tay", "01 video")),
    ]


def test_table_cut_by_a_page_goes_on_under_its_heading() -> None:
    plan = plan_of(
        "I. MỘT\nThời gian | Hoạt động | Đơn vị chủ trì\nTháng 7/2026 | Gặp mặt | Văn phòng Sở\n2\n"
        "Tháng 8/2026 | Tọa đàm | Thanh tra Sở\n | Tổng kết | Thanh tra Sở\nII. HAI\n"
    )
    assert [(a.name, a.when.start) for a in plan.activities] == [
        ("Gặp mặt", "2026-07"), ("Tọa đàm", "2026-08"), ("Tổng kết", "2026-08"),
    ]  # fmt: skip


def test_theme_may_have_a_section_of_its_own() -> None:
    assert (
        plan_of("I. MỘT\nII. CHỦ ĐỀ THÁNG HÀNH ĐỘNG\n“Chung một niềm tin”.\n").theme == "Chung một niềm tin"
    )


@pytest.mark.parametrize(
    ("letterhead", "issuer"),
    [
        ("UBND TỈNH AN BÌNH\nSỞ Y TẾ\n", "Sở Y tế"),
        ("SỞ Y TẾ AN BÌNH\nTRUNG TÂM Y TẾ KHU VỰC GÒ SEN\n", "Trung tâm Y tế Khu Vực Gò Sen"),
        ("SỞ Y TẾ AN BÌNH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n", "Sở Y tế An Bình"),
    ],
)
def test_issuer_of_the_letterhead_when_no_sentence_names_it(letterhead: str, issuer: str) -> None:
    head = f"{letterhead}Số: 3/KH-SYT\nAn Bình, ngày 02 tháng 3 năm 2026\nKẾ HOẠCH\nThử\n"
    assert plan_of("I. MỘT\nII. HAI\n", head).issuer == issuer


def test_plan_without_its_word_is_told_by_its_symbol() -> None:
    head = (
        "Số: 22/KH-UBND\nAn Bình, ngày 10 tháng 3 năm 2026\nTUYÊN TRUYỀN GƯƠNG SÁNG\n"
        "Căn cứ Quyết định số 15/QĐ-TTg ngày 09/12/2025 của Thủ tướng Chính phủ; UBND tỉnh lập Kế hoạch "
        "sau:\n"
    )
    reading = reading_of("1. Mục đích\n- Làm tốt.\n2. Yêu cầu\n- Làm đủ.\n", head)
    assert (reading.plan.kind, reading.plan.title) == ("Kế hoạch", "TUYÊN TRUYỀN GƯƠNG SÁNG")
    assert reading.sources["kind"].confidence < 0.9


def test_one_number_is_one_basis() -> None:
    again = "của UBND tỉnh; Kế hoạch số 5/KH-UBND ngày 01/02/2026 của UBND tỉnh,"
    head = HEAD.replace("của UBND tỉnh,", again)
    reading = reading_of("I. MỘT\nII. HAI\n", head)
    assert len(reading.plan.legal_bases) == 1
    assert not any(path.startswith("legal_bases[1]") for path in reading.sources)


def test_two_signers_side_by_side_give_the_second() -> None:
    plan = plan_of("I. MỘT\nII. HAI\nCHỦ TỊCH GIÁM ĐỐC\nTạ Văn Phúc Lương Gia Khiêm\nNơi nhận:\n- Lưu: VT.\n")
    assert (plan.signatory.position, plan.signatory.name) == ("GIÁM ĐỐC", "Lương Gia Khiêm")


def test_numbered_list_inside_a_sentence_gives_topics() -> None:
    plan = plan_of(
        "I. MỘT\nII. NHIỆM VỤ\n1. Về công tác truyền thông\n- Truyền thông về (1) Tiêm chủng; (2) Vệ sinh; "
        "(3) Dinh dưỡng.\n"
    )
    assert [(topic.code, topic.text) for topic in plan.topics] == [
        ("1", "Tiêm chủng"), ("2", "Vệ sinh"), ("3", "Dinh dưỡng"),
    ]  # fmt: skip


def test_time_outside_its_own_section_is_less_sure() -> None:
    reading = reading_of(
        "I. MỘT\n- Dự kiến thời gian triển khai từ ngày 01/6/2026 đến ngày 30/6/2026.\nII. TỔ CHỨC THỰC "
        "HIỆN\n"
    )
    assert reading.plan.period == Period("2026-06-01", "2026-06-30")
    assert reading.sources["period.start"].confidence < 0.9
