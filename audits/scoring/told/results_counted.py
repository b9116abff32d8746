"""What page 1 says of results that were changed, left out or lack cases, in one line.

Who reads page 1 alone then knows that there is more to read, and if it changes what is
decided.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from audits.frameworks.schema import Framework
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.results_behind.counted_twice import counted_twice
from audits.scoring.results_behind.moved_target import judged_otherwise
from audits.scoring.results_behind.replaced_results import is_changed, other_verdicts
from audits.scoring.results_behind.resting_on import resting_on
from audits.scoring.scored.words import short_name
from audits.scoring.told.same_outcomes import same_outcomes
from audits.scoring.told.strongest_model import Doubt, rests_in_short
from audits.scoring.told.unscored import unscored_in_short


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What an assessment does not have, of the audit behind it.

    `left_out` are results of its files that were never a candidate, `left_out_verdicts`
    the other verdicts that they would give. `elsewhere` are the other use cases that
    have its files or cases, `dropped` the drafts that are gone and had them, and
    `copied_from` is the number of the original. `usage_doubts` counts what usage files
    say against the numbers, and `doubts` is what speaks against strongest models.
    `between` says that chance could explain how the two that count differ.
    """

    left_out: int = 0
    left_out_verdicts: tuple[str, ...] = ()
    elsewhere: int = 0
    dropped: int = 0
    copied_from: str = ""
    usage_doubts: int = 0
    doubts: tuple[Doubt, ...] = ()
    between: str = ""


NOTHING_BESIDE = Beside()
_JUDGED = "result is judged otherwise by an earlier target"


def results_counted(
    framework: Framework,
    assessment: Assessment,
    beside: Beside = NOTHING_BESIDE,
    *,
    is_one_named: bool = False,
    scores: Collection[str] = (),
) -> str:
    """Return what A6 says about results, in counts and with other verdicts.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        beside: What the assessment does not have.
        is_one_named: Whether one of those that count twice or were changed is said
            already; a single one is not repeated unless it changes the verdict.
        scores: What is said of scores already.
    """
    found = assessment.candidates
    rows = found.rows if found else ()
    twice, changed = len(counted_twice(assessment)), sum(map(is_changed, rows))
    others = other_verdicts(framework, assessment)
    if is_one_named and twice + changed == 1 and not others:
        twice = changed = 0
    told = (
        (twice, "candidate counts more than once", ()),
        (changed, "result was changed or removed", others),
        (beside.left_out, "result was left out", beside.left_out_verdicts),
    )
    said = [
        _counted(number, words) + _with(number, verdicts)
        for number, words, verdicts in told
        if number
    ]
    rests = rests_in_short(framework, assessment, beside.doubts, scores)
    said = [*rests, *said, *_lacking(framework, assessment, beside)]
    joined = f"{'; '.join(said)} (A6)." if said else ""
    return " ".join(filter(None, (joined, *_beside_results(beside))))


def _lacking(
    framework: Framework, assessment: Assessment, beside: Beside
) -> Iterator[str]:
    """Yield what results lack: the one whose open cases decide, and the others."""
    rows = assessment.candidates.rows if assessment.candidates else ()
    unsure, named = unscored_in_short(framework, assessment)
    if unsure:
        yield unsure
    yield from _same(framework, assessment)
    copied = sum(row.copies > 0 for row in rows if not row.why_not)
    counted = [row for row in rows if not row.why_not and row not in named]
    blank = sum(row.errors + row.left_out for row in counted)
    lacking = (
        (judged_otherwise(framework, assessment), _JUDGED),
        (sum(row.lacks > 0 for row in counted), "result lacks cases"),
        (beside.elsewhere, "other use case has the same cases"),
        (beside.dropped, "deleted or discarded draft had these cases"),
        (blank, "case has no score"),
        (copied, "result has repeated cases"),
    )
    yield from (_counted(*each) for each in lacking if each[0])


def _same(framework: Framework, assessment: Assessment) -> Iterator[str]:
    """Yield copies: those of what the verdict rests on, else the first of them."""
    same = [each.removesuffix(".") for each in same_outcomes(assessment, short_name)]
    resting = resting_on(framework, assessment)
    names = [f"“{short_name(row)}”" for row in resting.rows] if resting else []
    named = [each for each in same if any(name in each for name in names)] or same[:1]
    yield from named[:-1]
    if named:
        more = len(same) - len(named)
        yield f"{named[-1]}; {more} more like it" if more else named[-1]


def _beside_results(beside: Beside) -> Iterator[str]:
    if number := beside.usage_doubts:
        doubts = "1 doubt" if number == 1 else f"{number} doubts"
        yield f"{doubts} about the usage (A4)."
    if beside.copied_from:
        yield f"Copied from {beside.copied_from} (end of the appendix)."


def _with(number: int, verdicts: Sequence[str]) -> str:
    """Return which other verdicts such results would give, after their count.

    >>> _with(1, ["A", "B"]), _with(2, [])
    (', with it: “A” or “B”', '')
    """
    named = " or ".join(f"“{name}”" for name in verdicts)
    return f", with {'it' if number == 1 else 'them'}: {named}" if named else ""


_PLURALS = {
    "counts": "count",
    "had": "had",
    "was": "were",
    "lacks": "lack",
    "has": "have",
    "is": "are",
}


def _counted(number: int, words: str) -> str:
    """Return how many there are, in words.

    >>> _counted(1, "case has no score"), _counted(2, "result was left out")
    ('1 case has no score', '2 results were left out')
    """
    if number == 1:
        return f"1 {words}"
    verb = next(word for word in words.split() if word in _PLURALS)
    what, rest = words.split(f" {verb} ", 1)
    return f"{number:,} {what}s {_PLURALS[verb]} {rest}"
