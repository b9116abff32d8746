"""What a team wrote beside failed cases is read, counted and kept."""

import json

from audits.evaluations.formats.csv_cases import read_csv_cases
from audits.evaluations.formats.fault_words import counted
from audits.evaluations.reading import run_of, values_of
from audits.evaluations.words import run_lines
from audits.frameworks.loading.loader import current
from audits.scoring.results_behind.failed_cases import (
    CountedFaults,
    as_answers,
    faults_said,
)

SHEET = "\n".join(
    (
        "case,candidate,input,right_answer,passed,fault",
        "1,Written prompt,a,b,yes,",
        "2,Written prompt,a,b,no,Skill",
        "3,Written prompt,a,b,no,wrong date",
        "4,Written prompt,a,b,no, skill ",
        "5,Written prompt,a,b,yes,Format",
        "6,Written prompt,a,b,no,",
    )
).encode()


def test_fault_column_is_counted_where_a_case_failed_and_kept_with_the_run() -> None:
    [run] = read_csv_cases(SHEET).runs

    assert run.faults == (("Skill", 2), ("wrong date", 1))
    assert dict(run_lines(run))["What was wrong"] == "“Skill” 2, “wrong date” 1"
    kept = json.loads(json.dumps(values_of(run)))
    assert run_of(kept) == run
    del kept["faults"]  # as files were kept before
    assert run_of(kept).faults == ()


def test_file_cut_before_an_empty_fault_is_whole() -> None:
    [run] = read_csv_cases(SHEET.rsplit(b",", 1)[0]).runs

    assert (run.n, run.passed) == (6, 2)


def test_faults_take_the_names_of_the_answers_and_others_stay_as_written() -> None:
    written = (("wrong date", 5), ("SKILL", 2), ("cost or speed", 3))
    counts = CountedFaults(file="a.csv", faults=written)

    told = (("Cost or speed", 3), ("Skill", 2), ("wrong date", 5))
    assert as_answers(current(), written) == told
    said = "Counted in a.csv: “Cost or speed” 3, “Skill” 2, “wrong date” 5."
    assert faults_said(current(), counts) == said
    assert faults_said(current(), None) == ""


def test_rare_words_are_counted_together() -> None:
    words = [f"fault {number}" for number in range(14)]

    assert counted(words)[-1] == ("other words", 2)
    assert len(counted(words)) == 13
