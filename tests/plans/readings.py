"""Readings for tests: a small one written by hand, and the plans of An Bình read from their files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from guong.base.models import Body, StoredFile, User
from guong.plans.models import Reading
from guong.site import demo
from tests import factories as make

PLANS = Path(demo.__file__).parent / "plans"
YEARLY = PLANS / "an-binh-yearly.txt"

LINES = [
    "Số: 31/KH-SYT",
    "KẾ HOẠCH",
    "Thi đua quý IV năm 2026",
    "1. Thi đua “Trạm Y tế thân thiện”",
    "- Chủ trì: Sở Y tế. Phụ trách: Phòng Nghiệp vụ Y.",
    "- Số lượng: 05 tập thể và 10 cá nhân.",
    "Các đơn vị trực thuộc báo cáo về Sở Y tế trước ngày 05/01/2027.",
    "Văn phòng Sở theo dõi, đôn đốc.",
]


def plan(**fields: Any) -> dict[str, Any]:
    """A plan in the shape of plan-schema.md."""
    return {
        "kind": "Kế hoạch", "number": "31/KH-SYT", "place": "An Bình", "issued_on": "2026-09-28",
        "issuer": "Sở Y tế", "title": "Thi đua quý IV năm 2026", "theme": None,
        "legal_bases": [
            {"kind": "Kế hoạch", "number": "212/KH-BYT", "issued_on": "2026-09-15", "issuer": "Bộ Y tế",
             "subject": None}
        ],
        "period": {"start": "2026-10-01", "end": "2026-12"},
        "movements": [movement()],
        "topics": [{"code": "1", "text": "Gương người tốt"}],
        "activities": [], "event": None,
        "assignments": [{"unit": "Văn phòng Sở", "tasks": ["Theo dõi, đôn đốc."]}],
        "deadlines": [
            {"on": "2027-01-05", "what": "Báo cáo kết quả", "by": "Các đơn vị trực thuộc", "to": "Sở Y tế",
             "strict": True}
        ],
        "targets": [{"metric": "các đơn vị trực thuộc xây dựng kế hoạch", "value": "100%"}],
        "distribution": [{"recipient": "Bộ Y tế", "purpose": "báo cáo"}],
        "signatory": {"position": "GIÁM ĐỐC", "name": "Lê Minh Khoa"},
    } | fields  # fmt: skip


def movement(**fields: Any) -> dict[str, Any]:
    """A movement with a fixed quota."""
    return {
        "code": "1", "name": "Thi đua “Trạm Y tế thân thiện”", "host": "Sở Y tế",
        "in_charge": "Phòng Nghiệp vụ Y", "content": "Trạm sạch.", "judged_at": "Cuối năm 2026",
        "quota": {"collectives": 5, "individuals": 10, "per_programme": False}, "quota_text": None,
        "posts": [], "ad_hoc": False,
    } | fields  # fmt: skip


def source(line: int, words: str, confidence: float = 0.95) -> dict[str, Any]:
    """Where a value stands."""
    return {"page": 1, "line": line, "words": words, "confidence": confidence, "last_line": line}


SOURCES = {
    "number": source(1, "31/KH-SYT"),
    "title": source(3, "Thi đua quý IV năm 2026"),
    "movements[0].name": source(4, "Thi đua “Trạm Y tế thân thiện”"),
    "movements[0].host": source(5, "Sở Y tế"),
    "movements[0].in_charge": source(5, "Phòng Nghiệp vụ Y"),
    "movements[0].quota.collectives": source(6, "05"),
    "movements[0].quota.individuals": source(6, "10", 0.5),
    "deadlines[0].on": source(7, "trước ngày 05/01/2027"),
    "deadlines[0].by": source(7, "Các đơn vị trực thuộc"),
    "assignments[0].unit": source(8, "Văn phòng Sở"),
}


def reading(
    department: Body, by: User | None = None, found: dict[str, Any] | None = None, **more: Any
) -> Reading:
    """A reading that waits for confirmation."""
    data = "\n".join(LINES).encode()
    stored = StoredFile(
        name="31-KH-SYT.txt",
        content_type="text/plain",
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    stored.content.save("x", ContentFile(data), save=False)
    stored.save()
    return Reading.objects.create(
        department=department,
        file=stored,
        found={"plan": found or plan(), "sources": SOURCES, "defects": []} | more,
        lines=[{"page": 1, "number": n, "text": text} for n, text in enumerate(LINES, start=1)],
        read_by=by or make.standing_officer(department),
    )


def sector(department: Body) -> dict[str, Body]:
    """Offices and units the plan speaks of: three subordinate units, one more in the sector."""
    return {
        "office": make.office("Văn phòng Sở", department),
        "nvy": make.office("Phòng Nghiệp vụ Y", department),
        "one": make.unit(department, "Bệnh viện Mắt"),
        "two": make.unit(department, "Bệnh viện Phổi"),
        "three": make.unit(department, "Trung tâm Kiểm soát bệnh tật tỉnh"),
        "private": make.unit(department, "Bệnh viện Sao Mai", subordinate=False),
    }
