"""What the prose of a plan says: purposes, requirements, peaks, duties that come back, citations, faults."""

from __future__ import annotations

import pytest

from guong.planreader import LegalBasis, Peak, Recurring, Requirement, Section
from tests.planreader.test_fields import HEAD, plan_of, reading_of


def codes_of(body: str, head: str = HEAD) -> dict[str, dict[str, str]]:
    return {defect.code: dict(defect.params) for defect in reading_of(body, head).defects}


def test_purposes_and_requirements_are_told_apart() -> None:
    plan = plan_of(
        "I. MỤC ĐÍCH, YÊU CẦU\n1. Mục đích\n- Một.\n- Hai.\n2. Yêu cầu: Thiết thực, tiết kiệm.\n"
        "- 100% đơn vị có kế hoạch.\n- Tối thiểu 90% tin được trả lời.\nII. NỘI DUNG\n- Ba.\n"
    )
    assert plan.purposes == ("Một", "Hai")
    assert plan.requirements == (
        Requirement("Thiết thực, tiết kiệm"),
        Requirement("100% đơn vị có kế hoạch", "đơn vị có kế hoạch", "100%"),
        Requirement("Tối thiểu 90% tin được trả lời", "tin được trả lời", "Tối thiểu 90%"),
    )


def test_one_heading_for_both_gives_purposes() -> None:
    plan = plan_of("I. MỤC ĐÍCH, YÊU CẦU\n- Một.\n- Hai.\nII. NỘI DUNG\n- Yêu cầu các đơn vị báo cáo.\n")
    assert (plan.purposes, plan.requirements) == (("Một", "Hai"), ())


@pytest.mark.parametrize(
    ("peaks", "found"),
    [
        ("tập trung vào dịp Tết Nguyên đán; tuần trước, trong và sau ngày Thầy thuốc Việt Nam 27/02/2026",
         (Peak("dịp Tết Nguyên đán", "tet"),
          Peak("tuần trước, trong và sau ngày Thầy thuốc Việt Nam 27/02/2026", "doctors_day"))),
        ("cao điểm là tháng 5 và dịp Tết", (Peak("tháng 5", None), Peak("dịp Tết", "tet"))),
    ],
)  # fmt: skip
def test_peaks_are_rules_where_one_is_known(peaks: str, found: tuple[Peak, ...]) -> None:
    time = f"Từ ngày 06/01/2026 đến ngày 31/3/2026, trong đó {peaks}."
    assert plan_of(f"I. MỘT\nII. THỜI GIAN\n{time}\nIII. BA\n").peaks == found


SPAN = (2026, 2029)
YEARS = "I. MỘT\nII. THỜI GIAN\nTừ năm 2026 đến năm 2029.\nIII. TỔ CHỨC THỰC HIỆN\n1. Các phòng\n- {}\n"


@pytest.mark.parametrize(
    ("task", "found"),
    [
        ("Hằng năm, mỗi đơn vị cử ít nhất 01 tập thể, 02 cá nhân.",
         Recurring("mỗi đơn vị cử ít nhất 01 tập thể, 02 cá nhân", "mỗi đơn vị", "year", 1, 2, *SPAN)),
        ("Mỗi đơn vị ít nhất 01 tập thể, 01 cá nhân mỗi năm.",
         Recurring("Mỗi đơn vị ít nhất 01 tập thể, 01 cá nhân mỗi năm", "Mỗi đơn vị", "year", 1, 1, *SPAN)),
        ("Định kỳ hàng năm báo cáo trước ngày 10/12.",
         Recurring("báo cáo trước ngày 10/12", "Các phòng", "year", None, None, *SPAN, "--12-10")),
        ("Định kỳ 6 tháng báo cáo UBND tỉnh.",
         Recurring("báo cáo UBND tỉnh", "Các phòng", "six_months", None, None, *SPAN)),
        ("Mỗi quý một buổi họp.", Recurring("một buổi họp", "Các phòng", "quarter", None, None, *SPAN)),
    ],
)  # fmt: skip
def test_duties_that_come_back_carry_their_numbers(task: str, found: Recurring) -> None:
    reading = reading_of(YEARS.format(task))
    assert reading.plan.recurring == (found,)
    assert reading.sources["recurring[0].every"].words.casefold() in task.casefold()


@pytest.mark.parametrize(
    "task", ["Sử dụng dự toán hằng năm của đơn vị.", "Báo cáo 6 tháng đầu năm.", "Gắn với thi đua hằng năm."]
)
def test_a_time_in_passing_is_no_duty(task: str) -> None:
    assert plan_of(YEARS.format(task)).recurring == ()


def test_recurring_duty_of_one_year_has_no_years() -> None:
    body = YEARS.replace("Từ năm 2026 đến năm 2029", "Từ ngày 01/02/2026 đến ngày 30/11/2026")
    (duty,) = plan_of(body.format("Hằng quý, báo cáo kết quả.")).recurring
    assert (duty.first_year, duty.last_year) == (None, None)


def test_citations_are_no_bases() -> None:
    plan = plan_of(
        "I. MỘT\n- Theo Nghị định số 9/2020/NĐ-CP ngày 01/01/2020 của Chính phủ; nhắc lại Nghị định "
        "số 9/2020/NĐ-CP.\n"
        "- Theo Kế hoạch số 5/KH-UBND ngày 01/02/2026 của UBND tỉnh.\nII. HAI\n"
    )
    assert plan.citations == (LegalBasis("Nghị định", "9/2020/NĐ-CP", "2020-01-01", "Chính phủ", None),)


def test_sections_keep_every_word() -> None:
    body = (
        "I. MỘT\n1. Việc đầu: Làm tốt.\na) Ý nhỏ.\nII. BẢNG\nTT | Nội dung | Thời gian\n1 | Gặp mặt "
        "| Tháng 3/2026\n"
        "III. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Theo dõi.\nTrên đây là Kế hoạch của Sở./.\n"
    )
    assert plan_of(body).sections == (
        Section("I", "MỘT", ("1. Việc đầu: Làm tốt.", "a) Ý nhỏ.")),
        Section("II", "BẢNG", ("TT | Nội dung | Thời gian", "1 | Gặp mặt | Tháng 3/2026")),
        Section("III", "TỔ CHỨC THỰC HIỆN", ("1. Văn phòng", "- Theo dõi.")),
        Section(None, None, ("Trên đây là Kế hoạch của Sở./.",)),
    )


def test_parts_have_their_titles_on_the_next_line() -> None:
    plan = plan_of(
        "Phần I\nMỤC ĐÍCH, YÊU CẦU\n1. Mục đích: Vui.\nPhần thứ hai\nTỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Lo.\n"
    )
    assert [(section.code, section.title) for section in plan.sections] == [
        ("Phần I", "MỤC ĐÍCH, YÊU CẦU"), ("Phần thứ hai", "TỔ CHỨC THỰC HIỆN"),
    ]  # fmt: skip
    assert [share.unit for share in plan.assignments] == ["Văn phòng"]


def test_usual_headings_need_no_number() -> None:
    plan = plan_of(
        "MỤC ĐÍCH\nNâng cao tay nghề.\nTỔ CHỨC THỰC HIỆN\nPhòng Điều dưỡng:\n- Ra đề.\nCác khoa:\n- "
        "Cử người.\n"
    )
    assert plan.purposes == ("Nâng cao tay nghề",)
    assert [(share.unit, share.tasks) for share in plan.assignments] == [
        ("Phòng Điều dưỡng", ("Ra đề.",)), ("Các khoa", ("Cử người.",)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("item", "unit"),
    [
        ("Căn cứ Kế hoạch này, các khoa, phòng xây dựng kế hoạch của mình.", "các khoa, phòng"),
        (
            "Kế hoạch được lồng ghép. Các thành viên Ban Chỉ đạo triển khai khảo sát.",
            "Các thành viên Ban Chỉ đạo",
        ),
        ("Trách nhiệm của Phòng Dược: Bảo đảm thuốc.", "Phòng Dược"),
        ("Đề nghị Hội Chữ thập đỏ phối hợp vận động.", "Hội Chữ thập đỏ"),
    ],
)
def test_body_may_stand_behind_other_words(item: str, unit: str) -> None:
    plan = plan_of(f"I. MỘT\nII. TỔ CHỨC THỰC HIỆN\n1. {item}\n")
    assert [share.unit for share in plan.assignments] == [unit]


def test_page_numbers_and_running_heads_end_no_paragraph() -> None:
    body = (
        "I. MỘT\n- Mỗi khoa, phòng đăng ký một việc cụ thể, nêu rõ người chịu\n2\nKế hoạch của Sở Y tế\n"
        "trách nhiệm.\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Theo dõi và tổng hợp kết quả của các đơn vị\n"
        "Trang 3/3\nKế hoạch của Sở Y tế\ntrực thuộc.\n"
    )
    assert plan_of(body).assignments[0].tasks == ("Theo dõi và tổng hợp kết quả của các đơn vị trực thuộc.",)


def test_weekday_must_fit_its_date() -> None:
    assert codes_of("I. MỘT\n- Họp thứ Sáu, ngày 27/02/2026.\nII. HAI\n").get("wrong_weekday") is None
    wrong = codes_of("I. MỘT\n- Họp ngày 27/02/2026 (thứ Hai).\nII. HAI\n")["wrong_weekday"]
    assert wrong == {"text": "27/02/2026 (thứ Hai", "weekday": "thứ Sáu"}


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("Chào mừng 70 năm Ngày Thầy thuốc Việt Nam (27/02/1955 - 27/02/2026)", "71"),
        ("Chào mừng 69 năm Ngày Thầy thuốc Việt Nam", "72"),
        ("Chào mừng 71 năm Ngày Thầy thuốc Việt Nam", None),
        ("Kỷ niệm 90 năm Ngày thành lập Hội (03/02/1930 - 03/02/2026)", "96"),
    ],
)
def test_anniversary_must_fit_its_dates(title: str, right: str | None) -> None:
    found = codes_of("I. MỘT\nII. HAI\n", HEAD.replace("Thử cách viết", title)).get("wrong_anniversary")
    assert (found and found["right"]) == right


def test_numbers_of_items_and_rows_are_counted() -> None:
    found = codes_of(
        "I. MỘT\n1. A\n2. B\n2. C\n4. D\n1. Lại từ đầu\nII. BẢNG\nTT | Nội dung | Thời gian\n1 | A "
        "| Tháng 3\n"
        "3 | B | Tháng 4\nIII. BA\n"
    )
    assert found["duplicate_item"]["number"] == "2"
    assert found["missing_item"] == {"number": "4"}
    assert found["missing_rows"] == {"number": "3", "before": "1"}


def test_paragraphs_without_numbers_share_the_work_too() -> None:
    plan = plan_of(
        "I. MỘT\nII. TỔ CHỨC THỰC HIỆN\n1. Triển khai\nCác đơn vị trực thuộc có trách nhiệm báo cáo.\n"
        "Văn phòng Sở theo dõi, đôn đốc.\n2. Kinh phí\nCác đơn vị bố trí kinh phí.\n"
    )
    assert [share.unit for share in plan.assignments] == ["Các đơn vị trực thuộc", "Văn phòng Sở"]


def test_heading_of_a_group_of_rows_is_no_activity() -> None:
    plan = plan_of(
        "I. MỘT\nII. BẢNG\nTT | Nội dung | Thời gian | Đơn vị chủ trì\nA | Việc chung | |\n"
        "1 | Gặp mặt | Tháng 3/2026 | Văn phòng\nIII. BA\n"
    )
    assert [activity.name for activity in plan.activities] == ["Gặp mặt"]
