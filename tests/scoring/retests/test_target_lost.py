"""A candidate no longer meets the target that it met when signed, and another does."""

from dataclasses import replace
from decimal import Decimal

import pytest

from audits.evaluations.runs import Run
from audits.scoring.retests.evidence import EvidenceCheck
from audits.scoring.retests.evidence_words import evidence_lines
from tests.scoring.retests.newer_results import PROMPT, STRONG, checked, run


def of_two(*runs: Run) -> EvidenceCheck:
    return checked(*runs, rows=(PROMPT, STRONG))


@pytest.mark.parametrize(
    ("runs", "name"),
    [
        ([run(0, name="Written prompt")], "Written prompt"),
        (
            [run(150, name="Written prompt"), run(192, name="Stronger model")],
            "Written prompt",
        ),
        ([run(120, name="Stronger model")], "Stronger model"),
    ],
)
def test_candidate_that_no_longer_meets_the_target_differs_beside_another(
    runs: list[Run], name: str
) -> None:
    found = of_two(*runs)

    lines = [*evidence_lines(found)]
    assert found.is_same
    assert found.state == "differs"
    assert lines[-1] == (
        f"The answers stay the same, but “{name}” no longer meets the target of 90 of "
        "100, which it met when signed."
    )
    assert [line for line in lines if line.startswith("DIFFERS")] == [
        line for line in lines if line.startswith(f"DIFFERS   {name}: when signed, ")
    ]


def test_line_says_which_candidate_the_answer_rests_on_now() -> None:
    lines = [*evidence_lines(of_two(run(0, name="Written prompt")))]

    assert lines[0] == (
        "DIFFERS   Written prompt: when signed, 188 of 200 passed, between 89.8 and 97 "
        "of 100; now, 0 of 200 passed, between 0 and 2 of 100: it met the target of 90 "
        "of 100, and no longer does"
    )
    [passed] = [line for line in lines if "Which approach passes" in line]
    assert passed.startswith(
        "holds     Which approach passes: A prompt, which now rests on “Stronger "
        "model”, no longer on “Written prompt” (from the candidates: 192 of 200 "
        "passed, "
    )


def test_target_that_chance_may_explain_is_not_shown_to_be_missed() -> None:
    found = of_two(run(176, name="Written prompt"))

    [first, *_, last] = evidence_lines(found)
    assert found.state == "holds"
    assert first.startswith("not shown Written prompt: when signed, ")
    assert first.endswith(
        ": it met the target of 90 of 100, and that it no longer does may be chance"
    )
    assert last == (
        "The answers stay the same, but whether the target of 90 of 100 is reached "
        "could not be told apart from chance."
    )


def test_sentence_names_who_misses_and_who_may_be_chance() -> None:
    found = of_two(run(0, name="Written prompt"), run(186, name="Stronger model"))

    assert [*evidence_lines(found)][-1] == (
        "The answers stay the same, but “Written prompt” no longer meets the target of "
        "90 of 100, which it met when signed. Whether “Stronger model” can reach it "
        "could not be told apart from chance."
    )


@pytest.mark.parametrize(("mean", "lost"), [(0.7, "missed"), (0.88, "open")])
def test_mean_score_that_met_the_target_is_compared_like_its_gap(
    mean: float, lost: str
) -> None:
    row = replace(STRONG, passed=None, mean=Decimal("0.95"))
    new = Run(tool="CSV", candidate=row.model, n=200, mean_score=mean)

    found = checked(new, rows=(PROMPT, row))

    assert [each.lost for each in found.retested] == [lost]


def test_candidate_that_missed_the_target_when_signed_cannot_lose_it() -> None:
    low = replace(PROMPT, passed=100)

    found = checked(run(50, name="Written prompt"), rows=(low, STRONG))

    assert found.state == "holds"
    assert not found.fallen
