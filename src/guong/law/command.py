"""`guong law assess FILE`: one subject explained, from facts in a YAML or JSON file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from guong.law.assessing import assess
from guong.law.assessment import Assessment, Finding
from guong.law.fact_files import read_facts, read_question
from guong.law.layers import read_layer
from guong.law.loading import load
from guong.law.marked import read_marked

OUTCOMES = {
    "eligible": "Đủ điều kiện",
    "not_eligible": "Không đủ điều kiện",
    "suspended": "Tạm dừng",
    "open": "Cần xem xét",
}
SIGNS = {"met": "✓", "failed": "✗", "open": "?"}
MARK = "chưa kiểm chứng"


def run(given: argparse.Namespace) -> int:
    """0 when answered, 2 and one line when the question cannot be; `given` has file, layer and json."""
    try:
        answer = _answer(Path(given.file), given.layer)
    except (LookupError, ValueError, OSError) as problem:
        sys.stderr.write(f"{_sentence(problem)}\n")
        return 2
    if given.json:
        sys.stdout.write(json.dumps(answer.to_json(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(answer)) + "\n")
    return 0


def _sentence(problem: Exception) -> str:
    if isinstance(problem, KeyError):
        return f"unknown name {problem.args[0]!r}"
    return str(problem)


def _answer(path: Path, layers: Sequence[str]) -> Assessment:
    law = load()
    for layer in layers:
        law = law.with_layer(read_layer(Path(layer).read_text(encoding="utf-8"), Path(layer).name, law))
    root = read_marked(path, path.name)
    root.only("ask", "facts")
    question = read_question(root.need("ask"))
    return assess(law, read_facts(root.need("facts"), question.year), question)


def _lines(answer: Assessment) -> list[str]:
    marked = f" ({MARK})" if answer.unverified else ""
    lines = [
        f"{answer.award} · {answer.merit_type} · năm {answer.year}",
        f"{OUTCOMES[answer.outcome]}{marked}",
        f"Áp dụng {answer.regime}, hồ sơ nhận ngày {answer.received_on:%d/%m/%Y}",
    ]
    lines += _of_finding(answer.finding, 0)
    lines += [f"Lưu ý: {warning}" for warning in answer.warnings]
    return lines


def _of_finding(finding: Finding, depth: int) -> list[str]:
    indent = "  " * depth
    if finding.mode:
        head = [f"{indent}{SIGNS[finding.state]} một trong:"] if finding.mode == "any" else []
        return head + [line for part in finding.parts for line in _of_finding(part, depth + len(head))]
    compared = ", ".join(f"{name}={value}" for name, value in finding.compared.items() if value is not None)
    parts = [finding.source, MARK if finding.confidence == "unverified" else "", compared]
    if finding.state == "open":
        parts.append("cần: " + (", ".join(finding.evidence) or finding.missing))
    return [f"{indent}{SIGNS[finding.state]} {finding.vi} [{'; '.join(filter(None, parts))}]"]
