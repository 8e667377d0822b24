"""The book's titles are those of the law: one code, one name, one regime, wherever they are written."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection

from guong.law import load
from guong.records import catalogue


def test_every_award_of_people_and_collectives_is_in_the_book():
    known = {award.code for award in load().awards.values() if set(award.subjects) != {"household"}}
    assert set(catalogue.CODES) == known | {catalogue.OTHER}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("CSTĐ cơ sở", "CSTDCS"), ("Chiến sỹ thi đua cấp CƠ SỞ", "CSTDCS"), ("bằng khen ubnd tỉnh", "BKT"),
        ("Danh hiệu Lao động tiên tiến", "LDTT"), ("Tặng Giấy khen", "GKS"), ("GKS", "GKS"),
        ("Kỷ niệm chương “Vì sức khỏe nhân dân”", "KNC"), ("knc-sknd", "KNC"), ("Gia đình văn hóa", None),
        ("Bằng tốt nghiệp", None), ("", None),
    ],
)  # fmt: skip
def test_what_offices_write_is_understood(words, code):
    assert catalogue.code_of(words) == code


def test_days_belong_to_the_regimes_of_the_law():
    days = [day for regime in load().regimes.values() for day in (regime.since, regime.until) if day]
    assert [catalogue.regime_on(day) for day in days] == [load().regime_on(day).code for day in days]
    assert catalogue.regime_on(date(2000, 1, 1)) == ""


@pytest.mark.django_db
def test_the_database_reads_the_same_days():
    codes, days = zip(*catalogue.BEGINNINGS, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT guong_regime_on(v) FROM unnest(%s::date[]) WITH ORDINALITY AS t (v, at) ORDER BY at",
            [list(days)],
        )
        assert [code for (code,) in cursor.fetchall()] == list(codes)
