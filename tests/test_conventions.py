"""Rules of the house that no linter knows."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.template.loader import get_template

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for path in (ROOT / "audits").rglob("*.py") if "migrations" not in path.parts
)
CONFIGURATION = sorted((ROOT / "config").rglob("*.py"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MAX_LINES = 400
MAX_FILES = 24
MAX_ROOM_LINES = 2500
# Of a part of scoring/, with the rooms in it.
MAX_PART_LINES = 3000
MAX_FUNCTION_LINES = 40
MAX_TEMPLATE_COLUMNS = 120
_STATEMENTS = (ast.stmt, ast.excepthandler, ast.match_case)


def functions(path: Path) -> Iterator[ast.FunctionDef]:
    nodes: list[ast.AST] = [ast.parse(path.read_text("utf-8"))]
    for node in nodes:  # and what is added: no expression has a function in it
        nodes += [x for x in ast.iter_child_nodes(node) if isinstance(x, _STATEMENTS)]
        if isinstance(node, ast.FunctionDef):
            yield node


# Each of these tests looks at all files: one test for each took three times as long.
def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def too_long_in(path: Path) -> Iterator[str]:
    if len(path.read_text("utf-8").splitlines()) > MAX_LINES:
        yield name_of(path)
    for function in functions(path):
        after_docstring = function.body[bool(ast.get_docstring(function)) :]
        start = after_docstring[0].lineno if after_docstring else function.lineno
        if (function.end_lineno or start) - start + 1 > MAX_FUNCTION_LINES:
            yield f"{name_of(path)}: {function.name}"


def test_files_and_functions_stay_small() -> None:
    files = [*SOURCES, *CONFIGURATION]

    assert [name for path in files for name in too_long_in(path)] == []


def test_rooms_stay_small() -> None:
    files, lines = Counter[str](), Counter[str]()
    for path in [*SOURCES, *CONFIGURATION]:
        room = name_of(path.parent)
        files[room] += 1
        lines[room] += len(path.read_text("utf-8").splitlines())

    parts = Counter[str]()
    for room, number in lines.items():
        if room.startswith("audits/scoring/"):
            parts[room.split("/")[2]] += number

    assert {room: x for room, x in files.items() if x > MAX_FILES} == {}
    assert {room: x for room, x in lines.items() if x > MAX_ROOM_LINES} == {}
    assert {part: x for part, x in parts.items() if x > MAX_PART_LINES} == {}


def test_no_junk_drawers() -> None:
    names = {path.stem for path in SOURCES} | {path.parent.name for path in SOURCES}

    assert names.isdisjoint({"utils", "helpers", "common", "base", "misc", "lib"})


def test_templates_have_no_inline_style_script_or_unescaped_text() -> None:
    for path in TEMPLATES:
        text, name = path.read_text("utf-8"), name_of(path)

        get_template(str(path.relative_to(ROOT / "templates")))
        assert not re.search(r'\sstyle="|<style|\son[a-z]+="', text), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), name
        assert not re.search(r"\|\s*safe\b|autoescape off|javascript:", text), name


def test_scripts_make_no_markup_of_text_and_keep_no_words() -> None:
    """What a browser stores is one choice: whether keys do something."""
    kept = set()
    for path in sorted((ROOT / "static" / "js").glob("*.js")):
        if path.name == "htmx.min.js":
            continue
        text = path.read_text("utf-8")
        banned = r"\beval\(|new Function|document\.write|\.(inner|outer)HTML\s*\+?="
        assert not re.search(banned, text), path.name
        assert not re.search(r"insertAdjacentHTML|postMessage", text), path.name
        assert not re.search(r"sessionStorage|indexedDB|document\.cookie", text)
        kept |= set(re.findall(r"localStorage\.setItem\((.*?)\)", text))

    assert kept == {'OFF, ""'}


def test_template_lines_are_short() -> None:
    assert [
        f"{name_of(path)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > MAX_TEMPLATE_COLUMNS
    ] == []


def test_only_the_escaping_formatters_make_markup() -> None:
    for path in SOURCES:
        assert "mark_safe" not in path.read_text("utf-8"), path


def test_environment_example_names_every_variable() -> None:
    read = set(
        re.findall(
            r'(?:os\.environ(?:\.get)?|env_(?:bool|list|json|int))\W+"(\w+)"',
            "\n".join(path.read_text("utf-8") for path in CONFIGURATION),
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
        "audits/access/directory.py",
        "audits/access/invitations.py",
        "audits/access/shares.py",
        "audits/access/members.py",
        "audits/imports/tasks.py",
        "audits/portfolio/changing/tasks.py",
        "audits/management/commands/dumpdata.py",
        "audits/management/commands/loaddata.py",
        "audits/middleware.py",
        "audits/reports/tasks.py",
        "audits/services/demo/demo.py",
        "audits/services/record/anchors.py",
        "audits/services/record/late_lines.py",
        "audits/services/record/record_checks.py",
        "audits/services/people/sign_ins.py",
        "audits/services/organizations/ended_invitations.py",
        "audits/services/privacy/erasure.py",
        "audits/services/privacy/person_export.py",
        "audits/services/privacy/organization_import.py",
        "audits/services/papers/packs/pack_room.py",
        "audits/services/portfolio/snapshots.py",
        "audits/services/demo/sample.py",
        "audits/services/demo/scale.py",
        "audits/services/portfolio/freed.py",
        "audits/services/portfolio/earlier_months.py",
        "audits/services/portfolio/rows.py",
        "audits/services/portfolio/scored_again.py",
        "audits/services/files/stored_files.py",
        "audits/time_machine/tasks.py",
        "audits/verify/stored.py",
    }
    # The architecture names those that are no task, door or part of the demo.
    named = (ROOT / "ARCHITECTURE.md").read_text("utf-8").partition("A scope is lifted")
    there = named[2].partition("\n- ")[0]
    for name in sorted(lifting):
        short = name.removeprefix("audits/")
        if not short.startswith(("access/", "services/demo/")) and "tasks" not in short:
            assert f"`{short}`" in there, name


def test_no_row_is_locked_with_its_key() -> None:
    """Every new row that refers to it would wait, and then two might for each other."""
    locking = [x for x in SOURCES if "select_for_update" in x.read_text("utf-8")]

    assert locking
    for path in locking:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) == "select_for_update":
                assert "no_key" in {word.arg for word in node.keywords}, path


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else ""
