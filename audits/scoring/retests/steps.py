"""What a newer results file says of the candidate that a signed verdict asked to test.

No candidate of the paper has its name, as nobody had tested it. Its result is no answer
that was signed: it is decided beside the signed results, as the next audit would.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on
from audits.scoring.cards.card import Card
from audits.scoring.inputs import Inputs
from audits.scoring.retests.evidence import (
    NOT_COUNTED,
    EvidenceCheck,
    SignedWords,
    StepTested,
)
from audits.scoring.retests.named import NewResults
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.from_runs import model_named, result_of, why_no_candidate


def steps_to_test(cards: Sequence[Card], inputs: Inputs) -> tuple[ScoredCandidate, ...]:
    """Return what the steps of a verdict test and nobody has tested, without a result.

    Args:
        cards: The steps.
        inputs: What was decided from.
    """
    there = {row.kind for row in inputs.candidates.rows if not row.is_removed}
    kinds = dict.fromkeys(kind for card in cards for kind in card.kinds)
    return tuple(
        ScoredCandidate(id=f"step_{kind}", kind=kind, cases=0)
        for kind in kinds
        if kind not in there
    )


def with_steps(
    framework: Framework,
    inputs: Inputs,
    on: date,
    new: NewResults,
    found: EvidenceCheck,
) -> EvidenceCheck:
    """Return what a file says, with the steps that somebody says it tests.

    Args:
        framework: The framework of the verdict.
        inputs: Its inputs, with the candidates that were scored then.
        on: Its day.
        new: The file.
        found: What it says of the signed candidates.
    """
    rows = [
        row
        for kind, name in new.steps.items()
        if name in found.unused and (row := _row(kind, name, new)) is not None
    ]
    if not rows:
        return found
    kept = replace(inputs.candidates, rows=(*inputs.candidates.rows, *rows))
    now = SignedWords.of(assess_on(framework, replace(inputs, candidates=kept), on))
    stays = now.verdict_name == found.before.verdict_name
    tested = tuple(
        StepTested(row=row, now=now, stays=stays, why_not=NOT_COUNTED.get(why, ""))
        for row in rows
        for why in (row.why_not,)
    )
    taken = {row.model for row in rows}
    unused = tuple(name for name in found.unused if name not in taken)
    return replace(found, steps=tested, unused=unused)


def _row(kind: ScoredKind, name: str, new: NewResults) -> ScoredCandidate | None:
    for number, run in enumerate(new.runs):
        if model_named(run) == name and not why_no_candidate(run):
            fields = {k: x for k, x in result_of(run).items() if x is not None}
            return ScoredCandidate(
                id=f"step_{kind}", kind=kind, sha256=new.digest, run=number, **fields
            )
    return None
