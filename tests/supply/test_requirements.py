"""Requirements that are not whole, or not what their .in files ask for, are found."""

from pathlib import Path

import pytest

from tests.supply.requirements import NAMES, pins, problems

ROOT = Path(__file__).parent.parent.parent
HASH = f"--hash=sha256:{'a' * 64}"
RUNS = f"""\
anchor==1.4 \\
    {HASH}
    # via sails
sails[red]==2.0 \\
    {HASH} \\
    --hash=sha256:{"b" * 64}
    # via -r requirements.in
"""
TESTS = f"""\
gauge==3.1 ; sys_platform == 'linux' \\
    {HASH}
    # via
    #   -r requirements-dev.in
    #   sails
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder whose requirements are whole and in step."""
    (tmp_path / "requirements.in").write_text("sails[red]>=2,<3\n")
    (tmp_path / "requirements-dev.in").write_text("-r requirements.in\ngauge\n")
    (tmp_path / "requirements.txt").write_text(RUNS)
    (tmp_path / "requirements-dev.txt").write_text(RUNS + TESTS)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def change_both(folder: Path, old: str, new: str) -> None:
    for name in NAMES:
        change(folder / f"{name}.txt", old, new)


@pytest.mark.thorough
def test_the_requirements_of_this_release_are_whole_and_in_step() -> None:
    assert problems(ROOT) == []


def test_whole_requirements_have_no_problem(folder: Path) -> None:
    assert problems(folder) == []


def test_a_pin_is_read_with_its_version_hashes_and_reasons(folder: Path) -> None:
    anchor, gauge, sails = pins(folder / "requirements-dev.txt")

    assert (anchor.name, anchor.version) == ("anchor", "1.4")
    assert anchor.via == {"sails"}
    assert gauge.via == {"-r requirements-dev.in", "sails"}
    assert sails.hashes == {"a" * 64, "b" * 64}


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (HASH, "", "anchor has no SHA-256 hash."),
        (HASH, f"--hash=sha1:{'a' * 40}", "anchor has no SHA-256 hash."),
        ("anchor==1.4", "anchor>=1.4", "anchor has no exact version (==)."),
        ("anchor==1.4", "anchor==1.*", "anchor has no exact version (==)."),
        (
            "anchor==1.4",
            "anchor @ https://example.org/anchor-1.4-py3-none-any.whl",
            "anchor comes from an address, not from an index.",
        ),
        (
            "anchor==1.4",
            "--index-url https://example.org/\nanchor==1.4",
            "“--index-url https://example.org/” has no place here: "
            "only pinned packages do.",
        ),
    ],
)
def test_a_line_that_could_bring_in_other_bytes_is_found(
    folder: Path, old: str, new: str, problem: str
) -> None:
    change(folder / "requirements.txt", old, new)

    assert problems(folder) == [f"requirements.txt: {problem}"]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "<3\n",
            "<3\nrudder\n",
            "requirements.in asks for rudder, and requirements.txt does not say so.",
        ),
        (
            "sails[red]>=2,<3",
            "",
            "requirements.txt has sails, and requirements.in does not ask for it.",
        ),
        (">=2", ">2", "requirements.in asks for sails[red]<3,>2, not for sails 2.0."),
        (
            "[red]",
            "[blue]",
            "requirements.in asks for sails[blue]<3,>=2, not for sails 2.0.",
        ),
    ],
)
def test_a_file_that_was_not_compiled_again_is_found(
    folder: Path, old: str, new: str, problem: str
) -> None:
    change(folder / "requirements.in", old, new)

    (found,) = problems(folder)

    assert found.startswith(problem)
    assert "uv pip compile" in found


def test_a_pin_that_nothing_needs_any_more_is_found(folder: Path) -> None:
    change_both(folder, "# via sails", "# via rudder")

    first, _ = problems(folder)

    assert first.startswith("requirements.txt has anchor, and nothing there needs it.")


@pytest.mark.parametrize(("old", "new"), [("2.0", "2.1"), ("b" * 64, "c" * 64)])
def test_what_is_tested_is_what_a_server_installs(
    folder: Path, old: str, new: str
) -> None:
    change(folder / "requirements-dev.txt", old, new)

    assert problems(folder) == [
        "requirements-dev.txt pins another sails than requirements.txt."
    ]
