"""Turns answers into an Assessment: the only way to a verdict."""

from collections.abc import Mapping
from typing import TypedDict

from audits.frameworks.answering import flow
from audits.frameworks.answering.meanings import meanings
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.deciding.circumstances import AS_GIVEN, Circumstances
from audits.scoring.deciding.decision import decide
from audits.scoring.deciding.flips import flips
from audits.scoring.explaining import explain
from audits.scoring.explaining.advice import advice
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.completeness import provisional
from audits.scoring.explaining.evidence import evidence_plan
from audits.scoring.explaining.grades import confidence
from audits.scoring.explaining.grades.readings import literal_reading, split_advice
from audits.scoring.explaining.knowledge import (
    completeness,
    measurements,
    unmarked,
)
from audits.scoring.explaining.trace import build_trace


def assess(
    framework: Framework,
    answers: Mapping[str, Code],
    under: Circumstances = AS_GIVEN,
    *,
    flip_size: int = 1,
    open_only: bool = False,
) -> Assessment:
    """Decide one use case and explain the verdict.

    Args:
        framework: The framework the answers were given to.
        answers: Question id to an option code, `"unknown"`, or a tuple of options
            or ticks. Answers to questions that do not apply never matter; a missing
            answer is not known.
        under: The market of the day, and how the answers are proved.
        flip_size: How many answers may change at once in `flips`: 1 or 2. With 0 none
            are tried, and there is no confidence.
        open_only: Whether `flips` cover only unknown answers: enough for confidence,
            and faster for a page that is rendered after each answer.

    Returns:
        The assessment. Equal arguments give an equal assessment: there is no clock, no
        randomness and no I/O in it.
    """
    codes = flow.relevant(framework, answers)
    decision = decide(framework, codes, under)
    words = framework.verdicts[decision.verdict]
    applicable = flow.applying(framework, codes)
    changes = flips(framework, answers, flip_size, under, open_only=open_only)
    unknowns = confidence.unknowns(framework, codes, changes)
    advised = advice(framework, decision)
    known = completeness(framework, answers, under) if flip_size else None
    untold = unmarked(framework, answers, codes, under) if flip_size else ()
    return Assessment(
        framework=framework.name,
        version=framework.version,
        content_hash=framework.content_hash,
        codes=dict(codes),
        means=meanings(framework, codes),
        verdict=decision.verdict,
        verdict_name=words.name,
        family=words.family,
        mark=words.mark,
        context_layer=decision.context_layer,
        context_name=framework.verdicts[decision.context_layer].name,
        trained_layer=decision.trained_layer,
        headline=explain.headline(framework, decision, advised),
        lead=explain.lead(framework, decision, advised),
        answered=sum(question.id in codes for question in applicable),
        applicable=len(applicable),
        trace=build_trace(framework, decision),
        pushes=explain.pushes(framework, codes),
        unknowns=unknowns,
        flips=changes,
        evidence_plan=evidence_plan(framework, decision, changes, advised, known),
        literal=literal_reading(framework, decision),
        split_advice=split_advice(framework, decision),
        settle=explain.settle(framework, decision, advised),
        advice=advised,
        measurements=measurements(framework, decision, advised),
        completeness=known,
        provisional=provisional(known, unknowns, untold),
        **_confidence(framework, unknowns, len(applicable)) if flip_size else _NONE,
    )


class _Confidence(TypedDict):
    confidence: confidence.Level | None
    confidence_because: str


_NONE: _Confidence = {"confidence": None, "confidence_because": ""}


def _confidence(
    framework: Framework, unknowns: tuple[confidence.Unknown, ...], applicable: int
) -> _Confidence:
    """Return the confidence and why; version 2 of the method has none."""
    rule = framework.confidence
    if rule is None:
        return _NONE
    level = confidence.level(rule, unknowns, applicable)
    return {"confidence": level, "confidence_because": getattr(rule, level)}
