"""Some inputs of a use case changed, and the same changes as words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from audits.frameworks.answering.flow import code_of
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue
from audits.scoring.deciding.circumstances import Circumstances, EvidenceLevel
from audits.scoring.deciding.flips import Flip, changed_code
from audits.scoring.deciding.shown_with import shown_with
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.what_if.fields import (
    DATE_LABELS,
    DECISION,
    choices_in,
    date_in_words,
    date_now,
    dates_in,
    number_in_words,
    typed_in,
)

NO_EVIDENCE: EvidenceLevel = "asserted"
# Said of boxes of which none was ticked, which is an answer.
NONE_TICKED = "none of these"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Answers, evidence levels by question and numbers that differ from the inputs.

    Numbers are text, as they are stored; so is the first day of an offer, which is one
    of them. `on` is another day of the decision, which nothing stores.
    """

    answers: Mapping[str, Code] = field(default_factory=dict)
    levels: Mapping[str, EvidenceLevel] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    on: date | None = None

    def __bool__(self) -> bool:
        return bool(self.answers or self.levels or self.numbers or self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """One change: what is changed, as it is, as it would be, and how that is known.

    `is_supposed` says that test results answer it as it is, and `is_of_day` that it is
    the day of the decision.
    """

    label: str
    now: str
    then: str
    level: str = ""
    is_supposed: bool = False
    is_of_day: bool = False


def changed(inputs: Inputs, changes: Changes) -> Inputs:
    """Return the inputs with some of them changed.

    A changed answer has no evidence: its level becomes “asserted”, unless the changes
    choose one. An answer that becomes “unknown” has none at all. What test results
    answer is supposed instead.

    Args:
        inputs: The inputs as they are.
        changes: What differs from them; what does not changes nothing.
    """
    now, supposed = counting(inputs), supposed_by(inputs, changes)
    answers = {
        question: code
        for question, code in changes.answers.items()
        if now.get(question) != code
    }
    # Another level of what results answer is that of the answer that they give.
    told = {q: now[q] for q in supposed if q not in answers}
    codes = {**inputs.codes, **told, **answers}
    without = {q: NO_EVIDENCE for q, code in answers.items() if code != UNKNOWN}
    kept = {q: level for q, level in inputs.levels.items() if q not in answers}
    levels = {**kept, **without, **changes.levels}
    return Inputs(
        codes=codes,
        levels=levels,
        numbers={**inputs.numbers, **changes.numbers},
        candidates=inputs.candidates,
        supposed=supposed,
    )


def counting(inputs: Inputs) -> Mapping[str, Code]:
    """Return the answers given by hand, with those of test results instead of them."""
    given = inputs.answered
    return {**inputs.codes, **{q: given.codes[q] for q in given.behind}}


def supposed_by(inputs: Inputs, changes: Changes) -> frozenset[str]:
    """Return what changes suppose of the questions that test results answer.

    Args:
        inputs: The inputs as they are.
        changes: What differs from them.
    """
    return frozenset(
        inputs.answered.behind.keys() & {*changes.answers, *changes.levels}
    )


def without_supposed(inputs: Inputs, changes: Changes) -> Changes:
    """Return the changes that may be saved: no day, nor what test results answer.

    Args:
        inputs: The inputs as they are.
        changes: What differs from them.
    """
    out = supposed_by(inputs, changes)
    return Changes(
        answers={q: x for q, x in changes.answers.items() if q not in out},
        levels={q: x for q, x in changes.levels.items() if q not in out},
        numbers=changes.numbers,
    )


def changes_of(framework: Framework, assessment: Assessment, flip: Flip) -> Changes:
    """Return the changes of a flip, which holds for answers that are measured.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        flip: One of its flips.
    """
    codes, under = assessment.codes, Circumstances(levels=assessment.levels)
    answers = {
        question: code
        for each in flip.changes
        if each.way == "measure"
        for question, code in shown_with(framework, codes, each.question, under).items()
    }
    for each in flip.changes:
        answers[each.question] = changed_code(
            framework, codes, each.question, each.option
        )
    return Changes(answers=answers, levels=dict.fromkeys(answers, "measured"))


def in_words(
    framework: Framework, inputs: Inputs, changes: Changes, market: Catalogue
) -> tuple[ChangeWords, ...]:
    """Return the changes in words: questions, numbers and dates in their order.

    Args:
        framework: The framework that asks.
        inputs: The inputs as they are.
        changes: What differs from them.
        market: The market of the day.
    """
    answers = _answers(framework, inputs, changes)
    numbers = _numbers(inputs, changes, market)
    return (*answers, *numbers, *_dates(inputs, changes, market))


def answer_in_words(framework: Framework, asked: str, codes: Mapping[str, Code]) -> str:
    """Return an answer in words, with the names of its ticks behind the option.

    Args:
        framework: The framework that asks.
        asked: One of its questions.
        codes: Answers as they were given.
    """
    question, code = framework.question_by_id[asked], codes.get(asked)
    if question.kind != "ticks" or not isinstance(code, tuple):
        return framework.words(asked, codes)
    option = framework.words(asked, {asked: code_of(question, code)})
    ticked = ", ".join(each.name for each in question.ticks if each.id in code)
    return f"{option} ({ticked or NONE_TICKED})"


def _answers(
    framework: Framework, inputs: Inputs, changes: Changes
) -> Iterator[ChangeWords]:
    after, now = changed(inputs, changes), counting(inputs)
    levels = inputs.answered.levels
    for question in framework.questions:
        level = after.levels.get(question.id, "")
        if question.id in changes.answers:
            yield ChangeWords(
                label=question.label,
                now=answer_in_words(framework, question.id, now),
                then=answer_in_words(framework, question.id, after.codes),
                level=level,
                is_supposed=question.id in after.supposed,
            )
        elif question.id in changes.levels:
            yield ChangeWords(
                label=f"Evidence for “{question.label}”",
                now=levels.get(question.id, "not stated"),
                then=level,
                is_supposed=question.id in after.supposed,
            )


def _numbers(
    inputs: Inputs, changes: Changes, market: Catalogue
) -> Iterator[ChangeWords]:
    fields, choices = typed_in(inputs, market), choices_in(market)
    for key in (*fields, *choices):
        if key in changes.numbers:
            label = fields[key].label if key in fields else CHOSEN_LABELS[key]
            now, then = (
                number_in_words(key, stored, fields, choices)
                for stored in (inputs.numbers.get(key), changes.numbers[key])
            )
            yield ChangeWords(label=label, now=now, then=then)


def _dates(
    inputs: Inputs, changes: Changes, market: Catalogue
) -> Iterator[ChangeWords]:
    then = dict(changes.numbers)
    if changes.on:
        then[DECISION] = changes.on.isoformat()
    for key in dates_in(inputs, market):
        if key in then:
            yield ChangeWords(
                label=DATE_LABELS[key],
                now=date_in_words(date_now(key, inputs, market)),
                then=date_in_words(then[key]),
                is_of_day=key == DECISION,
            )
