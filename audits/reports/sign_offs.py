"""What a paper says of its sign-offs: shortly on page 1, and all of it in A8."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from audits.models import Audit, Cover, Review
from audits.scoring.days import in_words
from audits.scoring.decision_words import Asking
from audits.services.papers.page_one_words import Changed, changed_words
from audits.services.papers.page_one_writers import MOST_NAMED, writers_of
from audits.services.reviews.origin import Origin, origin_of

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

    `origin` is what the use case was copied from.
    Writers are named if it was not the author alone. `since` says what the paper shows
    that the reviewer did not sign, and `changed` which words of page 1 they did.
    """

    writers: str
    all_writers: str
    since: tuple[str, ...]
    all_since: tuple[str, ...]
    changed: tuple[Changed, ...]
    origin: Origin | None


def sign_offs(
    audit: Audit,
    reviews: tuple[Review, ...],
    earlier: tuple[Review, ...] = (),
    answer: str = "",
) -> tuple[SignOff, ...]:
    """Return the reviews of earlier submissions, the submission and its reviews.

    Args:
        audit: The audit.
        reviews: The reviews of its submission, the latest last.
        earlier: The reviews that sent earlier submissions back, the latest last.
        answer: What its submitter answered to the last of them.
    """
    author = SignOff(
        role="Author",
        name=str(audit.submitted_by),
        said=f"Submitted: {answer}" if answer else "Submitted",
        at=audit.submitted_at,
    )
    sent_back, signed = (
        [
            SignOff(role="Reviewer", name=str(each.by), said=_said(each), at=each.at)
            for each in some
        ]
        for some in (earlier, reviews)
    )
    nobody = SignOff(role="Reviewer", name="Nobody yet", said="Not reviewed", at=None)
    return *sent_back, author, *(signed or [nobody])


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
        origin=origin_of(audit),
    )


def sign_off_words(reviews: tuple[Review, ...], asking: Asking) -> str:
    """Return what page 1 says of the sign-off; a long condition is in A8.

    A paper that informs says who decided and when, or who will. One that asks says only
    a condition.

    Args:
        reviews: The reviews of the submission, the latest last.
        asking: Whether the paper asks for a decision, or informs of one.
    """
    last = reviews[-1] if reviews else None
    if asking == "told":
        return "Nobody yet: a reviewer who did not write the answers decides."
    if last is None:
        return ""
    day = in_words(timezone.localdate(last.at))
    who = f"{last.get_outcome_display()} by {last.by} on {day}"
    if last.outcome != Review.Outcome.CONDITIONS:
        return f"{who}." if asking == "decided" else ""
    if len(last.words) > _ROOM:
        return f"{who}; the conditions are in A8."
    return f"{who}: {last.words}"


def _said(review: Review) -> str:
    outcome = review.get_outcome_display()
    said = f"{outcome}: {review.words}" if review.words else outcome
    return f"{said} ({review.exception})" if review.exception else said
