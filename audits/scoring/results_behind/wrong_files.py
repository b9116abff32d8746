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
    as_before,
)
from audits.scoring.scored.words import name_of, result, wrong_file


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFiles:
    """What was removed, each file with the verdict that it would give.

    `verdicts` are the other verdicts that one of them would give beside the results
    that count.
    """

    said: tuple[str, ...]
    verdicts: tuple[str, ...]

    @property
    def in_short(self) -> str:
        """How many there are, and the other verdicts with them, for page 1."""
        number = len(self.said)
        said = f"{number} results files were removed as wrong ones"
        if number == 1:
            said = "1 results file was removed as a wrong one"
        names = " or ".join(f"“{name}”" for name in self.verdicts)
        it = "it" if number == 1 else "one of them"
        return f"{said}{f', with {it}: {names}' if names else ''} (A6)."


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
    now, said, others = assessment.named.name, [], dict[str, None]()
    for rows in gone.values():
        beside, alone = _verdicts(framework, assessment, rows)
        said.append(f"{_said(rows, found.target)} {_if_counted(now, beside, alone)}")
        if beside != now:
            others[beside] = None
    return WrongFiles(said=tuple(said), verdicts=tuple(others))


def _said(rows: list[ScoredCandidate], target: Decimal | None) -> str:
    first = rows[0]
    scores = [f"“{name_of(row)}”: {result(row, target)}" for row in rows]
    about = wrong_file(first.wrong) if first.wrong else ""
    return f"{about}. It said: {'; '.join(scores)}. SHA-256 {first.sha256[:12]}…."


def _verdicts(
    framework: Framework, assessment: Assessment, rows: list[ScoredCandidate]
) -> tuple[str, str]:
    """Return which verdict a file would give beside all that counts, and alone."""
    inputs, day = given_to(assessment)

    def verdict(found: Candidates) -> str:
        counted = replace(inputs, candidates=found)
        return assess_on(framework, counted, day, open_only=True).named.name

    found, back = inputs.candidates, {row.id: as_before(row) for row in rows}
    with_it = tuple(back.get(row.id, row) for row in found.rows)
    return (
        verdict(replace(found, rows=with_it)),
        verdict(replace(found, rows=tuple(back.values()))),
    )


def _if_counted(now: str, beside: str, alone: str) -> str:
    then = "stay the same" if beside == now else f"be “{beside}”"
    return (
        f"If it also counted beside the other results, the verdict would {then}. "
        f"Alone, it would give “{alone}”."
    )
