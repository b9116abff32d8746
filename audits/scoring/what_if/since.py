"""What differs between the inputs of two audits, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.currency import currency_of
from audits.scoring.numbers.currency_words import choice
from audits.scoring.numbers.proposal_fields import LABELS, part_in_words
from audits.scoring.what_if.changes import ChangeWords, answer_in_words
from audits.scoring.what_if.fields import (
    NOT_ENTERED,
    choices_in,
    fields_of,
    number_in_words,
)
from audits.scoring.what_if.results_since import results_between

NOT_ASKED = "Not asked"
NO_LEVEL = "not stated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What an audit was decided from: its framework, its inputs and its market."""

    framework: Framework
    inputs: Inputs
    market: Catalogue


def differences_between(before: Given, after: Given) -> tuple[ChangeWords, ...]:
    """Return what differs, in the order of the later audit: the test results last.

    Answers are those that count, given by hand or by test results. A question that one
    of the two frameworks does not have was not asked there.
    """
    return (
        *_answers(before, after),
        *_numbers(before, after),
        *_currency(before, after),
        *_offer(before, after),
        *results_between(before.inputs.candidates, after.inputs.candidates),
    )


def _answers(before: Given, after: Given) -> Iterator[ChangeWords]:
    questions = {
        question.id: question.label
        for given in (after, before)
        for question in given.framework.questions
    }
    sides = [(each.framework, each.inputs.answered) for each in (before, after)]
    for question, label in questions.items():
        was, now = (
            _words(framework, question, answered.codes) for framework, answered in sides
        )
        levels = [answered.levels.get(question, "") for _, answered in sides]
        if was != now:
            yield ChangeWords(label=label, now=was, then=now, level=levels[1])
        elif levels[0] != levels[1]:
            was, now = (level or NO_LEVEL for level in levels)
            yield ChangeWords(label=f"Evidence for “{label}”", now=was, then=now)


def _words(framework: Framework, asked: str, codes: Codes) -> str:
    """Return an answer in words, with the names of its ticks behind the option."""
    if asked not in framework.question_by_id:
        return NOT_ASKED
    return answer_in_words(framework, asked, codes)


def _numbers(before: Given, after: Given) -> Iterator[ChangeWords]:
    sides = [
        (each.inputs.numbers, fields_of(each.inputs, each.market), choices)
        for each in (before, after)
        for choices in (choices_in(each.market),)
    ]
    _, fields, choices = sides[1]
    for key in (*fields, *choices):
        if before.inputs.numbers.get(key) == after.inputs.numbers.get(key):
            continue
        was, now = (
            number_in_words(key, numbers.get(key), known, chosen)
            for numbers, known, chosen in sides
        )
        if was != now:
            label = fields[key].label if key in fields else CHOSEN_LABELS[key]
            yield ChangeWords(label=label, now=was, then=now)


def _currency(before: Given, after: Given) -> Iterator[ChangeWords]:
    was, now = (currency_of(each.inputs.numbers) for each in (before, after))
    if was != now:
        yield ChangeWords(label="Amounts are in", now=choice(was), then=choice(now))


def _offer(before: Given, after: Given) -> Iterator[ChangeWords]:
    for key, label in LABELS.items():
        was, now = (_part(each, key) for each in (before, after))
        if was != now:
            yield ChangeWords(label=label, now=was, then=now)


def _part(given: Given, key: str) -> str:
    """Return a part of the offer in words."""
    numbers = given.inputs.numbers
    if key not in numbers:
        return NOT_ENTERED
    currency = numbers.get("proposal_currency", "")
    return part_in_words(given.framework, key, numbers[key], currency)
