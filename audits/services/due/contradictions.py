"""What speaks against a signed verdict since its sign-off, as its papers say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from audits.models import Audit, ResultsCheck
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.retests.standing import standing

CONTRADICTED = "Newer results contradict a measured answer."
# Parts of causes that are neither of results nor of the market.
LAPSED, NEWER = "The sign-off was valid until", "of the method gives"
_CONFIRMED = "newer results contradicted a measured answer, and later ones confirmed it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Since when a signed verdict is due for review, and why: one reason or two.

    A paper that was made before `last_at` does not know all of it.
    """

    since: date
    last_at: datetime
    because: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """The line that page 1 says below its title."""
        return f"Review due since {in_words(self.since)}: {'; '.join(self.because)}."

    def said(self, *, has_stopped: bool) -> str:
        """The same; the review of a use case that `has_stopped` can wait."""
        if not has_stopped:
            return self.sentence
        since, because = in_words(self.since), "; ".join(self.because)
        return f"Review due before it resumes (since {since}): {because}."

    @property
    def cause(self) -> str:
        """The reasons alone, in a sentence, for a row, a mail and the timeline."""
        said = "; ".join(self.because)
        return f"{said[:1].upper()}{said[1:]}."


def due_since(audit: Audit) -> date | None:
    """Return since when a verdict in force is due for review; None if it is not."""
    if audit.state != Audit.State.SIGNED_OFF or audit.review_due_at is None:
        return None
    return timezone.localdate(audit.review_due_at)


def contradiction_of(audit: Audit) -> Contradiction | None:
    """Return what contradicts a verdict in force; None if it is not due for review.

    Note: one query, and only for an audit that is due.
    """
    if audit.state != Audit.State.SIGNED_OFF or audit.review_due_at is None:
        return None
    due, check = audit.review_due_at, check_that_stands(audit)
    if check is not None and check.state != ResultsCheck.State.DIFFERS:
        check = None
    return Contradiction(
        since=timezone.localdate(due),
        last_at=max(due, check.at) if check else due,
        because=tuple(_because(audit, check)),
    )


def cause_of(audit: Audit) -> str:
    """Return why a review is due, as every reader is told it; empty if it is not.

    A verdict that is no longer in force keeps the cause of its day.

    Note: as `contradiction_of`.
    """
    found = contradiction_of(audit)
    return found.cause if found else audit.review_cause


def is_of_market(cause: str) -> bool:
    """Return whether a stored cause names a change of the market."""
    return cause != CONTRADICTED and LAPSED not in cause and NEWER not in cause


def due_by_market(audit: Audit) -> str:
    """Return since when and why a verdict in force is due by the market, or nothing.

    Note: as `contradiction_of`.
    """
    found = contradiction_of(audit)
    return found.sentence if found and is_of_market(audit.review_cause) else ""


def check_that_stands(audit: Audit) -> ResultsCheck | None:
    """Return the check that counts for an audit, or else the latest useless one.

    A contradiction counts until later checks of the same candidates confirm.
    """
    checks = [*ResultsCheck.objects.filter(audit=audit)]
    return standing(checks) or next(iter(checks), None)


def _because(audit: Audit, check: ResultsCheck | None) -> Iterator[str]:
    """Yield the reasons: what newer results say, and a cause of another kind."""
    if check is not None:
        yield check.contradicts or lower_first(CONTRADICTED).rstrip(".")
    if audit.review_cause != CONTRADICTED:
        yield lower_first(audit.review_cause).rstrip(".")
    elif check is None:
        yield _CONFIRMED
