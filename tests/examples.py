"""How many examples and samples a test tries: few in every run, all in a thorough one.

`./run test --thorough` loads Hypothesis's profile "thorough" with the option
`--hypothesis-profile`. tests/conftest.py registers both profiles, and leaves what is
marked `thorough` out of a run of every day.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

EVERYDAY, THOROUGH = "everyday", "thorough"
AT_MOST = 150
# Where 150 examples take a second or more.
DEAR = 50
# Where 50 take half a second.
DEAREST = 20


def up_to(full: int, at_most: int = AT_MOST) -> int:
    """Return how many examples this run tries of the `full` count of a test.

    The mutation check tries as many as a normal run.
    """
    return min(full, at_most) if is_everyday() else full


def some_of(samples: Iterable[Any], at_most: int = 1) -> list[Any]:
    """Mark all samples `thorough` but the first, the last and some between them.

    For `pytest.mark.parametrize`, where every sample is to show the same. What a sample
    alone shows is tried in every run. A tuple has the values of several arguments, so
    a test of one argument wraps it in `pytest.param`.
    """
    every = list(samples)
    if len(every) <= at_most:
        return every
    apart = (len(every) - 1) / max(at_most - 1, 1)
    kept = {round(number * apart) for number in range(at_most)}
    return [
        sample if number in kept else thorough(sample)
        for number, sample in enumerate(every)
    ]


def all_but(samples: Iterable[Any], kept: Iterable[Any]) -> list[Any]:
    """Mark all samples `thorough` but those that are kept in every run."""
    every, kept = list(samples), list(kept)
    if missing := [sample for sample in kept if sample not in every]:
        raise ValueError(f"{missing} are no samples")
    return [sample if sample in kept else thorough(sample) for sample in every]


def thorough(sample: Any) -> Any:
    """Return a sample of `pytest.mark.parametrize` for a thorough run alone."""
    mark = pytest.mark.thorough
    if hasattr(sample, "marks"):
        return sample._replace(marks=[*sample.marks, mark])
    values = sample if isinstance(sample, tuple) else (sample,)
    return pytest.param(*values, marks=mark)


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is marked `thorough` out of a normal run, but for one that is named.

    On PostgreSQL a thorough run has no more examples, but it compares statements; and
    the mutation check of access asks every test that might notice a change.
    """
    is_named = any("::" in argument for argument in config.args)
    takes_all = config.getoption("statements") or config.getoption("every_sample")
    if is_named or not is_everyday() or takes_all:
        return
    left_out = [item for item in items if item.get_closest_marker("thorough")]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if not item.get_closest_marker("thorough")]


def assert_no_database_decides_if_thorough(item: pytest.Item) -> None:
    """Refuse to leave out what runs on both: each of the databases would lose it."""
    marks = {mark.name for mark in item.iter_markers()}
    if {"thorough", "on_both"} <= marks and "once" not in marks:
        raise AssertionError(
            f"{item.nodeid} is marked thorough and on_both (CONTRIBUTING.md)"
        )


def is_everyday() -> bool:
    """Return whether this run tries a part of what a thorough run tries."""
    return settings.get_current_profile_name() == EVERYDAY
