"""The test of more cases, where those of a result are too few to tell.

Chance may explain on which side of the target it is, or a gap of more than 5 points
counts as small only because so few cases may miss it by chance.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from math import ceil

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import given_to
from audits.scoring.cards.by_results import is_decided_alike
from audits.scoring.cards.card import Card
from audits.scoring.cards.cases.by_counts import Counts, borders, of_counts
from audits.scoring.cards.outcomes import CardOutcome
from audits.scoring.chances.chance import small_by_few, unsettled
from audits.scoring.chances.pass_marks import of_target
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.evidence import FEW_CASES, UNSETTLED
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import hours_cost
from audits.scoring.moving.ended import without_ended
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.scored.marks.small_gaps import is_small_by_few
from audits.scoring.scored.words import name_of, short_name
from audits.scoring.step_facts import CASES, card_facts

MORE_CASES = "more_cases"
_EACH = "to find, answer, run and judge it"
_MEASURE = "Share of cases that meet the pass rule"
# With more than these, a result is as near to the target as tests can tell.
_MOST_MORE = 1_000
_TWO = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A result that decides, how many more cases it takes, and why.

    `rows` are all that are run on them: the result, and those of the same test set.
    Else these would lack the new cases, and count as asserted.
    """

    row: ScoredCandidate
    more: int
    because: str
    rows: tuple[ScoredCandidate, ...]

    @property
    def count(self) -> str:
        """How many more cases, in words."""
        return "1 more case" if self.more == 1 else f"{self.more:,} more cases"


def wanted_more(assessment: Assessment, inputs: Inputs) -> Wanted | None:
    """Return the result that takes more cases; None if no result does."""
    answers = without_ended(assessment, inputs.answered)
    found, because = unsettled(answers), UNSETTLED
    if found is None:
        enough = card_facts().question["quality_gap"].enough
        found, because = small_by_few(answers, enough), FEW_CASES
    if found is None or found.more > _MOST_MORE:
        return None
    rows = tuple(_of_same_test(inputs, found.row))
    return Wanted(row=found.row, more=found.more, because=because, rows=rows)


def could_change(framework: Framework, assessment: Assessment) -> str:
    """Return how many more cases could change the verdict of a gap that few make small.

    Empty if there is no such gap, or if no result of them changes the verdict.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
    """
    if assessment.on is None or assessment.prerequisite or assessment.measurements:
        return ""
    inputs, _ = given_to(assessment)
    found = wanted_more(assessment, inputs)
    if found is None or not is_small_by_few(found.row, inputs.candidates.target):
        return ""
    if not is_decided_alike(framework, assessment, inputs):
        return ""
    outcomes = _outcomes(framework, assessment, inputs, found)
    return "" if all(x.stays for x in outcomes) else found.count


def of_more(
    framework: Framework, assessment: Assessment, inputs: Inputs
) -> Iterator[Card]:
    """Yield the test of more cases, where a result has too few to settle it.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: What it was decided from.
    """
    found = wanted_more(assessment, inputs)
    # Cases that are there and were not run come before any new ones.
    if found is None or found.row in inputs.answered.unsure:
        return
    row, more, number = found.row, found.more, len(found.rows)
    about = "about " if found.because == UNSETTLED else ""
    what = f"“{short_name(row)}”" if number == 1 else _all(number)
    of = "its result" if number == 1 else "their results"
    facts = card_facts()
    minutes = facts.minutes_a_case + facts.minutes_a_run * (number - 1)
    kinds = dict.fromkeys(each.kind for each in found.rows)
    yield replace(
        test_card(assessment, inputs, max(1, ceil(more * minutes / 60))),
        id=MORE_CASES,
        name=f"Test {what} on {about}{found.count}",
        asks=f"Does “{name_of(row)}” reach the target on all cases?",
        sample=f"The {row.cases:,} cases of {of}, and {found.count}{_each(number)}",
        covers=f"at {facts.minutes_a_case} minutes a case {_EACH}{_runs(number)}",
        because=found.because,
        kinds=tuple(kinds),
        only=tuple(each.id for each in found.rows),
        cases=row.cases + more,
        outcomes=_outcomes(framework, assessment, inputs, found),
    )


def _each(number: int) -> str:
    """Say that all are run on the new cases; empty for a single one."""
    if number == 1:
        return ""
    return (
        f", each run with {_all(number)}: a result without them is only asserted. "
        "What follows assumes that each other one scores as before"
    )


def _all(number: int) -> str:
    return "both candidates" if number == _TWO else f"all {number} candidates"


def _runs(number: int) -> str:
    if number == 1:
        return ""
    minutes = card_facts().minutes_a_run
    unit = "minute" if minutes == 1 else "minutes"
    return f", and {minutes} {unit} more with each other candidate"


def _of_same_test(inputs: Inputs, row: ScoredCandidate) -> Iterator[ScoredCandidate]:
    """Yield a result, and those from files that count and are of the same test set."""
    found = inputs.candidates
    for each in found.rows:
        is_same = bool(row.sha256 and each.sha256) and _test_set(each) == _test_set(row)
        if each == row or (is_same and not found.why_not(each, inputs.codes)):
            yield each


def _test_set(row: ScoredCandidate) -> int:
    return row.cases + row.left_out + row.lacks


def _outcomes(
    framework: Framework, assessment: Assessment, inputs: Inputs, found: Wanted
) -> tuple[CardOutcome, ...]:
    """Return what follows from each count of all cases; the others score as before."""
    row, given = found.row, inputs.candidates
    cases, passed = row.cases + found.more, row.passed or 0
    ends = passed, passed + found.more

    def then(count: int) -> Candidates:
        rows = {each.id: _with_more(each, found.more) for each in found.rows}
        rows[row.id] = replace(row, cases=cases, passed=count)
        new = tuple(rows.get(each.id, each) for each in given.rows)
        return replace(given, rows=new)

    counts = Counts(
        fewest=passed,
        most=ends[1],
        then=then,
        told=partial(_told, f"“{short_name(row)}”", ends, cases),
        borders=borders(given.target, cases),
    )
    return of_counts(framework, assessment, inputs, counts)


def _with_more(row: ScoredCandidate, more: int) -> ScoredCandidate:
    """Return a candidate that passes as many of the new cases as of those it has."""
    cases = row.cases + more
    if row.passed is None:
        return replace(row, cases=cases)
    return replace(row, cases=cases, passed=row.passed * cases // row.cases)


def _told(name: str, ends: tuple[int, int], cases: int, low: int, high: int) -> str:
    """Say how many of all cases pass.

    >>> _told("“A”", (48, 188), 200, 48, 168), _told("“A”", (48, 188), 200, 169, 188)
    ('“A” passes 168 or fewer of all 200', '“A” passes 169 or more of all 200')
    >>> _told("“A”", (48, 188), 200, 169, 179)
    '“A” passes 169 to 179 of all 200'
    """
    first, last = ends
    if (low, high) == ends:
        return f"Any number that {name} passes of all {cases:,}"
    of = f"of all {cases:,}"
    if low == first:
        return f"{name} passes {high:,} or fewer {of}"
    if high == last:
        return f"{name} passes {low:,} or more {of}"
    number = f"{low:,}" if low == high else f"{low:,} to {high:,}"
    return f"{name} passes {number} {of}"


def test_card(assessment: Assessment, inputs: Inputs, hours: int) -> Card:
    """Return what all tests of a target have in common; the rest is empty."""
    target = inputs.candidates.target
    is_written = bool(card_facts().written_target.told(assessment.codes))
    mark = of_target(target, is_written=is_written)
    return Card(
        id="",
        name="",
        asks="Does it reach the target?",
        how="",
        measure=_MEASURE,
        pass_mark=mark.says,
        lacks_target=mark.lacks_target,
        hours=hours,
        cost=hours_cost(assessment, hours),
        because="",
        cases=CASES,
        needs_target=target is None,
    )
