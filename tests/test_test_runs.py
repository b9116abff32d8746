"""How the tests run: on which database, with what in it, and with how many examples."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from hypothesis import settings

from tests.casting import Cast
from tests.examples import (
    EVERYDAY,
    THOROUGH,
    all_but,
    assert_no_database_decides_if_thorough,
    leave_out,
    some_of,
    thorough,
    up_to,
)
from tests.migrated import Migrated
from tests.on_both import (
    FOLDERS,
    NORMAL,
    is_repeated_nowhere,
    mark_what_a_database_decides,
)
from tests.side_by_side import run_side_by_side, shares_in
from tests.statements import Statements, is_left_out
from tests.without_database import (
    WITHOUT_DATABASE,
    assert_needs_none,
    is_read_in_vain,
)

TESTS = Path(__file__).parent


@pytest.fixture
def profile() -> Iterator[None]:
    before = settings.get_current_profile_name()
    yield
    settings.load_profile(before)


@pytest.mark.parametrize(
    ("name", "few", "many"),
    [(EVERYDAY, 100, 150), (THOROUGH, 100, 5000), ("default", 100, 5000)],
)
@pytest.mark.usefixtures("profile")
def test_every_example_is_tried_only_in_a_thorough_run(
    name: str, few: int, many: int
) -> None:
    settings.load_profile(name)

    assert (up_to(100), up_to(5000)) == (few, many)
    assert up_to(5000, 50) == (50 if name == EVERYDAY else 5000)


def test_samples_of_every_run_are_the_first_the_last_and_some_between() -> None:
    every = list("abcdefg")
    assert _kept(some_of(every, 3)) == ["a", "d", "g"]
    assert _kept(some_of(every)) == ["a"]
    assert some_of(every, 7) == every
    assert len(some_of(every, 2)) == len(every)

    assert _kept(all_but(every, "bf")) == ["b", "f"]
    with pytest.raises(ValueError, match="no samples"):
        all_but(every, "z")


def _kept(samples: list[Any]) -> list[Any]:
    return [sample for sample in samples if not hasattr(sample, "marks")]


def test_sample_of_a_thorough_run_keeps_its_values_its_name_and_its_marks() -> None:
    marked = thorough(pytest.param(1, 2, id="x", marks=pytest.mark.once))

    assert (marked.values, marked.id) == ((1, 2), "x")
    assert {mark.name for mark in marked.marks} == {"once", "thorough"}
    assert thorough((1, 2)).values == (1, 2)


@pytest.mark.parametrize(
    ("profile_name", "arguments", "option", "run"),
    [
        (EVERYDAY, ["tests/e2e"], "", ["every"]),
        (EVERYDAY, ["tests/e2e", "tests/x.py::test_y"], "", ["every", "thorough"]),
        (EVERYDAY, [], "statements", ["every", "thorough"]),
        (EVERYDAY, [], "every_sample", ["every", "thorough"]),
        (THOROUGH, [], "", ["every", "thorough"]),
    ],
    ids=["normal", "named", "thorough on PostgreSQL", "mutation check", "thorough"],
)
@pytest.mark.usefixtures("profile")
def test_thorough_tests_are_left_out_of_a_normal_run_unless_named(
    request: pytest.FixtureRequest,
    profile_name: str,
    arguments: list[str],
    option: str,
    run: list[str],
) -> None:
    settings.load_profile(profile_name)
    hook, every = Mock(), [_node(request, "every"), _node(request, "thorough")]
    every[1].add_marker("thorough")
    items = every.copy()

    leave_out(
        Mock(args=arguments, getoption=lambda name: name == option, hook=hook), items
    )

    assert [item.name for item in items] == run
    told = [call.kwargs["items"] for call in hook.pytest_deselected.call_args_list]
    assert told == ([] if len(run) == 2 else [every[1:]])


def _node(request: pytest.FixtureRequest, name: str) -> pytest.Item:
    node: pytest.Item = pytest.Function.from_parent(
        request.node.parent, name=name, callobj=lambda: None
    )
    return node


def test_what_a_database_decides_is_in_every_run(
    request: pytest.FixtureRequest,
) -> None:
    node = _node(request, "decided_by_a_database")
    assert_no_database_decides_if_thorough(node)
    node.add_marker("thorough")
    assert_no_database_decides_if_thorough(node)
    node.add_marker("on_both")
    with pytest.raises(AssertionError, match="marked thorough and on_both"):
        assert_no_database_decides_if_thorough(node)

    node.add_marker("once")
    assert_no_database_decides_if_thorough(node)


def test_every_file_has_a_test_that_is_in_every_run() -> None:
    left_out = []
    for file in TESTS.glob("**/test_*.py"):
        text = file.read_text()
        tests = re.findall(r"^def test_", text, re.M)
        marked = re.findall(r"^@pytest\.mark\.thorough$", text, re.M)
        of_the_file = re.search(r"^pytestmark\b.*\bthorough\b", text, re.M)
        if of_the_file or 0 < len(tests) <= len(marked):
            left_out.append(file.name)

    assert left_out == []


def test_what_asks_for_no_database_runs_once(request: pytest.FixtureRequest) -> None:
    assert request.node.get_closest_marker("once")


@pytest.mark.on_both
def test_what_asks_for_the_database_may_run_on_both(
    cast: Cast, request: pytest.FixtureRequest
) -> None:
    assert not request.node.get_closest_marker("once")


@pytest.mark.parametrize("folder", FOLDERS)
def test_all_that_is_tested_in_a_folder_about_a_database_runs_on_both(
    request: pytest.FixtureRequest, folder: str
) -> None:
    files = {*(TESTS / folder).glob("**/test_*.py")}

    assert files
    for file in files:
        node = _node(request, "x")
        node.path = file
        mark_what_a_database_decides(node, commits=False)
        assert not is_left_out(node)
        assert not is_repeated_nowhere(file, NORMAL)
        assert not re.search(r"mark\.once\b", file.read_text()), file.name


def test_what_commits_elsewhere_says_on_which_databases_it_runs(
    request: pytest.FixtureRequest,
) -> None:
    nodes = [_node(request, mark) for mark in ("none", "once", "on_both")]
    for node in nodes[1:]:
        node.add_marker(node.name)
        mark_what_a_database_decides(node, commits=True)
    mark_what_a_database_decides(nodes[0], commits=False)

    assert [is_left_out(node) for node in nodes] == [True, True, False]
    with pytest.raises(AssertionError, match="marked neither on_both nor once"):
        mark_what_a_database_decides(nodes[0], commits=True)


def test_run_takes_what_is_marked_and_a_thorough_one_all() -> None:
    text = (TESTS.parent / "run").read_text()

    assert f"local on_postgresql=(-m '{NORMAL}')" in text
    assert "on_postgresql=(-m 'not no_database' --statements)" in text


def test_file_without_a_mark_is_not_read_for_what_is_repeated(tmp_path: Path) -> None:
    file, other = tmp_path / "test_x.py", tmp_path / "conftest.py"
    for path in (file, other):
        path.write_text("def test_x(cast): ...")

    assert is_repeated_nowhere(file, NORMAL)
    assert not is_repeated_nowhere(other, NORMAL)
    assert not is_repeated_nowhere(tmp_path, NORMAL)
    assert not is_repeated_nowhere(file, "not no_database")
    file.write_text("@pytest.mark.on_both\ndef test_x(cast): ...")
    assert not is_repeated_nowhere(file, NORMAL)


@pytest.mark.parametrize(
    ("expression", "in_vain"),
    [
        ("not once", True),
        (NORMAL, True),
        ("not no_database", True),
        ("once", False),
        ("not once or no_database", False),
        ("", False),
    ],
)
def test_only_a_run_that_needs_a_database_passes_over_what_has_none(
    expression: str, in_vain: bool
) -> None:
    assert is_read_in_vain(TESTS / "scoring", expression) == in_vain
    assert not is_read_in_vain(TESTS / "access", expression)


def test_file_in_which_all_runs_once_is_read_only_where_it_runs(tmp_path: Path) -> None:
    file = tmp_path / "test_x.py"
    file.write_text("import pytest\n\npytestmark = pytest.mark.once\n")

    assert is_read_in_vain(file, "not once")
    assert not any(is_read_in_vain(file, x) for x in ("once", "not no_database", ""))
    file.write_text("import pytest\n\n@pytest.mark.once\ndef test_x(cast): ...")
    assert not is_read_in_vain(file, "not once")


def test_what_is_passed_over_may_ask_for_no_database() -> None:
    assert [path for path in WITHOUT_DATABASE if not path.exists()] == []
    assert_needs_none(TESTS / "access" / "test_isolation.py")
    for path in (TESTS / "scoring" / "x" / "test_y.py", TESTS / "test_conventions.py"):
        with pytest.raises(AssertionError, match="put it elsewhere"):
            assert_needs_none(path)


# With what starts a process, installs or serves taken out of `run`.
TOLD = """set -- help; . ./run >/dev/null
install_for_tests() { :; }
start() { "$@"; }
nice() { "${@:3}"; }
pytest() { :; }
python() { printf '%s\\t' "$TEST_DATABASE_URL" "$@" >"$TOLD"; }
run_tests"""


def test_each_test_is_in_one_of_the_processes_on_sqlite(tmp_path: Path) -> None:
    told = tmp_path / "told"
    subprocess.run(
        ["bash", "-c", TOLD],  # noqa: S607 - ours, found as the shebang of `run` finds it
        cwd=TESTS.parent,
        env=os.environ | {"TOLD": str(told), "TEST_DATABASE_URL": "postgres://x"},
        check=True,
        timeout=60,
    )
    database, *words = told.read_text().split("\t")[:-1]
    assert (database, words[:2]) == ("", ["-m", "tests.side_by_side"])
    on_sqlite = [arguments for _, arguments in shares_in(words[3:])]

    files = [file.relative_to(TESTS.parent) for file in TESTS.glob("**/test_*.py")]
    taken = {file: sum(_takes(share, file) for share in on_sqlite) for file in files}
    assert {file: times for file, times in taken.items() if times != 1} == {}
    named = {path for paths in on_sqlite for path in paths}
    assert all(Path(path.removeprefix("--ignore=")).exists() for path in named)


def test_shares_run_in_copies_that_each_say_it_in_a_file_and_end_well_together(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def work(arguments: list[str]) -> None:
        os.write(1, f"{os.getppid()} {arguments}".encode())
        os._exit(int(arguments[-1]))

    told = ["-o", "--", "first", "0", "--", "", "--ignore=first", "0"]
    shares = [*shares_in(told)]
    assert run_side_by_side(tmp_path, shares, work)
    assert not run_side_by_side(tmp_path, [("second", ["1"]), shares[0]], work)

    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {
        "first": f"{os.getpid()} ['-o', '0']",
        "second": f"{os.getpid()} ['1']",
    }
    assert capfd.readouterr().out == f"{os.getpid()} ['-o', '--ignore=first', '0']"


def test_one_process_migrates_a_database_for_all(tmp_path: Path) -> None:
    first, second, alone = (Migrated(name) for name in (*[str(tmp_path)] * 2, ""))
    migrated, file = tmp_path / "first", tmp_path / "second"
    assert not first.copied_to(migrated)
    with closing(sqlite3.connect(migrated)) as database:
        database.execute("CREATE TABLE made (once)")
    first.keep(migrated)

    assert second.copied_to(file)
    second.keep(file)
    with closing(sqlite3.connect(file)) as database:
        [(name,)] = database.execute("SELECT name FROM sqlite_schema")
    assert name == "made"
    assert not alone.copied_to(file)
    alone.keep(file)
    assert "TEST_MIGRATED" not in os.environ


def _takes(arguments: list[str], file: Path) -> bool:
    left_out = [a.removeprefix("--ignore=") for a in arguments if a[0] == "-"]
    paths = [argument for argument in arguments if argument[0] != "-"] or ["tests"]
    within = [str(path) for path in (file, *file.parents)]
    return any(path in within for path in paths) and not {*left_out} & {*within}


def test_what_only_the_first_test_sends_is_of_a_normal_run(
    request: pytest.FixtureRequest,
) -> None:
    items = [_node(request, "left out"), _node(request, "on both")]
    items[1].add_marker("on_both")

    Statements().pytest_collection_modifyitems(items)

    assert [item.name for item in items] == ["on both", "left out"]
