"""A retrieval that answers say was tested is charged, and the price says what for."""

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.decision_words import money_note
from audits.scoring.money.may_be_there import may_be_there
from audits.scoring.money.of_assessment import money_of
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.told.amounts.tested_set_up import tested_set_up as set_up_said
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

TESTED = {
    "goal": ["knowledge"],
    "tried": ["instructions", "documents"],
    "eval": "solid_set",
    "quality_gap": "met",
    "passed": "retrieval",
    "knowledge_size": "huge",
    "traceability": "required",
}
SAID = (
    "The price assumes that the tested retrieval must be built again to go live. If "
    "not, enter 0 days to build and test retrieval."
)


@pytest.mark.parametrize(
    ("answers", "numbers", "said"),
    [
        (TESTED, {}, SAID),
        (TESTED, {"rag_days": "0"}, ""),
        (TESTED | {"quality_gap": "often_wrong"}, {}, ""),
        (ANSWERS["few_shot"], {}, ""),
    ],
    ids=["tested", "goes live as it is", "misses the target", "another technique"],
)
def test_price_says_that_what_was_tested_is_built_again(
    answers: dict[str, object], numbers: dict[str, str], said: str
) -> None:
    found = assess_on(current(), inputs_of(answers, {}, **GIVEN | numbers), DAY)
    money = money_of(found, "planned")
    assert money

    assert set_up_said(found, money.chosen.calendar) == said
    assert set_up_said(found, None) == ""
    assert assumption_fields(DAY)["rag_days"].low == 0


@pytest.mark.parametrize(
    ("answers", "numbers", "said"),
    [
        (
            TESTED,
            {},
            "If what was tested can go live as it is with its test in a results file, "
            "the {} is up to $8,300 less.",
        ),
        (TESTED, {"rag_days": "0"}, ""),
        (ANSWERS["few_shot"], {}, ""),
    ],
    ids=["tested", "goes live as it is", "another technique"],
)
def test_page_one_says_what_may_not_have_to_be_paid(
    answers: dict[str, object], numbers: dict[str, str], said: str
) -> None:
    found = assess_on(current(), inputs_of(answers, {}, **GIVEN | numbers), DAY)
    money = money_of(found, "planned")
    assert money

    told = may_be_there(found, money)

    assert told == said.format(f"${money.chosen.year.expected:,}")
    assert told in money_note(found, money)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        # Retrieval serves until its model is ready, so no saving changes.
        (
            {"ready_months": "1"},
            "plan and advice each cost up to $8,300 less.",
        ),
        ({}, "{} is up to $8,300 less, and the plan is up to $300 less."),
        ({"today": "prompt_smaller"}, "{} is up to $8,300 less."),
        ({"today": None}, "{} is up to $8,300 less."),
    ],
)
def test_page_one_says_what_of_it_the_plan_pays_for_as_well(
    plan: dict[str, str | None], said: str
) -> None:
    tuned = {"today": "fine_tune_hosted", "tuned": "gpt-4.1-mini"}
    numbers = {k: v for k, v in (GIVEN | tuned | plan).items() if v}
    found = assess_on(current(), inputs_of(TESTED, {}, **numbers), DAY)
    money = money_of(found, "planned")
    assert money
    year = f"the ${money.chosen.year.expected:,}"

    assert may_be_there(found, money).endswith(f" file, {said.format(year)}")
