"""The comment of a reviewer, apart from the conditions that are stored with it."""

from audits.models import Review


def apart(review: Review, which: int = 0) -> tuple[str, str]:
    """Return the comment of a review and a condition, as they were signed.

    Args:
        review: The review.
        which: The place of the condition among those of the review, from 0.
    """
    if not review.asked:
        return "", review.words
    before, condition = _signed(review, which)
    comment = before if which == 0 else _signed(review, 0)[0]
    return comment, condition


def _signed(review: Review, which: int) -> tuple[str, str]:
    """Return what was signed before a condition, and the condition."""
    signed, words = review.words, review.asked[which].words
    is_one = len(review.asked) == 1
    number, following = ("", "") if is_one else (f"{which + 1}. ", f"\n{which + 2}. ")
    before, found, tail = signed.rpartition(f"{number}{words}")
    if not found:
        return "", signed
    rest = tail.partition(following)[0] if following else tail
    if rest.startswith(" ("):  # who meets it belongs to the same sentence
        words = words.removesuffix(".")
    return before.strip(), f"{words}{rest}".strip()
