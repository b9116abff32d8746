"""A pass mark is met only if it is met at the lower end, errors counted as failed."""

from decimal import Decimal

import pytest

from audits.evaluations.judging import Judgement, interval_of, judged
from audits.evaluations.runs import Case, Run
from audits.evaluations.statistics.means import mean_interval
from audits.evaluations.statistics.shares import wilson
from audits.evaluations.words import mark_sentence, run_lines


def passed(count: int, n: int, errors: int = 0) -> Run:
    return Run(tool="x", n=n, passed=count, errors=errors)


def scored(*scores: float, errors: int = 0) -> Run:
    cases = tuple(Case(id=str(n), score=score) for n, score in enumerate(scores))
    mean = sum(scores) / len(scores)
    return Run(tool="x", cases=cases, n=len(cases), mean_score=mean, errors=errors)


@pytest.mark.parametrize(
    ("run", "state", "more"),
    [
        (passed(95, 100), "open", 150),
        (passed(97, 100), "met", None),
        (passed(97, 100, errors=3), "open", None),
        (passed(80, 100), "not_met", None),
        (passed(90, 100), "open", None),
        (passed(10, 10), "open", 25),
        (passed(35, 35), "met", None),
        (passed(0, 0, errors=40), "open", None),
    ],
)
def test_mark_of_90_is_judged_by_the_interval(
    run: Run, state: str, more: int | None
) -> None:
    found = judged(run, 0.9)

    assert (found.state, found.more) == (state, more)
    # No range is right where cases without a score decide.
    of_scored = None if run.errors else wilson(run.passed or 0, run.n)
    assert found.interval == of_scored


def test_scores_are_judged_by_their_mean() -> None:
    high = scored(*[0.9, 1.0] * 20)
    low = scored(*[0.2, 0.4] * 20)

    assert judged(high, 0.9).state == "met"
    assert judged(low, 0.9).state == "not_met"
    assert judged(high, 0.95).state == "open"
    assert judged(high, 0.9).interval == mean_interval([0.9, 1.0] * 20)
    assert judged(scored(*[0.9, 1.0] * 20, errors=10), 0.9).state == "not_met"


@pytest.mark.parametrize(
    ("run", "unknown"),
    [
        (Run(tool="x", n=50, mean_score=0.99), "no_cases"),
        (scored(0.9, 1.0), "few"),
        (scored(*[1.5, 12.0] * 20), "scale"),
        (scored(*[0.95] * 40), "few"),
    ],
)
def test_what_cannot_be_told_says_why(run: Run, unknown: str) -> None:
    found = judged(run, 0.9)

    assert (found.state, found.interval, found.more) == ("open", None, None)
    assert found.unknown == unknown
    assert mark_sentence(found, 0.9).startswith("90 of 100: cannot be judged, because ")


def test_chance_is_that_of_the_scored_cases() -> None:
    run = passed(4, 5, errors=5)

    assert interval_of(run) == wilson(4, 5)
    said = dict(run_lines(run))
    assert said["Cases"] == "10, 5 had no score or an error"
    assert said["Passed"].startswith("4 of 5 scored (")


@pytest.mark.parametrize(
    ("done", "ran", "errors", "state"),
    [
        (133, 133, 67, "open"),  # all that ran passed
        (0, 133, 67, "not_met"),
        (198, 200, 1, "met"),
    ],
)
def test_cases_without_a_score_leave_open_what_they_could_change(
    done: int, ran: int, errors: int, state: str
) -> None:
    found = judged(passed(done, ran, errors=errors), 0.85)

    assert found.state == state
    if state == "open":
        assert mark_sentence(found, 0.85) == (
            "85 of 100: cannot be judged, because cases without a score could change it"
        )


def test_errors_score_nothing_among_scores() -> None:
    scores = dict(run_lines(Run(tool="x", n=3, mean_score=0.8, errors=1)))
    assert scores["Cases"] == "4, 1 had no score or an error and counts as score 0"
    assert scores["Mean score"] == "0.6"
    assert interval_of(Run(tool="x")) is None


@pytest.mark.parametrize(
    ("judgement", "sentence"),
    [
        (Judgement(state="met"), "80 of 100: met, even at the lower end"),
        (Judgement(state="not_met"), "80 of 100: not met, even at the upper end"),
        (
            Judgement(state="open", interval=wilson(27, 30), more=78),
            "80 of 100: not certain yet; with about 78 more cases, 4 of 5 such "
            "tests would give a certain result",
        ),
        (
            Judgement(state="open", interval=wilson(27, 30), more=1),
            "80 of 100: not certain yet; with about 1 more case, 4 of 5 such "
            "tests would give a certain result",
        ),
        (
            Judgement(state="open", interval=wilson(24, 30)),
            "80 of 100: not certain; more cases show it only if another share passes",
        ),
        (
            Judgement(state="open", unknown="no_cases"),
            "80 of 100: cannot be judged, because the file has no result for each case",
        ),
    ],
)
def test_judgement_is_said_in_words(judgement: Judgement, sentence: str) -> None:
    assert mark_sentence(judgement, 0.8) == sentence


def test_numbers_of_a_run_are_said_in_words() -> None:
    cases = (*(Case(id=str(n), passed=n < 12) for n in range(24)), Case(id="e"))
    run = Run(
        tool="x",
        cases=cases,
        n=24,
        passed=12,
        input_tokens=12_000,
        cached_tokens=800,
        output_tokens=90,
        cost=Decimal("0.1250"),
        p50_ms=900,
        p95_ms=1_200,
        errors=0,
    )

    assert dict(run_lines(run)) == {
        "Cases": "24, 1 more without a score, left out as Inspect does",
        "Passed": "12 of 24 (between 31 and 69 of 100)",
        "Tokens": "12,000 in, 800 from the provider’s cache, 90 out",
        "Cost": "$0.125",
        "Latency": "half of the cases took up to 900 ms, 95 of 100 up to 1,200 ms",
    }


def test_what_a_file_does_not_say_is_not_made_up() -> None:
    said = dict(run_lines(Run(tool="x", n=7, mean_score=0.125)))

    assert said == {
        "Cases": "7",
        "Mean score": "0.125",
        "Tokens": "the file does not say",
        "Cost": "the file does not say",
        "Latency": "the file does not say",
    }
