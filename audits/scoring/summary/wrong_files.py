"""The results files that were removed as wrong ones, as every reader is told.

They hold nothing back, so a result says who removed them, why, and what they said.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import (
    Candidates,
    ScoredCandidate,
    with_wrong_files,
)
from audits.scoring.scored.words import name_of, result, wrong_file


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFiles:
    """What was removed, each file in a sentence, and which verdict they would give."""

    said: tuple[str, ...]
    if_counted: str

    @property
    def in_short(self) -> str:
        """How many there are, for page 1."""
        if len(self.said) == 1:
            return "1 results file was removed as a wrong one (A6)."
        return f"{len(self.said)} results files were removed as wrong ones (A6)."


def wrong_files(framework: Framework, assessment: Assessment) -> WrongFiles | None:
    """Return the results files that were removed as wrong ones; None without any.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided without them.
    """
    found = assessment.candidates
    gone: dict[str, list[ScoredCandidate]] = {}
    for row in found.rows if found else ():
        if row.wrong:
            gone.setdefault(row.sha256, []).append(row)
    if found is None or not gone:
        return None
    target = found.target
    return WrongFiles(
        said=tuple(_said(rows, target) for rows in gone.values()),
        if_counted=_if_counted(framework, assessment, len(gone)),
    )


def _said(rows: list[ScoredCandidate], target: Decimal | None) -> str:
    first = rows[0]
    scores = [f"{name_of(row)}: {result(row, target)}" for row in rows]
    about = wrong_file(first.wrong) if first.wrong else ""
    return f"{about}. It said: {'; '.join(scores)}. SHA-256 {first.sha256[:12]}…"


def _if_counted(framework: Framework, assessment: Assessment, files: int) -> str:
    """Say which verdict they would give beside all that counts, and which alone."""
    inputs, day = given_to(assessment)

    def verdict(found: Candidates) -> str:
        counted = replace(inputs, candidates=with_wrong_files(found))
        return assess_on(framework, counted, day, open_only=True).named.name

    found = inputs.candidates
    only_wrong = tuple(row for row in found.rows if row.wrong)
    beside, alone = verdict(found), verdict(replace(found, rows=only_wrong))
    they, only = ("it", "Alone, it") if files == 1 else ("they", "Alone, they")
    same = beside == assessment.named.name
    then = "stay the same" if same else f"be “{beside}”"
    return (
        f"If {they} also counted beside the other results, the verdict would {then}. "
        f"{only} would give “{alone}”."
    )
