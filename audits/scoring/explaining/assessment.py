"""The shape of an Assessment: the frozen, explained result of one audit.

It holds everything a page or a paper says about a verdict, in words, so that templates
only print. `document` turns it into JSON and back.
"""

from dataclasses import dataclass, field
from datetime import date

from audits.frameworks.answering.meanings import NO_MEANINGS, Meanings
from audits.frameworks.answering.still_open import StillOpen
from audits.frameworks.answering.tally import Tally
from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import ContextLayer, Prerequisite, TrainedLayer, Verdict
from audits.frameworks.schema import LIVE, Family
from audits.landscape.schema import Edition
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.deciding.flips import Flip
from audits.scoring.explaining.advice import Advice
from audits.scoring.explaining.completeness import (
    Completeness,
    OpenQuestion,
    Provisional,
)
from audits.scoring.explaining.evidence import Finding
from audits.scoring.explaining.grades.confidence import Level, Unknown
from audits.scoring.explaining.grades.readings import LiteralReading
from audits.scoring.explaining.grades.standings import ReasonStanding, settled
from audits.scoring.explaining.measurements import Measurements
from audits.scoring.explaining.pushes import Pushes
from audits.scoring.explaining.trace_shapes import Citation, Trace
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.numbers.replaced import Replaced
from audits.scoring.pricing.economics import Economics
from audits.scoring.proposals.proposal import ComparedProposal
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.words import CandidateAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """Something to settle before acting: a blocker to fix or a caution."""

    id: str
    text: str
    sources: tuple[Citation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """The explained result of one audit.

    `codes` are the answers that counted, as option codes by question id; computed ones
    are included. `confidence` is None where no flips were tried. `on` is the day of
    the market, None where none was given, and `landscape` says which facts of it were
    in force; `levels` and `numbers` are what was given beside the answers, and `costs`
    what the numbers come to. `advice`, `measurements` and `completeness` are None where
    the framework does not tell them; `completeness` also where no flips were tried.
    `proposal` is None without one to compare, and `entered_in` where the amounts among
    `numbers` are in US dollars. `candidates` are what was scored, None where nothing
    was, and `from_candidates` the answers that they give. `provisional` says what keeps
    the verdict from being firm; None where nothing does, or where no flips were tried.
    `replaced` are the team's own numbers behind the money; None without any.
    """

    framework: str
    version: int
    content_hash: str
    codes: dict[str, str | tuple[str, ...]]
    verdict: Verdict
    verdict_name: str
    family: Family
    mark: str
    context_layer: ContextLayer
    context_name: str
    trained_layer: TrainedLayer | None
    headline: str
    lead: str
    confidence: Level | None
    confidence_because: str
    answered: int
    applicable: int
    trace: Trace
    pushes: tuple[Pushes, ...]
    unknowns: tuple[Unknown, ...]
    flips: tuple[Flip, ...]
    evidence_plan: tuple[Finding, ...]
    literal: LiteralReading
    split_advice: str | None
    settle: tuple[Settle, ...]
    on: date | None = None
    levels: dict[str, EvidenceLevel] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)
    costs: Economics | None = None
    advice: Advice | None = None
    measurements: Measurements | None = None
    completeness: Completeness | None = None
    proposal: ComparedProposal | None = None
    landscape: Edition | None = None
    entered_in: EnteredIn | None = None
    candidates: Candidates | None = None
    from_candidates: tuple[CandidateAnswer, ...] = ()
    provisional: Provisional | None = None
    replaced: Replaced | None = None
    # What the codes mean in that version of the framework; no document repeats it.
    means: Meanings = field(
        default=NO_MEANINGS, compare=False, repr=False, metadata={"in_document": False}
    )

    @property
    def prerequisite(self) -> Prerequisite | None:
        """What comes before everything else; None where nothing does."""
        return self.advice.prerequisite if self.advice else None

    @property
    def comes_first(self) -> str:
        """Its name; empty where nothing does."""
        return self.prerequisite.name if self.prerequisite else ""

    @property
    def named(self) -> NamedVerdict:
        """What pages and papers call it: that, or the verdict."""
        return named(self.family, self.mark, self.verdict_name, self.comes_first)

    @property
    def known(self) -> int:
        """How many of the applicable questions have a known answer."""
        return self.applicable - len(self.unknowns)

    @property
    def tally(self) -> Tally:
        """How many questions are asked, answered and not known."""
        return Tally(asked=self.applicable, answered=self.answered, known=self.known)

    @property
    def open_questions(self) -> tuple[OpenQuestion, ...]:
        """What nobody answered and could still change the verdict."""
        if self.completeness:
            return self.completeness.open
        return tuple(
            OpenQuestion(question=unknown.question, label=unknown.label)
            for unknown in self.decisive_unknowns
        )

    @property
    def not_known(self) -> tuple[OpenQuestion, ...]:
        """What was answered with “I don't know yet” and could change the verdict."""
        if self.completeness:
            return self.completeness.not_known
        return tuple(
            OpenQuestion(question=unknown.question, label=unknown.label)
            for unknown in self.decisive_unknowns
            if not unknown.left_open
        )

    @property
    def could_change_it(self) -> tuple[OpenQuestion, ...]:
        """What is left to ask; once all is asked, what is not known."""
        return self.open_questions or self.not_known

    @property
    def only_together(self) -> frozenset[str]:
        """The questions that can change the verdict, but only together with others."""
        alone = {unknown.question for unknown in self.decisive_unknowns}
        both = {x.question for x in (*self.open_questions, *self.not_known)}
        return frozenset(both - alone)

    @property
    def completeness_message(self) -> str:
        """Whether anything that was not told can change the verdict, in words."""
        number = len(self.open_questions)
        if not number:
            return self._settled_message
        if self.prerequisite:
            more = self.still_open.says_of("what comes after")
            return f"{self.prerequisite.is_open}; {more}"
        if self.completeness:
            return self.still_open.says
        each = "s could each" if number > 1 else " could"
        return f"{number} unanswered question{each} change the verdict"

    @property
    def _settled_message(self) -> str:
        """Say that enough is asked, and whether unknown answers matter."""
        if self.prerequisite:
            return self.prerequisite.is_open
        if not (number := self.unsettled):
            return settled(self.advice.strength.id if self.advice else "")
        answer = f"{number} answer{'s' * (number != 1)}"
        return f"Enough is asked, but {answer} not known yet could change this"

    @property
    def alone_message(self) -> str:
        """Which of several questions change the verdict alone, in words."""
        number = len(self.could_change_it)
        if not self.completeness or number < 2:  # noqa: PLR2004 - several
            return ""
        open_questions = {each.question: each.label for each in self.could_change_it}
        decisive = (unknown.question for unknown in self.decisive_unknowns)
        alone = [question for question in decisive if question in open_questions]
        if len(alone) >= number:
            return "Each of them can change it alone."
        if not alone:
            return "None of them can change it alone, but several together can."
        others = [f"“{x}”" for q, x in open_questions.items() if q not in alone]
        first = [f"“{open_questions[question]}”" for question in alone]
        by_itself = first[0] if len(alone) == 1 else f"{len(alone)} of them"
        rest = others[0] if len(others) == 1 else "the rest"
        return f"{by_itself} can change it alone; {rest} only together with others."

    @property
    def still_open(self) -> StillOpen:
        """How many questions nobody answered that could still change the verdict."""
        asked = {unknown.question for unknown in self.unknowns}
        later = sum(x.question not in asked for x in self.open_questions)
        return StillOpen(now=len(self.open_questions) - later, later=later)

    @property
    def could_change(self) -> int:
        """How many questions could still change it, asked or not."""
        return len(self.open_questions) + self.unsettled

    @property
    def is_enough(self) -> bool:
        """Whether something is answered, and no further answer can change it."""
        return bool(self.completeness and self.answered and not self.open_questions)

    @property
    def unsettled(self) -> int:
        """How many answers that are not known could change it, once all is asked."""
        return 0 if self.open_questions else len(self.not_known)

    @property
    def may_train(self) -> bool:
        """Whether some reason to train holds or could."""
        return any(reason.standing != "absent" for reason in self.trace.reasons)

    @property
    def reasons_measured(self) -> tuple[str, ...]:
        """The ids of the reasons that are measured."""
        return self._standing("measured")

    @property
    def reasons_claimed(self) -> tuple[str, ...]:
        """The ids of the reasons that are only claimed."""
        return self._standing("claimed")

    @property
    def reasons_message(self) -> str:
        """The heading of the table of reasons."""
        measured, claimed = len(self.reasons_measured), len(self.reasons_claimed)
        if not measured and not claimed:
            is_open = any(reason.shown == "unknown" for reason in self.trace.reasons)
            return _NO_REASON.get(self.family, NONE_SO_FAR if is_open else _NONE)
        if not measured:
            return f"{_count(claimed)} to train {_is(claimed)} possible, none measured"
        said = f"{_count(measured)} to train hold{'s' if measured == 1 else ''}"
        one = "one" if claimed == 1 else f"{claimed}"
        return f"{said}, {one} possible" if claimed else said

    @property
    def blockers(self) -> tuple[str, ...]:
        """The ids of the blockers that hold."""
        return tuple(s.id for s in self.trace.blockers if s.outcome == "fired")

    @property
    def decisive_unknowns(self) -> tuple[Unknown, ...]:
        """The unknowns that could each change the verdict with one answer."""
        return tuple(unknown for unknown in self.unknowns if unknown.could_become)

    def _standing(self, standing: ReasonStanding) -> tuple[str, ...]:
        return tuple(r.id for r in self.trace.reasons if r.standing == standing)


_NONE, NONE_SO_FAR = "There is no reason to train", "No reason to train is known so far"
# Where a tuned model stays or moves, or the evidence is still to come.
_NO_REASON: dict[Family, str] = {
    **dict.fromkeys(LIVE, "No reason to train again is shown"),
    "gather": "No reason to train is shown yet",
}


def _count(number: int) -> str:
    return "One reason" if number == 1 else f"{number} reasons"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"
