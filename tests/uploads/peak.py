"""How much memory this process takes meanwhile, as the kernel counts it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGABYTE = 1024 * 1024


class Growth:
    """By how many bytes the resident memory was higher at most than at first."""

    most = 0


@contextmanager
def measured() -> Iterator[Growth]:
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins from here
    growth, before = Growth(), _resident("VmRSS")
    yield growth
    growth.most = _resident("VmHWM") - before


def _resident(which: str) -> int:
    status = Path("/proc/self/status").read_text()
    return int(status.partition(f"{which}:")[2].split()[0]) * 1024
