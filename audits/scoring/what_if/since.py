"""What differs between the inputs of two audits, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.answering.flow import applicable
from audits.frameworks.evaluation import Codes
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.currency import currency_of
from audits.scoring.numbers.currency_words import choice
from audits.scoring.numbers.proposal_fields import LABELS, part_in_words
from audits.scoring.proposals.counted_words import listed
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


def opened_between(before: Given, after: Given) -> tuple[str, ...]:
    """Say which changed answer made others count that did not count before.

    An answer is named that does so alone.
    """
    if before.framework is not after.framework:
        return ()
    framework = after.framework
    was, now = (dict(each.inputs.answered.codes) for each in (before, after))
    counted = {question.id for question in applicable(framework, was)}
    new = [x for x in applicable(framework, now) if x.id not in counted and x.id in now]
    said = []
    for question in framework.questions:
        one = question.id
        if one not in now or was.get(one) == now[one] or question in new:
            continue
        tried = {**was, **{each.id: now[each.id] for each in new}, one: now[one]}
        opens = [x.label for x in applicable(framework, tried) if x in new]
        if opens:
            names = listed([f"“{label}”" for label in opens])
            verb = "counts" if len(opens) == 1 else "count"
            answer = answer_in_words(framework, one, now)
            why = f"because “{question.label}” is “{answer}”"
            said.append(f"{names} now {verb}, {why}.")
    return tuple(said)


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
