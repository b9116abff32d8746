"""What a benchmark measures and how it is printed."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """A value, the baseline it was run beside, and how many times that it is."""

    name: str
    value: float
    unit: str
    against: str
    ratio: float

    def to_json(self) -> str:
        return json.dumps(
            {
                "name": self.name,
                "value": round(self.value, 4),
                "unit": self.unit,
                "against": self.against,
                "ratio": round(self.ratio, 2),
            }
        )


def milliseconds(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of one call, after one call to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


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
