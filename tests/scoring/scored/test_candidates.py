"""Stored candidates answer: with which level, and between what."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.evaluation import Code
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.scored.answers import answered, contradicted
from audits.scoring.scored.candidates import (
    NO_CANDIDATES,
    Candidates,
    ScoredCandidate,
    ScoredKind,
    WhyNot,
)
from audits.scoring.scored.words import because, candidate_answers
from tests.scoring.proofs.version_2_sets import FRAMEWORK

DAY = date(2026, 11, 20)
FILE = "f" * 64
LINK = "https://example.org/report"


def scored(
    kind: ScoredKind = "prompt", passed: int = 62, cases: int = 100, **more: Any
) -> ScoredCandidate:
    known: dict[str, Any] = {"id": "c1", "day": DAY, "run_by": "Rosa", "link": LINK}
    return ScoredCandidate(kind=kind, passed=passed, cases=cases, **known | more)


def candidates(*rows: ScoredCandidate, target: str | None = "0.9") -> Candidates:
    return Candidates(rows=rows, target=Decimal(target) if target else None)


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (scored(), ""),
        (scored(cases=29, passed=29), "few"),
        (scored(run_by=""), "claimed"),
        (scored(day=None), "claimed"),
        (scored(link=""), "claimed"),
        (scored(day=None, run_by="", link="", sha256=FILE), ""),
        (scored(is_removed=True), "removed"),
        (scored("live"), "not_live"),
    ],
)
def test_candidate_counts_with_enough_cases_and_a_name(
    candidate: ScoredCandidate, why: WhyNot
) -> None:
    assert candidates(candidate).why_not(candidate, {}) == why


def test_tuned_model_counts_only_beside_the_live_one_that_it_would_replace() -> None:
    tuned, live = scored("tuned", passed=95), scored("live", passed=60, id="c2")
    state: dict[str, Code] = {"state": "live_tuned"}

    assert candidates(tuned).why_not(tuned, state) == "no_live"
    assert candidates(tuned, live).why_not(tuned, state) == ""
    found = answered(candidates(tuned, live, scored(id="c3")), state, {})
    assert (found.codes["incumbent"], found.codes["trial"]) == ("misses", "meets")


def test_candidates_answer_with_the_level_of_their_results() -> None:
    found = answered(
        candidates(scored(), scored("smaller", passed=95, id="c2", sha256=FILE)),
        {"tried": ("documents",), "eval": "solid_set"},
        {"eval": "asserted"},
    )

    assert found.codes == {
        "tried": ("documents", "instructions"),
        "eval": "small_set",
        "quality_gap": "large",
        "smaller_model": "passes",
    }
    assert found.levels["quality_gap"] == "documented"
    assert found.levels["smaller_model"] == "measured"
    # The best of all that was tried is short of the target, so all others are.
    assert found.failed == frozenset({"instructions", "documents"})


@pytest.mark.parametrize(
    ("cases", "why"),
    [
        (199, ""),
        (200, ", but results do not show that they are run again after every change"),
    ],
)
def test_results_of_200_cases_say_why_the_test_set_is_not_a_solid_one(
    cases: int, why: str
) -> None:
    found = answered(candidates(scored(cases=cases)), {}, {})

    told = candidate_answers(FRAMEWORK, found, {}, {})

    [size] = [each for each in told if each.question == "eval"]
    assert size.answer == "30 or more cases"
    assert size.because == f"from the candidates: up to {cases} cases{why}"


@pytest.mark.parametrize("cases", [40, 200])
@pytest.mark.parametrize("claimed", ["solid_set", "production"])
def test_a_results_file_shows_no_more_of_a_test_set_than_its_cases(
    cases: int, claimed: str
) -> None:
    found = candidates(scored(cases=cases, passed=20, sha256=FILE))
    by_hand: dict[str, Code] = {"eval": claimed}

    told = answered(found, by_hand, {"eval": "asserted"})
    documented = answered(found, by_hand, {"eval": "documented"})

    assert (told.codes["eval"], told.levels["eval"]) == ("small_set", "measured")
    assert (documented.codes["eval"], documented.levels["eval"]) == (
        claimed,
        "documented",
    )
    [said] = [
        each.because
        for each in candidate_answers(FRAMEWORK, told, by_hand, {"eval": "asserted"})
        if each.question == "eval"
    ]
    claim = FRAMEWORK.words("eval", by_hand)
    assert said.endswith(f"; by hand, asserted: {claim}")


def test_answers_say_which_candidates_gave_them_and_between_what() -> None:
    by_hand: dict[str, Code] = {"quality_gap": "met"}
    found = answered(candidates(scored()), by_hand, {"quality_gap": "measured"})

    told = {
        each.question: each
        for each in candidate_answers(
            FRAMEWORK, found, by_hand, {"quality_gap": "measured"}
        )
    }

    assert told["eval"].because == "from the candidates: up to 100 cases"
    gap = told["quality_gap"]
    assert gap.because == (
        "from the candidates: 62 of 100 passed, between 52 and 71; misses 90 of 100, "
        "even at the upper end"
    )
    assert gap.answer == FRAMEWORK.words("quality_gap", {"quality_gap": "large"})
    assert (gap.by_hand, gap.level_by_hand) == ("met", "measured")


def test_small_gap_says_how_many_points_it_is_and_how_many_are_small() -> None:
    found = answered(candidates(scored(passed=42, cases=60), target="0.8"), {}, {})

    told = candidate_answers(FRAMEWORK, found, {}, {})

    [gap] = [each for each in told if each.question == "quality_gap"]
    assert gap.answer == "Small"
    assert gap.because.endswith(
        "10 points below the target: on 60 cases, up to 10.1 may be chance"
    )


def test_more_candidates_than_fit_are_counted() -> None:
    rows = [scored(id=f"c{number}", model=f"m{number}") for number in range(1, 6)]

    assert because(rows).count(" (Written prompt)") == 3
    assert because(rows).endswith("; and 2 more")


def test_answer_by_hand_that_a_candidate_contradicts_is_found() -> None:
    by_hand: dict[str, Code] = {
        "quality_gap": "met",
        "tried": ("examples",),
        "smaller_model": "fails",
    }

    assert contradicted(candidates(scored()), by_hand) == {"quality_gap"}
    # That there is no target is said by hand, and what was counted goes beyond it.
    counted = candidates(scored(passed=30), target=None)
    assert contradicted(counted, {"quality_gap": "some_wrong"}) == frozenset()
    assert contradicted(NO_CANDIDATES, by_hand) == frozenset()


@pytest.mark.parametrize("order", [1, -1])
def test_of_equal_scores_that_on_more_cases_decides(order: int) -> None:
    rows = [scored(passed=28, cases=40), scored(passed=70, cases=100, id="c2")]

    found = answered(candidates(*rows[::order], target="0.8"), {}, {})

    assert found.codes["quality_gap"] == "large"
    assert [row.id for row in found.behind["quality_gap"]] == ["c2"]


@pytest.mark.parametrize(
    ("by_hand", "level"),
    [
        ("asserted", "documented"),
        ("documented", "documented"),
        ("measured", "measured"),
    ],
)
def test_results_prove_a_test_set_of_their_size(
    by_hand: EvidenceLevel, level: EvidenceLevel
) -> None:
    found = answered(candidates(scored()), {"eval": "small_set"}, {"eval": by_hand})

    assert (found.codes["eval"], found.levels["eval"]) == ("small_set", level)


@pytest.mark.parametrize(
    ("cases", "errors", "is_told"), [(30, 3, False), (33, 3, True)]
)
def test_cases_without_a_score_are_no_part_of_the_test_set(
    cases: int, errors: int, is_told: bool
) -> None:
    found = candidates(scored("prompt", 24, cases, errors=errors))

    told = answered(found, {}, {})

    assert ("eval" in told.codes) is is_told
    assert "quality_gap" in told.codes
