"""Rules of the house that no linter knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for path in (ROOT / "audits").rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
ROOMS = sorted({path.parent for path in SOURCES})
MAX_LINES = 400
MAX_FILES = 24
MAX_ROOM_LINES = 2500
MAX_FUNCTION_LINES = 40
MAX_TEMPLATE_COLUMNS = 120


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            yield node


@pytest.mark.parametrize("path", SOURCES, ids=lambda p: str(p.relative_to(ROOT)))
def test_files_and_functions_stay_small(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MAX_LINES
    for function in functions(path):
        after_docstring = function.body[bool(ast.get_docstring(function)) :]
        start = after_docstring[0].lineno if after_docstring else function.lineno
        lines = (function.end_lineno or start) - start + 1
        assert lines <= MAX_FUNCTION_LINES, function.name


@pytest.mark.parametrize("room", ROOMS, ids=lambda p: str(p.relative_to(ROOT)))
def test_rooms_stay_small(room: Path) -> None:
    files = [path for path in SOURCES if path.parent == room]
    lines = sum(len(file.read_text("utf-8").splitlines()) for file in files)

    assert len(files) <= MAX_FILES
    assert lines <= MAX_ROOM_LINES


def test_no_junk_drawers() -> None:
    names = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}

    assert names.isdisjoint({"utils", "helpers", "common", "base", "misc", "lib"})


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_templates_have_no_inline_style_script_or_unescaped_text(path: Path) -> None:
    text = path.read_text("utf-8")

    get_template(str(path.relative_to(ROOT / "templates")))
    assert not re.search(r'\sstyle="|<style|\son[a-z]+="', text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape off|javascript:", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(ROOT)))
def test_template_lines_are_short(path: Path) -> None:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        assert len(line) <= MAX_TEMPLATE_COLUMNS, number


def test_only_the_escaping_formatters_make_markup() -> None:
    for path in SOURCES:
        assert "mark_safe" not in path.read_text("utf-8"), path


def test_environment_example_names_every_variable() -> None:
    settings = (ROOT / "config" / "settings.py").read_text("utf-8")
    read = set(
        re.findall(
            r'(?:environ(?:\.get)?|env_(?:bool|list|json|int))\W+"(\w+)"',
            settings,
        )
    )
    named = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.M))

    assert read <= named


def test_models_of_an_organization_refuse_queries_outside_it() -> None:
    for model in apps.get_app_config("audits").get_models():
        if "organization" in {field.name for field in model._meta.fields}:
            assert type(model._default_manager).__module__ == "django_scopes.manager"


def test_scopes_are_lifted_only_where_there_is_none_yet() -> None:
    lifting = {
        str(path.relative_to(ROOT))
        for path in SOURCES
        if "scopes_disabled" in path.read_text("utf-8")
    }

    assert lifting == {
        "audits/access/calendars.py",
        "audits/access/members.py",
        "audits/imports/tasks.py",
        "audits/middleware.py",
        "audits/reports/tasks.py",
        "audits/services/demo/demo.py",
        "audits/services/record/anchors.py",
        "audits/services/record/record_checks.py",
        "audits/services/people/sign_ins.py",
        "audits/services/papers/packs/pack_room.py",
        "audits/services/portfolio/snapshots.py",
        "audits/services/demo/sample.py",
        "audits/services/demo/scale.py",
        "audits/services/portfolio/rows.py",
        "audits/services/portfolio/scored_again.py",
        "audits/services/files/stored_files.py",
        "audits/time_machine/tasks.py",
        "audits/verify/stored.py",
    }


def test_no_row_is_locked_with_its_key() -> None:
    """Every new row that refers to it would wait, and then two might for each other."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "select_for_update":
                assert "no_key" in {word.arg for word in node.keywords}, path


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ""
