"""The shapes of questions: sections, questions, options and ticks."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from audits.frameworks.conditions import Condition

UNKNOWN = "unknown"

Technique = Literal["prompt", "few_shot", "rag", "distil", "fine_tune"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One page of the wizard."""

    id: str
    title: str
    task: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One thing a team can tick; ticks together give an option."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Experiment:
    """The cheapest measurement that answers a question."""

    name: str
    sample: str
    measure: str
    pass_mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to a question.

    `push` says how far it argues for (+) or against (-) each technique, from -3
    to 3. Pushes explain a verdict; they never make it.
    `not_yet` marks an answer that says that nobody has looked; `is_open` one that
    decides as if there were no answer.
    `ticked` (all of them), `ticked_any` and `ticks_at_least` say which ticks
    add up to this option.
    `text` says what its name does not. Options of one `group` are shown together under
    its words; one that is `alone` cannot be picked together with others.
    Nobody's work aims at an option with `no_aim`, whatever is `better`. Nothing has to
    be measured to find one that is `known_at_once`. `ruled_out_by` has the answers to
    other questions, by question, beside which nobody would try this one.
    """

    id: str
    name: str
    text: str = ""
    group: str | None = None
    alone: bool = False
    push: Mapping[Technique, int] = field(default_factory=dict)
    because: str | None = None
    no_push: str | None = None
    not_yet: bool = False
    is_open: bool = False
    ticked: tuple[str, ...] = ()
    ticked_any: tuple[str, ...] = ()
    ticks_at_least: int = 0
    no_aim: bool = False
    known_at_once: bool = False
    ruled_out_by: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def amounts_to(self, ticks: Set[str]) -> bool:
        """Return whether these ticks satisfy this option."""
        return (
            ticks >= set(self.ticked)
            and (not self.ticked_any or bool(ticks & set(self.ticked_any)))
            and len(ticks) >= self.ticks_at_least
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """When a question applies, and the words that say why it is asked."""

    when: Condition
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; `kind` is one option, several options, or ticks.

    `example` works one case out, for those who ask for it.
    `hours` is the working time it takes to find out, and `waits` the working days that
    somebody outside the team then takes to answer. `changes_by` says what could
    change the answer: the team's own work, or the world. Work leads to a later option
    or to an earlier one, whichever is `better`; None where each option is a step ahead.
    One that `defines_use_case` has another answer only for another use case.
    `is_measurement` asks for a result; a result that is only asserted proves no reason.
    """

    id: str
    section: str
    kind: Literal["one", "several", "ticks"]
    text: str
    hint: str
    why: str
    used: str
    find_out: str
    hours: int
    label: str
    options: tuple[Option, ...]
    sources: tuple[str, ...]
    example: str = ""
    most: int = 1
    ordered: bool = False
    ticks: tuple[Tick, ...] = ()
    visible: Visibility | None = None
    experiment: Experiment | None = None
    changes_by: Literal["work", "world"] = "world"
    better: Literal["later", "earlier"] | None = None
    defines_use_case: bool = False
    is_measurement: bool = False
    waits: int = 0

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((o for o in self.options if o.id == option_id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A value computed from numbers; nobody is asked for it."""

    id: str
    label: str
    text: str
    options: tuple[Option, ...]
    sources: tuple[str, ...]

    def option(self, option_id: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((o for o in self.options if o.id == option_id), None)
