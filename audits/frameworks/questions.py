"""The shapes of questions: sections, questions, options and ticks."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from audits.frameworks.conditions import Condition

UNKNOWN = "unknown"

Technique = Literal["prompt", "few_shot", "rag", "distil", "fine_tune"]
# The ways to do the job that have a price.
Way = Literal[
    "prompt",
    "prompt_smaller",
    "prompt_documents",
    "prompt_tested",
    "few_shot",
    "few_shot_retrieved",
    "rag",
    "distil",
    "fine_tune_hosted",
    "fine_tune_own",
]


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
    Who picks it has tested the ways in `tests`. It is `good_enough` where it says that
    a model is, which is no older than the first model that could be; `needs_facts`
    where answers come from facts that a prompt brings, and `found_by_search` where a
    search may put right what is wrong. `machines` are the team's own ones that the job
    must run on, `runs` is what a verdict could stop. From `low` to `high` is its part
    of the `number` that its question asks for, `within` or `over` half of the context
    window of the model.
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
    tests: tuple[Way, ...] = ()
    good_enough: bool = False
    needs_facts: bool = False
    found_by_search: bool = False
    machines: Literal["own", "devices"] | None = None
    runs: Literal["training", "tuned_model"] | None = None
    low: int | None = None
    high: int | None = None
    half_window: Literal["within", "over"] | None = None

    def ends(self, half: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
        """Return from where to where its part goes; None where it has no end.

        Args:
            half: Half of the context window of the model; None if it is not known.
        """
        low, high = (None if x is None else Decimal(x) for x in (self.low, self.high))
        if self.half_window == "over":
            low = half
        elif self.half_window == "within":
            high = half
        return low, high

    def holds(self, number: Decimal, half: Decimal | None = None) -> bool:
        """Return whether a number is in its part; what is an end fits on both sides.

        Args:
            number: The number.
            half: As for `ends`.
        """
        low, high = self.ends(half)
        return (low is None or low <= number) and (high is None or number <= high)

    def amounts_to(self, ticks: Set[str]) -> bool:
        """Return whether these ticks satisfy this option."""
        return (
            ticks >= set(self.ticked)
            and (not self.ticked_any or bool(ticks & set(self.ticked_any)))
            and len(ticks) >= self.ticks_at_least
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Because:
    """Why a question is asked where a condition holds."""

    when: Condition
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Visibility:
    """When a question applies, and the words that say why it is asked.

    `cases` say it of one case each: the first that holds is said instead.
    """

    when: Condition
    because: str
    cases: tuple[Because, ...] = ()


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
    `number` is the number of the use case of which each option is a part.
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
    number: Literal["requests", "knowledge_tokens"] | None = None

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
