"""What documents tell people to type, set and read exists."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).parent.parent
DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted((ROOT / "docs").glob("*.md")),
    *sorted((ROOT / "docs" / "operations").rglob("*.*")),
    *(ROOT / name for name in (".env.example", "docker-compose.yml", "Dockerfile")),
]
every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT))
)
# Where a variable is read, or set for a program that reads it.
READERS = (
    ROOT / "run",
    ROOT / ".env.example",
    ROOT / "docker-compose.yml",
    *(ROOT / "config").glob("*.py"),
    *(ROOT / "tests").rglob("*.py"),
    *(ROOT / "audits").rglob("*.py"),
)
_BLOCK = re.MULTILINE | re.DOTALL
ENDINGS = (".py", ".html", ".yaml", ".jsonl", ".js", "/")
# A constant of the code, and addresses that systemd allows.
NOT_VARIABLES = {"MAX_NODES", "AF_INET", "AF_UNIX"}


def headings(document: Path) -> set[str]:
    """Return the anchors that GitHub makes of a document's headings."""
    titles = re.findall(r"^#+ (.+)$", document.read_text("utf-8"), re.MULTILINE)
    kept = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in kept}


@every_document
def test_links_lead_somewhere(document: Path) -> None:
    text = document.read_text("utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)|^\[\w+\]: (\S+)$", text, re.MULTILINE):
        path, _, anchor = (link[0] or link[1]).partition("#")
        if "://" in path:
            continue
        target = (document.parent / path).resolve() if path else document
        assert target.exists(), link
        assert not anchor or anchor in headings(target), link


@every_document
def test_commands_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    usage = (ROOT / "run").read_text("utf-8")

    managed = r"(?:manage\.py|\./run manage|^attune)[ \"',]+(\w+)"
    for command in re.findall(managed, text, re.MULTILINE):
        assert command in get_commands(), command
    for command in re.findall(r"\./run (\w+)", text):
        assert f"\n  {command} " in usage, command


def variables(path: Path) -> set[str]:
    """Return what is written in a file as variables are."""
    return set(re.findall(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b", path.read_text("utf-8")))


@cache
def read_somewhere() -> set[str]:
    return set().union(*map(variables, READERS))


@every_document
def test_variables_are_read_somewhere(document: Path) -> None:
    assert variables(document) - read_somewhere() <= NOT_VARIABLES


@every_document
def test_files_that_are_named_exist(document: Path) -> None:
    folders = "audits|config|docs|static|templates|tests"
    named = re.findall(rf"`((?:{folders})/[\w./-]+)`", document.read_text("utf-8"))
    for path in named:
        assert (ROOT / path).exists(), path


def test_paths_of_the_architecture_exist() -> None:
    missing = []
    for line in (ROOT / "ARCHITECTURE.md").read_text("utf-8").splitlines():
        folder: Path | None = None
        for name in re.findall(r"`(\w[\w./<>-]*)`", line):
            if not name.endswith(ENDINGS):
                continue
            found = found_path(name, folder)
            if found is None:
                missing.append(name)
            elif "/" in name:
                folder = found if found.is_dir() else found.parent

    assert missing == []


@cache
def _rooms() -> list[Path]:
    return [*(ROOT / "audits").rglob("*/")]


def found_path(name: str, folder: Path | None) -> Path | None:
    """Return what a name of the architecture leads to; `<name>` is any name.

    A bare name is in the folder named before it on its line, else in any room.
    """
    pattern = re.sub(r"<\w+>", "*", name).rstrip("/")
    places = [ROOT, ROOT / "audits", ROOT / "templates"]
    if "/" not in name.rstrip("/"):
        places += [folder] if folder else _rooms()
    return next((path for place in places for path in place.glob(pattern)), None)


def test_layers_of_the_architecture_are_those_that_lint_proves() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = {
        package: contract["layers"]
        for contract in contracts
        for package in contract.get("containers", ())
    }

    written = [
        each.splitlines() for each in re.findall(r"^```\n(.*?)^```", text, _BLOCK)
    ]
    for package in ("audits", "audits.scoring", "audits.services"):
        assert layers[package] in written
    said = text.partition("Nine packages have layers of their own there")[2]
    named = re.findall(r"`([\w.]+)`", said.partition(". [The packages")[0])
    assert len(named) == 9
    assert {f"audits.{name}" for name in named} == layers.keys() - {"audits"}


def test_map_of_the_readme_has_every_folder_of_the_app() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    drawn = text.partition("## Map of the files")[2].partition("## ")[0]

    folders = {path.parent.name for path in (ROOT / "audits").glob("*/__init__.py")}
    assert len(folders) > 30
    assert {name for name in folders if f" {name}/" not in drawn} == {"migrations"}
