"""What the results of candidates would mean for the verdict, before there are any.

A results file answers several questions at once. So results are made up as a file would
have them, and decided as the preview of a file decides: the two cannot differ.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from audits.frameworks.answering import flow
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import decide_on, given_to, read_on
from audits.scoring.cards.advised_next import advised_next
from audits.scoring.cards.outcomes import (
    AS_NOW,
    CardOutcome,
    Led,
    by_verdict,
    led_to,
    opened,
)
from audits.scoring.deciding.decision import decide
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.adding import with_results
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.words import name_of, result
from audits.scoring.ways_to_test.untested_ways import with_one_more

# A result from a file is measured, whatever the file is.
_SOME_FILE = "0" * 64


@dataclass(frozen=True, slots=True, kw_only=True)
class CardCandidate:
    """A candidate to test; `result` is what it scored so far, empty if nothing.

    `row` is the newest candidate of that name, whose result a new one replaces.
    """

    name: str
    kind: ScoredKind
    result: str
    row: ScoredCandidate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What could come out, in words, and how many cases each candidate passes."""

    told: str
    passed: tuple[int, ...]


def tested(kinds: Sequence[ScoredKind], found: Candidates) -> tuple[CardCandidate, ...]:
    """Return the candidates of some kinds, each name once.

    Args:
        kinds: The kinds to test.
        found: The candidates of the use case. Of a kind that none of them is, the kind
            itself is returned.
    """
    rows: dict[str, CardCandidate] = {}
    for kind in kinds:
        there = [x for x in found.rows if x.kind == kind and not x.is_removed]
        for row in there:
            name = name_of(row)
            said = result(row, found.target)
            rows[name] = CardCandidate(name=name, kind=kind, result=said, row=row)
        if not there:
            name = KIND_NAMES[kind]
            rows[name] = CardCandidate(name=name, kind=kind, result="")
    return tuple(rows.values())


def is_decided_alike(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> bool:
    """Return whether the inputs still give the verdict, which other facts may change.

    Without the day of the assessment, nobody can say.
    """
    if assessment.on is None:
        return False
    return decide_on(framework, inputs, assessment.on).verdict == assessment.verdict


def of_results(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    kinds: Sequence[ScoredKind],
    cases: int,
) -> tuple[CardOutcome, ...]:
    """Return what results of candidates would mean, beside all other candidates.

    One that has a result gets the new one in its place, as when its file is uploaded.
    One alone meets the target, all do, or none does: narrowly or by far. Results that
    lead to one verdict are one outcome, and so are those that open the same questions;
    those that change nothing come last. Nothing is returned without a target, or if
    the assessment names no day.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        kinds: The kinds of candidates that are tested.
        cases: On how many cases, at least 30.
    """
    found, on = inputs.candidates, assessment.on
    if on is None or found.target is None:
        return ()
    candidates, told = tested(kinds, found), []
    for each in _results([x.name for x in candidates], found.target, cases):
        rows = [
            _row(candidate, cases, passed, on)
            for candidate, passed in zip(candidates, each.passed, strict=True)
        ]
        told.append((each.told, with_results(found, rows)))
    return of_candidates(framework, assessment, inputs, told)


def of_one_more(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    kind: ScoredKind,
    cases: int,
) -> tuple[CardOutcome, ...]:
    """Return what one more candidate would mean, as for `of_results`.

    It is a new one, and replaces no result of its kind.
    """
    if assessment.on is None:
        return ()
    told = with_one_more(inputs.candidates, kind, cases, assessment.on)
    return of_candidates(framework, assessment, inputs, told)


def of_candidates(
    framework: Framework,
    assessment: Assessment,
    inputs: Inputs,
    told: Iterable[tuple[str, Candidates]],
) -> tuple[CardOutcome, ...]:
    """Return what each of some candidates would mean, as for `of_results`.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
        told: What came out in words, and the candidates of the use case then.
    """
    if assessment.on is None:
        return ()
    leads = leading(framework, assessment, inputs)
    outcomes: dict[Led, list[str]] = {}
    for words, candidates in told:
        led = led_to(outcomes, *leads(candidates))
        outcomes.setdefault(led, []).append(words)
    return by_verdict(framework, assessment, outcomes)


def leading(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> Callable[[Candidates], Led]:
    """Return what says where candidates lead, as the preview of a file decides.

    Raises:
        ValueError: The assessment names no day.
    """
    _, on = given_to(assessment)
    _, before = read_on(framework, inputs, on)

    def leads(candidates: Candidates) -> Led:
        then = replace(inputs, candidates=candidates)
        under, after = read_on(framework, then, on)
        decision = decide(framework, flow.relevant(framework, after), under)
        opens = opened(framework, before, after, under)
        step = AS_NOW if opens else advised_next(framework, assessment, decision)
        return decision.verdict, opens, step

    return leads


def _row(
    candidate: CardCandidate, cases: int, passed: int, on: date
) -> ScoredCandidate:
    there = candidate.row or ScoredCandidate(id="", kind=candidate.kind, cases=cases)
    return replace(
        there,
        cases=cases,
        passed=passed,
        mean=None,
        errors=0,
        left_out=0,
        lacks=0,
        day=on,
        sha256=_SOME_FILE,
        run=None,
        kept=(),
    )


def _results(names: Sequence[str], target: Decimal, cases: int) -> Iterator[_Result]:
    """Yield what could come out; a result is far below with no case that passes."""
    count, one, two = len(names), len(names) == 1, len(names) == 2  # noqa: PLR2004
    every = _listed(names) if one else "Both" if two else "All"
    are = "is" if one else "are"
    for number, name in enumerate(names if not one else ()):
        yield _Result(
            told=f"Only {_listed([name])} meets the target",
            passed=tuple(cases * (x == number) for x in range(count)),
        )
    meet = "meets" if one else "meet"
    yield _Result(told=f"{every} {meet} the target", passed=(cases,) * count)
    below = ceil(target * cases) - 1
    yield _Result(told=f"{every} {are} just below the target", passed=(below,) * count)
    yield _Result(told=f"{every} {are} far below the target", passed=(0,) * count)


def _listed(names: Sequence[str]) -> str:
    """Return names in quotes.

    >>> _listed(["A", "B", "C"])
    '“A”, “B” and “C”'
    """
    *first, last = (f"“{name}”" for name in names)
    return f"{', '.join(first)} and {last}" if first else last
