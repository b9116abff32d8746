"""A test without any of the earlier cases hides none of those that failed."""

from dataclasses import replace

from audits.scoring.results_behind.replaced_results import lacks
from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate

EARLIER = ReplacedResult(
    kind="prompt", cases=150, passed=131, missing=150, missing_failed=19
)
NOW = ScoredCandidate(id="c1", kind="prompt", cases=150, passed=130)


def test_result_that_shares_no_case_is_another_test() -> None:
    assert [*lacks(EARLIER, NOW)] == [
        "None of the 150 earlier cases is in it: another test set, not a repetition."
    ]
    some = replace(EARLIER, missing=40)
    assert [*lacks(some, NOW)] == [
        "40 earlier cases are missing: 19 of them had failed."
    ]
