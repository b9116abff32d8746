"""Damaged and hostile usage files: each is refused in one sentence, and soon."""

import gzip
import re
import time
import tracemalloc

import pytest

from audits.usage.formats.packed import MOST_BYTES
from audits.usage.rows import RefusedUsageError
from tests.usage.damaged_usage import FILES
from tests.usage.made_usage import OTEL, raw, read_bytes


@pytest.mark.parametrize("name", FILES)
def test_damaged_file_is_refused_in_one_sentence(name: str) -> None:
    made, sentence = FILES[name]

    with pytest.raises(RefusedUsageError) as refused:
        read_bytes(made())

    assert str(refused.value) == sentence
    assert re.fullmatch(r"[A-Z“](?:[^.]|\.(?! [A-Z]))*\.", sentence)


def test_file_that_is_too_large_is_not_read() -> None:
    made = gzip.compress(raw(OTEL) + b"\n" * (MOST_BYTES + 1), compresslevel=1)

    tracemalloc.start()
    with pytest.raises(RefusedUsageError) as refused:
        read_bytes(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert str(refused.value) == (
        "The file is larger than 110 MB: export a shorter period."
    )
    assert len(made) < 1_000_000
    assert most < 10_000_000


def test_damage_far_from_the_end_is_found_at_once() -> None:
    damaged = b'{"object":"bucket","data":[{"a": oh no}' + b" " * 20_000_000

    begun = time.perf_counter()
    with pytest.raises(RefusedUsageError, match="not JSON"):
        read_bytes(damaged)

    assert time.perf_counter() - begun < 1


def test_there_are_many_kinds_of_damage() -> None:
    assert len(FILES) >= 60
