"""What a paper says of its sign-offs: shortly on page 1, and all of it in A8."""

from dataclasses import dataclass
from datetime import datetime

from audits.models import Audit, Cover, Review
from audits.services.papers.page_one_words import Changed, changed_words
from audits.services.papers.page_one_writers import MOST_NAMED, writers_of

# The characters that fit on page 1: of a condition, and of what the use case was.
_ROOM = 240
_UNDER_ROOM = 130
_OTHERWISE = (
    "The use case was described differently at the sign-off; A8 says what was signed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """One person's sign-off of the verdict, with its time."""

    role: str
    name: str
    said: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """What page 1 has room to say of who wrote and signed it, and all that A8 says.

    Writers are named if it was not the author alone. `since` says what the paper shows
    that the reviewer did not sign, and `changed` which words of page 1 they did.
    """

    writers: str
    all_writers: str
    since: tuple[str, ...]
    all_since: tuple[str, ...]
    changed: tuple[Changed, ...]


def sign_offs(audit: Audit, reviews: tuple[Review, ...]) -> tuple[SignOff, ...]:
    """Return the submission and its reviews, the latest last."""
    author = SignOff(
        role="Author",
        name=str(audit.submitted_by),
        said="Submitted",
        at=audit.submitted_at,
    )
    signed = [
        SignOff(role="Reviewer", name=str(review.by), said=_said(review), at=review.at)
        for review in reviews
    ]
    nobody = SignOff(role="Reviewer", name="Nobody yet", said="Not reviewed", at=None)
    return author, *(signed or [nobody])


def signed(audit: Audit, reviews: tuple[Review, ...], cover: Cover) -> Signed:
    """Return what a paper says of who wrote and signed page 1.

    Args:
        audit: The audit.
        reviews: The reviews of its submission, the latest last.
        cover: The words of page 1.
    """
    writers, last = writers_of(audit), reviews[-1] if reviews else None
    under = last.signed_under if last else ""
    fits = under if len(under) <= _UNDER_ROOM else _OTHERWISE
    return Signed(
        writers=writers.of_others(MOST_NAMED),
        all_writers=writers.of_others(),
        since=tuple(filter(None, (fits, writers.shortly_after_sign_off()))),
        all_since=tuple(filter(None, (under, writers.after_sign_off()))),
        changed=changed_words(cover, last),
    )


def sign_off_condition(reviews: tuple[Review, ...]) -> str:
    """Return the condition of the sign-off, for page 1; a long one is in A8."""
    if not reviews or reviews[-1].outcome != Review.Outcome.CONDITIONS:
        return ""
    last = reviews[-1]
    who = f"{last.get_outcome_display()} by {last.by}"
    if len(last.words) > _ROOM:
        return f"{who}; the conditions are in A8."
    return f"{who}: {last.words}"


def _said(review: Review) -> str:
    outcome = review.get_outcome_display()
    said = f"{outcome}: {review.words}" if review.words else outcome
    return f"{said} ({review.exception})" if review.exception else said
