"""A scenario as the parameters of an address, read with every problem in words.

`quality_gap=large` is another answer, `level.quality_gap=measured` how it is known,
`number.requests=120000` a number in the unit in which people enter it, and
`date.decision=2027-03-01` a date. An answer that has several picks is repeated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import cast, get_args

from audits.frameworks.answering.answers import WrongAnswers, read
from audits.frameworks.answering.flow import code_of
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.inputs import Inputs
from audits.scoring.numbers import number_entry
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.numbers import Field
from audits.scoring.numbers.written_numbers import (
    ENGLISH,
    Notation,
    rewritten,
    written,
)
from audits.scoring.what_if.changes import NO_EVIDENCE, Changes, counting
from audits.scoring.what_if.fields import (
    DATE_LABELS,
    DECISION,
    choices_in,
    date_in_words,
    date_now,
    dates_in,
    typed_in,
)
from audits.strict_yaml.problems import did_you_mean

LEVEL, NUMBER, DATE = "level.", "number.", "date."
_DONT_KNOW = "I don\u2019t know yet"
# An address has no separators of thousands, so that it is the same for every reader.
_IN_ADDRESSES = Notation(decimal=".", thousands="")
_LONGEST = 64  # characters

type Parameters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that cannot be used, and why.

    `choices` are the numbers that it may mean: in words, and as an address has them.
    """

    name: str
    sentence: str
    choices: tuple[tuple[str, str], ...] = ()


class _MayBeTwo(ValueError):  # noqa: N818 - a question, not a fault
    """A number that may be two, with both: in words, and as an address has it."""

    def __init__(self, sentence: str, choices: tuple[tuple[str, str], ...]) -> None:
        super().__init__(sentence)
        self.choices = choices


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """The changes that parameters ask for, and what is wrong with the others."""

    changes: Changes = field(default_factory=Changes)
    problems: tuple[Problem, ...] = ()


def read_changes(
    framework: Framework,
    inputs: Inputs,
    given: Parameters,
    market: Catalogue,
    notation: Notation = ENGLISH,
) -> Read:
    """Return what parameters change; those that say what is so anyway change nothing.

    Args:
        framework: The framework that asks.
        inputs: The inputs as they are.
        given: Name of a parameter to its texts; an empty one leaves it as it is.
        market: The market of the day.
        notation: How the sender writes numbers; an address is read alike in all.
    """
    reader = _Reader(framework, inputs, market, notation)
    for name, texts in given.items():
        try:
            reader.put(name, [text[:_LONGEST] for text in texts])
        except _MayBeTwo as error:
            reader.problems.append(Problem(name, str(error), error.choices))
        except ValueError as error:
            reader.problems.append(Problem(name, str(error)))
    reader.check_levels()
    changes = Changes(
        answers=reader.answers,
        levels=reader.levels,
        numbers=reader.numbers,
        on=reader.on,
    )
    return Read(changes=changes, problems=tuple(reader.problems))


def parameters_of(
    inputs: Inputs, changes: Changes, market: Catalogue
) -> tuple[tuple[str, str], ...]:
    """Return the parameters that say these changes, always in the same order.

    Args:
        inputs: The inputs as they are.
        changes: What differs from them.
        market: The market of the day.
    """
    fields, dates = typed_in(inputs, market), dates_in(inputs, market)
    found = []
    for question, code in sorted(changes.answers.items()):
        texts = (code,) if isinstance(code, str) else code
        found += [(question, text) for text in texts]
    found += [(LEVEL + q, level) for q, level in sorted(changes.levels.items())]
    for key, stored in sorted(changes.numbers.items()):
        text = _shown(fields[key], stored) if key in fields else stored
        found.append(((DATE if key in dates else NUMBER) + key, text))
    if changes.on:
        found.append((DATE + DECISION, changes.on.isoformat()))
    return tuple(found)


def now_of(question: Question, codes: Mapping[str, Code]) -> Code | None:
    """Return an answer as a scenario shows it: ticks as the option they add up to."""
    code = codes.get(question.id)
    return None if code is None else code_of(question, code)


class _Reader:
    """Reads one parameter after the other."""

    def __init__(
        self,
        framework: Framework,
        inputs: Inputs,
        market: Catalogue,
        notation: Notation,
    ) -> None:
        self.framework, self.inputs, self.market = framework, inputs, market
        self.notation = notation
        self.answers: dict[str, Code] = {}
        self.levels: dict[str, EvidenceLevel] = {}
        self.numbers: dict[str, str] = {}
        self.on: date | None = None
        self.problems: list[Problem] = []
        self.now, self.known = counting(inputs), inputs.answered.levels

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        return typed_in(self.inputs, self.market)

    @cached_property
    def choices(self) -> Mapping[str, Mapping[str, str]]:
        return choices_in(self.market)

    def put(self, name: str, texts: list[str]) -> None:
        """Read a parameter.

        Raises:
            ValueError: It cannot be used; says why.
        """
        if name.startswith(LEVEL):
            self._level(self._question(name.removeprefix(LEVEL)), _one(texts))
        elif name.startswith(NUMBER):
            self._number(name.removeprefix(NUMBER), _one(texts))
        elif name.startswith(DATE):
            self._date(name.removeprefix(DATE), _one(texts))
        else:
            self._answer(self._question(name), texts)

    def check_levels(self) -> None:
        """Leave out levels that say what is so anyway, and name those of no answer."""
        for question, level in list(self.levels.items()):
            code = self.answers.get(question, self.now.get(question, UNKNOWN))
            usual = self.known.get(question)
            if question in self.answers:
                usual = NO_EVIDENCE
            if code == UNKNOWN:
                label = self.framework.question_by_id[question].label
                said = f"“{label}” has no answer, so nothing can be known of it"
                self.problems.append(Problem(LEVEL + question, said))
            if level == usual or code == UNKNOWN:
                del self.levels[question]

    def _question(self, question_id: str) -> Question:
        asked = self.framework.question_by_id
        if question_id not in asked:
            near = did_you_mean(question_id, asked)
            message = f"“{question_id}” is not a question of this audit{near}"
            raise ValueError(message)
        return asked[question_id]

    def _answer(self, question: Question, texts: list[str]) -> None:
        picks = [text for text in texts if text]
        now = now_of(question, self.now)
        if not picks and (now is None or question.kind != "several"):
            return
        code = (
            _several(question, picks)
            if question.kind == "several"
            else _one(picks, question)
        )
        if code == now or (isinstance(now, tuple) and set(code) == set(now)):
            return
        try:
            self.answers |= read(self.framework, {question.id: code})
        except WrongAnswers as error:
            message = f"“{question.label}”: {error.wrong[0].message}"
            raise ValueError(message) from None

    def _level(self, question: Question, text: str) -> None:
        if not text:
            return
        levels = get_args(EvidenceLevel)
        if text not in levels:
            message = f"“{question.label}”: “{text}” is not one of {', '.join(levels)}"
            raise ValueError(message)
        self.levels[question.id] = cast("EvidenceLevel", text)

    def _number(self, key: str, text: str) -> None:
        if key not in self.fields and key not in self.choices:
            near = did_you_mean(key, [*self.fields, *self.choices])
            message = f"“{key}” is not a number that can be changed here{near}"
            raise ValueError(message)
        if not text:
            return
        if key in self.fields:
            stored = _stored(self.fields[key], text, self.notation)
        elif text in self.choices[key]:
            stored = text
        else:
            message = f"“{text}” cannot be chosen as “{CHOSEN_LABELS[key]}” on this day"
            raise ValueError(message)
        if not _is_same(self.inputs.numbers.get(key), stored, key in self.fields):
            self.numbers[key] = stored

    def _date(self, key: str, text: str) -> None:
        dates = dates_in(self.inputs, self.market)
        if key not in dates:
            near = did_you_mean(key, dates)
            message = f"“{key}” is not a date that can be changed here{near}"
            raise ValueError(message)
        if not text or text == date_now(key, self.inputs, self.market):
            return
        day = _day(text)
        first, last = dates[key]
        if day is None or not first <= day <= last:
            ends = f"{date_in_words(str(first))} to {date_in_words(str(last))}"
            message = f"“{DATE_LABELS[key]}”: write a day from {ends}, like 2027-01-31"
            raise ValueError(message)
        if key == DECISION:
            self.on = day
        else:
            self.numbers[key] = text


def _day(text: str) -> date | None:
    """Return the day of a text such as 2027-01-31; None of another."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _one(texts: list[str], question: Question | None = None) -> str:
    """Return the only text of a parameter; empty without one."""
    found = list(dict.fromkeys(text for text in texts if text))
    if len(found) > 1:
        named = [(question.option(x) if question else None, x) for x in found]
        names = ", ".join(f"“{o.name}”" if o else f"“{x}”" for o, x in named)
        about = f"“{question.label}”: choose" if question else "Choose"
        message = f"{about} one of {names}"
        raise ValueError(message)
    return found[0] if found else ""


def _several(question: Question, picks: list[str]) -> Code:
    """Return several picks; none of them is not known."""
    exclusive = (each for each in question.options if each.alone or each.not_yet)
    alone = {option.id: option.name for option in exclusive}
    for code, name in {UNKNOWN: _DONT_KNOW, **alone}.items():
        if code in picks and len(picks) > 1:
            message = f"“{question.label}”: choose “{name}” alone, or leave it out"
            raise ValueError(message)
    if len(picks) > question.most:
        said = f"pick up to {question.most}; you picked {len(picks)}"
        message = f"“{question.label}”: {said}"
        raise ValueError(message)
    return UNKNOWN if picks in ([], [UNKNOWN]) else tuple(picks)


def _stored(field: Field, text: str, notation: Notation) -> str:
    entry = number_entry.read(field, text, notation)
    if entry.choices:  # thousands or decimals: an address has to say which
        message = f"{field.label}: which number is “{text}”?"
        choices = (
            (
                rewritten(number_entry.choice_in_words(each), notation),
                written(each, _IN_ADDRESSES),
            )
            for each in entry.choices
        )
        raise _MayBeTwo(message, tuple(choices))
    if entry.number is None:
        raise ValueError(entry.problem)
    number = entry.number / 100 if field.percent else entry.number
    return format(number.normalize(), "f")


def _shown(field: Field, stored: str) -> str:
    number = Decimal(stored) * 100 if field.percent else Decimal(stored)
    return written(number, _IN_ADDRESSES)


def _is_same(now: str | None, stored: str, is_typed: bool) -> bool:
    if now is None or not is_typed:
        return now == stored
    return Decimal(now) == Decimal(stored)
