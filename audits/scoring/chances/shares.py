"""What share of its cases each candidate passed, and what chance can do to it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.evaluations.statistics.shares import Interval
from audits.frameworks.evaluation import Code
from audits.scoring.scored.against import against_target, share_interval
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.by_hand import TRIED
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.not_counted import why_not_counted
from audits.scoring.scored.words import (
    DECIDING,
    CandidateAnswer,
    because,
    name_of,
    result,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedShare:
    """The share of one candidate, from 0 to 1, with its 95 % interval.

    `target` is the share that must pass; None where nobody entered one. `counts` says
    whether the result changes anything.
    """

    share: float
    interval: Interval
    target: float | None
    counts: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownShare:
    """The same with what is said beside it; `why_not` is empty where it counts."""

    id: str
    name: str
    result: str
    against: str
    why_not: str
    passed: PassedShare

    @property
    def words(self) -> str:
        """All of it in one line, for anyone who does not see the drawing."""
        said = "; ".join(filter(None, (self.result, self.against)))
        return f"{said}. {self.why_not}" if self.why_not else said


def passed_share(
    row: ScoredCandidate, target: Decimal | None, *, counts: bool
) -> PassedShare | None:
    """Return the share of a candidate; None without one, and for a mean score.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=24, passed=12)
    >>> passed_share(row, None, counts=False).share
    0.5
    """
    interval = share_interval(row)
    if row.passed is None or interval is None or not row.with_score:
        return None
    return PassedShare(
        share=row.passed / row.with_score,
        interval=interval,
        target=None if target is None else float(target),
        counts=counts,
    )


def shown_shares(
    found: Candidates, codes: Mapping[str, Code]
) -> tuple[ShownShare, ...]:
    """Return the candidates that passed a share of their cases, without removed ones.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
    """
    shown = []
    for row in found.rows:
        why = found.why_not(row, codes)
        share = passed_share(row, found.target, counts=not why)
        if share is None or row.is_removed:
            continue
        shown.append(
            ShownShare(
                id=row.id,
                name=name_of(row),
                result=result(row, found.target),
                against=against_target(row, found.target),
                why_not=why_not_counted(row, why),
                passed=share,
            )
        )
    return tuple(shown)


def because_beside(
    told: CandidateAnswer, found: Answered, shown: Collection[ShownShare]
) -> str:
    """Return why candidates answer a question, where their shares are drawn beside it.

    What was tested names every score, so it only points to them if all are drawn.

    Args:
        told: The answer that they give.
        found: What the candidates answer.
        shown: The shares that are drawn.
    """
    rows = found.behind.get(told.question, ())
    ids = {each.id for each in shown}
    if told.question != TRIED or not rows or not ids.issuperset(x.id for x in rows):
        return told.because
    first = [row for q in DECIDING for row in found.behind.get(q, ())]
    said = because(rows, found.target, first)
    if not told.because.startswith(said):
        return told.because
    return f"from the candidates that are drawn here{told.because.removeprefix(said)}"
