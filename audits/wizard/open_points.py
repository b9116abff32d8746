"""What is open about a draft: what can change its verdict, and what has no proof."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question, Section
from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.explaining.completeness import OpenQuestion
from audits.scoring.explaining.grades.standings import ReasonStanding
from audits.scoring.explaining.trace_shapes import ReasonStep
from audits.scoring.scored.words import SHOWN_BY_RESULTS
from audits.scoring.unproven import unproven


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenLabel:
    """A question that can still change the verdict; `asked` if it applies now."""

    id: str
    label: str
    asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPoints:
    """What the panel and the check say beside the verdict.

    `questions` can still change it, the next to ask first. `not_found_out` were
    answered "I don't know yet" and could change it. `unproven` are the answers that
    need a level before training can be approved; none where no reason to train is in
    sight. `strengthening` is where a settled case gets stronger; None where that is all
    answered. `is_enough` says that something is answered, and that no further answer
    can change the verdict.
    """

    questions: tuple[OpenLabel, ...]
    is_enough: bool
    not_found_out: tuple[OpenQuestion, ...]
    unproven: tuple[OpenLabel, ...]
    strengthening: Section | None
    reasons_that_hold: tuple[ReasonStep, ...]
    reasons_not_known: tuple[str, ...]
    reasons_that_do_not_hold: tuple[str, ...]

    @property
    def shown_by_results(self) -> tuple[OpenLabel, ...]:
        """The unproven answers that test results can show."""
        return tuple(each for each in self.unproven if each.id in SHOWN_BY_RESULTS)

    @property
    def next_asked(self) -> OpenLabel | None:
        """The question to ask next; None if none that applies can change it."""
        return next((each for each in self.questions if each.asked), None)

    @property
    def is_settled(self) -> bool:
        """Whether nothing that nobody answered can change the verdict."""
        return not self.questions


def open_points(framework: Framework, assessment: Assessment) -> OpenPoints:
    """Return what is open about an assessment that may still change."""
    applicable = flow.applicable(framework, assessment.codes)
    asked = {question.id for question in applicable}
    found = [
        OpenLabel(id=each.question, label=each.label, asked=each.question in asked)
        for each in assessment.open_questions
    ]
    # What does not apply yet cannot come next.
    found.sort(key=lambda each: not each.asked)
    return OpenPoints(
        questions=tuple(found),
        is_enough=assessment.is_enough,
        # Version 1 counts it among the open questions.
        not_found_out=assessment.not_known if assessment.completeness else (),
        unproven=tuple(_unproven(framework, assessment)),
        strengthening=_strengthening(framework, assessment, applicable),
        reasons_that_hold=tuple(
            r for r in assessment.trace.reasons if r.standing in ("measured", "claimed")
        ),
        reasons_not_known=_reasons(assessment, "unknown"),
        reasons_that_do_not_hold=_reasons(assessment, "absent"),
    )


def _unproven(framework: Framework, assessment: Assessment) -> Iterator[OpenLabel]:
    """Yield the answers that something has to show before training is approved.

    Where the verdict trains, these are the ones that its approval waits for.
    """
    if not assessment.may_train:
        return
    advice = assessment.advice
    behind = advice.unproven_answers if advice else ()
    told: set[str] = set()
    if advice is None or advice.standing is None:
        under = Circumstances(levels=assessment.levels)
        told = {each.id for each in unproven(framework, assessment.codes, under)}
    for each in framework.questions:
        if each.id in told or (each.label in behind and each.id in assessment.codes):
            yield OpenLabel(id=each.id, label=each.label, asked=True)


def _reasons(assessment: Assessment, standing: ReasonStanding) -> tuple[str, ...]:
    return tuple(r.name for r in assessment.trace.reasons if r.shown == standing)


def _strengthening(
    framework: Framework, assessment: Assessment, applicable: tuple[Question, ...]
) -> Section | None:
    """Return the section that makes a case stronger, while it has something to ask."""
    wanted = framework.strengthening_section
    is_open = any(
        question.section == wanted and question.id not in assessment.codes
        for question in applicable
    )
    return next((s for s in framework.sections if is_open and s.id == wanted), None)
