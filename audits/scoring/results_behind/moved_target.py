"""That a target was changed once results were known, as every reader sees it.

It is said only where another verdict would follow, or another statement about a
candidate: a corrected typo is no news.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.chances.chance import standing
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, EarlierTarget
from audits.scoring.scored.words import name_of

_IN_SHORT = "The target was changed after results were known"
_SET = "The target was set after results were known"
_NONE = "There was no"
# How a sentence names another verdict.
OTHER_VERDICT = "the verdict would be “"


# The id of a candidate, its name, and what it would do.
type _Standing = tuple[str, str, str]

# Candidates that are named in a sentence; the others are counted.
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class _Moved:
    """What an earlier target was and until when, and what follows from it.

    `verdict` is another verdict. Only where it is empty, `standings` is what would be
    said of candidates otherwise. It `is_first` where there was none before.
    """

    was: str
    then: str
    verdict: str = ""
    standings: tuple[_Standing, ...] = ()
    is_first: bool = False

    @property
    def said(self) -> str:
        """All of it, in two sentences."""
        if self.verdict:
            return f"{self.was}. {self.then}, {OTHER_VERDICT}{self.verdict}”."
        by_standing: dict[str, list[str]] = {}
        for _, name, would in self.standings:
            by_standing.setdefault(would, []).append(name)
        parts = (f"{_named(names)} {x}" for x, names in by_standing.items())
        return f"{self.was}. {self.then}, {'; '.join(parts)}."


def moved_target(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return what the target was before, where that changes what is said.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with the target as it is.
    """
    return tuple(each.said for each in _told(framework, assessment))


def in_short(framework: Framework, assessment: Assessment) -> str:
    """Return that the target was changed, for page 1, if that changes the verdict."""
    told = [each for each in _told(framework, assessment) if each.verdict]
    names = " or ".join(dict.fromkeys(f"“{each.verdict}”" for each in told))
    if not names:
        return ""
    if all(each.is_first for each in told):
        return f"{_SET}, without one: {names} (A6)."
    return f"{_IN_SHORT}, with the earlier one: {names} (A6)."


def judged_otherwise(framework: Framework, assessment: Assessment) -> int:
    """Return how many candidates an earlier target judges otherwise.

    Targets that give another verdict are not counted: page 1 tells them in full.
    """
    told = _told(framework, assessment)
    return len({row for each in told for row, _, _ in each.standings})


def with_target(found: Candidates, earlier: EarlierTarget) -> Candidates:
    """Return candidates that are compared with an earlier target."""
    return replace(found, target=earlier.target, limit_ms=earlier.limit_ms)


def _told(framework: Framework, assessment: Assessment) -> Iterator[_Moved]:
    """Yield each earlier target from which something else follows."""
    if assessment.candidates is None or not assessment.candidates.moved:
        return
    inputs, day = given_to(assessment)
    now = inputs.candidates
    last = EarlierTarget(target=now.target, limit_ms=now.limit_ms, by="", on=day)
    said: set[_Standing] = set()
    for earlier, later in pairwise((*now.moved, last)):
        then = replace(inputs, candidates=with_target(now, earlier))
        named = assess_on(framework, then, day, open_only=True).named.name
        by = f" ({earlier.by})" if earlier.by else ""
        was, what = _was(earlier, later)
        was = f"{was} until {in_words(earlier.on)}{by}"
        if named != assessment.named.name:
            is_first = (earlier.target, earlier.limit_ms) == (None, None)
            yield _Moved(was, what, verdict=named, is_first=is_first)
            continue
        # A target that is lowered step by step says the same of a candidate each time.
        new = tuple(x for x in _otherwise(inputs, earlier) if x not in said)
        said.update(new)
        if new:
            yield _Moved(was, what, standings=new)


def _otherwise(inputs: Inputs, earlier: EarlierTarget) -> Iterator[_Standing]:
    """Yield each candidate that counts and of which an earlier target says otherwise.

    Without a target, nothing was said of it, so nothing is otherwise.
    """
    found = inputs.candidates
    for row in found.rows:
        if found.why_not(row, inputs.codes):
            continue
        then, now = standing(row, earlier.target), standing(row, found.target)
        if then and then != now:
            yield row.id, f"“{name_of(row)}”", f"would {then}"


def _named(names: Sequence[str]) -> str:
    """Return the first names in a row, and how many there are more.

    >>> _named(["“a”"]), _named(["“a”", "“b”"]), _named(["“a”", "“b”", "“c”", "“d”"])
    ('“a”', '“a” and “b”', '“a”, “b”, “c” and 1 more')
    """
    parts = [*names[:_MOST_NAMED]]
    if more := len(names) - len(parts):
        parts.append(f"{more:,} more")
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _was(earlier: EarlierTarget, later: EarlierTarget) -> tuple[str, str]:
    """Return what was different before a change, and how that is referred to."""
    parts = []
    if earlier.target != later.target:
        parts.append(_target(earlier))
    if earlier.limit_ms != later.limit_ms:
        parts.append(_limit(earlier))
    is_alone, is_none = len(parts) == 1, any(x.startswith(_NONE) for x in parts)
    with_one = "Without one" if is_none else "With it"
    what = with_one if is_alone else "As it was then" if is_none else "With both"
    return " and ".join((parts[0], *(x[0].lower() + x[1:] for x in parts[1:]))), what


def _target(found: EarlierTarget) -> str:
    if found.target is None:
        return f"{_NONE} target"
    return f"The target was {float(found.target) * 100:g} of 100"


def _limit(found: EarlierTarget) -> str:
    if found.limit_ms is None:
        return f"{_NONE} time limit"
    return f"The time limit was {found.limit_ms:,} ms"
