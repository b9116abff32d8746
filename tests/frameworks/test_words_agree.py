"""What the framework says twice about a question is the same both times."""

from collections.abc import Callable

import pytest

from audits.frameworks.loading.loader import current
from audits.frameworks.questions import Question
from audits.frameworks.schema import VerdictWords

FRAMEWORK = current()
# How long a step takes, as its last sentence says it, and the hours that it is.
HOURS: dict[str, Callable[[int], bool]] = {
    "Under an hour.": lambda hours: hours <= 1,
    "One hour.": lambda hours: hours == 1,
    "Half a day.": lambda hours: hours == 4,
    "One day.": lambda hours: hours == 8,
    "Three days.": lambda hours: hours == 24,
    "Three to four days for one person.": lambda hours: hours == 28,
    "Two hours of work, then about a week of waiting.": lambda hours: hours == 2,
}


@pytest.mark.parametrize("question", FRAMEWORK.questions, ids=lambda it: it.id)
def test_time_that_a_step_takes_is_the_same_in_words_and_in_hours(
    question: Question,
) -> None:
    [fits] = [
        fits for words, fits in HOURS.items() if question.find_out.endswith(words)
    ]

    assert fits(question.hours)
    assert question.waits == (5 if question.find_out.endswith("waiting.") else 0)


@pytest.mark.parametrize("verdict", FRAMEWORK.verdicts.values(), ids=lambda it: it.name)
def test_verdict_is_explained_in_two_lines_of_a_fourth_of_the_page(
    verdict: VerdictWords,
) -> None:
    assert len(verdict.meaning) <= 81
