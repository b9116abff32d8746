"""How many reasons to train do not hold, in a sentence."""

from collections.abc import Mapping

from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.grades.standings import ReasonStanding

# Of one reason, and of several.
_COUNTED: Mapping[ReasonStanding, tuple[str, str]] = {
    "absent": ("does not hold", "do not hold"),
    "unknown": ("is not known", "are not known"),
}
_NONE: Mapping[ReasonStanding, str] = {"absent": "holds", "unknown": "is known"}


def reasons_counted(assessment: Assessment) -> str:
    """Say how many reasons to train do not hold or are not known; empty for none.

    Args:
        assessment: What was decided.
    """
    shown = [each.shown for each in assessment.trace.reasons]
    counts = ((shown.count(each), words) for each, words in _COUNTED.items())
    found = [(number, words[number > 1]) for number, words in counts if number]
    if not found:
        return ""
    (number, words), *more = found
    if number == len(shown):
        return f"None of the {number} reasons to train {_NONE[shown[0]]}"
    said = "".join(f"; {each} {which}" for each, which in more)
    return f"{number} of {len(shown)} reasons to train {words}{said}"
