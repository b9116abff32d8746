"""The shapes of a framework: one published version of the method as data.

`questions` has the questions, `rules` what decides; this is the whole. Only
`loader.load` reads a framework, so every id exists and nothing is missing.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from audits.frameworks.answer_tests import AnswerTests
from audits.frameworks.chances import Chances
from audits.frameworks.conditions import (
    Blocked,
    Condition,
    Leaf,
    is_measured_reason,
    requires,
)
from audits.frameworks.contradictions import Contradiction
from audits.frameworks.faults import FaultWords, RiskRow
from audits.frameworks.finding_words import FindingWords
from audits.frameworks.priced_as import PricedAs
from audits.frameworks.question_order import AskedWhen, QuestionOrder
from audits.frameworks.questions import UNKNOWN, Computed, Question, Section, Technique
from audits.frameworks.readers import Readers
from audits.frameworks.rules import (
    AdviceRow,
    Blocker,
    Caution,
    ContextRule,
    Destination,
    Fact,
    Failure,
    Gate,
    LiteralTest,
    MarketFact,
    PlannedExperiment,
    Prerequisite,
    Reason,
    RuledOut,
    Split,
    StepRule,
    Verdict,
    VerdictRule,
)
from audits.frameworks.sources import Source
from audits.frameworks.subjects import Subjects
from audits.frameworks.to_training import PathsToTraining

Family = Literal["stop", "rebuild", "part", "distil", "tune", "gather", "keep", "move"]
# The verdicts under which a tuned model goes on serving users, at least for now.
LIVE: frozenset[Family] = frozenset(("keep", "move"))


_FEW_REASONS = 3  # that read a question which is asked for their sake


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """What one use case and several need: "needs" and "need evidence first"."""

    one: str
    several: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyWords:
    """The words for a family of verdicts that ask for the same kind of work.

    `name` is for charts and tables, `choice` for a filter. `trains` says whether a
    model is trained.
    """

    name: str
    choice: str
    mark: str
    trains: bool
    needs: Needs


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """The words for a verdict; `headlines` has one for each option of `state`.

    `{context}` in one, or in `ask` of the board, is the context layer's `instead`.
    `prepare` begins one until training is approved; `come_back` says when to return.
    """

    name: str
    family: Family
    mark: str
    meaning: str
    instead: str
    ask: str
    headlines: Mapping[str, str]
    prepare: str = ""
    come_back: tuple[AdviceRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A technical word and its meaning; a paper has no room for every one."""

    term: str
    means: str
    on_paper: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Confidence:
    """How many unknowns a level allows, and what share of the answers it needs."""

    high_unknowns: int
    medium_unknowns: int
    high_known_percent: int
    medium_known_percent: int
    high: str
    medium: str
    low: str


@dataclass(frozen=True, kw_only=True)
class Framework:
    """One published, immutable version of the method.

    `language` is the BCP 47 tag of its words, `method` tells it in a few paragraphs.
    `families` are in the order of urgency. With `asserted_unless_marked` a
    measurement proves nothing until somebody says how it is known. The question of the
    faults is named first where no answer decided, that of the practices asks what it
    takes to run a model. No answer of the `strengthening_section` changes a verdict.
    `without_training` says, by state, what to do about training where none is advised.
    The rows of `named` that hold fill its place in the words of a reason. `groundwork`
    is found out first while nothing is measured. After `kept_steps`, what runs goes on.
    """

    name: str
    version: int
    title: str
    language: str
    published: str
    summary: str
    state_question: str
    sources: Mapping[str, Source]
    sections: tuple[Section, ...]
    questions: tuple[Question, ...]
    computed: tuple[Computed, ...]
    market: tuple[MarketFact, ...]
    facts: tuple[Fact, ...]
    reasons: tuple[Reason, ...]
    blockers: tuple[Blocker, ...]
    context_rules: tuple[ContextRule, ...]
    verdict_rules: tuple[VerdictRule, ...]
    cautions: tuple[Caution, ...]
    literal_test: LiteralTest
    split: Split
    techniques: Mapping[Technique, str]
    families: Mapping[Family, FamilyWords]
    verdicts: Mapping[Verdict, VerdictWords]
    method: tuple[str, ...]
    glossary: tuple[Term, ...]
    quick: tuple[str, ...] = ()
    unproven_when: Condition | None = None
    unproven_text: str = ""
    confidence: Confidence | None = None
    asserted_unless_marked: bool = False
    component_question: str | None = None
    faults_question: str | None = None
    practices_question: str | None = None
    strengthening_section: str | None = None
    question_order: QuestionOrder | None = None
    failure: Failure | None = None
    steps: Mapping[str, str] = field(default_factory=dict)
    step_asks: Mapping[str, str] = field(default_factory=dict)
    kept_steps: tuple[str, ...] = ()
    step_rules: tuple[StepRule, ...] = ()
    prerequisites: Mapping[str, Prerequisite] = field(default_factory=dict)
    training_kinds: tuple[AdviceRow, ...] = ()
    servings: tuple[AdviceRow, ...] = ()
    destinations: tuple[Destination, ...] = ()
    deadlines: tuple[AdviceRow, ...] = ()
    interim: tuple[AdviceRow, ...] = ()
    label_sources: tuple[AdviceRow, ...] = ()
    strengths: tuple[AdviceRow, ...] = ()
    ruled_out: tuple[RuledOut, ...] = ()
    priced_as: PricedAs = field(default_factory=PricedAs)
    gates: tuple[Gate, ...] = ()
    experiments: tuple[PlannedExperiment, ...] = ()
    without_training: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, tuple[AdviceRow, ...]] = field(default_factory=dict)
    groundwork: AskedWhen | None = None
    to_training: PathsToTraining | None = None
    contradictions: tuple[Contradiction, ...] = ()
    faults: FaultWords | None = None
    findings: Mapping[str, FindingWords] = field(default_factory=dict)
    known_as: Mapping[str, str] = field(default_factory=dict)
    risks: tuple[RiskRow, ...] = ()
    content_hash: str = field(default="", metadata={"in_file": False})

    def __hash__(self) -> int:
        """Hash a framework by its bytes, so that results can be cached by it."""
        return hash(self.content_hash)

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        """The questions by id, in document order."""
        return {question.id: question for question in self.questions}

    @cached_property
    def answerable(self) -> Mapping[str, Question | Computed]:
        """Questions and computed values by id, in document order."""
        return {**self.question_by_id, **{value.id: value for value in self.computed}}

    @cached_property
    def rank(self) -> Mapping[tuple[str, str], int]:
        """The place of each option of an ordered question, from 0."""
        return {
            (question.id, option.id): place
            for question in self.questions
            if question.ordered
            for place, option in enumerate(question.options)
        }

    @cached_property
    def market_by_id(self) -> Mapping[str, MarketFact]:
        """The market facts by id."""
        return {fact.id: fact for fact in self.market}

    @cached_property
    def facts_by_id(self) -> Mapping[str, Fact]:
        """The facts by id."""
        return {fact.id: fact for fact in self.facts}

    @cached_property
    def needs_reason(self) -> bool:
        """Whether no row trains a model unless a reason is measured."""
        return self._training_requires(is_measured_reason)

    @cached_property
    def needs_no_blocker(self) -> bool:
        """Whether no row trains a model while a blocker holds."""
        return self._training_requires(lambda leaf: leaf == Blocked(blocked=False))

    def _training_requires(self, test: Callable[[Leaf], bool]) -> bool:
        return all(
            rule.when is not None and requires(rule.when, test)
            for rule in self.training_rules
        )

    @cached_property
    def training_rules(self) -> tuple[VerdictRule, ...]:
        """The rows whose verdict may train a model."""
        layers = {rule.layer for rule in self.context_rules}
        return tuple(
            rule
            for rule in self.verdict_rules
            if any(
                self.trains(verdict)
                for verdict in (
                    layers if rule.verdict == "context_layer" else {rule.verdict}
                )
            )
        )

    def trains(self, verdict: Verdict) -> bool:
        """Return whether a verdict trains a model, small parts included."""
        return self.families[self.verdicts[verdict].family].trains

    @cached_property
    def urgency(self) -> Mapping[Family | None, int]:
        """The rank of each family, the most urgent first; without a verdict is last."""
        return {family: rank for rank, family in enumerate((*self.families, None))}

    def in_section(self, section_id: str) -> tuple[Question, ...]:
        """Return the questions of one section, in document order."""
        return tuple(q for q in self.questions if q.section == section_id)

    @cached_property
    def measured_by(self) -> Mapping[str, frozenset[str]]:
        """The measurements each reason rests on, as question ids, by reason."""
        return {
            reason.id: frozenset(
                read
                for read in self.read_by(reason.when)
                if read in self.question_by_id
                and self.question_by_id[read].is_measurement
            )
            for reason in self.reasons
        }

    @cached_property
    def asked_for(self) -> Mapping[str, frozenset[str]]:
        """The questions that are asked for the sake of a reason, by reason.

        Few reasons read them; what many read tells nothing of one.
        """
        read = {
            reason.id: frozenset(self.read_by(reason.when)) & {*self.question_by_id}
            for reason in self.reasons
        }
        times = Counter(question for each in read.values() for question in each)
        return {
            reason: frozenset(q for q in each if times[q] <= _FEW_REASONS)
            for reason, each in read.items()
        }

    @cached_property
    def cited(self) -> dict[tuple[str, ...], Any]:
        """Sources ready to print, by their ids; filled on demand."""
        return {}

    @cached_property
    def open_answers(self) -> frozenset[tuple[str, Any]]:
        """The answers, by question, that decide as if there were none."""
        return frozenset(
            (item.id, option.id)
            for item in self.answerable.values()
            for option in item.options
            if option.is_open
        )

    @cached_property
    def has_pushes(self) -> bool:
        """Whether any option argues for or against a technique."""
        items = self.answerable.values()
        return any(option.push for item in items for option in item.options)

    @cached_property
    def measurements(self) -> frozenset[str]:
        """The questions that ask for a result."""
        return frozenset(q.id for q in self.questions if q.is_measurement)

    def read_by(self, condition: Condition | None) -> Mapping[str, Leaf]:
        """Return what one of its conditions reads, by subject: the first leaf of each.

        Facts are replaced by what they read.
        """
        if condition is None:
            return {}
        return self.subjects.read_by(condition)

    @cached_property
    def subjects(self) -> Subjects:
        """What its conditions read."""
        return Subjects(self)

    @cached_property
    def answer_tests(self) -> AnswerTests:
        """What its conditions see of answers."""
        return AnswerTests(self)

    @cached_property
    def readers(self) -> Readers:
        """Its conditions as functions."""
        return Readers(self)

    @cached_property
    def chances(self) -> Chances:
        """Whether its conditions could hold."""
        return Chances(self)

    def words(
        self, question_id: str, codes: Mapping[str, str | tuple[str, ...]]
    ) -> str:
        """Return an answer as people read it.

        Several picks are joined; no answer and "I don't know yet" differ.
        """
        code = codes.get(question_id)
        if code is None:
            return "No answer yet"
        picked = (code,) if isinstance(code, str) else code
        return ", ".join(self.label(question_id, option) for option in picked)

    def label(self, code_of: str, code: str) -> str:
        """Return the name of an option, as people read it."""
        if code == UNKNOWN:
            return "Not known"
        option = self.answerable[code_of].option(code)
        return option.name if option else code
