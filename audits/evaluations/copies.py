"""Finds cases that were copied: the same rows again under other ids.

Copies add no evidence, but as cases of their own they make chance look smaller. They
show in the outcomes of all candidates together, which repeat exactly in blocks. Cases
that all end alike cannot be told from copies, so nothing is said of them.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from math import lgamma, log

from audits.evaluations.runs import Run

_SHORTEST = 10  # rows of a block; outcomes that change more regularly are no copies
_BITS = 20  # as many orders as rows had: once in a million, they repeat by chance


def without_copies(runs: Sequence[Run]) -> tuple[Run, ...]:
    """Return the runs of a file with the first block of their cases, if they repeat.

    >>> from audits.evaluations.runs import Case
    >>> marks = "110100110111011011110101101010"
    >>> cases = [Case(id=f"{n}", passed=x == "1") for n, x in enumerate(marks * 3)]
    >>> run = Run(tool="", cases=tuple(cases), n=90, passed=57, errors=0)
    >>> [once] = without_copies([run])
    >>> once.copies, once.n, once.passed, len(once.cases)
    (3, 30, 19, 30)
    """
    ids = list(dict.fromkeys(case.id for run in runs for case in run.cases))
    found = [{x.id: (x.passed, x.score) for x in run.cases} for run in runs]
    block = _block([tuple(each.get(i) for each in found) for i in ids])
    if not block:
        return tuple(runs)
    first, times = {*ids[:block]}, len(ids) // block
    return tuple(_once(run, first, times) if run.cases else run for run in runs)


def _block(outcomes: Sequence[Hashable]) -> int:
    """Return how many rows repeat exactly to the end; 0 if none do, or by chance."""
    rows, size = len(outcomes), _period(outcomes)
    if size < _SHORTEST or size == rows or rows % size:
        return 0
    counts = Counter(outcomes[:size]).values()
    orders = lgamma(size + 1) - sum(lgamma(count + 1) for count in counts)
    return size if orders / log(2) * (rows // size - 1) >= _BITS else 0


def _period(outcomes: Sequence[Hashable]) -> int:
    """Return the smallest shift that leaves a sequence the same where it overlaps.

    >>> _period("abcabcab"), _period("abc"), _period("")
    (3, 3, 0)
    """
    ends = [0] * len(outcomes)
    for place in range(1, len(outcomes)):
        end = ends[place - 1]
        while end and outcomes[place] != outcomes[end]:
            end = ends[end - 1]
        ends[place] = end + (outcomes[place] == outcomes[end])
    return len(outcomes) - ends[-1] if outcomes else 0


def _once(run: Run, ids: set[str], times: int) -> Run:
    def share(number: int | None) -> int | None:
        return None if number is None else number // times

    return replace(
        run,
        cases=tuple(case for case in run.cases if case.id in ids),
        n=run.n // times,
        passed=share(run.passed),
        errors=share(run.errors),
        input_tokens=share(run.input_tokens),
        cached_tokens=share(run.cached_tokens),
        output_tokens=share(run.output_tokens),
        cost=None if run.cost is None else run.cost / times,
        copies=times,
    )


def copies_words(cases: int, copies: int) -> str:
    """Return that cases repeat, as part of a sentence.

    >>> copies_words(30, 5)
    'the outcomes of 150 rows repeat exactly every 30 rows, so only 30 cases count'
    """
    return (
        f"the outcomes of {cases * copies:,} rows repeat exactly every {cases:,} rows, "
        f"so only {cases:,} cases count"
    )
