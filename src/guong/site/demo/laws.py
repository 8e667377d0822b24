"""What An Bình lays down itself: the province's rule in force, a stricter one of the department in draft."""

from __future__ import annotations

import uuid
from datetime import date
from pathlib import Path

from django.core.files.base import ContentFile

from guong.law import shipped_layers
from guong.papers.model import Article, OfficialPaper, Signature
from guong.papers.pdf import to_pdf
from guong.regulations.actions import layers
from guong.regulations.models import Layer
from guong.site.demo.current import Stage

PROVINCE, SIGNED = "an-binh-2025", date(2025, 10, 1)
DRAFT = Path(__file__).parent / "regulations" / "so-y-te-2027.yaml"


def play(stage: Stage) -> None:
    """The administrator imports the rule, the director puts it in force; a draft waits."""
    path = shipped_layers()[PROVINCE]
    made = _import(stage, "quantri", path, SIGNED, ContentFile(_paper(), "31-2025-qd-ubnd.pdf"))
    layers.put_in_force(made, by=stage.users["giamdoc"])
    _import(stage, "thuongtruc", DRAFT, date(2026, 11, 16), None)


def _import(stage: Stage, who: str, path: Path, signed: date, paper: ContentFile | None) -> Layer:
    text = path.read_text(encoding="utf-8")
    return layers.import_layer(
        by=stage.users[who], applies_to=stage.made.root, text=text, name=path.name, signed_on=signed,
        paper=paper, key=uuid.uuid4(),
    )  # fmt: skip


def _paper() -> bytes:
    """A page that stands for the province's decision, which does not exist."""
    return to_pdf(
        OfficialPaper(
            issuer="ỦY BAN NHÂN DÂN TỈNH AN BÌNH", kind="QUYẾT ĐỊNH", place="An Bình", day=SIGNED,
            number="31/2025/QĐ-UBND", subject="Ban hành Quy chế thi đua, khen thưởng tỉnh An Bình",
            signature=Signature("CHỦ TỊCH", "Trần Đức Hạnh"),
            articles=(Article("Điều 1.", ("Ban hành Quy chế thi đua, khen thưởng tỉnh An Bình.",)),),
            recipients=("Như Điều 1", "Lưu: VT"),
        )
    )  # fmt: skip
