"""What runs and their statistics say, in words for people who decide."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from audits.evaluations.comparing import Comparison, missing_cases
from audits.evaluations.copies import copies_words
from audits.evaluations.judging import Judgement, interval_of
from audits.evaluations.runs import Run
from audits.evaluations.statistics.pairs import (
    PassedPairs,
    difference_interval,
    is_gap,
)
from audits.evaluations.statistics.shares import Interval
from audits.evaluations.statistics.sizes import pairs_needed

NOT_SAID = "the file does not say"
_UNKNOWN = {
    "no_cases": "the file has no result for each case",
    "no_score": "cases without a score could change it",
    "few": "there are fewer than 10 scores, or all are the same",
    "scale": "the scores are not between 0 and 1",
    "": "",
}


def of_100(interval: Interval, mark: float | None = None) -> str:
    """Return the interval of a share.

    Args:
        interval: The interval.
        mark: The share that it is compared with. An end has one digit more where whole
            numbers would put it on this mark, or on its other side; where that is not
            enough, it is said to be just under or just over it.

    >>> of_100(Interval(0.3143, 0.6857))
    'between 31 and 69 of 100'
    >>> of_100(Interval(0.8984, 0.9653), 0.9)
    'between 89.8 and 97 of 100'
    >>> of_100(Interval(0.9401, 0.9967), 0.999)
    'between 94 and 99.7 of 100'
    >>> of_100(Interval(0.69, 0.84999), 0.85)
    'between 69 and just under 85 of 100'
    """
    low, high = (_end(share, mark) for share in (interval.low, interval.high))
    return f"between {low} and {high} of 100"


def _end(share: float, mark: float | None) -> str:
    if mark is None or share == mark:
        return f"{share * 100:.0f}"
    for digits in (0, 1):
        if _is_beside(share, mark, digits):
            return f"{share * 100:.{digits}f}"
    return f"just {'under' if share < mark else 'over'} {mark * 100:.6g}"


def _is_beside(share: float, mark: float, digits: int) -> bool:
    """Whether a share with so many digits, of 100, is on its side of a mark."""
    written, at = float(f"{share * 100:.{digits}f}"), round(mark * 100, 6)
    return written < at if share < mark else written > at


def run_lines(run: Run, mark: float | None = None) -> Iterator[tuple[str, str]]:
    """Yield what a run says, each with its name; `mark` is what it is compared with."""
    yield "Cases", _cases(run)
    interval, cases = interval_of(run), run.n + (run.errors or 0)
    if run.passed is not None:
        shares = f" ({of_100(interval, mark)})" if interval else ""
        scored = " scored" if run.errors else ""
        yield "Passed", f"{run.passed:,} of {run.n:,}{scored}{shares}"
    if run.mean_score is not None and cases:
        ends, mean = "", run.mean_score
        if run.passed is None:
            mean = mean * run.n / cases
        if run.passed is None and interval:
            ends = f" (between {interval.low:.3g} and {interval.high:.3g})"
        yield "Mean score", f"{mean:.3g}{ends}"
    yield "Tokens", _tokens(run)
    yield "Cost", NOT_SAID if run.cost is None else _dollars(run.cost)
    yield "Latency", _latency(run)
    if run.faults:
        yield "What was wrong", fault_words(run.faults)
    if run.not_read:
        yield "Not read", run.not_read


def fault_words(faults: Iterable[tuple[str, int]]) -> str:
    """Write what was wrong with the cases that failed, and how often.

    >>> fault_words([("Skill", 4), ("Format", 2)])
    '“Skill” 4, “Format” 2'
    """
    return ", ".join(f"“{word}” {count:,}" for word, count in faults)


def _cases(run: Run) -> str:
    errors = run.errors or 0
    parts = [f"{run.n + errors:,}"]
    if errors:
        counts = f" and {'counts' if errors == 1 else 'count'} as score 0"
        as_what = counts if run.passed is None else ""
        parts.append(f"{errors:,} had no score or an error{as_what}")
    if run.copies:
        parts.append(copies_words(len(run.cases), run.copies))
    if run.left_out:
        parts.append(left_out_words(run.left_out))
    return ", ".join(parts)


def left_out_words(cases: int) -> str:
    """Return that cases are not counted, because the tool does not count them.

    >>> left_out_words(1)
    '1 more without a score, left out as Inspect does'
    """
    return f"{cases:,} more without a score, left out as Inspect does"


def _tokens(run: Run) -> str:
    told = (
        (run.input_tokens, "in"),
        (run.cached_tokens, "from the provider’s cache"),
        (run.output_tokens, "out"),
    )
    parts = [f"{count:,} {name}" for count, name in told if count is not None]
    return ", ".join(parts) or NOT_SAID


def _dollars(cost: Decimal) -> str:
    """Write what a run cost: in cents from a dollar on, else in three figures.

    >>> _dollars(Decimal("1.0421200000000004")), _dollars(Decimal("1204.5"))
    ('$1.04', '$1,204.50')
    >>> _dollars(Decimal("0.0421200000000004")), _dollars(Decimal("0.125"))
    ('$0.0421', '$0.125')
    """
    if cost >= 1:
        return f"${cost:,.2f}"
    return f"${round(cost, 2 - cost.adjusted()).normalize():f}"


def _latency(run: Run) -> str:
    if run.p50_ms is None or run.p95_ms is None:
        return NOT_SAID
    return (
        f"half of the cases took up to {run.p50_ms:,} ms, 95 of 100 up to "
        f"{run.p95_ms:,} ms"
    )


def mark_sentence(judgement: Judgement, mark: float) -> str:
    """Return whether a run meets a pass mark, and what would settle it.

    Args:
        judgement: The run compared with the mark.
        mark: From 0 to 1.
    """
    wanted = f"{mark * 100:g} of 100"
    match judgement.state:
        case "met":
            return f"{wanted}: met, even at the lower end"
        case "not_met":
            return f"{wanted}: not met, even at the upper end"
    if judgement.unknown:
        return f"{wanted}: cannot be judged, because {_UNKNOWN[judgement.unknown]}"
    if judgement.more is None:
        return f"{wanted}: not certain; more cases show it only if another share passes"
    return (
        f"{wanted}: not certain yet; with about {_more_cases(judgement.more)}, 4 of 5 "
        "such tests would give a certain result"
    )


def _more_cases(count: int) -> str:
    return "1 more case" if count == 1 else f"{count:,} more cases"


def comparison_sentences(comparison: Comparison) -> Iterator[str]:
    """Yield what two runs on the same cases show of each other."""
    first, second = names(comparison.first, comparison.second)
    if comparison.pairs is not None:
        yield from _pairs(comparison.pairs, first, second)
        if comparison.first.errors or comparison.second.errors:
            yield "A case with an error or without a score counts as not passed."
    elif comparison.scores is not None:
        gap = comparison.scores
        yield (
            f"On {comparison.shared:,} cases that both ran, {first} scores "
            f"{abs(gap.difference):.3g} {'more' if gap.difference >= 0 else 'less'} "
            f"than {second} on average: {_chance(is_more=gap.is_gap)}."
        )
        if gap.interval is not None:
            ends = f"between {gap.interval.low:+.3g} and {gap.interval.high:+.3g}"
            yield f"On other cases the difference would be {ends}."
    else:
        yield (
            f"{first} and {second} share no cases with a result, so they cannot be "
            "compared. Run both on the same test set."
        )


def missing_sentences(comparison: Comparison) -> Iterator[str]:
    """Yield which cases of each of two runs the other did not run.

    Where one ran other cases only because it failed fewer of them, a reader must know.
    """
    first, second = names(comparison.first, comparison.second)
    yield from _not_run(comparison.first, comparison.second, first, second)
    yield from _not_run(comparison.second, comparison.first, second, first)


def _not_run(ran: Run, lacks: Run, name: str, other: str) -> Iterator[str]:
    missing, failed = missing_cases(ran, lacks)
    if not missing:
        return
    cases = f"{missing:,} of the {_count(len(ran.cases))} of {name}"
    said = f"{other} did not run {cases}"
    if failed is None:
        yield f"{said}."
    elif failed == missing:
        yield f"{said}: {name} had failed {'it' if missing == 1 else 'all of them'}."
    else:
        yield f"{said}: {name} had failed {failed or 'none'} of them."


def names(first: Run, second: Run) -> tuple[str, str]:
    """Return names of two candidates, which differ."""
    one, other = first.candidate or "The first", second.candidate or "the second"
    if one != other:
        return one, other
    return f"{one} (first file)", f"{other} (second file)"


def _pairs(pairs: PassedPairs, first: str, second: str) -> Iterator[str]:
    if not pairs.only_first + pairs.only_second:
        yield f"{first} and {second} passed and failed the same of {pairs.n:,} cases."
        return
    yield (
        f"On {pairs.n:,} cases that both ran, {first} passed "
        f"{_count(pairs.only_first)} that {second} failed, and failed "
        f"{pairs.only_second:,} that {second} passed: {_chance(is_more=is_gap(pairs))}."
    )
    interval = difference_interval(pairs)
    low, high = round(interval.low * 100), round(interval.high * 100)
    yield (
        f"Of 100 cases, {first} would pass between {_signed(low)} and "
        f"{_signed(high)} than {second}."
    )
    more = pairs_needed(pairs)
    if not is_gap(pairs) and more:
        yield (
            f"To show whether this difference is real, test about {_more_cases(more)}; "
            "even then, 1 test in 5 misses it."
        )


def _count(cases: int) -> str:
    return "1 case" if cases == 1 else f"{cases:,} cases"


def _chance(*, is_more: bool) -> str:
    if is_more:
        return "more than chance explains"
    return "chance could explain it"


def _signed(cases: int) -> str:
    return f"{-cases} fewer" if cases < 0 else f"{cases} more"
