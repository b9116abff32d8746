"""Rows that were copied under new ids count once; honest files are not accused."""

from random import Random

import pytest

from audits.evaluations.copies import without_copies
from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.runs import Run


def runs_of(*marks: str) -> tuple[Run, ...]:
    """Return the runs of a file with a candidate for each row of marks."""
    lines = ["case,candidate,passed"]
    for candidate, each in enumerate(marks):
        lines += [
            f"r{n},m{candidate},{({'1': 'true', '0': 'false', '-': ''})[mark]}"
            for n, mark in enumerate(each)
        ]
    return read_csv_cases("\n".join(lines).encode()).runs


BLOCK = "110100110111011011110101101010"


@pytest.mark.parametrize("times", [2, 5])
def test_copied_rows_of_all_candidates_count_once(times: int) -> None:
    runs = runs_of(BLOCK * times, "1" * 30 * times)

    for run, passed in zip(without_copies(runs), (19, 30), strict=True):
        assert (run.n, run.passed, len(run.cases)) == (30, passed, 30)
        assert run.copies == times


def test_copied_rows_without_a_score_count_once() -> None:
    [run] = without_copies(runs_of((BLOCK[:-2] + "--") * 3))

    assert (run.n, run.passed, run.errors, run.copies) == (28, 18, 2, 3)


@pytest.mark.parametrize(
    "marks",
    [
        "1" * 150,  # all pass: nobody can tell
        "1" * 149 + "0",
        "10" * 75,  # very regular
        "11110" * 30,
        "1" * 75 + "0" * 75,
        BLOCK * 4 + BLOCK[::-1],
        "1111111110" * 2,  # once in ten: by chance
        BLOCK,
    ],
)
def test_regular_outcomes_are_no_copies(marks: str) -> None:
    runs = runs_of(marks)

    assert without_copies(runs) == runs


@pytest.mark.thorough
@pytest.mark.parametrize("share", [0.5, 0.9, 0.97])
def test_honest_files_are_not_accused(share: float) -> None:
    chance = Random(7)  # noqa: S311 - no secret
    for _ in range(300):
        size = chance.choice([30, 40, 60, 150])
        marks = "".join("1" if chance.random() < share else "0" for _ in range(size))
        assert all(run.copies is None for run in without_copies(runs_of(marks)))
