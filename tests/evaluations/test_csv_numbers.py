"""A CSV file may have the time and the cost of each case."""

from decimal import Decimal

import pytest

from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.reading import run_of, values_of
from audits.evaluations.words import NOT_SAID, run_lines
from audits.scoring.scored.from_runs import result_of

NO_UNIT = "its heading has no unit that is known, such as in"


@pytest.mark.parametrize(
    ("heading", "times"),
    [
        ("latency_ms,cost_usd", ("500", "2000")),
        ("Latency (ms),Cost (USD)", ("500", "2000")),
        ("latency_s,cost $", ("0.5", "2.0")),
    ],
)
def test_time_and_cost_are_read_by_the_unit_of_their_heading(
    heading: str, times: tuple[str, str]
) -> None:
    first, second = times
    raw = f"case,candidate,passed,{heading}\na,x,yes,{first},0.01\nb,x,no,{second},0.03"

    (run,) = read_csv_cases(raw.encode() + b"\n").runs

    assert (run.p50_ms, run.p95_ms, run.cost) == (500, 2000, Decimal("0.04"))
    assert result_of(run)["cost"] == Decimal("0.02")
    assert run_of(values_of(run)) == run
    assert dict(run_lines(run))["Cost"] == "$0.04"


@pytest.mark.parametrize(
    ("heading", "cell", "why"),
    [
        (
            "latency",
            "5",
            f"“latency”: {NO_UNIT} “latency_ms”",
        ),
        (
            "cost_eur",
            "5",
            f"“cost_eur”: {NO_UNIT} “cost_usd”",
        ),
        ("latency_ms", "fast", "“latency_ms”: “fast” is no plain number"),
        ("latency_ms", "1.234", "“latency_ms”: “1.234” may be two numbers"),
    ],
)
def test_column_that_is_not_read_says_why(heading: str, cell: str, why: str) -> None:
    raw = f"case,candidate,passed,{heading}\na,x,yes,{cell}\n"

    (run,) = read_csv_cases(raw.encode()).runs

    lines = dict(run_lines(run))
    assert (lines["Not read"], lines["Cost"]) == (why, NOT_SAID)


def test_cost_is_known_only_if_each_case_has_one() -> None:
    raw = b"case,candidate,passed,cost_usd,latency_ms\na,x,yes,0.5,20\nb,x,yes,,\n"

    (run,) = read_csv_cases(raw).runs

    assert (run.cost, run.p50_ms, run.not_read) == (None, 20, None)
