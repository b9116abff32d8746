"""docs/third-party.md tells of every file in static/ that is not ours."""

import dataclasses
import shutil
from pathlib import Path

import pytest

from tests.supply.licences import Policy
from tests.supply.vendored import problems, rows

ROOT = Path(__file__).parent.parent.parent
POLICY = Policy.read(ROOT)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "static", tmp_path / "static")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "third-party.md", tmp_path / "docs")
    return tmp_path


def rewrite(copy: Path, old: str, new: str) -> None:
    page = copy / "docs" / "third-party.md"
    text = page.read_text()
    assert old in text
    page.write_text(text.replace(old, new, 1))


def test_the_page_tells_of_htmx_and_both_fonts() -> None:
    assert [row.licence for row in rows(ROOT)] == ["0BSD", "OFL-1.1", "OFL-1.1"]


def test_the_page_and_the_files_of_this_release_agree() -> None:
    assert list(problems(ROOT, POLICY)) == []


@pytest.mark.parametrize("name", ["js/chart.min.js", "fonts/lato.woff2", "icons/a.png"])
def test_a_file_that_nobody_tells_of_is_found(copy: Path, name: str) -> None:
    (copy / "static" / name).write_text("")

    assert list(problems(copy, POLICY)) == [
        f"static/{name} is neither in docs/third-party.md nor among `own-files` of "
        "pyproject.toml."
    ]


def test_an_icon_that_names_a_licence_is_not_ours(copy: Path) -> None:
    (copy / "static/icons/bell.svg").write_text("<svg><!-- MIT License --></svg>")

    assert list(problems(copy, POLICY)) == [
        "static/icons/bell.svg counts as our own, and names a licence."
    ]


def test_a_script_of_another_version_than_the_page_says_is_found(copy: Path) -> None:
    rewrite(copy, "2.0.10", "2.0.9")

    assert list(problems(copy, POLICY)) == [
        "static/js/htmx.min.js is of version 2.0.10, not 2.0.9."
    ]


def test_a_licence_whose_text_is_gone_is_found(copy: Path) -> None:
    (copy / "static/js/htmx.LICENSE").unlink()

    assert list(problems(copy, POLICY)) == [
        "htmx, by Big Sky Software: its licence's text static/js/htmx.LICENSE is "
        "missing."
    ]


def test_a_row_without_files_is_found(copy: Path) -> None:
    (copy / "static/js/htmx.min.js").unlink()

    assert list(problems(copy, POLICY)) == [
        "htmx, by Big Sky Software: there is no static/js/htmx.min.js."
    ]


def test_a_forbidden_licence_of_a_vendored_file_is_found(copy: Path) -> None:
    strict = dataclasses.replace(POLICY, allowed=POLICY.allowed - {"0BSD"})

    assert list(problems(copy, strict)) == [
        "htmx, by Big Sky Software: 0BSD is not among the allowed licences."
    ]
