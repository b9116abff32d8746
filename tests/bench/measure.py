"""What a benchmark measures and how it is printed."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A value, the baseline it was run beside, and how many times that it is.

    Where it has a bar, that is the most times it may be.
    """

    name: str
    value: float
    unit: str
    against: str
    ratio: float
    bar: float | None = None

    def to_json(self) -> str:
        said = {
            "name": self.name,
            "value": round(self.value, 4),
            "unit": self.unit,
            "against": self.against,
            "ratio": round(self.ratio, 2),
        }
        if self.bar is not None:
            said |= {"bar": self.bar, "holds": self.ratio <= self.bar}
        return json.dumps(said)


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of one call, after one call to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def in_turns(
    name: str,
    prepare: Callable[[], Callable[[], object]],
    against: str,
    prepare_baseline: Callable[[], Callable[[], object]],
    rounds: int,
) -> Result:
    """Measure work and its baseline turn by turn, each prepared outside of its time.

    A busy minute of the machine slows both alike, so the ratio stays.
    """
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds + 1):
        for part, kept in zip((prepare, prepare_baseline), times, strict=True):
            work = part()
            start = time.perf_counter()
            work()
            kept.append((time.perf_counter() - start) * 1000)
    value, base = (statistics.median(kept[1:]) for kept in times)
    against = f"{against}, {base:.2f} ms"
    return Result(name, value, "ms", against, value / base)


def beside(
    name: str,
    work: Callable[[], object],
    against: str,
    baseline: Callable[[], object],
    rounds: int,
) -> Result:
    """Measure work and its baseline in the same minute."""
    value, base = milliseconds(work, rounds), milliseconds(baseline, rounds)
    return Result(name, value, "ms", against, value / base)
