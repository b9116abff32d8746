"""The process that reads a file: what it gets, what it may do, and how it ends."""

import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from audits.uploads.reading import process
from audits.uploads.reading.limits import MEGABYTE, Limits, Reader
from audits.uploads.reading.refusals import BusyError, UnreadableUploadError
from tests.uploads.peak import measured

TOO_MUCH = "The file takes too much work to read. Select a smaller one."
SMALL = Limits(memory=200 * MEGABYTE, cpu=1, wall=3, result=100_000)


class GreenError(UnreadableUploadError):
    """A refusal of one reader's own."""


def reader(name: str, limits: Limits = SMALL) -> Reader[Any]:
    return Reader(
        function=f"tests.uploads.reading.readers:{name}",
        made=lambda value: value,
        refusal=GreenError,
        too_much=TOO_MUCH,
        limits=limits,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "file"
    path.write_bytes(b"body of a file")
    return path


@pytest.mark.thorough
def test_file_is_read_from_its_start_wherever_it_is_and_left_alone(file: Path) -> None:
    expected = {"size": 14, "first": "body", "name": "ü\x00"}

    assert process.read(reader("digest"), b"body of a file", name="ü\x00") == expected
    in_memory = BytesIO(b"body of a file")
    in_memory.seek(5)
    assert process.read(reader("digest"), in_memory, name="ü\x00") == expected
    with file.open("r+b") as on_disk:
        on_disk.seek(5)
        assert process.read(reader("digest"), on_disk, name="ü\x00") == expected
        assert on_disk.tell() == 5
        assert process.read(reader("writes"), on_disk) == ["refused"] * 3
    assert file.read_bytes() == b"body of a file"


def test_reader_has_its_limits_and_no_environment() -> None:
    found = process.read(reader("surroundings"), b"")

    assert found["limits"] == {
        "AS": [200 * MEGABYTE] * 2,
        "CPU": [1, 1],
        "FSIZE": [0, 0],
        "CORE": [0, 0],
    }
    # Python sets this one itself when it finds no language.
    assert set(found["environment"]) <= {"LC_CTYPE"}


def test_process_has_no_django_and_little_of_ours() -> None:
    assert process.read(reader("imported"), b"") == [
        "audits",
        "audits.uploads",
        "audits.uploads.reading",
        "audits.uploads.reading.refusals",
    ]


@pytest.mark.thorough
def test_reader_of_a_csv_file_loads_nothing_that_only_others_need() -> None:
    reads = "audits.evaluations", "audits.usage", "audits.uploads.tables"
    imports = ";".join(f"import {package}.reading" for package in reads)
    found = subprocess.run(
        [
            sys.executable,
            "-I",
            "-c",
            f"import sys; sys.path.append('.'); {imports}; print(*sys.modules)",
        ],
        capture_output=True,
        check=True,
        text=True,
        timeout=60,
    ).stdout.split()

    assert "audits.evaluations.formats.csv_cases" in found
    assert {"logging", "openpyxl", "pypdf", "subprocess", "zipfile"} & {*found} == set()


def test_refusal_is_raised_as_the_readers_own_with_its_sentence() -> None:
    with pytest.raises(GreenError, match=r"^It is green\. Paint it\.$"):
        process.read(reader("refuses"), b"")


@pytest.mark.parametrize(
    "name",
    [
        *("sleeps", "works", "fills_the_memory", "dies", "ends", "stumbles"),
        *("recurses", "floods", "nests", "cannot_be_said", "is_not_there"),
    ],
)
def test_whatever_goes_wrong_is_one_sentence_soon_and_costs_nothing(name: str) -> None:
    start = time.monotonic()

    with measured() as growth, pytest.raises(GreenError) as refused:
        process.read(reader(name), b"")

    assert str(refused.value) == TOO_MUCH
    assert time.monotonic() - start < 30  # one of them sleeps for a minute
    assert growth.most < 20 * MEGABYTE
    assert process.read(reader("chats"), b"") == "said"


@pytest.mark.parametrize(
    "value", [None, "", [], {"rows": 5}, {"rows": "x"}, float("inf"), float("nan")]
)
def test_result_that_is_none_is_refused_as_if_it_broke(value: Any) -> None:
    def made(values: Any) -> int:
        return int(values) if isinstance(values, float) else sum(values["rows"])

    odd = Reader(
        function="tests.uploads.reading.readers:returns",
        made=made,
        refusal=GreenError,
        too_much=TOO_MUCH,
        limits=SMALL,
    )

    with pytest.raises(GreenError, match="takes too much work"):
        process.read(odd, b"", value=value)


@pytest.mark.thorough
def test_large_file_on_the_disk_is_never_in_this_process(tmp_path: Path) -> None:
    path = tmp_path / "large"
    path.write_bytes(bytes(100 * MEGABYTE))

    with measured() as growth, path.open("rb") as file:
        assert process.read(reader("returns"), file, value=1) == 1

    assert growth.most < 5 * MEGABYTE


def test_file_that_finds_no_room_on_the_disk_may_be_sent_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))

    with pytest.raises(BusyError, match="Try again in a moment"):
        process.read(reader("chats"), b"in memory")


@pytest.mark.thorough
def test_one_more_file_than_places_is_told_so_and_read_in_its_turn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "_LONGER", 0.2)
    there = tmp_path / "there"
    waiting = reader("waits", Limits(wall=20))
    done: list[str] = []

    def wait() -> None:
        done.append(process.read(waiting, str(there).encode()))

    threads = [threading.Thread(target=wait) for _ in range(process.SHARES.all)]
    with ExitStack() as started:
        for thread in threads:
            thread.start()
            started.callback(thread.join)
        started.callback(there.touch)
        deadline = time.monotonic() + 5
        while process._places.free and time.monotonic() < deadline:
            time.sleep(0.01)

        with pytest.raises(BusyError, match="Try again in a moment"):
            process.read(reader("chats"), b"")

        monkeypatch.setattr(process, "_LONGER", 10)
        there.touch()  # one that waits a little is read
        assert process.read(reader("chats"), b"") == "said"

    assert done == ["done"] * process.SHARES.all
