"""A siege: `python -m tests.siege [ROUND...]` attacks a production-like instance.

Two web processes, a worker and housekeeping serve two organizations on a PostgreSQL of
their own, all on this machine. Each round prints one line of JSON: what was tried, what
was lost, leaked, or answered by an unexpected 5xx. It fails unless all three are 0.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from tests.siege.figures import Figures
from tests.siege.instance import Instance

ROUNDS = (
    *("walk", "foreign_ids", "hostile_files", "kills", "full_disk", "slow_clients"),
    *("greedy_packs", "clock_skew", "outages"),
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="run siege", description=__doc__)
    parser.add_argument("rounds", nargs="*", metavar="ROUND", help=", ".join(ROUNDS))
    parser.add_argument(
        "--outages",
        type=float,
        nargs="+",
        metavar="SECONDS",
        default=[10, 60, 300],
        help="how long PostgreSQL is stopped, each in turn (10 60 300)",
    )
    asked = parser.parse_args()
    if unknown := set(asked.rounds) - set(ROUNDS):
        parser.error(f"no such round: {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory(prefix="attune_siege") as folder:
        Path(folder).chmod(0o755)
        with Instance.running(Path(folder)) as instance:
            return _besiege(instance, asked.rounds or ROUNDS, asked.outages)


def _besiege(
    instance: Instance, rounds: "tuple[str, ...] | list[str]", outages: list[float]
) -> int:
    from tests.siege import rounds as besieging  # noqa: PLC0415 - reads the settings

    os.environ["SIEGE_OUTAGES"] = " ".join(map(str, outages))
    total = Figures("total")
    for name in rounds:
        begun = time.monotonic()
        figures = besieging.ROUNDS[name](instance)
        figures.seconds = round(time.monotonic() - begun)
        total += figures
        sys.stdout.write(json.dumps(asdict(figures)) + "\n")
        sys.stdout.flush()
    sys.stdout.write(json.dumps(asdict(total)) + "\n")
    return 0 if total.holds else 1


if __name__ == "__main__":
    sys.exit(main())
