"""The comment of a reviewer, apart from the conditions that are stored with it."""

from audits.models import Review


def apart(review: Review) -> tuple[str, str]:
    """Return the comment of a review and its first condition, as they were signed."""
    signed = review.words
    if not review.asked:
        return "", signed
    numbers = ("1. ", "\n2. ") if len(review.asked) > 1 else ("", "")
    start = f"{numbers[0]}{review.asked[0].words}"
    comment, found, tail = signed.rpartition(start)
    if not found:
        return "", signed
    rest = tail.partition(numbers[1])[0] if numbers[1] else tail
    words = review.asked[0].words
    if rest.startswith(" ("):  # who meets it belongs to the same sentence
        words = words.removesuffix(".")
    return comment.strip(), f"{words}{rest}".strip()
