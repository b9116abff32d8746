"""A caution stands beside the first of the answers that it is about."""

from audits.scoring.scored.words import CandidateAnswer
from audits.services.read_files.measured_answers import MeasuredAnswer, said_once


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
