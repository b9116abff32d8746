"""Two runs are compared on the cases that both have, and on no others."""

from audits.evaluations.comparing import (
    MOST_COMPARISONS,
    Comparison,
    compared,
    comparisons,
)
from audits.evaluations.runs import Case, Run
from audits.evaluations.statistics.pairs import PassedPairs
from audits.evaluations.words import comparison_sentences
from tests.evaluations.made_files import read


def run_of(candidate: str, marks: str, start: int = 0, task: str | None = None) -> Run:
    """Return a run: “+” passed, “-” failed, “?” ended in an error."""
    verdicts = {"+": True, "-": False, "?": None}
    cases = tuple(
        Case(id=str(n), passed=verdicts[mark]) for n, mark in enumerate(marks, start)
    )
    return Run(tool="CSV", candidate=candidate, task=task, cases=cases, n=len(marks))


def scored(candidate: str, *scores: float) -> Run:
    cases = tuple(Case(id=str(n), score=score) for n, score in enumerate(scores))
    return Run(tool="CSV", candidate=candidate, cases=cases, n=len(scores))


def test_only_cases_with_both_results_count() -> None:
    found = compared(run_of("A", "++-?++", start=1), run_of("B", "+-+--?"))

    assert found.pairs == PassedPairs(both=1, only_first=1, neither=1)
    assert found.shared == 3


def test_gap_is_said_with_its_counts() -> None:
    first = run_of("A", "+" * 20 + "+" * 12 + "-" * 3 + "-" * 5)
    second = run_of("B", "+" * 20 + "-" * 12 + "+" * 3 + "-" * 5)

    assert list(comparison_sentences(compared(first, second))) == [
        "On 40 cases that both ran, A passed 12 cases that B failed, and "
        "failed 3 that B passed: more than chance explains.",
        "Of 100 cases, A would pass between 4 more and 39 more than B.",
    ]


def test_no_gap_says_how_many_cases_would_show_one() -> None:
    first = run_of("A", "+" * 20 + "+" * 6 + "-" * 2 + "-" * 12)
    second = run_of("B", "+" * 20 + "-" * 6 + "+" * 2 + "-" * 12)

    assert list(comparison_sentences(compared(first, second))) == [
        "On 40 cases that both ran, A passed 6 cases that B failed, and "
        "failed 2 that B passed: chance could explain it.",
        "Of 100 cases, A would pass between 4 fewer and 23 more than B.",
        "To show whether this difference is real, test about 115 more cases; even "
        "then, 1 test in 5 misses it.",
    ]


def test_same_results_are_said_to_be_the_same() -> None:
    (sentence,) = comparison_sentences(compared(run_of("A", "+-"), run_of("A", "+-")))

    assert sentence == (
        "A (first file) and A (second file) passed and failed the same of 2 cases."
    )


def test_scores_are_compared_where_there_are_no_verdicts() -> None:
    first = scored("A", *[0.5, 0.75, 0.9] * 10)
    second = scored("B", *[0.25, 0.5, 0.8] * 10)

    found = compared(first, second)
    sentences = list(comparison_sentences(found))

    assert found.pairs is None
    assert found.scores is not None
    assert found.shared == 30
    assert sentences[0] == (
        "On 30 cases that both ran, A scores 0.2 more than B on average: "
        "more than chance explains."
    )
    assert sentences[1] == (
        "On other cases the difference would be between +0.17 and +0.22."
    )


def test_runs_without_shared_cases_are_not_compared() -> None:
    found = compared(run_of("A", "++"), run_of("B", "++", start=2))

    assert found == Comparison(first=found.first, second=found.second)
    assert list(comparison_sentences(found)) == [
        "A and B share no cases with a result, so they cannot be compared. Run both on "
        "the same test set."
    ]


def test_runs_of_one_task_are_compared_once_and_never_with_themselves() -> None:
    runs = (
        run_of("A", "+-", task="x"),
        run_of("B", "++", task="x"),
        run_of("A", "--", task="y"),
    )

    found = comparisons(runs, runs)

    assert [(x.first.candidate, x.second.candidate) for x in found] == [("A", "B")]


def test_comparisons_have_a_limit() -> None:
    runs = [run_of(str(number), "+-") for number in range(10)]

    assert len(comparisons(runs, runs)) == MOST_COMPARISONS


def test_two_releases_of_promptfoo_give_the_same_cases() -> None:
    old, new = read("promptfoo-0.118.17.json"), read("promptfoo-0.123.1.json")

    found = comparisons(old.runs, new.runs)

    # Of candidate-b one case ended in an error, which is a fail.
    assert [x.shared for x in found] == [5, 5, 5, 5]
    assert found[1].pairs == PassedPairs(both=2, only_first=2, neither=1)


def test_score_that_is_higher_by_the_same_in_every_case_is_no_chance() -> None:
    low = [0.1 + number / 1000 for number in range(200)]
    first, second = scored("A", *(score + 0.02 for score in low)), scored("B", *low)

    told = [*comparison_sentences(compared(first, second))]

    assert told == [
        "On 200 cases that both ran, A scores 0.02 more than B on average: more than "
        "chance explains."
    ]
    few = compared(scored("A", *[0.5] * 9), scored("B", *[0.4] * 9)).scores
    assert few is not None
    assert not few.is_gap
    same = compared(first, scored("C", *(score + 0.02 for score in low))).scores
    assert same is not None
    assert not same.is_gap
