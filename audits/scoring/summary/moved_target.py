"""That a target was changed once results were known, as every reader sees it.

It is said only where another verdict would follow: a corrected typo is no news.
"""

from collections.abc import Iterator
from dataclasses import replace

from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on, given_to
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.scored.candidates import Candidates, EarlierTarget

_IN_SHORT = "The target was changed after results were known"
_NONE = "There was no"


def moved_target(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return what the target was before, where another verdict follows from that.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided with the target as it is.
    """
    return tuple(
        f"{was}, the verdict would be “{named}”."
        for was, named in _told(framework, assessment)
    )


def in_short(framework: Framework, assessment: Assessment) -> str:
    """Return that the target was changed, for page 1; may be empty."""
    names = dict.fromkeys(f"“{named}”" for _, named in _told(framework, assessment))
    before = f"with the earlier one: {' or '.join(names)}"
    return f"{_IN_SHORT}, {before} (A6)." if names else ""


def with_target(found: Candidates, earlier: EarlierTarget) -> Candidates:
    """Return candidates that are compared with an earlier target."""
    return replace(found, target=earlier.target, limit_ms=earlier.limit_ms)


def _told(framework: Framework, assessment: Assessment) -> Iterator[tuple[str, str]]:
    """Yield what was otherwise until when, and the other verdict that follows."""
    if assessment.candidates is None or not assessment.candidates.moved:
        return
    inputs, day = given_to(assessment)
    now = inputs.candidates
    for place, earlier in enumerate(now.moved):
        then = replace(inputs, candidates=with_target(now, earlier))
        named = assess_on(framework, then, day, open_only=True).named.name
        if named == assessment.named.name:
            continue
        by = f" ({earlier.by})" if earlier.by else ""
        until = f"until {in_words(earlier.on)}{by}"
        later = now.moved[place + 1] if place + 1 < len(now.moved) else now
        was, what = _was(earlier, later)
        yield f"{was} {until}. {what}", named


def _was(earlier: EarlierTarget, later: EarlierTarget | Candidates) -> tuple[str, str]:
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
