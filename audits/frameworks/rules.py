"""The shapes of rules: facts, reasons, blockers and the tables of rules."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from audits.frameworks.conditions import Condition
from audits.frameworks.questions import Way
from audits.frameworks.rule_cases import RuleCase

ContextLayer = Literal["prompt_long_context", "few_shot", "rag", "untuned_model"]
TrainedLayer = Literal["distil", "fine_tune", "fine_tune_after_mlops"]
Verdict = Literal[
    "prompt_long_context",
    "few_shot",
    "rag",
    "untuned_model",
    "train_small_part",
    "distil",
    "fine_tune",
    "fine_tune_after_mlops",
    "stop_fine_tuning",
    "gather_evidence",
    "keep",
    "migrate",
]
# Laws that compare a use case with itself, with less of it known.
ForgettingLaw = Literal["S2", "S3", "S4"]


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
    Without `claimed_when` it is claimed if believing what nothing proves makes it.
    `trigger` says what would bring it back.
    """

    id: str
    name: str
    text: str
    origin: Literal["article", "beyond"]
    when: Condition
    words: ReasonWords
    sources: tuple[str, ...]
    claimed_when: Condition | None = None
    unless: Condition | None = None
    trigger: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocker:
    """A fact that forbids training, whatever the reasons.

    `excepted_from` says of which laws of forgetting its answers are no evidence, and
    why: once they are forgotten, it no longer holds, and training may be advised.
    """

    id: str
    name: str
    text: str
    mend: str
    when: Condition
    sources: tuple[str, ...]
    unless: Condition | None = None
    excepted_from: Mapping[ForgettingLaw, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextRule:
    """One row of the table that picks the context layer; the first match wins.

    `beside` is said in place of `text` where the verdict is not the layer itself, and
    `instead` in place of the words of the layer. The words of the first of its `cases`
    that holds go before its own.
    """

    id: str
    name: str
    text: str
    layer: ContextLayer
    sources: tuple[str, ...]
    beside: str | None = None
    instead: str | None = None
    when: Condition | None = None
    unless: Condition | None = None
    cases: tuple[RuleCase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """How much measuring is worth its while: experiments at once, and their hours.

    It must be able to lead to training, or `toward` any other verdict.
    """

    most: int
    hours: int
    toward: Literal["training", "any"] = "training"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRule:
    """One row of the verdict table; the first match wins.

    `verdict` "context_layer" means: the context layer is the whole answer. A row with
    `measuring` matches only if such measurements could lead to training. `headline`
    goes before the verdict's own, and the words of the first of its `cases` that holds
    before its own.
    """

    id: str
    name: str
    text: str
    verdict: Verdict | Literal["context_layer"]
    sources: tuple[str, ...]
    when: Condition | None = None
    unless: Condition | None = None
    measuring: Measuring | None = None
    headline: str | None = None
    cases: tuple[RuleCase, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """When a simpler way failed: it was ticked in `question`, and `when` holds.

    `ways` are the options that are simpler ways, the cheapest first; `instead` names
    each one that scored best, and `ask` asks to go on with that one, the `{context}`.
    """

    question: str
    ways: tuple[str, ...]
    when: Condition
    instead: Mapping[str, str] = field(default_factory=dict)
    ask: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceRow:
    """One row of a table that words a verdict; the first match wins."""

    id: str
    says: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledOut:
    """Why some ways to do the job cannot be chosen, whatever they cost.

    `ways` are techniques that have a price. Of several rows, the first speaks.
    `by_chance` says it by the simpler way whose result may only miss by chance.
    """

    id: str
    ways: tuple[Way, ...]
    says: str
    when: Condition
    by_chance: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRule:
    """One row of the table that picks the next step; the first match wins.

    `headline` goes before that of a verdict to use the context layer, and if the step
    is a prerequisite before that of every verdict.
    """

    id: str
    step: str
    when: Condition | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prerequisite:
    """What is said of a step that comes before measuring, building and training.

    It is said in place of the words of every verdict, unless a tuned model is kept,
    moved or stopped. `settles` and `once` go on after “settle” and after “only”;
    `questions` have the answers that show it. `ahead` says what speaks against going
    ahead without it. `if_met` and `if_not` say what follows from each outcome; the
    first names the {verdict}.
    """

    settles: str
    questions: tuple[str, ...]
    ask: str
    because: str
    once: str
    ahead: str
    if_met: str
    if_not: str

    @property
    def name(self) -> str:
        """What to do, in place of the name of a verdict."""
        return f"First settle {self.settles}"

    @property
    def is_met(self) -> str:
        """The condition on which everything else waits."""
        return f"It is settled {self.settles}"

    @property
    def is_open(self) -> str:
        """That it is not settled."""
        return f"Not settled: {self.settles}"

    @property
    def hypothetical(self) -> str:
        """How to read what would be right once it is settled."""
        return (
            f"The reasons, costs and verdicts below count only {self.once}. "
            "None of them is asked for now."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a tuned model that ends is moved to; the first match wins.

    `trains` says whether a model is trained for it.
    """

    id: str
    says: str
    trains: bool
    when: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What has to hold before training is approved, if it applies; `says` names it."""

    id: str
    says: str
    holds: Condition
    sources: tuple[str, ...]
    applies: Condition | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one outcome of an experiment answers; all of it is then measured.

    `gives` answers a question, `replaces` does so whatever was measured before, `fills`
    only where nothing is known, `raises` to an option at least, `adds` picks.
    """

    gives: Mapping[str, str] = field(default_factory=dict)
    replaces: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)
    raises: Mapping[str, str] = field(default_factory=dict)
    adds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def questions(self) -> frozenset[str]:
        """The questions that it may answer."""
        parts = (self.gives, self.replaces, self.fills, self.raises, self.adds)
        return frozenset(question for part in parts for question in part)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuickerExperiment:
    """When an experiment takes fewer hours."""

    hours: int
    when: Condition


@dataclass(frozen=True, kw_only=True)
class PlannedExperiment:
    """A measurement that may answer several questions, in working hours.

    What is shown already is not measured again, but where `again_when` holds.
    """

    id: str
    name: str
    hours: int
    when: Condition
    outcomes: tuple[Outcome, ...]
    again_when: Condition | None = None
    quicker: QuickerExperiment | None = None

    @cached_property
    def told(self) -> frozenset[str]:
        """The questions that its outcomes give answers to."""
        return frozenset(q for outcome in self.outcomes for q in outcome.gives)


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
    """The article read literally: train if any of its conditions holds.

    The first of `agreements` that matches goes before `agree`, and `not_known` before
    both where a condition is not known and none holds.
    """

    text: str
    conditions: tuple[LiteralCondition, ...]
    agree: str
    differences: tuple[Difference, ...]
    sources: tuple[str, ...]
    agreements: tuple[Difference, ...] = ()
    not_known: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """When one use case is better assessed as two calls."""

    when: Condition
    text: str
    sources: tuple[str, ...]
