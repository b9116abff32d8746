"""Whether chance may explain a result, and how many more cases would settle it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from audits.evaluations.judging import judged
from audits.evaluations.runs import Run
from audits.frameworks.evaluation import Code
from audits.scoring.chances.met import met_in_cases
from audits.scoring.deciding.candidates import TICKS
from audits.scoring.deciding.shortfalls import MOST_BY_CHANCE, gap_word
from audits.scoring.scored.against import is_chance, is_open
from audits.scoring.scored.answers import Answered
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.marks.small_gaps import is_small_by_few
from audits.scoring.scored.unscored import as_scored
from audits.scoring.scored.words import name_of, result


def may_be_chance(row: ScoredCandidate, target: Decimal | None) -> bool:
    """Return whether the target is within what chance can do to a result.

    It is not known for a mean score.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=50, passed=46)
    >>> may_be_chance(row, Decimal("0.9")), may_be_chance(row, Decimal("0.7"))
    (True, False)
    """
    if target is None or row.passed is None:
        return False
    return is_chance(row, target)


def standing(row: ScoredCandidate, target: Decimal | None) -> str:
    """Return what a candidate does to a target, after “would”; empty without either.

    >>> row = ScoredCandidate(id="c1", kind="tuned", cases=200, passed=178)
    >>> standing(row, Decimal("0.95")), standing(row, Decimal("0.8"))
    ('miss the target', 'reach the target')
    >>> standing(row, Decimal("0.9")), standing(row, None)
    ('miss the target, but chance may explain it', '')
    """
    if target is None or row.score is None:
        return ""
    if is_open(row, target):
        return "leave it open whether it reaches the target"
    mark = float(target)
    is_reached = row.score >= mark
    if row.passed is not None:
        is_reached = row.passed >= mark * row.cases
    done = "reach" if is_reached else "miss"
    chance = ", but chance may explain it" if may_be_chance(row, target) else ""
    return f"{done} the target{chance}"


def met_by_chance(found: Answered) -> str:
    """Say how many passed where chance may explain that the kept one is enough."""
    target, kept = found.target, found.behind.get("passed", ())
    said = (
        met_in_cases(row.passed, row.cases, target)
        for row in kept
        if target is not None and row.passed is not None and may_be_chance(row, target)
    )
    return next(said, "")


def surely_met(
    found: Candidates, given: Answered, codes: Mapping[str, Code]
) -> tuple[str, ...]:
    """Return the candidates that meet the target even at the lower end, in words.

    There is nothing to say where the one that is kept surely meets it.

    Args:
        found: The candidates.
        given: What they answer.
        codes: The answers given by hand.
    """
    if not met_by_chance(given):
        return ()
    return tuple(
        f"“{name_of(row)}” reaches the target even at the lower end: "
        f"{result(row, found.target)}."
        for row in found.rows
        if row.kind in TICKS
        and row.is_allowed
        and not found.why_not(row, codes)
        and _is_surely_met(row, found.target)
    )


def _is_surely_met(row: ScoredCandidate, target: Decimal | None) -> bool:
    if target is None or row.passed is None:
        return False
    is_reached = row.passed >= float(target) * row.cases
    # Whatever the cases without a score would give.
    ends = (as_scored(row, passed=passed) for passed in (True, False))
    return is_reached and not any(is_chance(each, target) for each in (row, *ends))


def narrowly_missed(found: Candidates, codes: Mapping[str, Code]) -> frozenset[str]:
    """Return the ways that are not shown to miss the target, though the best is below.

    Chance may explain it, or cases without a score could change it. A smaller model
    goes by its kind.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
    """
    best: dict[str, ScoredCandidate] = {}
    for row in found.rows:
        kind = row.row().kind
        way = "smaller" if kind == "smaller" else TICKS.get(kind)
        if way is None or not row.is_allowed or found.why_not(row, codes):
            continue
        there = best.setdefault(way, row)
        best[way] = max(there, row, key=lambda x: (x.score or 0.0, x.cases))
    return frozenset(
        way
        for way, row in best.items()
        if may_be_chance(row, found.target) or is_open(row, found.target)
    )


_JUDGED = ("passed", "quality_gap", "incumbent", "smaller_model")


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A result that decides and is open, and how many more cases would settle it."""

    row: ScoredCandidate
    more: int


def unsettled(found: Answered) -> Unsettled | None:
    """Return the first result that decides and that more cases would settle."""
    target = found.target
    rows = (found.behind[q][0] for q in _JUDGED if len(found.behind.get(q, ())) == 1)
    for row in rows:
        if target is None or row.passed is None or is_open(row, target):
            continue
        more = judged(_run(row), float(target)).more
        if more is not None:
            return Unsettled(row, more)
    return None


def small_by_few(found: Answered, enough: int) -> Unsettled | None:
    """Return the result whose gap is small only because its cases are few.

    As many more are those from which the same share misses the target by much.

    Args:
        found: What candidates answer.
        enough: How many cases a test of the gap takes.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=60, passed=48)
    >>> behind = {"quality_gap": (row,)}
    >>> target = Decimal("0.9")
    >>> found = Answered(codes={}, levels={}, behind=behind, target=target)
    >>> small_by_few(found, 200).more
    140
    """
    target, rows = found.target, found.behind.get("quality_gap", ())
    if target is None or len(rows) != 1:
        return None
    [row] = rows
    if row.passed is None or not is_small_by_few(row, target):
        return None
    share, cases = row.score or 0.0, max(row.cases, enough)
    if gap_word(float(target), share, cases) != "large":
        cases = MOST_BY_CHANCE
    return Unsettled(row, cases - row.cases)


def _run(row: ScoredCandidate) -> Run:
    return Run(tool="", n=row.with_score, passed=row.passed)


def more_cases(found: Answered) -> str:
    """Return how many more cases would settle a result that decides; may be empty.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=30, passed=27)
    >>> behind = {"passed": (row,)}
    >>> target = Decimal("0.8")
    >>> more_cases(Answered(codes={}, levels={}, behind=behind, target=target))
    'if as many pass, about 78 more cases would show in 4 of 5 tests whether “Written \
prompt” reaches 80 of 100'
    """
    open_one, target = unsettled(found), found.target
    if open_one is None or target is None:
        return ""
    more = open_one.more
    cases = "1 more case" if more == 1 else f"{more:,} more cases"
    return (
        f"if as many pass, about {cases} would show in 4 of 5 tests whether "
        f"“{name_of(open_one.row)}” reaches {float(target) * 100:g} of 100"
    )
