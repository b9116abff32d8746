"""A result that is run again on some of its cases brings training no closer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from audits.evaluations.joining import joined
from audits.evaluations.runs import Case, Run, totals
from audits.scoring.scored.adding import added, with_results
from audits.scoring.scored.answers import contradicted
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    WrongFile,
    lessened,
)
from audits.scoring.scored.from_runs import result_of
from audits.scoring.told.left_out_runs import held_by_left_out
from tests.examples import DEAR, up_to
from tests.scoring.proofs.version_2_laws import _led_on
from tests.scoring.proofs.version_2_sets import drawn
from tests.scoring.scored.test_candidates import FILE, candidates, scored
from tests.scoring.scored.test_less_of_candidates import decided, drawn_rows

OUTCOMES = [True, False, None]


def run_of(outcomes: Sequence[tuple[int, bool | None]]) -> Run:
    cases = tuple(Case(id=f"{number}", passed=x) for number, x in outcomes)
    added = totals(cases)
    errors = len(cases) - added.n
    return Run(
        tool="CSV", cases=cases, n=added.n, passed=added.passed or 0, errors=errors
    )


def again(row: ScoredCandidate, chance: Random) -> ScoredCandidate:
    """Return a candidate that was run again on its worst cases and some others."""
    assert row.passed is not None
    full = run_of([(n, n < row.passed) for n in range(row.cases)])
    first = chance.randrange(row.passed + 1)
    part = run_of([(n, n < row.passed) for n in range(first, row.cases)])
    found = result_of(joined(full, part).run)
    return replace(row, cases=found["cases"], passed=found["passed"])


@given(drawn_rows(), st.integers(0, 2**32))
@settings(max_examples=up_to(1_000, DEAR))
def test_result_on_its_worst_cases_changes_nothing(
    found: Candidates, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    rows = tuple(
        again(row, chance) if row.passed is not None else row for row in found.rows
    )

    assert rows == found.rows


@given(
    st.lists(st.sampled_from(OUTCOMES), min_size=1, max_size=40),
    st.dictionaries(st.integers(0, 60), st.sampled_from(OUTCOMES), min_size=1),
)
@example([None, True], {1: None})
def test_each_case_has_its_newest_outcome(
    before: list[bool | None], newer: dict[int, bool | None]
) -> None:
    first, later = run_of([*enumerate(before)]), run_of([*newer.items()])

    both = joined(first, later)

    told = dict(enumerate(before)) | newer
    if not newer.keys() & set(range(len(before))):
        assert both.run == later
        return
    assert {case.id: case.passed for case in both.run.cases} == {
        str(number): passed for number, passed in told.items()
    }
    assert both.kept == len(told) - len(newer)
    found = result_of(both.run)
    passed = sum(x is True for x in told.values())
    assert (found["cases"], found["passed"]) == (len(told), passed)


@given(drawn_rows(), st.integers(0, 2**32))
@settings(max_examples=up_to(10_000, DEAR))
def test_run_that_is_left_out_brings_training_no_closer(
    found: Candidates, seed: int
) -> None:
    chance = Random(seed)  # noqa: S311 - no secret
    place = chance.randrange(len(found.rows))
    row, run = found.rows[place], Run(tool="CSV", candidate="a")
    others = (*found.rows[:place], *found.rows[place + 1 :])
    case = replace(drawn(chance), unmarked="asserted")
    taken = contradicted(found, case.answers)
    case = case.without(*taken)
    case = replace(
        case, levels={q: x for q, x in case.levels.items() if q not in taken}
    )
    whole, left = decided(case, found), [*held_by_left_out([(row, run)], [run])]

    without = decided(case, replace(found, rows=(*others, *left)))

    if not row.why_not:
        assert not [*_led_on(whole, without, "S2", "left out")]
        if whole.advice.standing != "approve":
            assert without.advice.standing != "approve"


def test_removed_result_is_not_ended_by_part_of_its_cases() -> None:
    passed = scored("examples", passed=95, id="c2", sha256=FILE)
    gone = lessened(passed, replace(passed, is_removed=True))
    found = candidates(scored(), gone)

    fewer = with_results(found, [scored("examples", passed=20, cases=40, id="")])
    as_many = with_results(found, [scored("examples", passed=50, id="")])

    assert [row.holds_back for row in fewer.rows] == [False, True, False]
    assert [row.holds_back for row in as_many.rows] == [False, False, False]


def test_left_out_run_is_ended_by_its_name_alone() -> None:
    left = replace(
        scored(passed=95, id="c2", sha256=FILE, model="good"),
        is_removed=True,
        is_left_out=True,
        holds_back=True,
    )
    found = candidates(scored(), left)

    other = with_results(found, [scored(passed=50, id="", model="weak")])
    same = with_results(found, [scored(passed=50, id="", model="good")])

    assert [row.holds_back for row in other.rows] == [False, True, False]
    assert [row.holds_back for row in same.rows] == [False, False, False]


def test_wrong_file_is_there_again_as_a_whole_and_no_other_file_is() -> None:
    wrong = WrongFile(reason="Test run", file="a.csv", by="Rosa", day=date(2026, 11, 1))
    gone = replace(
        scored("prompt", 50, 60, sha256="a" * 64), is_removed=True, wrong=wrong
    )
    rest = replace(gone, id="c2", kind="examples", run=1)
    other = replace(gone, id="c3", kind="split", sha256="b" * 64)
    right = replace(rest, id="c4", kind="stronger", wrong=None, is_removed=False)
    found = candidates(gone, rest, other, right)

    change = added(found, [replace(gone, is_removed=False, wrong=None)])

    assert change.keys() == {"c1", "c2"}
    assert change["c1"].wrong is change["c2"].wrong is None
