"""Questions and terms are found by their words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.frameworks.answering.finding import found_in
from audits.frameworks.answering.glossary import words_of
from audits.frameworks.loading.loader import current
from audits.frameworks.questions import Question
from tests.examples import DEAREST, up_to

FRAMEWORK = current()


@pytest.mark.parametrize("question", FRAMEWORK.questions, ids=lambda it: it.id)
def test_question_is_found_by_its_text_and_by_each_option(question: Question) -> None:
    for text in (question.text, question.label, *(x.name for x in question.options)):
        assert question in found_in(FRAMEWORK, text.upper()).questions


@pytest.mark.parametrize("question", FRAMEWORK.questions, ids=lambda it: it.id)
def test_question_is_found_by_what_its_options_and_its_technical_words_say(
    question: Question,
) -> None:
    terms = words_of(FRAMEWORK, question.id)
    said = [*(x.text for x in question.options), *(x.term for x in terms)]

    for text in (*filter(None, said), *(x.means for x in terms)):
        assert question in found_in(FRAMEWORK, text).questions


def test_every_word_has_to_be_there() -> None:
    term = FRAMEWORK.glossary[0]

    assert term in found_in(FRAMEWORK, f"{term.term} {term.means}").terms
    assert not found_in(FRAMEWORK, f"{term.term} zebra")


@settings(max_examples=up_to(100, DEAREST))
@given(st.text(alphabet=" \t\n"))
def test_nothing_is_found_without_a_word(words: str) -> None:
    assert not found_in(FRAMEWORK, words)


@settings(max_examples=up_to(100, DEAREST))
@given(st.text(max_size=20), st.text(max_size=20))
def test_one_more_word_finds_no_more(one: str, other: str) -> None:
    few, many = found_in(FRAMEWORK, f"{one} {other}"), found_in(FRAMEWORK, one)

    if one.split():
        assert {x.id for x in few.questions} <= {x.id for x in many.questions}
        assert {*few.terms} <= {*many.terms}
