"""Headings and signatures as converters and scanners leave them: in pieces, interleaved, without accents."""

from __future__ import annotations

import pytest

from guong.planreader import Plan, read

BODY = "I. MỤC ĐÍCH\n- Làm tốt.\nII. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Theo dõi.\n"
REASON = "Căn cứ Kế hoạch số 9/KH-UBND ngày 02/01/2026 của UBND tỉnh, {} xây dựng Kế hoạch như sau:\n"


def plan_of(text: str) -> Plan:
    return read(text.encode(), "x.txt").plan


def heading_of(head: str, issuer: str) -> tuple[str | None, ...]:
    plan = plan_of(head + REASON.format(issuer) + BODY)
    return plan.number, plan.place, plan.issued_on, plan.issuer, plan.title


@pytest.mark.parametrize(
    ("head", "issuer", "found"),
    [
        ("SỞ Y TẾ     CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 3/KH-SYT     An Bình, ngày 5 tháng 1 năm 2026\n"
         "KẾ HOẠCH\nLàm việc tốt\n", "Sở Y tế",
         ("3/KH-SYT", "An Bình", "2026-01-05", "Sở Y tế", "Làm việc tốt")),
        ("ỦY\nBAN NHÂN DÂN\nTỈNH AN BÌNH\n-------\n|\nCỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
         "|\nSố:\n36/KH-UBND\n|\n"
         "An\nBình, ngày 21 tháng 02 năm 2026\n|\nKẾ HOẠCH\nLÀM VIỆC TỐT TRÊN ĐỊA\nBÀN TỈNH\n", "UBND tỉnh",
         ("36/KH-UBND", "An Bình", "2026-02-21", "Ủy ban nhân dân tỉnh An Bình",
          "LÀM VIỆC TỐT TRÊN ĐỊA BÀN TỈNH")),
        ("UY BAN NHAN DAN\nHUYỆN PHÚ AN\nSố: 08/KH-UBND\nPhú An, ngày\n05 tháng 9 năm 2026\n"
         "KE HOACH\nLàm việc tốt\n",
         "UBND huyện",
         ("08/KH-UBND", "Phú An", "2026-09-05", "Ủy ban nhân dân huyện Phú An", "Làm việc tốt")),
        ("TỈNH ĐOÀN AN BÌNH\nĐOÀN KHỐI Y TẾ\nĐOÀN TNCS HỒ CHÍ MINH\nSố: 05-KH/ĐKYT\n"
         "An Bình, ngày 20 tháng 2 năm 2026\nKẾ HOẠCH\nLàm việc tốt\n", "Đoàn khối Y tế",
         ("05-KH/ĐKYT", "An Bình", "2026-02-20", "Đoàn khối Y tế", "Làm việc tốt")),
        ("— BỘ CÔNG TÁC - CỘNG HÒA\nSố:#ổ /KH-TCT An Bình, ngày4 tháng À ăm 2026\n"
         "Số:..Áb.4,.... KÉ HOẠCH\nLàm việc tốt\n",
         "Tổ công tác", ("/KH-TCT", "An Bình", "2026", "Tổ công tác", "Làm việc tốt")),
    ],
)  # fmt: skip
def test_heading_is_read_from_its_pieces(head: str, issuer: str, found: tuple[str, ...]) -> None:
    assert heading_of(head, issuer) == found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("PHƯƠNG ÁN", "Phương án"),
        ("ĐỀ ÁN", "Đề án"),
        ("HƯỚNG DẪN", "Hướng dẫn"),
        ("CHƯƠNG TRÌNH PHỐI HỢP", "Chương trình phối hợp"),
        ("KẾ HOẠCH LIÊN TỊCH", "Kế hoạch liên tịch"),
        ("KÉ HOẠCH", "Kế hoạch"),
        ("Kế hoạch", "Kế hoạch"),
    ],
)
def test_kinds_of_plans(line: str, kind: str) -> None:
    assert plan_of(f"{line}\nLàm việc tốt\n{BODY}").kind == kind


def test_plan_issued_with_a_decision_is_read_after_it() -> None:
    decision = "Số: 77/QĐ-UBND\nQUYẾT ĐỊNH\nBan hành Kế hoạch\nĐiều 1. Ban hành.\n"
    plan = plan_of(f"{decision}KẾ HOẠCH\nLàm việc tốt\n(Kèm theo Quyết định số 77/QĐ-UBND)\n{BODY}")
    assert (plan.kind, plan.number) == ("Kế hoạch", "77/QĐ-UBND")
    assert [share.unit for share in plan.assignments] == ["Văn phòng"]


def test_formal_heading_needs_no_sections() -> None:
    plan = plan_of(
        "SỞ Y TẾ\nSố: 3/KH-SYT\nKẾ HOẠCH\nLÀM VIỆC TỐT\nTrong năm qua các đơn vị đã cố gắng nhiều.\n"
    )
    assert (plan.number, plan.title) == ("3/KH-SYT", "LÀM VIỆC TỐT")


SIGNED = BODY + "Nơi nhận:                                TM. BAN THƯỜNG VỤ\n"


def test_signature_beside_the_recipients() -> None:
    plan = plan_of(
        f"KẾ HOẠCH\nLàm việc tốt\n{SIGNED}"
        "- LĐLĐ tỉnh (b/c);                            CHỦ TỊCH\n- Các CĐCS (t/h);        - Báo An Bình;\n"
        "- Lưu: VP.                                Đinh Thị Ngọc Trâm\n"
    )
    assert [item.recipient for item in plan.distribution] == [
        "LĐLĐ tỉnh", "Các CĐCS", "Báo An Bình", "Lưu: VP",
    ]  # fmt: skip
    assert (plan.signatory.position, plan.signatory.name) == ("CHỦ TỊCH", "Đinh Thị Ngọc Trâm")


def test_right_one_of_two_signers_in_columns() -> None:
    plan = plan_of(
        f"KẾ HOẠCH\nLàm việc tốt\n{BODY}GIÁM ĐỐC SỞ NỘI VỤ          GIÁM ĐỐC SỞ Y TẾ\n"
        "Tô Hữu Nghĩa                Lương Gia Khiêm\nNơi nhận:\n- UBND tỉnh;\n- Lưu: VT.\n"
    )
    assert (plan.signatory.position, plan.signatory.name) == ("GIÁM ĐỐC SỞ Y TẾ", "Lương Gia Khiêm")


@pytest.mark.parametrize("position", ["GIÁM ĐÓC", "GIAM DOC", "GIÁM ĐỐC"])
def test_position_gets_its_accents_back(position: str) -> None:
    plan = plan_of(f"KẾ HOẠCH\nLàm việc tốt\n{BODY}Nơi nhận:\n- Lưu: VT.\n{position}\nLương Gia Khiêm\n")
    assert plan.signatory.position == "GIÁM ĐỐC"


def test_recipients_without_their_caption() -> None:
    plan = plan_of(
        f"KẾ HOẠCH\nLàm việc tốt\n{BODY}Hết./.\n\n- UBND tỉnh;\n- Sở Nội vụ;\n- Lưu: VT.\nGIÁM "
        "ĐỐC\nTạ Văn An\n"
    )
    assert [item.recipient for item in plan.distribution] == ["UBND tỉnh", "Sở Nội vụ", "Lưu: VT"]


def test_bases_may_be_a_section_of_their_own() -> None:
    plan = plan_of(
        "KẾ HOẠCH\nLàm việc tốt\nI. CĂN CỨ XÂY DỰNG\n- Luật Dược số 105/2016/QH13;\n"
        "- Nghị định số 109/2016/ND-CP ngày 01/7/2016 của Chính phủ; Thông tư liên tịch số "
        "16/2013/TTLT-BYT-BNN&PTNT.\n"
        "II. TỔ CHỨC THỰC HIỆN\n1. Văn phòng\n- Theo dõi theo Quyết định số 5/QĐ-SYT.\n"
    )
    assert [basis.number for basis in plan.legal_bases] == [
        "105/2016/QH13", "109/2016/NĐ-CP", "16/2013/TTLT-BYT-BNN&PTNT",
    ]  # fmt: skip
    assert [cited.number for cited in plan.citations] == ["5/QĐ-SYT"]


def test_proposal_is_a_basis() -> None:
    plan = plan_of(
        "KẾ HOẠCH\nLàm việc tốt\nXét đề nghị của Sở Y tế tại Tờ trình số 15/TTr-SYT ngày 16/5/2026, "
        "UBND tỉnh ban hành"
        f" Kế hoạch như sau:\n{BODY}"
    )
    assert [basis.number for basis in plan.legal_bases] == ["15/TTr-SYT"]
