"""The results files that were removed as wrong ones, as every reader is told.

They hold nothing back, so a result says who removed them, why, and what they said.
"""

from dataclasses import dataclass, replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import ScoredCandidate, with_wrong_files
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
    if not gone:
        return None
    return WrongFiles(
        said=tuple(_said(rows) for rows in gone.values()),
        if_counted=_if_counted(framework, assessment, len(gone)),
    )


def _said(rows: list[ScoredCandidate]) -> str:
    first, scores = rows[0], [f"{name_of(row)}: {result(row)}" for row in rows]
    about = wrong_file(first.wrong) if first.wrong else ""
    return f"{about}. It said: {'; '.join(scores)}. SHA-256 {first.sha256[:12]}…"


def _if_counted(framework: Framework, assessment: Assessment, files: int) -> str:
    """Say which verdict they would give beside all that counts."""
    inputs, day = given_to(assessment)
    counted = replace(inputs, candidates=with_wrong_files(inputs.candidates))
    then = assess_on(framework, counted, day, open_only=True).named.name
    if then == assessment.named.name:
        return "The verdict would be the same with " + (
            "it." if files == 1 else "them."
        )
    they = "it" if files == 1 else "they"
    return f"If {they} also counted, the verdict would be “{then}”."
