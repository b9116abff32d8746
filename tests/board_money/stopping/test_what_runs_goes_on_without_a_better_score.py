"""What runs today goes on where no score says that a prompt is better."""

import pytest

from audits.scoring.assess_on import assess_on
from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.money.of_assessment import money_of
from audits.services.demo.sample import sample_company
from tests.scoring.letters import DAY, FRAMEWORK
from tests.scoring.what_if.test_changes import inputs_of


@pytest.mark.parametrize(
    ("runs", "serves"), [("few_shot", "few_shot"), ("rag", "prompt")]
)
def test_what_runs_goes_on_where_no_score_says_that_a_prompt_is_better(
    runs: str, serves: PricedTechnique
) -> None:
    cases = {case["name"]: case for case in sample_company()["use_cases"]}
    case = cases["Mail sorting"]
    numbers = case["numbers"] | {"today": runs}
    given = inputs_of(case["answers"], case["levels"], **numbers)

    money = money_of(assess_on(FRAMEWORK, given, DAY))

    assert money
    assert (money.role, money.chosen.technique) == ("meanwhile", serves)
    # Examples were tested as the prompt was, and retrieval was not.
    assert (money.today == money.chosen) is (runs == serves)
