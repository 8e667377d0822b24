"""Rules of the house that no linter knows. Each rule is also shown a planted fault that it must find."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path

import polib
import pytest
from django.apps import apps

from tests import flow_page

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "guong"
CODE = sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)
FUNCTION_LINES, FILE_LINES = 25, 400
DRAWERS = {"utils", "util", "common", "helpers", "helper", "services", "misc", "manager"}
INSTALLERS = [
    path
    for kind in ("requirements*", "Makefile", "scripts/*", ".ci/*", "pyproject.toml")
    for path in ROOT.glob(kind)
]


def long_functions(tree: ast.AST) -> Iterator[str]:
    """Names of functions longer than the limit, not counting the docstring."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            explained = ast.get_docstring(node) and len(node.body) > 1
            first = node.body[0].end_lineno + 1 if explained else node.lineno
            if node.end_lineno - first + 1 > FUNCTION_LINES:
                yield node.name


def state_writes(tree: ast.AST) -> Iterator[int]:
    """Lines that assign to `something.state`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "state" and isinstance(node.ctx, ast.Store):
            yield node.lineno


def bare_gets(tree: ast.AST) -> Iterator[int]:
    """`X.objects.get(…)` and `X.objects.all()`: objects fetched past `visible_to`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"get", "all"}:
            owner = node.value
            if isinstance(owner, ast.Attribute) and owner.attr == "objects":
                yield node.lineno


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_functions_are_short() -> None:
    found = [f"{name_of(path)}: {name}" for path in CODE for name in long_functions(parsed(path))]
    assert found == []


def test_long_function_is_found() -> None:
    body = "\n".join(f"    x = {n}" for n in range(FUNCTION_LINES + 1))
    assert list(long_functions(ast.parse(f"def f():\n{body}"))) == ["f"]


def test_files_are_short() -> None:
    found = [
        name_of(path) for path in CODE if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
    ]
    assert found == []


def test_no_drawers() -> None:
    assert [name_of(path) for path in CODE if path.stem in DRAWERS or path.parent.name in DRAWERS] == []


def test_every_module_says_what_it_is_for() -> None:
    said = [path for path in CODE if path.name != "__init__.py"]
    assert [name_of(path) for path in said if not ast.get_docstring(parsed(path))] == []


def test_only_the_workflow_writes_states() -> None:
    demo = SOURCE / "site" / "demo"
    checked = [path for path in CODE if path != SOURCE / "base" / "workflow.py" and demo not in path.parents]
    assert [f"{name_of(path)}:{line}" for path in checked for line in state_writes(parsed(path))] == []


@pytest.mark.parametrize("code", ["x.state = 1", "a, x.state = 1, 2", "x.state += 'a'"])
def test_state_write_is_found(code: str) -> None:
    assert list(state_writes(ast.parse(code))) == [1]


def test_views_get_objects_through_visible_to() -> None:
    views = [path for path in CODE if path.stem.startswith("views") or path.parent.name == "views"]
    assert [f"{name_of(path)}:{line}" for path in views for line in bare_gets(parsed(path))] == []


def test_bare_get_is_found() -> None:
    assert list(bare_gets(ast.parse("User.objects.get(pk=1)"))) == [1]


def test_flow_page_agrees_with_the_step_tables() -> None:
    """When it fails: `python -m tests.flow_page`, and read what changed."""
    assert flow_page.PAGE.read_text(encoding="utf-8") == flow_page.page()


def test_every_step_table_is_on_the_flow_page() -> None:
    tables = {
        f"{name}.{found}"
        for name in ("guong.plans.flow", "guong.regulations.flow", "guong.records.flow", "guong.awards.flow")
        for found in vars(import_module(name))
        if found.endswith("_STEPS") and not found.startswith("_")
    }
    assert tables == set(flow_page.PROCESSES.values())


def test_every_model_is_in_the_glossary() -> None:
    page = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").lower()
    ours = [model for model in apps.get_models() if model.__module__.startswith("guong.")]
    assert sorted(model.__name__ for model in ours if str(english(model)) not in page) == []


def english(model: type) -> str:
    """CamelCase as words."""
    return re.sub(r"(?<!^)(?=[A-Z])", " ", model.__name__).lower()


def catalogues() -> list[Path]:
    return sorted(SOURCE.glob("*/locale/vi/LC_MESSAGES/django.po"))


@pytest.mark.parametrize("path", catalogues(), ids=lambda path: path.parts[-5])
def test_vietnamese_is_complete_and_compiled(path: Path) -> None:
    entries = polib.pofile(str(path))
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []
    compiled = {
        entry.msgid: entry.msgstr or entry.msgstr_plural
        for entry in polib.mofile(str(path.with_suffix(".mo")))
    }
    written = {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in entries if not entry.obsolete}
    assert compiled == written


def words_of(entries: Iterable[polib.POEntry]) -> dict[str, object]:
    return {entry.msgid: entry.msgstr or entry.msgstr_plural for entry in entries}


MESSAGE = re.compile(r"""(?:gettext(?:_lazy)?|\b_)\(\s*((?:"[^"]*"\s*)+)\)""")
TAG = re.compile(r"""{%\s*translate\s+(?:"([^"]*)"|'([^']*)')""")


def messages_of(app: Path) -> set[str]:
    """Plain literal messages of an app's code and templates."""
    found = {
        "".join(re.findall(r'"([^"]*)"', text))
        for path in app.rglob("*.py")
        for text in MESSAGE.findall(path.read_text(encoding="utf-8"))
    }
    for path in app.rglob("*.html"):
        found |= {one or two for one, two in TAG.findall(path.read_text(encoding="utf-8"))}
    return {text.replace("\\n", "\n") for text in found if text}


def test_every_message_on_screen_has_its_vietnamese() -> None:
    known = {entry.msgid for path in catalogues() for entry in polib.pofile(str(path)) if not entry.obsolete}
    missing = {text for app in SOURCE.iterdir() if app.is_dir() for text in messages_of(app)} - known
    assert sorted(missing) == []


def test_message_without_vietnamese_would_be_found(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text('{% translate "Nowhere" %}', encoding="utf-8")
    (tmp_path / "code.py").write_text('x = _("Not " "there")', encoding="utf-8")
    assert messages_of(tmp_path) == {"Nowhere", "Not there"}


ADDRESS = re.compile(r"[a-z]+://")


def test_locks_and_scripts_name_no_address() -> None:
    """Whoever installs chooses the registry; a lock holds hashes only."""
    assert INSTALLERS
    assert [name_of(path) for path in INSTALLERS if ADDRESS.search(path.read_text(encoding="utf-8"))] == []


def test_address_in_a_lock_is_found() -> None:
    assert ADDRESS.search("--index-url https://packages.example/simple")


INLINE = re.compile(r"""<[^>]*\s(?:style|on[a-z]+)\s*=|<script(?![^>]*\ssrc=)|<style""", re.IGNORECASE)


def test_pages_hold_no_inline_code_or_style() -> None:
    pages = list(SOURCE.rglob("*.html"))
    assert [name_of(path) for path in pages if INLINE.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("page", ['<p style="x">', "<a onclick='x'>", "<script>x</script>", "<style>"])
def test_inline_code_is_found(page: str) -> None:
    assert INLINE.search(page)
