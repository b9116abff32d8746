"""Each question is worked out once, with an answer that it has."""

import re

import pytest

from audits.frameworks.answering.glossary import words_of_question
from audits.frameworks.loading.loader import current
from audits.frameworks.questions import Question

FRAMEWORK = current()


@pytest.mark.parametrize("question", FRAMEWORK.questions, ids=lambda q: q.id)
def test_example_ends_in_an_answer_of_its_question(question: Question) -> None:
    names = {option.name for option in question.options}
    names |= {tick.name for tick in question.ticks}

    quoted = set(re.findall("“([^”]+)”", question.example))

    assert quoted & names
    # What else is quoted is what people say, and no name of a missing option.
    assert {each for each in quoted - names if len(each.split()) < 5} == set()


def test_words_of_an_example_are_explained_with_its_question() -> None:
    question = FRAMEWORK.question_by_id["volume"]

    terms = [word.term for word in words_of_question(FRAMEWORK, question)]

    assert "calls" in question.example
    assert "Call" in terms


def test_points_are_said_of_cases() -> None:
    gap = FRAMEWORK.question_by_id["quality_gap"]

    assert gap.hint.startswith("A point is one case in 100.")
    assert "8 points: “Large”" in gap.example


def test_call_and_agent_are_explained_where_they_are_first_met() -> None:
    options = FRAMEWORK.question_by_id["tried"].options
    texts = {option.id: option.text for option in options}

    assert "calls (requests to a model)" in texts["split"]
    assert "models that use tools" in texts["agents"]


def test_option_whose_name_says_it_all_has_no_text() -> None:
    options = FRAMEWORK.question_by_id["pairs"].options

    assert [option.text for option in options] == ["", "", ""]
