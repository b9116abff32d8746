import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from functools import _lru_cache_wrapper, cache, partial
from itertools import repeat
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.loading import loader
from audits.landscape import in_force
from audits.landscape.capability import could_pass_since
from audits.landscape.catalogue import catalogue
from audits.landscape.change_days import market_days, model_days
from audits.landscape.loader import built_in
from audits.landscape.overlay import overlaid
from audits.scoring.assess_on import assess_on
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from tests.examples import up_to
from tests.landscape.made_files import DEARER, NEWER

MODELS = ("claude-sonnet-5-5", "gpt-4o")
NUMBERS = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
}
LANDSCAPES = (
    built_in(),
    overlaid(DEARER.encode(), "dearer", built_in()),
    overlaid(NEWER.encode(), "ended", built_in()),
)

STEPS = [
    (landscape, day, model)
    for landscape in LANDSCAPES
    for day in (date(2026, 10, 31), date(2026, 11, 26))
    for model in MODELS
]
_KEEP = ("audits.landscape", "audits.scoring")


def read(day: date, model: str) -> list[Any]:
    """Return what is told of a day, through everything that keeps what it told."""
    framework = loader.current()
    inputs = Inputs(codes={}, levels={}, numbers={**NUMBERS, "model": model})
    return [
        catalogue(day).largest_window,
        market_days(),
        model_days(model),
        could_pass_since(model),
        assess_on(framework, inputs, day, open_only=True),
        TimeMachine(framework, day, day).verdict(inputs, day),
    ]


def forget() -> None:
    """Empty everything that keeps what it told, but for what frameworks say."""
    for name, module in tuple(sys.modules.items()):
        for function in vars(module).values() if name.startswith(_KEEP) else ():
            cells = getattr(function, "__closure__", None) or ()
            for kept in (function, *(cell.cell_contents for cell in cells)):
                if isinstance(kept, _lru_cache_wrapper):
                    kept.cache_clear()


@cache
def told_alone(step: int) -> list[Any]:
    """Return what one landscape tells in a process that has seen no other."""
    landscape, day, model = STEPS[step]
    forget()
    with in_force.using(lambda: landscape):
        return read(day, model)


def test_without_a_choice_it_is_the_built_in_one() -> None:
    assert in_force.current() is built_in()


def test_choice_ends_with_its_block_and_is_of_one_thread() -> None:
    seen = []
    with in_force.using(lambda: LANDSCAPES[1]):
        inside = in_force.current()
        other = threading.Thread(target=lambda: seen.append(in_force.current()))
        other.start()
        other.join()

    assert (inside, seen) == (LANDSCAPES[1], [built_in()])
    assert in_force.current() is built_in()


def test_nobody_looks_for_a_landscape_that_is_not_read() -> None:
    with in_force.using(lambda: pytest.fail("it was looked for")):
        pass


def test_what_a_landscape_gives_is_kept_by_landscape() -> None:
    asked: list[str] = []

    @in_force.remembered(maxsize=8)
    def price(model: str, *, times: int = 1) -> str:
        asked.append(model)
        return f"{times} {in_force.current().sha256}"

    told = [(price("a"), price("a", times=2))]
    with in_force.using(lambda: LANDSCAPES[1]):
        told.append((price("a"), price("a", times=2)))
    told.append((price("a"), price("a", times=2)))

    hashes = [each.sha256 for each in (LANDSCAPES[0], LANDSCAPES[1], LANDSCAPES[0])]
    assert told == [(f"1 {name}", f"2 {name}") for name in hashes]
    assert asked == ["a"] * 4


def test_what_the_same_objects_give_is_kept_and_what_equal_ones_give_is_not() -> None:
    asked: list[str] = []

    @in_force.remembered_of_same(maxsize=2)
    def told(of: list[str], *, again: list[str] | None = None) -> str:
        asked.append(in_force.current().sha256)
        return f"{of} {again}"

    these, others = ["a"], ["a"]
    assert [told(these), told(these)] == ["['a'] None"] * 2
    assert told(others) == "['a'] None"
    assert told(these, again=others) == "['a'] ['a']"
    assert len(asked) == 3

    with in_force.using(lambda: LANDSCAPES[1]):
        told(these, again=others)
    assert asked == [built_in().sha256] * 3 + [LANDSCAPES[1].sha256]
    # Of two results that are kept, the third drops the first.
    told(these)
    assert len(asked) == 5


@settings(max_examples=up_to(30, 5))
@given(steps=st.lists(st.sampled_from(range(len(STEPS))), min_size=2, max_size=6))
def test_landscapes_in_one_process_do_not_mix(steps: list[int]) -> None:
    alone = [told_alone(step) for step in range(len(STEPS))]
    forget()

    for step in steps:
        landscape, day, model = STEPS[step]
        with in_force.using(partial(next, repeat(landscape))):
            assert read(day, model) == alone[step], landscape.as_of


def test_the_landscapes_of_these_tests_tell_different_things() -> None:
    told = []
    for landscape in LANDSCAPES:
        with in_force.using(lambda: landscape):  # noqa: B023 - it is called here
            told.append(read(date(2026, 11, 26), MODELS[0]))

    assert told[0] != told[1] != told[2]
    assert told[0][0] != told[2][0]
    assert told[0][4] != told[1][4]


@pytest.mark.thorough
def test_threads_that_ask_in_turn_work_the_same_out_once() -> None:
    asked: list[int] = []
    together = threading.Barrier(4)

    @in_force.remembered(maxsize=8, in_turn=True)
    def slowly(number: int) -> int:
        asked.append(number)
        time.sleep(0.05)  # the others come while this is worked out
        return 2 * number

    def ask(number: int) -> int:
        together.wait()
        return slowly(number)

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, [1, 1, 1, 2]))

    assert found == [2, 2, 2, 4]
    assert sorted(asked) == [1, 2]
