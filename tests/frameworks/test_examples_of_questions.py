"""Each question is worked out once, with an answer that it has."""

import itertools
import re

import pytest

from audits.frameworks.answering.glossary import words_of_question
from audits.frameworks.loading.loader import current
from audits.frameworks.questions import Question
from audits.scoring.numbers.numbers import FIELDS

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


# Readers asked what each of these means, or answered something else.
MISUNDERSTOOD = (
    *("leaving aside", "how it ended", "good pairs", "still be served"),
    *("busiest month", "read from the cache", "one model call"),
    *("is it one job with fixed rules", "points on your own metric"),
)


def words_of(question: Question) -> str:
    """Return all that a question and its answers say to who answers it."""
    said = [(each.name, each.text) for each in question.options]
    said += [(each.name, each.text) for each in question.ticks]
    words = (question.label, question.text, question.hint, question.example)
    because = question.visible.because if question.visible else ""
    return " ".join(itertools.chain(words, [because], *said))


def test_words_that_were_misunderstood_ask_for_nothing() -> None:
    asked = {each.id: words_of(each) for each in FRAMEWORK.questions}
    asked |= {f"number {x.id}": f"{x.label} {x.hint} {x.example}" for x in FIELDS}

    found = [
        (name, phrase)
        for name, words in asked.items()
        for phrase in MISUNDERSTOOD
        if phrase in words.lower()
    ]

    assert found == []


def test_words_that_were_kept_say_what_they_mean() -> None:
    asked = FRAMEWORK.question_by_id
    with_points = [
        each.id
        for each in FRAMEWORK.questions
        if re.search(r"\bpoints?\b", words_of(each)) and each.id != "quality_gap"
    ]
    [fixed] = (x for x in asked["task_shape"].options if x.id == "narrow_stable")

    assert with_points == []
    assert fixed.name == "One job with fixed rules"
    assert fixed.text.startswith("They last 6 months or more, as for")
    assert asked["task_shape"].hint == "“Rules” here means what makes an answer right."
    assert "in a busy month about half a year from now" in asked["volume"].text
    assert asked["platform"].text.endswith("still be available in 12 months?")


def test_call_and_agent_are_explained_where_they_are_first_met() -> None:
    options = FRAMEWORK.question_by_id["tried"].options
    texts = {option.id: option.text for option in options}

    assert "calls (requests to a model)" in texts["split"]
    assert "models that use tools" in texts["agents"]


def test_option_whose_name_says_it_all_has_no_text() -> None:
    options = FRAMEWORK.question_by_id["pairs"].options

    assert [option.text for option in options] == ["", "", ""]


def test_team_whose_prompt_has_no_documents_and_no_search_finds_its_options() -> None:
    component = FRAMEWORK.question_by_id["component"]
    shape = FRAMEWORK.question_by_id["task_shape"]
    told = {option.id: option.text for option in component.options}

    assert told["generator"] == "It writes answers, even without documents."
    assert "If it has none" in component.example
    said = {option.id: option.text for option in shape.options}
    assert "chat on a handbook" in said["narrow_stable"]
    assert said["broad"].startswith("This includes open chat.")
