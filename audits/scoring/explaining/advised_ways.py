"""The ways to pay for what an advice means: rows of the costs."""

import re
from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.frameworks.questions import Technique
from audits.frameworks.rules import Verdict
from audits.scoring.costs.cost_numbers import (
    AS_TESTED,
    FEW_SHOT,
    TRAINED,
    WITH_DOCUMENTS,
    PricedTechnique,
)
from audits.scoring.costs.moved_calls import way_of_move
from audits.scoring.costs.techniques import TECHNIQUE_OF, WAYS
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.ways_there import ways_there

_PROMPTED = ("prompt", "few_shot", "rag")
_LOOKED_UP: PricedTechnique = "few_shot_retrieved"
_UNTRAINED: tuple[PricedTechnique, ...] = (*FEW_SHOT, "rag")
# How the results of such a test are named, now and in older kits.
_ADDED = ("picked by search", "looked up for each input")


def advised_ways(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    """Return the ways to pay for a technique that the advice means.

    One says which in its words; else a prompt or examples are paid for as today, or in
    the first way. A training is, and everything without an advice, in the cheapest.

    Args:
        assessment: What was decided.
        technique: What the verdict leads to, or what serves until it does.
    """
    found = _advised(assessment, technique)
    is_tested = AS_TESTED in _there(assessment) and "prompt" in found
    return (AS_TESTED,) if is_tested else found


def _advised(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    ways, advice = WAYS[technique], assessment.advice
    if advice is None:
        return ways
    today = assessment.numbers.get("today")
    if moved := way_of_move(advice.step.id, today, technique):
        return moved
    if best := _best_tested(assessment, technique):
        return best
    if goes_on := _goes_on(assessment, technique):
        return goes_on
    if tested := tested_meanwhile(assessment, technique):
        return tested
    if meant := _meant(assessment, ways, advice.ways):
        return meant
    if not set(ways).isdisjoint(TRAINED):
        return ways
    return tuple(way for way in ways if way == today) or ways[:1]


def _best_tested(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    """Return how what scored best is paid for, where the words name it; may be empty.

    All that was tested missed the target, so the best serves until something meets it.
    """
    advice = assessment.advice
    if advice is None or advice.best is None:
        return ()
    way = advice.best.way
    if technique != TECHNIQUE_OF.get(assessment.context_layer):
        return ()
    if way in WAYS[technique]:
        return ()  # its words say which of them
    plan = assessment.costs.plan if assessment.costs else None
    unpriced = {x.technique for x in plan.techniques if not x.price} if plan else ()
    return tuple(x for x in _UNTRAINED if x == way and x not in unpriced)


def tested_meanwhile(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    """Return how examples were tested, where the step is to test them another way.

    Until a test says that the other way is better, or a model is trained, those that
    were tested serve. Empty where they do not serve in the meantime.

    Args:
        assessment: What was decided.
        technique: What serves until the verdict is carried out.
    """
    advice, found = assessment.advice, assessment.candidates
    if advice is None or found is None or not looks_up_examples(assessment):
        return ()
    is_meanwhile = bool(advice.standing) or assessment.family == "gather"
    if not is_meanwhile or technique != TECHNIQUE_OF.get(assessment.context_layer):
        return ()
    models = [(row.model or "").lower() for row in found.rows]
    if any(words in model for model in models for words in _ADDED):
        return ()  # both were tested
    there = ways_there(found)
    return tuple(
        way
        for way in WAYS[technique]
        if way in there and way in FEW_SHOT and way not in advice.ruled_out
    )


def _goes_on(
    assessment: Assessment, technique: Technique
) -> tuple[PricedTechnique, ...]:
    """Return what runs today, where nothing shows that a prompt in its place is better.

    Both were tested and missed the target, and no result says by how much: a change
    would cost its set-up and has no reason. Empty where that is not so.
    """
    advice, today = assessment.advice, assessment.numbers.get("today")
    if advice is None or assessment.candidates or technique != "prompt":
        return ()
    is_meanwhile = assessment.verdict != assessment.context_layer
    missed = advice.ruled_out.get("prompt")
    if not is_meanwhile or not missed:
        return ()
    running = (way for way in _UNTRAINED if way == today)
    return tuple(way for way in running if advice.ruled_out.get(way) == missed)


def _meant(
    assessment: Assessment, ways: tuple[PricedTechnique, ...], meant: tuple[str, ...]
) -> tuple[PricedTechnique, ...]:
    """Return those of some ways that words mean.

    Documents are only added where today's prompt is known to lack them.
    """
    there = _there(assessment)
    return tuple(
        way for way in ways if way in meant and (way != WITH_DOCUMENTS or way in there)
    )


def _there(assessment: Assessment) -> frozenset[PricedTechnique]:
    plan = assessment.costs.plan if assessment.costs else None
    return frozenset(x.technique for x in plan.techniques) if plan else frozenset()


def means_documents(assessment: Assessment) -> bool:
    """Return whether the advice is to put all documents in the prompt."""
    advice = assessment.advice
    return advice is not None and WITH_DOCUMENTS in advice.ways


def holds_documents(answers: Mapping[str, Code]) -> bool:
    """Return whether answers given by hand say that the prompt holds the documents.

    A result is of a test, and says nothing of what runs today.
    """
    return not {"in_prompt", "updated"}.isdisjoint(answers.get("tried") or ())


def looks_up_examples(assessment: Assessment) -> bool:
    """Return whether the advice is to look up other examples for each input."""
    advice = assessment.advice
    return advice is not None and _LOOKED_UP in advice.ways


def as_outcome(assessment: Assessment, verdict: Verdict, name: str) -> str:
    """Name a verdict that an outcome leads to; what was tested and failed, improved."""
    out = assessment.advice.ruled_out if assessment.advice else {}
    technique = TECHNIQUE_OF.get(verdict)
    is_tried = technique in _PROMPTED and WAYS[technique][0] in out
    return f"{name} (improved after its failed test)" if is_tried else name


def ways_meanwhile(assessment: Assessment) -> tuple[PricedTechnique, ...]:
    """Return the ways to pay for what is advised until a new model serves.

    None while a tuned model is live: that goes on.
    """
    if assessment.means.runs_tuned_model:
        return ()
    technique = TECHNIQUE_OF.get(assessment.context_layer)
    return advised_ways(assessment, technique) if technique else ()


def is_optional(assessment: Assessment) -> bool:
    """Return whether what serves until a model is trained is ruled out for later.

    Then the owner may do without it.
    """
    advice = assessment.advice
    if advice is None or not assessment.trained_layer:
        return False
    return any(way in advice.ruled_out for way in ways_meanwhile(assessment))


_GOOD = "Answers are good enough, "
_SO_USE = re.compile(f"{_GOOD}so use (.+?) until ")


def as_choice(words: str) -> str:
    """Say that people may use what serves meanwhile, where they may do without it.

    >>> as_choice("Distil. Meanwhile use examples in the prompt.")
    'Distil. Meanwhile you may use examples in the prompt.'
    >>> as_choice("Answers are good enough, so use it until a model is trained.")
    'Answers are good enough, but it may serve only until a model is trained.'
    """
    words = _SO_USE.sub(rf"{_GOOD}but \1 may serve only until ", words)
    for before in ("Meanwhile ", "Until then ", ", so "):
        words = words.replace(f"{before}use ", f"{before}you may use ")
    return words
