"""A plain CSV file has a row for each case and candidate."""

from decimal import Decimal

import pytest

from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.reading import run_of, values_of
from audits.evaluations.runs import Case, RefusedEvaluationError, Run, judged_cases
from audits.evaluations.words import run_lines
from audits.scoring.scored.from_runs import result_of


def test_each_candidate_is_a_run() -> None:
    file = read_csv_cases(
        b"case,candidate,passed,note\na,x,yes,fine\nb,x,NO,\na,y,pass,\nb,y,,late\n"
    )

    assert file.format == "CSV"
    assert file.runs == (
        Run(
            tool="CSV",
            candidate="x",
            cases=(Case(id="a", passed=True), Case(id="b", passed=False)),
            n=2,
            passed=1,
            errors=0,
        ),
        Run(
            tool="CSV",
            candidate="y",
            cases=(Case(id="a", passed=True), Case(id="b")),
            n=1,
            passed=1,
            errors=1,
        ),
    )


def test_scores_have_a_mean_and_no_verdict() -> None:
    (run,) = read_csv_cases(b"case;candidate;score\na;x;0.25\nb;x;1\n").runs

    assert (run.n, run.passed, run.mean_score) == (2, None, 0.625)


def test_scores_of_0_and_1_are_verdicts() -> None:
    (run,) = read_csv_cases(b"Case\tCandidate\tScore\na\tx\t0\nb\tx\t1.0\n").runs

    assert [case.passed for case in run.cases] == [False, True]
    assert (run.passed, run.mean_score) == (1, 0.5)


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"])
def test_passed_and_score_go_together(start: bytes) -> None:
    (run,) = read_csv_cases(start + b"case,candidate,passed,score\na,x,no,0.4\n").runs

    assert run.cases == (Case(id="a", passed=False, score=0.4),)


def test_long_names_stay_different() -> None:
    rows = b"".join(b"%s%d,x,yes\n" % (b"n" * 300, number) for number in range(2))

    (run,) = read_csv_cases(b"case,candidate,passed\n" + rows).runs

    assert len({case.id for case in run.cases}) == 2
    assert all(len(case.id) <= 80 for case in run.cases)


@pytest.mark.parametrize("cut", ["b,curren", "b", "b,x"])
def test_file_that_ends_in_the_middle_of_a_row_is_refused(cut: str) -> None:
    text = f"case,candidate,passed\na,current prompt,yes\n{cut}"
    said = "The CSV file ends in the middle of line 3, so it was cut off. Export"

    for raw in (text.encode(), text.encode("utf-16")):
        with pytest.raises(RefusedEvaluationError, match=said):
            read_csv_cases(raw)


def test_last_line_needs_no_end_and_no_cells_that_are_empty() -> None:
    whole = read_csv_cases(b"case,candidate,passed,note\na,x,yes\nb,x,no")
    ended = read_csv_cases(b"case,candidate,passed\na,x,yes\nb,x\n")

    assert [case.passed for case in whole.runs[0].cases] == [True, False]
    assert [case.passed for case in ended.runs[0].cases] == [True, None]


@pytest.mark.parametrize(
    ("yes", "no"),
    [("Yes", "no"), ("PASS", "fail"), ("1", "0"), ("1.0", "0,0"), ("y", "N")],
)
def test_passed_is_written_in_many_ways(yes: str, no: str) -> None:
    rows = f"a;x;{yes}\nb;x;{no}\n".encode()

    (run,) = read_csv_cases(b"case;candidate;passed\n" + rows).runs

    assert [case.passed for case in run.cases] == [True, False]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("0,85", "1,000"),
        (".85", "1.000"),
        ("85%", "100 %"),
        ("85,0 %", "100,0 %"),
        ("8.5e-1", "+1"),
    ],
)
def test_scores_are_read_as_the_file_shows(first: str, second: str) -> None:
    rows = f"a;x;{first}\nb;x;{second}\n".encode()

    (run,) = read_csv_cases(b"case;candidate;score\n" + rows).runs

    assert [case.score for case in run.cases] == [0.85, 1.0]


def test_score_below_zero_is_read() -> None:
    (run,) = read_csv_cases(b"case,candidate,score\na,x,-0.5\nb,x,0.2\n").runs

    assert [case.score for case in run.cases] == [-0.5, 0.2]


@pytest.mark.parametrize("blank", ["", "error", "ERROR"])
@pytest.mark.parametrize("column", ["passed", "score"])
def test_cases_without_a_score_count_as_not_passed(column: str, blank: str) -> None:
    rows = [f"{n},x,{1 if n < 43 else blank}" for n in range(60)]
    rows.append("only y,y,1")

    run, other = read_csv_cases(
        "\n".join([f"case,candidate,{column}", *rows]).encode()
    ).runs

    said = dict(run_lines(run))
    assert said["Cases"] == "60, 17 had no score or an error"
    assert said["Passed"].startswith("43 of 43 scored ")
    kept = result_of(run)
    assert (kept["cases"], kept["passed"]) == (60, 43)
    assert judged_cases(run)[-1] == Case(id="59", passed=False, score=0.0)
    assert other.errors == 0


def test_scores_without_a_number_are_0_in_the_mean() -> None:
    (run,) = read_csv_cases(b"case;candidate;score\na;x;0.5\nb;x;error\n").runs

    assert result_of(run)["mean"] == Decimal("0.25")
    assert dict(run_lines(run))["Mean score"] == "0.25"


def test_case_without_a_verdict_has_not_passed_whatever_its_score() -> None:
    (run,) = read_csv_cases(
        b"case,candidate,passed,score\na,x,yes,1\nb,x,,0.9\nc,x,yes,error\n"
    ).runs

    assert (run.passed, run.n, run.errors) == (1, 1, 2)


def test_file_that_was_kept_before_counts_its_cases_without_a_score() -> None:
    (run,) = read_csv_cases(b"case,candidate,passed\na,x,yes\nb,x,\n").runs

    assert run_of({**values_of(run), "errors": None}) == run


@pytest.mark.parametrize(
    ("rows", "cases", "errors"),
    [
        ("1,x,Hi,yes\n2,x,Bye,\n3,x,,\n", 2, 1),  # row 3 was never written
        ("1,x,Hi,yes\n2,x,,no\n3,x,,\n", 3, 1),  # inputs are elsewhere
        ("1,x,Hi,yes\n2,x,,error\n3,x,,\n", 3, 2),
    ],
)
def test_row_of_a_template_that_nobody_filled_in_is_no_case(
    rows: str, cases: int, errors: int
) -> None:
    (run,) = read_csv_cases(f"case,candidate,input,passed\n{rows}".encode()).runs

    assert (len(run.cases), run.errors) == (cases, errors)


@pytest.mark.parametrize(
    ("row", "line"), [("L001,x,0,9", 2), ("a,x,1\nL001,x,0,9", 3), ("a,x,1,,,late", 2)]
)
def test_row_with_more_cells_than_headings_is_refused(row: str, line: int) -> None:
    with pytest.raises(RefusedEvaluationError) as refused:
        read_csv_cases(f"case,candidate,score\n{row}\n".encode())

    said = str(refused.value)
    assert f"ine {line}" in said
    assert "cells for 3 headings" in said
    assert "quotation marks" in said


def test_empty_cells_after_the_last_heading_are_no_fault() -> None:
    (run,) = read_csv_cases(b"case,candidate,score\na,x,1,,\nb,x,0,\n").runs

    assert run.n == 2
