"""The place of a question on its page."""

from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, cast

from django.forms import BoundField, ChoiceField

from audits.frameworks.answering.glossary import words_of
from audits.frameworks.questions import Question
from audits.frameworks.schema import Framework, Term
from audits.scoring.chances.pass_marks import pass_mark
from audits.scoring.scored.words import CandidateAnswer

type Chosen = tuple[str | None, ...]
type Choices = tuple[tuple[str, Any, bool], ...]

_MEASURED = "measured"


@dataclass(frozen=True, slots=True)
class Group:
    """Options shown together: number on the page, value, card, whether chosen."""

    id: str
    name: str | None
    choices: tuple[tuple[int, str, Any, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The place of a question, with the names of its fields if it applies.

    `words` explains the technical words of the question. Every slot is there from the
    start, so a question that comes to apply appears
    in place and nothing that has the focus is drawn again. `proves` says whether its
    level decides what the answer proves, and `is_bare` whether it has no link or file;
    `because` says why it is asked, and `pass_mark` what the test must reach that finds
    it out, if one does; `against` is a number that contradicts it.
    `told` is what the candidates answer: without a name, nothing else can be answered.
    `takes_results` is whether test results could answer it, and none does yet, and
    `is_held_back` whether one that counted before decides which answers count.
    Of several options, `most` may be picked, those of `alone` only by themselves; 0
    where one is chosen. Without a note, all of it is plain values, so
    that equal slots are drawn once.
    """

    # Its name and versions tell most slots apart, and an equal hash makes no two equal.
    question: Question = field(hash=False)
    words: tuple[Term, ...] = field(default=(), hash=False)
    name: str = ""
    error: str = ""
    groups: tuple[Group, ...] = field(default=(), hash=False)
    type: str = ""
    most: int = 0
    alone: frozenset[str] = field(default=frozenset(), hash=False)
    level: str = ""
    level_label: str = ""
    levels: Choices = field(default=(), hash=False)
    proves: bool = False
    note: BoundField | None = None
    versions: str = ""
    against: str = ""
    told: CandidateAnswer | None = None
    takes_results: bool = False
    is_held_back: bool = False
    is_bare: bool = False
    because: str = ""
    pass_mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the slot of a question depends on: equal ones have one slot.

    `field` and `level` are shared by all forms, which do not change them. `chosen` and
    `given` are their values. The others are as in `Slot`.
    """

    framework: Framework
    question: str
    field: ChoiceField
    level: ChoiceField
    chosen: Chosen
    given: Chosen
    error: str
    versions: str
    against: str
    told: CandidateAnswer | None
    takes_results: bool
    is_held_back: bool
    is_bare: bool = False
    because: str = ""
    target: Decimal | None = None


def slot_of(asked: Asked) -> Slot:
    """Return the slot of a question that applies."""
    framework, field, level = asked.framework, asked.field, asked.level
    question = framework.question_by_id[asked.question]
    return Slot(
        question=question,
        words=words_of(framework, question.id),
        name=question.id,
        error=asked.error,
        groups=_grouped(question, _marked(field, asked.chosen)),
        type="radio" if question.kind == "one" else "checkbox",
        most=getattr(field, "most", 0),
        alone=frozenset(getattr(field, "alone", ())),
        level=f"level-{question.id}",
        level_label=str(level.label),
        levels=_levels(question, _marked(level, asked.given)),
        # Whether the level of an answer decides what it proves.
        proves=question.is_measurement and framework.asserted_unless_marked,
        versions=asked.versions,
        against=asked.against,
        told=asked.told,
        takes_results=asked.takes_results,
        is_held_back=asked.is_held_back,
        is_bare=asked.is_bare,
        because=asked.because,
        pass_mark=_pass_mark(question, asked.target),
    )


# What somebody sent may be anything, so only what is stored is kept.
kept_slot_of = lru_cache(maxsize=512)(slot_of)


def _pass_mark(question: Question, target: Decimal | None) -> str:
    test = question.experiment
    return pass_mark(test.pass_mark, target).says if test else ""


def chosen_of(value: Any) -> Chosen:
    """Return the value of a field as what is chosen of it."""
    return tuple(value) if isinstance(value, list) else (value,)


def _levels(question: Question, levels: Choices) -> Choices:
    """Leave out that an answer is measured where no result on cases could be one.

    An answer that is marked so keeps its mark.
    """
    return tuple(
        (value, label, is_chosen)
        for value, label, is_chosen in levels
        if value != _MEASURED or is_chosen or question.is_measurement
    )


def _marked(field: ChoiceField, chosen: Chosen) -> Choices:
    """Return the choices of a field: value, label, and whether it is chosen.

    With plain values, the rendered result can be cached, unlike a field's widget.
    """
    choices = cast("list[tuple[str, str]]", field.choices)
    return tuple((each, label, each in chosen) for each, label in choices)


def _grouped(question: Question, choices: Choices) -> tuple[Group, ...]:
    """Return the choices by the groups of their options, which keep their order.

    Choices without a group, such as "I don't know yet", form one where the first is.
    """
    group_of = {option.id: option.group for option in question.options}
    found: dict[str | None, list[tuple[int, str, Any, bool]]] = {}
    for number, (value, card, chosen) in enumerate(choices):
        found.setdefault(group_of.get(value), []).append((number, value, card, chosen))
    return tuple(
        Group(id=f"{question.id}-group-{place}", name=name, choices=tuple(here))
        for place, (name, here) in enumerate(found.items())
    )
