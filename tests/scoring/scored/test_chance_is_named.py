"""A line names chance only where its interval does."""

import pytest

from audits.scoring.scored.answers import answered
from audits.scoring.scored.words import candidate_answers
from tests.scoring.proofs.version_2_sets import FRAMEWORK
from tests.scoring.scored.test_candidates import candidates, scored


@pytest.mark.parametrize("passed", range(95, 108))
@pytest.mark.parametrize("cases", [109, 120, 150])
def test_chance_is_named_only_where_the_interval_has_the_target(
    passed: int, cases: int
) -> None:
    found = answered(candidates(scored(passed=passed, cases=cases)), {}, {})

    told = candidate_answers(FRAMEWORK, found, {}, {})

    [gap] = [each for each in told if each.question == "quality_gap"]
    is_sure = "even at the" in gap.because
    assert not (is_sure and "may be chance" in gap.because)
