"""The target and today's score in one short sentence."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.scoring.scored.candidates import Candidates
from audits.scoring.scored.todays import todays_result


def both_in_short(
    found: Candidates | None, codes: Mapping[str, Code], today: str = ""
) -> str:
    """Return both where there is little room; empty unless both are known.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it.
    """
    row = todays_result(found, codes, today) if found else None
    if found is None or found.target is None or row is None or not row.with_score:
        return ""
    if row.passed is None:
        score = f"a mean of {float(row.mean or 0):.3g}"
    else:
        score = f"{row.passed:,} of {row.with_score:,}"
    return f"Target {float(found.target) * 100:g} of 100, today {score}."
