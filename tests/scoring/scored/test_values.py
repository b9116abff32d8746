"""Stored candidates are written and read the same, and never anything else."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.scoring.scored.candidates import (
    KINDS,
    Candidates,
    ReplacedResult,
    ScoredCandidate,
    WrongFile,
)
from audits.scoring.scored.values import (
    MOST_CASES,
    MOST_COST,
    MOST_MS,
    candidates_of,
    check_value,
    values_of,
)
from tests.examples import DEAREST, up_to

SHORT = st.text(st.characters(codec="utf-8", categories=["L", "N"]), max_size=20)
DIGEST = "0f" * 32
WRONG = WrongFile(reason="Test run", file="a.csv", by="Rosa", day=date(2026, 11, 28))
WRONG_VALUE = {
    "reason": "Test run",
    "file": "a.csv",
    "by": "Rosa",
    "day": "2026-11-28",
}
REPLACED = st.builds(
    ReplacedResult,
    kind=st.sampled_from(KINDS),
    model=SHORT,
    errors=st.integers(0, 9),
    cost=st.none() | st.decimals(0, MOST_COST, places=9),
    p95_ms=st.none() | st.integers(0, MOST_MS),
    sha256=st.sampled_from(["", DIGEST]),
    is_claim=st.booleans(),
    is_allowed=st.booleans(),
    is_removed=st.booleans(),
    is_wrong=st.booleans(),
    is_undone=st.booleans(),
    on=st.none() | st.just(date(2026, 11, 28)),
    cases=st.just(60),
    passed=st.integers(0, 60),
    mean=st.none(),
    file=SHORT,
    day=st.none() | st.just(date(2026, 11, 27)),
    then=SHORT,
    by=SHORT,
    missing=st.none() | st.just(9),
    missing_failed=st.none() | st.integers(0, 9),
).filter(lambda found: found.missing or not found.missing_failed)
EARLIER = {"kind": "prompt", "cases": 60, "passed": 43}
MILLISECONDS = st.none() | st.integers(0, MOST_MS)


@st.composite
def candidates(draw: st.DrawFn, number: int) -> ScoredCandidate:
    cases = draw(st.integers(1, MOST_CASES))
    passed = draw(st.none() | st.integers(0, cases))
    mean = None if passed is not None else draw(st.decimals(0, 1, places=6))
    wrong = draw(st.sampled_from([None, WRONG]))
    return ScoredCandidate(
        id=f"c{number}",
        kind=draw(st.sampled_from(KINDS)),
        cases=cases,
        passed=passed,
        mean=mean,
        model=draw(SHORT),
        settings=draw(SHORT),
        cost=draw(st.none() | st.decimals(0, MOST_COST, places=9)),
        p50_ms=draw(MILLISECONDS),
        p95_ms=draw(MILLISECONDS),
        day=draw(st.none() | st.dates(date(2020, 1, 1), date(2099, 12, 31))),
        run_by=draw(SHORT),
        by=draw(SHORT),
        link=draw(st.sampled_from(["", "https://example.org/report"])),
        is_allowed=draw(st.booleans()),
        sha256=DIGEST if wrong else draw(st.sampled_from(["", DIGEST])),
        run=draw(st.none() | st.integers(0, 199)),
        is_removed=wrong is not None or draw(st.booleans()),
        wrong=wrong,
        left_out=draw(st.integers(0, MOST_CASES)),
        replaced=tuple(draw(st.lists(REPLACED, max_size=2))),
    )


@given(st.data(), st.integers(0, 5))
@settings(max_examples=up_to(1000, DEAREST))
def test_candidates_are_read_as_they_were_written(
    data: st.DataObject, number: int
) -> None:
    found = Candidates(
        rows=tuple(data.draw(candidates(each + 1)) for each in range(number)),
        target=data.draw(st.sampled_from([None, Decimal("0.9"), Decimal("0.805")])),
        limit_ms=data.draw(MILLISECONDS),
    )

    assert candidates_of(values_of(found)) == found


def test_rows_keep_the_order_of_their_numbers_whatever_the_database_does() -> None:
    value = {"kind": "prompt", "cases": 40, "passed": 30}

    found = candidates_of({"c10": value, "target": {}, "c2": value, "c1": value})

    assert [row.id for row in found.rows] == ["c1", "c2", "c10"]


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": None},
        {"model": "x" * 101},
        {"model": ""},
        {"sha256": "0F" * 32},
        {"cost": "1e3"},
        {"cost": 0.004},
        {"cost": "NaN"},
        {"day": "2026-2-1"},
        {"allowed": True},
        {"removed": False},
        {"run": 200},
        {"p95_ms": -1},
        {"cases": 0},
        {"cases": 10_000_001},
        {"mean": "0.5"},
        {"texts": []},
        {"replaced": []},
        {"replaced": [{"kind": "prompt", "cases": 60}]},
        {"replaced": [{"cases": 60, "passed": 43}]},
        {"replaced": [EARLIER | {"kind": "best"}]},
        {"replaced": [EARLIER | {"file": ""}]},
        {"replaced": [EARLIER | {"file": "x" * 201}]},
        {"replaced": [EARLIER | {"by": "x" * 101}]},
        {"replaced": [EARLIER | {"removed": False}]},
        {"replaced": [EARLIER | {"allowed": True}]},
        {"replaced": [EARLIER | {"on": "today"}]},
        {"replaced": [EARLIER | {"passed": 61}]},
        {"replaced": [EARLIER] * 51},
        {"replaced": [EARLIER | {"missing": 3, "missing_failed": 4}]},
        {"missing": 3},
        {"wrong": {"reason": "Test run"}},
        {"wrong": WRONG_VALUE},
        {"wrong": WRONG_VALUE, "removed": True},
        {"wrong": WRONG_VALUE | {"day": "x"}, "removed": True, "sha256": DIGEST},
        {"wrong": WRONG_VALUE | {"by": ""}, "removed": True, "sha256": DIGEST},
    ],
)
def test_other_value_is_refused(changes: dict[str, Any]) -> None:
    value = {"kind": "prompt", "cases": 40, "passed": 30}
    check_value("c1", value)

    with pytest.raises(ValueError, match=r"^c1"):
        check_value("c1", value | changes)


@pytest.mark.parametrize("name", ["p50_ms", "p95_ms"])
def test_answer_may_take_an_hour_and_no_longer(name: str) -> None:
    value = {"kind": "prompt", "cases": 40, "passed": 30}
    check_value("c1", value | {name: 3_600_000})

    with pytest.raises(ValueError, match=r"^c1"):
        check_value("c1", value | {name: 3_600_001})
