"""The first words of a new decision."""

from __future__ import annotations

import pytest

from guong.awards.drafting import theme
from guong.movements.models import Movement


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Thi đua “Thầy thuốc như mẹ hiền”", "Thầy thuốc như mẹ hiền"),
        ("Thi đua thực hiện tốt “Cải cách hành chính”", "Cải cách hành chính"),
        ('Thi đua "Trạm thân thiện"', "Trạm thân thiện"),
        ("Thi đua xây dựng trạm y tế thân thiện", "Xây dựng trạm y tế thân thiện"),
        ("Khen thưởng đột xuất", "Khen thưởng đột xuất"),
    ],
)
def test_theme_is_never_quoted_twice(name: str, words: str) -> None:
    assert theme(Movement(name=name)) == words
