"""What the numbers and the market say counts where the team does not know it."""

from datetime import date

import pytest

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_again, assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.history.time_machine import TimeMachine
from audits.scoring.inputs import Inputs
from tests.scoring.deciding.test_rule_cases import UNTESTED

FRAMEWORK = current()
DAY = date(2026, 11, 29)
NUMBERS = {
    "requests": "9000",
    "prefix_tokens": "1200",
    "variable_tokens": "600",
    "output_tokens": "250",
    "corpus_tokens": "1032000",
    "model": "gpt-6-luna",
    "tuned": "gpt-4.1-mini",
    "today": "fine_tune_hosted",
}


def inputs(**answers: str) -> Inputs:
    return Inputs(codes=read(FRAMEWORK, UNTESTED | answers), levels={}, numbers=NUMBERS)


def assessed(**answers: str) -> Assessment:
    return assess_on(FRAMEWORK, inputs(**answers), DAY)


def test_service_known_to_close_counts_where_the_team_does_not_know() -> None:
    found = assessed(platform="unknown")

    assert found.costs
    assert found.costs.computed["platform"] == "closing"
    assert found.codes["platform"] == "closing"
    assert found.verdict == assessed(platform="closing").verdict == "migrate"
    assert "platform" not in {each.question for each in found.not_known}
    reads = [x for step in found.trace.verdict_rules for x in step.read]
    (said,) = {x.answer for x in reads if x.id == "platform"}
    assert said.startswith("It is closing: GPT-4.1 mini, until 6 January 2027")


def test_unknown_and_unanswered_are_alike_beside_what_is_computed() -> None:
    unknown, blank = assessed(platform="unknown"), assessed()

    assert unknown.codes == blank.codes
    assert unknown.verdict == blank.verdict
    assert assess_again(FRAMEWORK, unknown).codes == unknown.codes


@pytest.mark.parametrize("said", ["open", "unavailable"])
def test_what_the_team_says_counts_before_what_is_computed(said: str) -> None:
    assert assessed(platform=said).codes["platform"] == said


def test_earlier_days_read_the_computed_answer_too() -> None:
    machine = TimeMachine(FRAMEWORK, date(2026, 1, 1), DAY)

    assert machine.verdict(inputs(platform="unknown"), DAY) == "migrate"
