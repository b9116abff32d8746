"""What the signed papers of a use case are called, and when each was in force."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from audits.scoring.days import in_words
from audits.scoring.tracking.months import InForce

_PLACES = ("first", "second", "third", "fourth", "fifth")


def papers_named(signed_on: Sequence[date]) -> Iterator[str]:
    """Yield what to call papers; those of one day are told apart by their order.

    >>> day = date(2026, 12, 9)
    >>> [*papers_named([date(2026, 5, 1), day, day])][1:]
    ['first paper signed on 9 December 2026', 'second paper signed on 9 December 2026']

    Args:
        signed_on: The days on which they were signed, in that order.
    """
    counts, told = Counter(signed_on), Counter[date]()
    for day in signed_on:
        named = f"paper signed on {in_words(day)}"
        yield named if counts[day] == 1 else f"{_place(told[day])} {named}"
        told[day] += 1


def in_force(signed_on: Sequence[date]) -> Iterator[InForce]:
    """Yield when papers were in force, each until the day on which the next was signed.

    Args:
        signed_on: The days on which they were signed, in that order.
    """
    for place, day in enumerate(signed_on):
        following = signed_on[place + 1 : place + 2]
        yield InForce(
            since=day if place else None, until=following[0] if following else None
        )


def _place(number: int) -> str:
    return _PLACES[number] if number < len(_PLACES) else f"{number + 1}th"
