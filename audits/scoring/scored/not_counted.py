"""Why a candidate does not count, in words."""

from collections.abc import Mapping

from audits.scoring.scored.candidates import ScoredCandidate, WhyNot
from audits.scoring.scored.kinds import KIND_NAMES
from audits.scoring.scored.words import wrong_file

WHY_NOT: Mapping[WhyNot, str] = {
    "": "",
    "removed": "Removed: it does not count",
    "no_score": "Does not count: it has no score",
    "few": "Does not count: fewer than 30 cases",
    "claimed": "Does not count: typed without a day, who ran it, or a link",
    "not_live": "Does not count: no answer says that a tuned model is live",
    "no_live": "Does not count: the live model that it would replace is not scored",
}
_LEFT_OUT = (
    "Left out: it does not count. It is a result on the same cases, so no answer "
    "counts that it contradicts, until somebody says which candidate it is"
)


def why_not_counted(row: ScoredCandidate, why: WhyNot) -> str:
    """Return why a candidate does not count, and what it keeps open if it did.

    >>> row = ScoredCandidate(id="c1", kind="prompt", cases=20, passed=12)
    >>> why_not_counted(row, row.why_not)
    'Does not count: fewer than 30 cases'
    """
    if row.wrong:
        return f"Removed: {wrong_file(row.wrong)}. It does not count"
    if row.is_left_out:
        return _LEFT_OUT if row.holds_back else "Left out: it does not count"
    if not row.holds_back or not why:
        return WHY_NOT[why]
    reason = "Removed" if why == "removed" else WHY_NOT[why]
    return (
        f"{reason}. It counted before, so no answer counts that it contradicts, until "
        f"a new result of “{KIND_NAMES[row.kind]}” on as many cases counts"
    )
