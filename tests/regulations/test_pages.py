"""Pages of the law and of layers: what they say, to whom, and how many questions they ask the database."""

from __future__ import annotations

from datetime import date
from html import unescape

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guong.law import shipped_layers
from guong.regulations.models import Layer
from tests import factories as make
from tests.regulations.house import PDF, draft, house, in_force, text

pytestmark = pytest.mark.django_db
LAW = "/quy-dinh/"
OWN = "/quy-dinh/rieng/"


@pytest.fixture
def at():
    return house()


def client(user) -> Client:
    found = Client()
    found.force_login(user)
    return found


def page(user, url: str, status: int = 200) -> str:
    answer = client(user).get(url)
    assert answer.status_code == status, url
    return unescape(answer.content.decode())


def test_the_law_of_a_day_is_read_by_everyone_of_the_department(at):
    in_force(at)
    today = page(at.nurse, LAW)
    assert "R4" in today
    assert "chưa kiểm chứng" in today
    assert "Quy định cap" in today
    assert "Luật Thi đua, khen thưởng 06/2022/QH15" in today
    assert "Quy định cap" not in page(at.nurse, f"{LAW}?ngay=31/12/2024")
    assert "áp dụng ngày đó" in page(at.nurse, f"{LAW}?ngay=31/12/2024")
    assert "bắt đầu từ 20/08/2014" in page(at.nurse, f"{LAW}?ngay=01/01/2000")
    assert "không có trong lịch" in page(at.nurse, f"{LAW}?ngay=31/02/2026")


def test_values_say_source_layer_and_what_nobody_has_verified(at):
    in_force(at)
    found = page(at.nurse, f"{LAW}gia-tri/?q=khong che&ngay=01/03/2026")
    assert "cap/QĐ-SYT Đ.1" in found
    assert "30 %" in found.replace("\xa0", " ")
    assert 'quy định riêng <span class="nowrap">cap/QĐ-SYT' in found
    assert "1 giá trị" in found.replace("\xa0", " ")
    unsure = page(at.nurse, f"{LAW}gia-tri/?sure=unverified&ngay=20/11/2026")
    assert "caps.CSTDCS.of_LDTT" not in unsure, "laid down by a text that was seen"
    assert "votes.quorum" in unsure
    assert "Kết quả này dựa trên giá trị chưa đối chiếu" in unsure
    assert "Không có giá trị phù hợp" in page(at.nurse, f"{LAW}gia-tri/?q=zzz")


def test_an_award_says_its_rules_in_sentences_with_the_mark(at):
    found = page(at.nurse, f"{LAW}danh-hieu/LDTT/?ngay=20/11/2026")
    assert "Xếp loại của năm từ hoàn thành tốt nhiệm vụ trở lên" in found
    assert "Chưa kiểm chứng." in found
    assert "dựa trên 2 giá trị" in page(at.nurse, f"{LAW}danh-hieu/LDTT/?ngay=01/03/2024")
    assert "Chưa kiểm chứng." not in page(at.nurse, f"{LAW}danh-hieu/TTLDXS/?ngay=01/03/2024")
    in_force(at, shipped_layers()["an-binh-2025"].read_text(encoding="utf-8"))
    assert 'Theo quy định riêng <span class="nowrap">31/2025/QĐ-UBND' in page(
        at.nurse, f"{LAW}danh-hieu/LDTT/?ngay=20/11/2026"
    )
    page(at.nurse, f"{LAW}danh-hieu/XYZ/", 404)
    assert "Chiến sĩ thi đua cơ sở" in page(at.nurse, f"{LAW}danh-hieu/")


def test_drafts_are_seen_by_those_who_work_on_them(at):
    layer = draft(at)
    for user in (at.office, at.admin, at.leader):
        assert "Tỷ lệ tối đa Chiến sĩ thi đua cơ sở" in page(user, layer.get_absolute_url())
        assert "Quy định cap" in page(user, OWN)
    page(at.nurse, layer.get_absolute_url(), 404)
    assert "Chưa có quy định riêng" in page(at.nurse, OWN)
    other = house("Sở Y tế Tân Phú")
    for user in (other.leader, other.admin, other.nurse):
        page(user, layer.get_absolute_url(), 404)


def test_a_comparison_marks_what_nobody_has_verified(at):
    shown = page(at.office, draft(at).get_absolute_url())
    assert "100 %" in shown.replace("\xa0", " ")
    assert "chưa kiểm chứng" in shown, "the national cap under R4"
    sure = page(at.office, draft(at, text("b", to="2026-09-30")).get_absolute_url())
    assert sure.count("chưa kiểm chứng") == 0, "the same cap as it stood before"


def test_another_department_never_reads_a_layer_nor_lives_under_it(at):
    layer = in_force(at)
    other = house("Sở Y tế Tân Phú")
    for user in (other.leader, other.admin, other.nurse):
        for part in ("", "noi-dung.yaml", "quyet-dinh.pdf"):
            page(user, f"{layer.get_absolute_url()}{part}", 404)
        assert "cap/QĐ-SYT" not in page(user, f"{LAW}gia-tri/")
    assert page(at.nurse, f"{layer.get_absolute_url()}noi-dung.yaml") == layer.text


def test_the_import_page_is_for_keepers(at):
    for user in (at.nurse, at.leader):
        assert "Chỉ quản trị và bộ phận thường trực" in page(user, f"{OWN}nhap/", 403)
    assert "code: an-binh-2025" in page(at.admin, f"{OWN}nhap/?mau=an-binh-2025")
    assert client(at.admin).get(f"{OWN}mau/an-binh-2025.yaml").status_code == 200
    page(at.admin, f"{OWN}mau/khac.yaml", 404)


def values(at, **more):
    return {"applies_to": at.root.pk, "text": "", "signed_on": "01/10/2025",
            "key": "3f2f0a4e-36a5-4c6c-9e53-8a6f6f1d2c11", **more}  # fmt: skip


def test_a_wrong_text_comes_back_with_its_line_and_nothing_is_kept(at):
    wrong = text().replace("30", "300")
    answer = client(at.office).post(f"{OWN}nhap/", values(at, text=wrong))
    said = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert "nội dung dán, dòng 3: caps.CSTDCS.of_LDTT: 300 không đúng kiểu percent." in said
    assert "value: 300" in said, "what was typed is still there"
    upload = ContentFile(b"\xff\xfe", "quy-dinh.yaml")
    answer = client(at.office).post(f"{OWN}nhap/", values(at, upload=upload))
    assert "quy-dinh.yaml không phải văn bản UTF-8" in unescape(answer.content.decode())
    answer = client(at.office).post(f"{OWN}nhap/", values(at))
    assert "Chọn tệp hoặc dán nội dung" in unescape(answer.content.decode())
    assert not Layer.objects.exists()


def test_a_keeper_cannot_import_for_another_department(at):
    other = house("Sở Y tế Tân Phú")
    answer = client(at.admin).post(f"{OWN}nhap/", values(other, text=text()))
    assert answer.status_code == 422
    assert not Layer.objects.exists()


def test_a_file_goes_from_import_to_force_on_screen(at):
    office, leader = client(at.office), client(at.leader)
    upload = ContentFile(text().encode(), "quy-dinh.yaml")
    answer = office.post(f"{OWN}nhap/", values(at, upload=upload))
    layer = Layer.objects.get()
    assert answer.url == layer.get_absolute_url()
    assert "Đính kèm quyết định đã ký (PDF) trước" in page(at.leader, answer.url)
    paper = ContentFile(PDF, "qd.pdf")
    office.post(f"{answer.url}quyet-dinh.pdf", {"paper": paper})
    leader.post(f"{answer.url}buoc/", {"step": "put_in_force"})
    layer.refresh_from_db()
    assert layer.state == "in_force"
    assert client(at.nurse).get(f"{answer.url}quyet-dinh.pdf").getvalue() == PDF
    leader.post(f"{answer.url}ket-thuc/", {"last_day": "30/06/2026", "reason": "thay"})
    layer.refresh_from_db()
    assert (layer.state, layer.ended_on) == ("ended", date(2026, 6, 30))
    leader.post(f"{answer.url}buoc/", {"step": "withdraw", "note": "nhầm"})
    layer.refresh_from_db()
    assert layer.state == "withdrawn"


def test_a_draft_is_changed_on_screen_and_a_stale_form_is_told(at):
    layer = draft(at)
    office = client(at.office)
    form = {"text": text(cap=25), "signed_on": "01/10/2025", "version": 1}
    assert office.post(f"{layer.get_absolute_url()}sua/", form).status_code == 302
    again = office.post(f"{layer.get_absolute_url()}sua/", form | {"text": text(cap=26)})
    assert again.status_code == 422
    assert "value: 26" in unescape(again.content.decode())
    page(at.nurse, f"{layer.get_absolute_url()}sua/", 404)
    assert "Chỉ quản trị hoặc bộ phận thường trực" in page(at.leader, f"{layer.get_absolute_url()}sua/", 403)


@pytest.mark.parametrize("address", [OWN, LAW])
def test_a_list_asks_the_same_for_one_and_for_three(at, address):
    visitor = client(at.nurse)

    def asked() -> int:
        visitor.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert visitor.get(address).status_code == 200
        return len(queries)

    in_force(at, text("a"))
    one = asked()
    in_force(at, text("b"), signed=date(2025, 11, 1))
    in_force(at, text("c"), signed=date(2025, 12, 1))
    assert asked() == one


def test_somebody_without_a_department_reads_the_national_law(at):
    in_force(at)
    stranger = make.user()
    assert "Ngày đó không có quy định riêng" in page(stranger, LAW)
    assert "cap/QĐ-SYT" not in page(stranger, f"{LAW}gia-tri/")
