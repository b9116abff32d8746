"""The shape of an answered line, and the source of docs/assess.schema.json."""

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, NotRequired, TypedDict

from audits.frameworks.questions import Technique
from audits.frameworks.rules import ContextLayer, TrainedLayer, Verdict
from audits.scoring.costs.cost_calendar import EventKind
from audits.scoring.costs.cost_numbers import InputId, PricedTechnique
from audits.scoring.deciding.flips import Way
from audits.scoring.explaining.advice import Standing
from audits.scoring.explaining.grades.confidence import Level
from audits.scoring.explaining.trace_shapes import Outcome

if TYPE_CHECKING:
    from pydantic import TypeAdapter


class Reasons(TypedDict):
    """The ids of the measured and the claimed reasons."""

    measured: list[str]
    claimed: list[str]


class Literally(TypedDict):
    """The article read literally: how many of its conditions hold."""

    holding: int
    agrees: bool


class FlipLine(TypedDict):
    """Answers that, changed together, give another verdict, and the rule that fires."""

    changes: dict[str, str]
    verdict: Verdict
    rule: str
    way: Way


class FindingLine(TypedDict):
    """A question to find out, and the working hours it takes."""

    question: str
    hours: int


class ExperimentLine(TypedDict):
    """An experiment worth running, and the working hours it takes."""

    experiment: str
    hours: int


class CompletenessLine(TypedDict):
    """Whether anything untold can change the verdict, and the questions that can."""

    settled: bool
    can_change: list[str]
    known: int
    applicable: int


class Span(TypedDict):
    """US dollars, to the cent: as expected, and the span to expect around it."""

    low: str
    expected: str
    high: str


class EventLine(TypedDict):
    """Something that changes what a technique costs, on its day."""

    day: str
    kind: EventKind
    text: str


class TechniqueLine(TypedDict):
    """What a technique costs, in US dollars; `why` says why it has no price.

    `month` is the running month; `year` is the sum of the 12 `months` from the day of
    pricing, with all that is paid once in them.
    """

    technique: PricedTechnique
    month: Span | None
    one_off: NotRequired[str]
    year: NotRequired[Span]
    months: NotRequired[list[str]]
    events: NotRequired[list[EventLine]]
    payback_months: NotRequired[str | None]
    why: NotRequired[str | None]


class SwingLine(TypedDict):
    """How far one number changes the lead of the cheapest; dollars over 12 months."""

    number: InputId
    size: str


class EnteredInLine(TypedDict):
    """The currency of the given amounts: US dollars for one unit of it, and its day."""

    currency: str
    usd: str
    day: str | None
    issuer: str


class Costs(TypedDict):
    """The cost plan of a day, the cheapest first, and the answers computed from it.

    `entered_in` is there if the amounts were given in another currency.
    """

    unit: Literal["USD"]
    on: str
    techniques: list[TechniqueLine]
    thresholds: list[str]
    swings: list[SwingLine]
    defaults: list[InputId]
    computed: dict[str, str]
    entered_in: NotRequired[EnteredInLine]


class ProposalRate(TypedDict):
    """US dollars for one unit of a currency; without a day, the line gave it."""

    usd: str
    day: str | None
    issuer: str | None


class ProposalAmount(TypedDict):
    """An amount in the proposal's currency and in US dollars, to the cent."""

    own: str
    usd: str


class ProposalNet(TypedDict):
    """How many US dollars more a proposal costs; negative is less."""

    usd: str
    at_least: bool


class ProposalBeside(TypedDict):
    """A plan that a proposal is compared with; US dollars as pages print them.

    `more_a_month` and `more_a_year` are None where the proposal covers less, and so
    cannot be said to cost less.
    """

    technique: PricedTechnique
    standing: str
    month: str
    year: str
    more_a_month: ProposalNet | None
    more_a_year: ProposalNet | None


class ProposalLine(TypedDict):
    """A proposal over the 12 months from `on`, and the plans beside it.

    `before` is what runs today until it begins, in US dollars. `covers_volume` is None
    if the proposal or the line names no volume.
    """

    by: str
    technique: Technique | None
    includes: str | None
    document: str | None
    currency: str
    rate: ProposalRate | None
    on: str
    starts: str
    months_covered: str
    ends_early: bool
    before: str | None
    covers_volume: bool | None
    month: ProposalAmount
    once: ProposalAmount
    year: ProposalAmount
    today: ProposalBeside | None
    recommended: ProposalBeside | None
    says: list[str]


class StepLine(TypedDict):
    """One reason, blocker or rule of the trace."""

    id: str
    outcome: Outcome
    text: str
    read: dict[str, str]
    sources: list[str]


class AnswerLine(TypedDict):
    """One answered line; with --explain it has the words and the trace."""

    id: Any
    verdict: Verdict
    context_layer: ContextLayer
    trained_layer: TrainedLayer | None
    reasons: Reasons
    blockers: list[str]
    confidence: NotRequired[Level | None]
    component: NotRequired[str | None]
    step: NotRequired[str]
    training_kind: NotRequired[str | None]
    serving: NotRequired[str | None]
    standing: NotRequired[Standing | None]
    subject_to: NotRequired[list[str]]
    destination: NotRequired[str | None]
    experiments: NotRequired[list[ExperimentLine]]
    triggers: NotRequired[list[str]]
    still_possible: NotRequired[list[Verdict]]
    completeness: NotRequired[CompletenessLine]
    evidence_strength: NotRequired[str]
    literal: Literally
    flips: list[FlipLine]
    evidence_plan: list[FindingLine]
    costs: NotRequired[Costs]
    proposal: NotRequired[ProposalLine]
    headline: NotRequired[str]
    lead: NotRequired[str]
    split_advice: NotRequired[str | None]
    literal_because: NotRequired[str]
    flip_sentences: NotRequired[list[str]]
    trace: NotRequired[list[StepLine]]


@cache
def adapter() -> "TypeAdapter[AnswerLine]":
    """Return the validator of an answered line, which writes its schema."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - 9 MB that no page needs

    return TypeAdapter(AnswerLine)
