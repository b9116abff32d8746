"""Computes the assessment of an audit's entries: the verdict and the money."""

from collections import deque
from datetime import date, datetime
from functools import lru_cache
from typing import Any, cast
from uuid import UUID

from django.utils import timezone

from audits.frameworks.answering.progress import progress
from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework, VerdictWords
from audits.landscape import in_force
from audits.landscape.in_turn import in_turn
from audits.models import Audit
from audits.models.queries.written_once import written_once
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.words import (
    CandidateAnswer,
    candidate_answers,
)

SCORE_FIELDS = (
    "verdict",
    "comes_first",
    "open_questions",
    "open_later",
    "is_provisional",
    "strength",
    "answered",
    "applicable",
    "minutes_left",
    "scored_at",
    "landscape_date",
)


def framework_of(audit: Audit) -> Framework:
    """Return the framework of an audit.

    Raises:
        LookupError: This release does not ship it.
    """
    return loader.published(audit.framework, audit.framework_version)


def verdict_words(audit: Audit) -> VerdictWords | None:
    """Return the words for an audit's verdict, or None if it has none yet."""
    return framework_of(audit).verdicts.get(cast("Verdict", audit.verdict))


def verdict_named(audit: Audit) -> NamedVerdict | None:
    """Return what an audit's verdict is called; None if it has none yet."""
    words = verdict_words(audit)
    if words is None:
        return None
    return named(words.family, words.mark, words.name, audit.comes_first)


def verdict_shown(audit: Audit) -> NamedVerdict | None:
    """Return the same as pages show it: an override, which names the computed one."""
    own = framework_of(audit).verdicts.get(cast("Verdict", audit.override))
    computed = verdict_named(audit)
    if own is None or computed is None:
        return computed
    shown = named(own.family, own.mark, own.name)
    return shown._replace(computed=computed.name)


def assessment_of(audit: Audit, *, open_only: bool = False) -> Assessment:
    """Return the assessment: frozen if submitted, else as of now.

    Args:
        audit: The audit.
        open_only: For a draft, as in `assess_today`.
    """
    if "assessment" not in vars(audit):
        frozen = _frozen(audit.pk, audit.revision, audit.submitted_at)
    else:
        frozen = read_once(audit.assessment) if audit.assessment else None
    return frozen or assess_today(audit, open_only=open_only)


@lru_cache(maxsize=32)
def _frozen(
    audit: UUID, revision: int, submitted_at: datetime | None
) -> Assessment | None:
    """Read a frozen assessment; None for a draft.

    A page is told in 70 kB of text what it says, and several people look at one at a
    time. What was submitted never changes, and what is submitted again is another
    revision.
    """
    if submitted_at is None:
        return None
    found = _asked_text(audit=audit, revision=revision)
    return _of_text(found[0]) if found and found[0] else None


@in_turn
@lru_cache(maxsize=1)
def _of_text(text: str) -> Assessment:
    """Read a text: several people who open a page at once wait for one reading."""
    return document.load_text(text)


@written_once
def _asked_text(*, audit: UUID, revision: int) -> Any:
    return Audit.objects.filter(pk=audit, revision=revision).frozen_text()


# The last documents that were read, each with what was read of it.
_last = deque[tuple[dict[str, Any], Assessment]](maxlen=4)


def read_once(stored: dict[str, Any]) -> Assessment:
    """Read the document of an audit, once for all that ask while it is there.

    A sign-off asks eight times: its form, each check, the sign-off itself and its page.
    No code changes a document that was read.
    """
    for of, read in tuple(_last):
        if of is stored:
            return read
    found = document.load(stored)
    _last.append((stored, found))
    return found


def panel_assessment_of(audit: Audit) -> Assessment:
    """Return the same, limited for a draft to what the panel shows, as a save does."""
    if audit.assessment is not None:
        return read_once(audit.assessment)
    return assess_today(audit, open_only=True)


def assess_today(audit: Audit, *, open_only: bool = False) -> Assessment:
    """Assess an audit with today's market and its numbers.

    Equal inputs give an equal assessment, so recent ones are cached by their inputs: a
    page after a save need not compute it again.

    Args:
        audit: The audit.
        open_only: Whether to try only changes of unknown answers.
    """
    on = timezone.localdate()
    return assess_inputs(framework_of(audit), audit.inputs, on, open_only=open_only)


def assess_inputs(
    framework: Framework, inputs: Inputs, on: date, *, open_only: bool = False
) -> Assessment:
    """Assess inputs with the market of a day; recent ones are cached in the same way.

    Args:
        framework: The framework the answers were given to.
        inputs: The inputs, as an audit stores them or as a scenario changes them.
        on: The day of the market, from 2022-01-01.
        open_only: As in `assess_today`.
    """
    return _assessed(
        framework,
        tuple(inputs.codes.items()),
        tuple(inputs.levels.items()),
        tuple(inputs.numbers.items()),
        inputs.candidates,
        supposed=inputs.supposed,
        on=on,
        open_only=open_only,
    )


type _Items = tuple[tuple[str, Any], ...]


@in_force.remembered(maxsize=128)
def _assessed(
    framework: Framework,
    codes: _Items,
    levels: _Items,
    numbers: _Items,
    candidates: Candidates,
    *,
    supposed: frozenset[str],
    on: date,
    open_only: bool,
) -> Assessment:
    inputs = Inputs(
        codes=dict(codes),
        levels=dict(levels),
        numbers=dict(numbers),
        candidates=candidates,
        supposed=supposed,
    )
    return assess_on(framework, inputs, on, open_only=open_only)


def told_by_candidates(audit: Audit) -> dict[str, CandidateAnswer]:
    """Return the answers that the candidates of an audit give, by question."""
    if not audit.candidates:
        return {}
    inputs = audit.inputs
    found = candidate_answers(
        framework_of(audit), inputs.answered, inputs.codes, inputs.levels
    )
    return {each.question: each for each in found}


def held_by_candidates(audit: Audit) -> tuple[str, ...]:
    """Return the questions that candidates which count no more hold back."""
    return audit.inputs.answered.held if audit.candidates else ()


def strength_of(assessment: Assessment) -> str:
    """Return the id of the strength of evidence; empty where none is told."""
    return assessment.advice.strength.id if assessment.advice else ""


def store_score(audit: Audit, assessment: Assessment) -> None:
    """Set an audit's result columns; the caller saves it."""
    is_scored = bool(audit.codes)
    audit.verdict = assessment.verdict if is_scored else ""
    audit.comes_first = assessment.comes_first if is_scored else ""
    audit.open_questions = assessment.could_change if is_scored else None
    audit.open_later = assessment.still_open.later if is_scored else 0
    audit.is_provisional = is_scored and assessment.provisional is not None
    audit.strength = strength_of(assessment) if is_scored else ""
    audit.answered = assessment.answered
    audit.applicable = assessment.applicable
    done = progress(framework_of(audit), assessment.codes)
    audit.minutes_left = 0 if assessment.is_enough else done.minutes_left
    audit.scored_at = timezone.now()
    audit.landscape_date = timezone.localdate(audit.scored_at)
