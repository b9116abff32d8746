"""Where chance may explain that the target is met, nothing says it as a fact."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.chances.chance import surely_met
from audits.scoring.chances.met import BY_CHANCE
from audits.scoring.explaining.advice import as_decided
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate

FRAMEWORK = current()
ROW = ScoredCandidate(
    id="c1", kind="prompt", cases=50, passed=46, sha256="0" * 64, day=date(2026, 11, 20)
)


def inputs(*rows: ScoredCandidate) -> Inputs:
    return Inputs(
        codes=read(FRAMEWORK, {"goal": ["format"], "state": "none"}),
        candidates=Candidates(rows=rows, target=Decimal("0.9")),
    )


def assessed(*rows: ScoredCandidate) -> Assessment:
    return assess_on(FRAMEWORK, inputs(*rows), date(2026, 11, 24))


@pytest.mark.parametrize(("cases", "passed", "needed"), [(50, 46, 45), (30, 28, 27)])
def test_headline_and_lead_say_how_many_passed_and_were_needed(
    cases: int, passed: int, needed: int
) -> None:
    found = assessed(replace(ROW, cases=cases, passed=passed))

    assert found.advice
    said = (
        f"it meets the target ({passed} of {cases} passed, {needed} needed, "
        "so check it in live use)"
    )
    assert found.headline.startswith(f"Use “Written prompt”: {said}.")
    assert f"Use “Written prompt”: {said}." in found.lead
    assert found.advice.step.says.endswith(f"since {said}")
    assert "chance" not in f"{found.headline} {found.lead} {found.advice.step.says}"
    plain = "Use what you tested: it meets the target."
    assert as_decided(found.headline).startswith(plain)


def test_target_that_is_surely_met_is_met() -> None:
    found = assessed(replace(ROW, cases=400, passed=380))

    assert "Use “Written prompt”: it meets the target." in found.headline
    assert not BY_CHANCE.search(found.headline + found.lead)


def test_candidate_that_surely_meets_the_target_is_named() -> None:
    stronger = replace(ROW, id="c2", kind="stronger", cases=100, passed=99)
    given = inputs(ROW, stronger)

    said = surely_met(given.candidates, given.answered, given.codes)

    assert said == (
        "“Stronger model” reaches the target even at the lower end: 99 of 100 passed, "
        "between 95 and 100.",
    )


@pytest.mark.parametrize(
    "other",
    [
        # It meets the target, and chance may explain it as well.
        {"passed": 93},
        # Many cases show it, and 70 of 100 are too few.
        {"passed": 70},
        # It may not be used.
        {"passed": 99, "is_allowed": False},
        # Those without a score could change it.
        {"passed": 85, "errors": 12},
        # If those without a score failed, chance could explain it.
        {"passed": 92, "errors": 8},
        {"passed": None, "mean": Decimal("0.99")},
        # It does not count: too few cases, or removed.
        {"passed": 99, "is_removed": True},
    ],
)
def test_candidate_that_does_not_surely_meet_it_is_not_named(
    other: dict[str, Any],
) -> None:
    given = inputs(ROW, replace(ROW, id="c2", kind="stronger", cases=100, **other))

    assert not surely_met(given.candidates, given.answered, given.codes)


def test_nothing_is_named_beside_what_surely_meets_the_target() -> None:
    sure = replace(ROW, cases=400, passed=380)
    given = inputs(sure, replace(sure, id="c2", kind="stronger"))

    assert not surely_met(given.candidates, given.answered, given.codes)
