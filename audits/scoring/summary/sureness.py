"""How sure a verdict is: the answers that are known, and how those that decide are."""

from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.assessment import Assessment, Reading, ReasonStep, Step
from audits.scoring.summary.before_all import could_come_first


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """How many answers are known, and how those that decide are.

    `known` of the `applicable` questions have an answer. `deciding` answers ask for a
    measurement and were read by what decided; of them, `measured` are measured and
    `documented` only documented, and the other `asserted` are without evidence.
    `could_come_first` are the labels of open questions that could put something else
    before the verdict.
    """

    known: int
    applicable: int
    deciding: int
    measured: int
    documented: int
    could_come_first: tuple[str, ...] = ()

    @property
    def asserted(self) -> int:
        """How many of the deciding answers have no evidence."""
        return self.deciding - self.measured - self.documented

    @property
    def of_deciding(self) -> str:
        """The answers that are counted, as a sentence about them begins."""
        many = "answer that asks" if self.deciding == 1 else "answers that ask"
        return f"Of {self.deciding} deciding {many} for a measurement"

    @property
    def says_asserted(self) -> str:
        """How many of them have no evidence; empty if all have."""
        if not self.asserted:
            return ""
        are = "is" if self.asserted == 1 else "are"
        return f"{self.of_deciding}, {self.asserted} {are} asserted."

    @property
    def is_thin(self) -> bool:
        """Whether more questions are without an answer than have one."""
        return self.known * 2 < self.applicable


def sureness(framework: Framework, assessment: Assessment) -> Sureness:
    """Return how sure a verdict is.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    asked = {question.id for question in framework.questions if question.is_measurement}
    # A dict keeps one reading of what several rules read.
    decided = {each.id: each for each in _read(assessment) if each.is_known}
    levels = [_level(assessment, each) for each in decided if each in asked]
    return Sureness(
        known=assessment.known,
        applicable=assessment.applicable,
        deciding=len(levels),
        measured=levels.count("measured"),
        documented=levels.count("documented"),
        could_come_first=tuple(
            question.label for question in could_come_first(framework, assessment)
        ),
    )


def _read(assessment: Assessment) -> tuple[Reading, ...]:
    """Return what was read by the blockers, reasons and rules that decided."""
    fired = [step for step in steps_of(assessment) if step.outcome == "fired"]
    return tuple(reading for each in fired for reading in each.read)


def _level(assessment: Assessment, question: str) -> EvidenceLevel:
    return assessment.levels.get(question, "asserted")


def steps_of(assessment: Assessment) -> tuple[ReasonStep | Step, ...]:
    """Return every reason, blocker and rule of an assessment."""
    trace = assessment.trace
    rules = (*trace.context_rules, *trace.verdict_rules)
    return (*trace.reasons, *trace.blockers, *rules)
