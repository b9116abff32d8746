"""A test without any of the earlier cases hides none of those that failed."""

from dataclasses import replace

from audits.scoring.scored.candidates import ReplacedResult, ScoredCandidate
from audits.scoring.scored.words import CandidateAnswer
from audits.scoring.summary.results.replaced_results import lacks
from audits.services.read_files.measured_answers import MeasuredAnswer, said_once

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


def test_page_says_each_caution_with_the_first_answer_that_it_is_about() -> None:
    answers = [
        MeasuredAnswer(
            answer=CandidateAnswer(question=each, label=each, answer="Yes", because=""),
            because="",
            files=(),
            cautions=(f"of {each}", "of both"),
        )
        for each in ("eval", "tried")
    ]

    assert [each.cautions for each in said_once(answers)] == [
        ("of eval", "of both"),
        ("of tried",),
    ]
