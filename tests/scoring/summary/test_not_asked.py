"""What cannot hold does not hold, asked or not, and what could come first is said."""

from dataclasses import replace
from typing import Any

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.grades.standings import SETTLED
from audits.scoring.summary.sureness import Sureness, sureness
from tests.scoring.cards.test_cards import assessed
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

LETTERS = {
    "goal": ["style"],
    "state": "none",
    "component": "generator",
    "examples": "curated",
}


def shown(**answers: Any) -> dict[str, str]:
    given = inputs_of(LETTERS | answers, {})
    inputs = replace(given, candidates=candidates(scored("prompt", 26, 40)))
    found = assess_on(current(), inputs, DAY)
    return {reason.name: reason.shown for reason in found.trace.reasons}


def test_reason_that_the_fault_rules_out_does_not_hold_asked_or_not() -> None:
    found = shown()

    assert {found[name] for name in ("Money", "Speed", "Limits")} == {"absent"}
    assert found["Skill"] == "absent"


def test_reason_of_which_something_is_known_does_not_hold() -> None:
    asked = shown(goal=["cost_latency"], unit_economics="acceptable", latency="relaxed")

    assert asked["Money"] == "absent"


def test_nothing_can_change_it_is_not_said_beside_what_could() -> None:
    settled = Sureness(
        known=1,
        answered=1,
        applicable=1,
        deciding=1,
        measured=1,
        documented=0,
        complete=SETTLED,
    )
    assert settled.says_complete == SETTLED
    only_said = replace(settled, measured=0, unproven=1)
    assert only_said.says_complete == (
        "No unanswered question can change the verdict, but some answers are only "
        "asserted"
    )
    assert only_said.says_how_complete == (
        "No unanswered question can change the verdict, but the deciding answer is "
        "only asserted"
    )
    assert settled.says_how_complete == SETTLED


@pytest.mark.parametrize("verdict", ["train_small_part", "fine_tune"])
def test_answer_that_says_that_nobody_checked_is_open(verdict: str) -> None:
    given = ANSWERS[verdict] | {"example_quality": "not_checked"}
    found = sureness(current(), assessed(given))

    assert found.unchecked == ("Agreement of experts",)
    said = "a check of “Agreement of experts” could still change the verdict"
    assert said in found.says_complete
    assert said in found.says_open
    assert SETTLED not in found.says_complete
    # What a check finds leads elsewhere, so nothing else may be said.
    flips = assessed(given).flips
    assert any(x.changes[0].question == "example_quality" for x in flips)


def test_answer_that_was_checked_is_not_open() -> None:
    given = ANSWERS["fine_tune"] | {"example_quality": "consistent"}

    assert sureness(current(), assessed(given)).unchecked == ()


@pytest.mark.parametrize("verdict", ANSWERS)
def test_open_question_that_could_come_first_is_named_with_the_others(
    verdict: str,
) -> None:
    found = sureness(current(), assessed(ANSWERS[verdict]))

    if found.could_come_first:
        assert found.says_complete != SETTLED
        assert found.says_first


def test_reason_that_only_lacks_a_count_of_the_faults_is_not_known() -> None:
    found = shown(goal=["none_counted"])

    assert "absent" not in {found[name] for name in ("Skill", "Format", "Many steps")}
    assert shown(goal=["cost_latency"])["Skill"] == "absent"
