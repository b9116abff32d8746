"""No call inside of a piece of work waits for the kernel to give it memory."""

import resource
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from audits.reports.typesetting.room_for_calls import with_room_for_calls

CALLS = 500


def test_calls_take_no_memory_at_any_depth() -> None:
    work = with_room_for_calls(pages_taken_at_each_depth)
    # The tests have room already; a thread begins with the little that Python gives.
    with ThreadPoolExecutor(1) as other:
        taken = other.submit(work).result()

    assert max(taken) < CALLS / 5


def test_work_is_given_what_it_needs_and_returns_what_it_made() -> None:
    def work(first: int, *, second: int) -> int:
        """Subtract."""
        return first - second

    call = with_room_for_calls(work)

    assert call(3, second=1) == 2
    assert (call.__name__, call.__doc__) == ("work", "Subtract.")


def pages_taken_at_each_depth() -> list[int]:
    return [at_depth(depth, pages_taken) for depth in range(1, 300)]


def at_depth(depth: int, ask: Callable[[], int]) -> int:
    return at_depth(depth - 1, ask) if depth else ask()


def pages_taken() -> int:
    before = resource.getrusage(resource.RUSAGE_THREAD).ru_minflt
    for number in range(CALLS):
        no_more(number)
    return resource.getrusage(resource.RUSAGE_THREAD).ru_minflt - before


def no_more(number: int) -> int:
    return number
