"""The shapes of rules: facts, reasons, blockers and the tables of rules."""

from dataclasses import dataclass
from typing import Literal

from audits.frameworks.conditions import Condition

ContextLayer = Literal["prompt_long_context", "few_shot", "rag"]
TrainedLayer = Literal["distil", "fine_tune", "fine_tune_after_mlops"]
Verdict = Literal[
    "prompt_long_context",
    "few_shot",
    "rag",
    "distil",
    "fine_tune",
    "fine_tune_after_mlops",
    "stop_fine_tuning",
    "gather_evidence",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketFact:
    """One of the few ways in which the day changes a verdict.

    `assumed` applies if no day is given: a number in `unit`, or whether the thing
    exists.
    """

    id: str
    label: str
    text: str
    unit: str
    assumed: bool | int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A named condition over answers, in words a person can read."""

    id: str
    text: str
    when: Condition
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWords:
    """The words about a reason, by its status."""

    measured: str
    claimed: str
    absent: str
    unknown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """A reason why training could be justified.

    `when` makes it measured, `claimed_when` makes it claimed, `unless` cancels it.
    """

    id: str
    name: str
    text: str
    origin: Literal["article", "beyond"]
    when: Condition
    claimed_when: Condition
    words: ReasonWords
    sources: tuple[str, ...]
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A fact that forbids training, whatever the reasons."""

    id: str
    name: str
    text: str
    mend: str
    when: Condition
    sources: tuple[str, ...]
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRule:
    """One row of the table that picks the context layer; the first match wins."""

    id: str
    name: str
    text: str
    layer: ContextLayer
    sources: tuple[str, ...]
    when: Condition | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRule:
    """One row of the verdict table; the first match wins.

    `verdict` "context_layer" means: the context layer is the whole answer.
    """

    id: str
    name: str
    text: str
    verdict: Verdict | Literal["context_layer"]
    sources: tuple[str, ...]
    when: Condition | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Caution:
    """Something to settle before acting on a verdict that trains a model."""

    id: str
    text: str
    when: Condition
    verdicts: tuple[Verdict, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralCondition:
    """One of the article's own conditions."""

    id: str
    name: str
    when: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Why the article's test and the verdict differ; the first match is shown."""

    id: str
    text: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteralTest:
    """The article read literally: train if any of its conditions holds."""

    text: str
    conditions: tuple[LiteralCondition, ...]
    agree: str
    differences: tuple[Difference, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """When one use case is better assessed as two calls."""

    when: Condition
    text: str
    sources: tuple[str, ...]
