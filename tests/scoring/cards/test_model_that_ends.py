"""No test is advised of a live model that ends and that something replaces."""

from dataclasses import replace

import pytest

from audits.frameworks.loading.loader import current
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.cases.more_cases import wanted_more
from audits.scoring.chances.chance import more_cases
from audits.scoring.moving.ended import without_ended
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of


@pytest.mark.parametrize(("verdict", "is_worth"), [("keep", True), ("migrate", False)])
def test_more_cases_are_run_on_a_live_model_only_where_it_goes_on(
    verdict: str, *, is_worth: bool
) -> None:
    rows = scored("live", 172, 200), scored("prompt", 120, 200, id="c2")
    inputs = replace(inputs_of(ANSWERS[verdict], {}), candidates=candidates(*rows))
    found = assess_on(current(), inputs, DAY)
    assert found.verdict == verdict
    assert "Tuned model that is live" in more_cases(inputs.answered)

    left = without_ended(found, inputs.answered)

    assert bool(more_cases(left)) is is_worth
    assert bool(wanted_more(found, inputs)) is is_worth
