"""Files of people are read in a separate process, a part at a time."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from audits.usage import reading
from audits.usage.reading import usage_of
from audits.usage.rows import RefusedUsageError, UsageFile
from audits.usage.summary import summarized
from tests.usage.long_files import long_spans
from tests.usage.made_usage import OTEL, read

GOOD: dict[str, Any] = {
    "format": "CSV",
    "version": None,
    "first": "2026-09-01",
    "last": "2026-09-30",
    "rows": [["2026-09-01", "gpt-5", 4, 100, None, 20, "0.5"]],
    "currency": "USD",
    "left_out": [],
    "missing": [],
    "digest": "0f",
}


def test_refusal_in_the_other_process_is_the_same_sentence() -> None:
    with pytest.raises(RefusedUsageError) as refused:
        usage_of(b'{"usage": 1}')

    assert str(refused.value).startswith(
        "The file is from a tool that Attune does not know: "
    )


@pytest.mark.thorough
def test_file_of_100_megabytes_is_read_in_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "spans.jsonl"
    lines = long_spans(file, 100)

    with file.open("rb") as content:
        found = usage_of(content)

    assert summarized(found).requests == 3 * lines > 80_000
    assert reading._READER.limits.memory == 150 * 1024 * 1024


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    small, large = tmp_path / "small.jsonl", tmp_path / "large.jsonl"
    long_spans(small, 1)
    long_spans(large, 15)
    code = (
        "import resource, sys; sys.path.insert(0, '.');"
        "from audits.usage.formats.recognised import read_usage;"
        "read_usage(open(sys.argv[1], 'rb'));"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )

    used = [
        int(subprocess.check_output([sys.executable, "-c", code, str(each)]))
        for each in (small, large)
    ]

    assert used[1] - used[0] < 10_000  # kilobytes, for 14 MB more


def test_values_of_the_other_process_become_the_file() -> None:
    made = reading.file_of(GOOD)

    assert isinstance(made, UsageFile)
    assert reading.values_of(made) == GOOD
    assert reading.file_of(reading.values_of(read(OTEL))) == read(OTEL)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", 7),
        ("first", "today"),
        ("first", "2026-10-01"),
        ("first", "1026-10-01"),
        ("currency", 1),
        ("left_out", [1]),
        ("rows", [["2026-09-01", "gpt-5", 4]]),
        ("rows", [["2026-09-01", 7, 4, 100, None, 20, None]]),
        ("rows", [["2026-09-01", "gpt-5", -4, 100, None, 20, None]]),
        ("rows", [["2026-09-01", "gpt-5", True, 100, None, 20, None]]),
        ("rows", [["2026-09-01", "gpt-5", "4", 100, None, 20, None]]),
        ("rows", [["2026-09-01", "gpt-5", 4, 100, None, 20, 0.5]]),
        ("rows", [["2026-09-01", "gpt-5", 4, 100, None, 20, "much"]]),
        ("more", 1),
    ],
)
def test_other_values_are_not_taken(name: str, value: object) -> None:
    with pytest.raises((ValueError, TypeError, ArithmeticError)):
        reading.file_of({**GOOD, name: value})
