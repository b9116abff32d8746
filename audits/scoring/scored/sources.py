"""Where a result is from: who saved it, who is said to have run it, and when."""

from audits.scoring.days import in_words
from audits.scoring.scored.candidates import ScoredCandidate


def whose(row: ScoredCandidate) -> tuple[str, ...]:
    """Return who saved a result, and who is said to have run it, as far as known."""
    saved = f"{'uploaded' if row.sha256 else 'typed'} by {row.by}" if row.by else ""
    ran = f"run by “{row.run_by}” as entered" if row.run_by else ""
    return tuple(filter(None, (saved, ran)))


def shown_by(row: ScoredCandidate) -> str:
    """Return the link that shows a typed result; empty without one."""
    return f"shown by {row.link}" if row.link and not row.sha256 else ""


def tested_on(row: ScoredCandidate) -> str:
    """Return the day of the test, named as such; empty if that is not known."""
    return f"tested on {in_words(row.day)}" if row.day else ""
