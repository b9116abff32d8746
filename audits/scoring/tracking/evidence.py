"""Whether what was measured for a verdict still holds, by a newer results file.

Runs of the file take the place of the candidates of the paper that they test again. A
measured condition is an answer that such a candidate gives; it holds if the answer is
the same with the new result.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from audits.evaluations.runs import Run
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import ScoredCandidate, WhyNot
from audits.scoring.scored.from_runs import model_named, result_of, why_no_candidate
from audits.scoring.scored.words import (
    CandidateAnswer,
    candidate_answers,
    name_of,
    result,
)

type EvidenceState = Literal["holds", "differs", "not_known"]
type WhyUntold = Literal["", "no_candidates", "not_in_file", "do_not_count"]

# That something was tried stays true, whatever it scores.
_NOT_MEASURED = ("tried",)
_SPEED = "latency_evidence"  # which a file without times says nothing about
_WHY_NOT_COUNTED: dict[WhyNot, str] = {
    "few": "it has fewer than 30 cases",
    "no_score": "it has no score",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """An answer that candidates gave, and what it is with their new results.

    `now` is None where they would not answer the question any more.
    """

    before: CandidateAnswer
    now: CandidateAnswer | None
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Retested:
    """A candidate of the paper with its new result; `why_not` says why it is not used.

    A new result that is not used leaves the old one.
    """

    before: ScoredCandidate
    now: ScoredCandidate
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceCheck:
    """What a results file says of the measured conditions of a verdict.

    `missing` are measured candidates of the paper that the file has no run of.
    `unused` are runs of the file that are none of its candidates, by their names.
    """

    retested: tuple[Retested, ...]
    conditions: tuple[Condition, ...]
    missing: tuple[ScoredCandidate, ...]
    unused: tuple[str, ...]
    verdict_before: str
    verdict_now: str
    why_untold: WhyUntold = ""

    @property
    def state(self) -> EvidenceState:
        """Whether all conditions that the file speaks of still hold."""
        if self.why_untold:
            return "not_known"
        is_same = self.verdict_before == self.verdict_now
        holds = is_same and all(each.holds for each in self.conditions)
        return "holds" if holds else "differs"


class EvidenceRow(NamedTuple):
    """What a results file says about a candidate, a condition or the verdict.

    `mark` is “measured”, “not used” or “no run” for candidates, else “holds” or
    “differs”.
    """

    mark: str
    about: str
    says: str


def measured_conditions(
    framework: Framework, inputs: Inputs
) -> tuple[CandidateAnswer, ...]:
    """Return the answers of a verdict that results files measured.

    Args:
        framework: The framework of the verdict.
        inputs: Its inputs, with the candidates that were scored then.
    """
    found = inputs.answered
    return tuple(
        each
        for each in candidate_answers(framework, found, inputs.codes, inputs.levels)
        if each.question not in _NOT_MEASURED
        and any(row.sha256 for row in found.behind[each.question])
    )


def check_evidence(
    framework: Framework,
    inputs: Inputs,
    on: date,
    runs: Sequence[Run],
    digest: str,
) -> EvidenceCheck:
    """Compare the measured conditions of a verdict with a newer results file.

    Args:
        framework: The framework of the verdict.
        inputs: Its inputs, with the candidates that were scored then.
        on: Its day.
        runs: The runs of the file.
        digest: The SHA-256 of the file.
    """
    before = assess_on(framework, inputs, on)
    candidates = inputs.candidates
    answered = inputs.answered
    measured = [
        row
        for row in candidates.rows
        if row.sha256 and not candidates.why_not(row, answered.codes)
    ]
    found = {row.id: _run_of(row, runs, digest) for row in measured}
    retested = tuple(
        _retested(row, number, runs[number], digest)
        for row in measured
        if (number := found[row.id]) is not None
    )
    new = {each.before.id: each.now for each in retested if not each.why_not}
    rows = tuple(new.get(row.id, row) for row in candidates.rows)
    again = replace(inputs, candidates=replace(candidates, rows=rows))
    after = assess_on(framework, again, on) if new else before
    used = set(found.values())
    untold = {*_NOT_MEASURED}
    if all(runs[n].p95_ms is None for n in used if n is not None):
        untold.add(_SPEED)
    asked = {
        question
        for question, behind in answered.behind.items()
        if question not in untold and any(row.id in new for row in behind)
    }
    return EvidenceCheck(
        retested=retested,
        conditions=tuple(_conditions(before, after, asked)),
        missing=tuple(row for row in measured if found[row.id] is None),
        unused=tuple(
            model_named(run) or "a run without a name"
            for number, run in enumerate(runs)
            if number not in used
        ),
        verdict_before=before.verdict_name,
        verdict_now=after.verdict_name,
        why_untold=_why_untold(measured, retested, new),
    )


def _run_of(row: ScoredCandidate, runs: Sequence[Run], digest: str) -> int | None:
    """Return which run tests a candidate again; None if that is not certain.

    It has the candidate's name. If several have it, it is the one in the same place.
    """
    if row.sha256 == digest and row.run is not None and row.run < len(runs):
        return row.run
    named = [
        number
        for number, run in enumerate(runs)
        if row.model and model_named(run) == row.model
    ]
    if len(named) == 1:
        return named[0]
    return row.run if row.run in named else None


def _retested(row: ScoredCandidate, number: int, run: Run, digest: str) -> Retested:
    if why := why_no_candidate(run):
        return Retested(before=row, now=row, why_not=f"{why[0].lower()}{why[1:-1]}")
    said = {name: x for name, x in result_of(run).items() if x is not None}
    fields = {"passed": None, "mean": None} | said
    now = replace(row, **fields, sha256=digest, run=number)
    why_not = _WHY_NOT_COUNTED.get(now.why_not, "")
    return Retested(before=row, now=now, why_not=why_not)


def _conditions(
    before: Assessment, after: Assessment, asked: set[str]
) -> Iterator[Condition]:
    now = {each.question: each for each in after.from_candidates}
    for each in before.from_candidates:
        if each.question in asked:
            then = now.get(each.question)
            is_same = then is not None and (
                before.codes.get(each.question) == after.codes.get(each.question)
                and each.answer == then.answer
            )
            yield Condition(before=each, now=then, holds=is_same)


def _why_untold(
    measured: Sequence[ScoredCandidate],
    retested: Sequence[Retested],
    new: dict[str, ScoredCandidate],
) -> WhyUntold:
    if not measured:
        return "no_candidates"
    if not retested:
        return "not_in_file"
    return "" if new else "do_not_count"


_STATES = {
    "holds": "All measured conditions that the file speaks of still hold.",
    "differs": "Something that was measured for this verdict no longer holds.",
}
_UNTOLD: dict[WhyUntold, str] = {
    "no_candidates": "No result of this paper was measured with a results file, so "
    "there is nothing to compare.",
    "not_in_file": "The file has no run of a candidate that was measured for this "
    "paper. A run must have the name of the candidate.",
    "do_not_count": "No run of a candidate of this paper counts, so nothing can be "
    "said.",
}


def evidence_lines(found: EvidenceCheck) -> Iterator[str]:
    """Yield what a results file says of the measured conditions, line by line."""
    for row in evidence_rows(found):
        mark = row.mark.upper() if row.mark == "differs" else row.mark
        yield f"{mark:<10}{row.about}: {row.says}"
    yield evidence_sentence(found)


def evidence_sentence(found: EvidenceCheck) -> str:
    """Say whether the measured conditions hold, or why that is not known."""
    return _UNTOLD[found.why_untold] if found.why_untold else _STATES[found.state]


def evidence_rows(found: EvidenceCheck) -> Iterator[EvidenceRow]:
    """Yield what a results file says of each candidate, condition and the verdict."""
    for each in found.retested:
        name, then, now = name_of(each.before), result(each.before), result(each.now)
        if each.why_not:
            yield EvidenceRow("not used", name, each.why_not)
        else:
            yield EvidenceRow("measured", name, f"{then}; now {now}")
    for row in found.missing:
        says = "not in the file, so its result stays"
        yield EvidenceRow("no run", name_of(row), says)
    for name in found.unused:
        yield EvidenceRow("not used", name, "not a candidate of the paper")
    for condition in found.conditions:
        yield _condition_row(condition)
    if not found.why_untold:
        yield _verdict_row(found)


def _condition_row(condition: Condition) -> EvidenceRow:
    before, now = condition.before, condition.now
    if condition.holds and now is not None:
        return EvidenceRow("holds", before.label, f"{now.answer} ({now.because})")
    becomes = "not answered" if now is None else f"{now.answer} ({now.because})"
    says = f"{before.answer} in the paper, now {becomes}"
    return EvidenceRow("differs", before.label, says)


def _verdict_row(found: EvidenceCheck) -> EvidenceRow:
    before, now = found.verdict_before, found.verdict_now
    if now == before:
        return EvidenceRow("holds", "Verdict", before)
    return EvidenceRow("differs", "Verdict", f"{before} in the paper, now {now}")
