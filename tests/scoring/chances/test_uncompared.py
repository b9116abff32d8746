"""Typed results of as many cases ask for the file that would compare them."""

from audits.scoring.chances.uncompared import uncompared
from audits.scoring.scored.candidates import Candidates, ScoredCandidate

PROMPT = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=46)
OTHER = ScoredCandidate(id="c2", kind="documents", cases=60, passed=55)


def test_two_of_as_many_cases_may_be_of_the_same() -> None:
    found = uncompared(Candidates(rows=(PROMPT, OTHER)))

    assert found.startswith("“Written prompt” (46 of 60) and “Prompt with documents")


def test_one_alone_is_compared_with_nothing() -> None:
    assert uncompared(Candidates(rows=(PROMPT,))) == ""
