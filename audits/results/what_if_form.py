"""The fields in which a scenario is entered, as plain values."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from audits.frameworks.answering import flow
from audits.frameworks.answering.asked_because import why_asked
from audits.frameworks.evaluation import Code
from audits.frameworks.questions import UNKNOWN, Question
from audits.frameworks.schema import Framework
from audits.landscape.catalogue import Catalogue
from audits.plain_forms import PlainField
from audits.scoring.inputs import Inputs
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.currency import currency_of
from audits.scoring.numbers.currency_words import several
from audits.scoring.numbers.numbers import FIELDS_BY_ID, Field
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.summary.found.tried_by_hand import tried_by_hand
from audits.scoring.what_if.changes import Changes, changed, counting
from audits.scoring.what_if.fields import (
    DATE_LABELS,
    DECISION,
    NOT_ENTERED,
    choices_in,
    date_in_words,
    date_now,
    dates_in,
    fields_of,
    number_in_words,
    offer_fields,
)
from audits.scoring.what_if.reading import DATE, LEVEL, NUMBER, now_of

_DONT_KNOW = "I don\u2019t know yet"
_LEVELS = ("asserted", "documented", "measured")
# The styles tell by the placeholder whether something was typed.
_TYPED = (("placeholder", " "), ("inputmode", "decimal"))
type _Pick = tuple[str, str, bool, bool, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A question with its fields.

    It `was_asked` if it applies to the audit, and `is_asked` if it does to that or to
    the scenario; it `moves` if the page that sent the fields has to show or hide it.
    `picks` are the options of which several may be picked: value, words, whether it is
    picked, is in the audit, and goes alone. `told` is what results answer.
    """

    question: Question
    name: str
    was_asked: bool
    is_asked: bool
    moves: bool
    told: str = ""
    because: str = ""
    fields: tuple[PlainField, ...] = ()
    picks: tuple[_Pick, ...] = ()


@dataclass(frozen=True, kw_only=True)
class WhatIfForm:
    """What can be changed of an audit in the scenario of a letter.

    `given` are the texts of its parameters, `changes` what they change.
    """

    framework: Framework
    inputs: Inputs
    changes: Changes
    given: Mapping[str, Sequence[str]]
    market: Catalogue
    letter: str

    @property
    def sections(self) -> Iterator[tuple[str, bool, tuple[Row, ...]]]:
        """Each section: its title, whether it is open at first, and its questions.

        It is if something in it is changed; without changes, the first section is.
        """
        moved = {*self.changes.answers, *self.changes.levels}
        for place, section in enumerate(self.framework.sections):
            here = tuple(x for x in self.rows if x.question.section == section.id)
            is_moved = any(row.question.id in moved for row in here)
            yield section.title, is_moved or not (place or self.changes), here

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """All questions, in order."""
        was, now = (
            flow.applicable(self.framework, each.answered.codes)
            for each in (self.inputs, self._then)
        )
        return tuple(
            self._row(each, each in was, each in was or each in now)
            for each in self.framework.questions
        )

    @cached_property
    def _then(self) -> Inputs:
        return changed(self.inputs, self.changes)

    @cached_property
    def _given(self) -> Answered:
        return self.inputs.answered

    @cached_property
    def _now(self) -> Mapping[str, Code]:
        return counting(self.inputs)

    @property
    def numbers(self) -> Iterator[tuple[str, bool, tuple[PlainField, ...]]]:
        """Each group of numbers in the same way, with its fields."""
        fields, choices = fields_of(self.inputs, self.market), choices_in(self.market)
        now = {
            key: number_in_words(key, self.inputs.numbers.get(key), fields, choices)
            for key in (*fields, *choices)
        }
        asked = [self._typed(fields[key], now[key]) for key in FIELDS_BY_ID]
        chosen = [self._chosen(key, x, now[key]) for key, x in choices.items()]
        assumed = [
            self._typed(field, now[key])
            for key, field in fields.items()
            if key not in FIELDS_BY_ID
        ]
        groups = {"Numbers": [*asked, *chosen], "Assumptions about costs": assumed}
        moved = {self._field(NUMBER + key)[0] for key in self.changes.numbers}
        amounts = self.amounts_in
        for name, here in groups.items():
            title = f"{name}, amounts in {amounts}" if amounts else name
            yield title, any(field.name in moved for field in here), tuple(here)

    @property
    def others(self) -> Iterator[tuple[str, bool, tuple[PlainField, ...]]]:
        """The offer, if there is one, and the dates, in the same way."""
        offer = offer_fields(self.inputs)
        numbers = self.inputs.numbers
        typed = tuple(
            self._typed(field, number_in_words(key, numbers.get(key), offer, {}))
            for key, field in offer.items()
        )
        if offer:
            yield "The offer", any(key in self.changes.numbers for key in offer), typed
        dates = dates_in(self.inputs, self.market)
        is_moved = bool(self.changes.on) or any(
            key in self.changes.numbers for key in dates
        )
        fields = tuple(self._dated(key, *ends) for key, ends in dates.items())
        yield "Dates", is_moved, fields

    def _dated(self, key: str, first: date, last: date) -> PlainField:
        name, value = self._field(DATE + key)
        now = date_in_words(date_now(key, self.inputs, self.market))
        said = now if now == NOT_ENTERED else f"Now: {now}"
        if key == DECISION:
            said = f"{said}. Prices, models and exchange rates are those of this day."
        return PlainField(
            name=name,
            label=DATE_LABELS[key],
            value=value,
            help=said,
            type="date",
            limits=(("min", str(first)), ("max", str(last))),
        )

    @property
    def amounts_in(self) -> str:
        """The currency of the amounts that are entered; empty for US dollars."""
        currency = currency_of(self.inputs.numbers)
        return "" if currency == DOLLARS else several(currency)

    def _typed(self, field: Field, now: str) -> PlainField:
        name, value = self._field(NUMBER + field.id)
        said = f"Now: {now}"
        if now == NOT_ENTERED:
            said = f"{now}, {field.unit}"
            if field.id not in FIELDS_BY_ID:
                said = field.hint.partition(". ")[0]
        return PlainField(
            name=name, label=field.label, value=value, help=said, limits=_TYPED
        )

    def _chosen(self, key: str, choices: Mapping[str, str], now: str) -> PlainField:
        name, value = self._field(NUMBER + key)
        options = (("", f"{now} (now)"), *choices.items())
        return PlainField(
            name=name, label=CHOSEN_LABELS[key], value=value, options=options
        )

    def _row(self, question: Question, was_asked: bool, is_asked: bool) -> Row:
        told = question.id in self._given.behind
        words = self.framework.words(question.id, self._now)
        has_picks = question.kind == "several"
        fields = (*self._answer(question), *self._level(question))
        return Row(
            question=question,
            name=self._field(question.id)[0],
            was_asked=was_asked,
            is_asked=is_asked,
            moves=is_asked != (question.id in self.given),
            told=words if told else "",
            because=why_asked(self.framework, question.id, self._then.answered.codes),
            fields=fields,
            picks=self._picks(question) if has_picks else (),
        )

    def _answer(self, question: Question) -> Iterator[PlainField]:
        if question.kind == "several":
            return
        now = now_of(question, self._now)
        words = self.framework.words(question.id, {question.id: now} if now else {})
        options = [(each.id, each.name) for each in question.options]
        others = [each for each in (*options, (UNKNOWN, _DONT_KNOW)) if each[0] != now]
        name, value = self._field(question.id)
        yield PlainField(
            name=name,
            label=question.text,
            value="" if value == now else value,
            options=(("", f"{words} (as answered)"), *others),
        )

    def _level(self, question: Question) -> Iterator[PlainField]:
        if not question.is_measurement and self.framework.asserted_unless_marked:
            return
        as_asserted = self.framework.asserted_unless_marked
        unmarked = "not stated, so asserted" if as_asserted else "not stated"
        now = self._given.levels.get(question.id, unmarked)
        if question.id == TRIED and (tried := tried_by_hand(self.inputs)):
            now = tried.weakest
        name, value = self._field(LEVEL + question.id)
        yield PlainField(
            name=name,
            label=f"Evidence for “{question.label}”",
            value=value,
            options=(("", f"As now: {now}"), *((x, x.capitalize()) for x in _LEVELS)),
        )

    def _picks(self, question: Question) -> tuple[_Pick, ...]:
        now = now_of(question, self._now) or ()
        kept = {now} if isinstance(now, str) else {*now}
        given = self.given.get(question.id)
        picked = kept if given is None else {*given}
        options = [(x.id, x.name, x.alone or x.not_yet) for x in question.options]
        return tuple(
            (value, words, value in picked, value in kept, alone)
            for value, words, alone in (*options, (UNKNOWN, _DONT_KNOW, True))
        )

    def _field(self, name: str) -> tuple[str, str]:
        """Return the name of a parameter on the page, and its text."""
        texts = [text for text in self.given.get(name, ()) if text]
        return f"{self.letter}.{name}", next(iter(texts), "")
