"""What a scenario supposes counts instead of what results and ticks say."""

from dataclasses import replace

from audits.frameworks.answering.answers import read
from audits.scoring.inputs import Inputs
from tests.scoring.letters import FRAMEWORK
from tests.scoring.scored.test_candidates import candidates, scored


def test_ways_that_no_file_shows_are_shown_only_if_the_ways_are_supposed() -> None:
    codes = read(FRAMEWORK, {"tried": ["instructions", "examples"]})
    given = Inputs(codes=codes, candidates=candidates(scored(passed=30)))

    supposed = replace(given, supposed=frozenset(["tried"]))
    other = replace(given, supposed=frozenset(["quality_gap"]))

    assert given.answered.unshown == {"examples"}
    assert other.answered.unshown == {"examples"}
    assert supposed.answered.unshown == set()
