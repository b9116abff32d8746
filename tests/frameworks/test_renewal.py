"""What a newer version asks anew or otherwise, in words."""

from dataclasses import replace

import pytest

from audits.frameworks.answering.renewal import changed_questions
from audits.frameworks.loading import loader
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework

FRAMEWORK = loader.published("fine_tuning", 1)
ASKED = FRAMEWORK.question_by_id


def with_questions(*questions: Question) -> Framework:
    return replace(FRAMEWORK, questions=questions)


def said(before: Question, after: Question) -> list[str]:
    found = changed_questions(with_questions(before), with_questions(after))
    return [change.said for change in found]


def test_same_version_changes_nothing() -> None:
    assert changed_questions(FRAMEWORK, FRAMEWORK) == ()


def test_new_question_is_new_and_a_removed_one_is_not_asked() -> None:
    before, after = with_questions(ASKED["goal"]), with_questions(ASKED["volume"])

    [change] = changed_questions(before, after)

    assert (change.question.id, change.said) == ("volume", "New")


def test_options_are_told_by_name() -> None:
    question = ASKED["volume"]
    first, second, *rest = question.options
    after = replace(
        question,
        hint="Another",
        options=(replace(second, text="Another"), *rest, replace(first, id="x")),
    )

    assert said(question, after) == [
        f"The wording changed. New: “{first.name}”. No longer offered: “{first.name}”. "
        f"Reworded: “{second.name}”"
    ]


@pytest.mark.parametrize("silent", [{"why": "x"}, {"hours": 99}, {"label": "x"}])
def test_what_is_not_answered_does_not_count(silent: dict[str, object]) -> None:
    question = ASKED["volume"]

    assert said(question, replace(question, **silent)) == []  # type: ignore[arg-type]


def test_another_way_to_answer_is_told() -> None:
    question = ASKED["goal"]

    assert said(question, replace(question, most=9)) == ["The kind of answer changed"]
