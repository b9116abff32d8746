"""A CSV file may have a row for each case and a column for each candidate."""

import pytest

from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.formats.recognised import read_evaluations
from audits.evaluations.runs import MOST_RUNS, Case, RefusedEvaluationError, Run

WIDE = b"""letter,Written prompt,Examples,note
l-1,yes,yes,fine
l-2,no,Pass,wrong deadline
l-3,fail,error,
l-4,1,,late
"""


def refused(text: str) -> str:
    with pytest.raises(RefusedEvaluationError) as found:
        read_csv_cases(text.encode())
    return str(found.value)


def test_each_column_of_a_candidate_is_a_run() -> None:
    file = read_evaluations(WIDE)

    assert file.format == "CSV"
    assert file.runs == (
        Run(
            tool="CSV",
            candidate="Written prompt",
            cases=tuple(
                Case(id=f"l-{n}", passed=passed)
                for n, passed in enumerate([True, False, False, True], start=1)
            ),
            n=4,
            passed=2,
            errors=0,
        ),
        Run(
            tool="CSV",
            candidate="Examples",
            cases=(
                Case(id="l-1", passed=True),
                Case(id="l-2", passed=True),
                Case(id="l-3"),
                Case(id="l-4"),
            ),
            n=2,
            passed=2,
            errors=2,
        ),
    )


def test_it_is_read_as_the_same_rows_one_by_one() -> None:
    rows = [("a", "x", "yes"), ("a", "y", "no"), ("b", "x", "no"), ("b", "y", "yes")]
    lines = "".join(f"{case},{who},{said}\n" for case, who, said in rows)

    wide = read_csv_cases(b"x,case,y\nyes,a,no\nno,b,yes\n")

    assert wide == read_csv_cases(f"case,candidate,passed\n{lines}".encode())


@pytest.mark.parametrize(
    ("first", "second"), [("0,75", "1"), ("75%", "100 %"), (".75", "1.0")]
)
def test_scores_are_read_as_the_file_shows(first: str, second: str) -> None:
    text = f"case;A;B\na;{first};{second}\nb;{second};{first}\n"

    one, other = read_csv_cases(text.encode()).runs

    assert [case.score for case in one.cases] == [0.75, 1.0]
    assert [case.score for case in other.cases] == [1.0, 0.75]


def test_times_costs_and_other_columns_are_left_out() -> None:
    text = b"case,A,B,latency_s,tokens,notes\na,1,0,0.5,900,ok\nb,0,1,0.7,400,late\n"

    assert [run.candidate for run in read_csv_cases(text).runs] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "case,A,B\na,yes,no\nb,yes,yess\n",
            "In line 3 of the CSV file, “B” is “yess”: write yes, no, error or a score "
            "from 0 to 1, or remove that column.",
        ),
        (
            "case,A,B\na,yes,0.4\nb,1,0.7\n",
            "In line 2 of the CSV file, “A” is “yes”: write scores for all candidates, "
            "or yes and no for all.",
        ),
        (
            "case,A,B\n,yes,no\n",
            "In line 2 of the CSV file, “case” is empty: fill it in.",
        ),
        (
            "case,A,B\na,yes,no\nTotal,1,0\n",
            "In line 3 of the CSV file, “Total” adds up others: remove that row.",
        ),
        (
            "case,A,B\na,yes,no\na,no,no\n",
            "The CSV file has the case “a” 2 times for the candidate “A”: keep one row "
            "for each case, and select the file again.",
        ),
        (
            "case,A,A\na,yes,no\n",
            "The CSV file has the heading “A” twice: rename one of them.",
        ),
        (
            "case,A,\na,yes,no\n",
            "The CSV file has a column with results and without a heading: name its "
            "candidate.",
        ),
        (
            "case,A,B\na,yes,no\nb,y",
            "The CSV file ends in the middle of line 3, so it was cut off. Export it "
            "again.",
        ),
        (
            "case,A,B\na,0,0,9\n",
            "In line 2 of the CSV file, there are 4 cells for 3 headings: put "
            "quotation marks around a cell that contains a comma, such as the number "
            "“0,9”, or separate the cells with semicolons.",
        ),
        (
            "case,only one\na,yes\nb,no\n",
            "The CSV file has no column “candidate”: give it the headings “case”, "
            "“candidate”, and “passed” or “score”, or a row for each case with a "
            "column for each of two or more candidates.",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    assert refused(text) == said


def test_limits_are_those_of_a_row_for_each_candidate() -> None:
    names = [f"n{number}" for number in range(MOST_RUNS + 1)]
    many = ",".join(["case", *names]) + "\n" + ",".join(["a", *["yes"] * len(names)])
    two_each = "case,A,B\n" + "".join(f"{n},1,0\n" for n in range(50_001))

    assert refused(many) == "The CSV file has more than 200 candidates: split it."
    assert refused(two_each) == "The CSV file has more than 100,000 results: split it."
