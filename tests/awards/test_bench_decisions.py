"""The benchmark of decisions measures the product's own papers and leaves nothing behind."""

from __future__ import annotations

import pytest
from bench import decisions

from guong.awards.models import Award, Decision

pytestmark = pytest.mark.django_db


def test_benchmark_measures_and_leaves_nothing_behind(monkeypatch):
    monkeypatch.setattr(decisions, "ROUNDS", 1)
    found = list(decisions.figures())
    assert [figure.name for figure in found] == [
        "decision_100_pdf", "decision_100_word", "certificates_1000_pdf",
    ]  # fmt: skip
    assert all(figure.value > 0 for figure in found)
    print("\n".join(figure.line() for figure in found))
    assert not Decision.objects.exists()
    assert not Award.objects.exists()
