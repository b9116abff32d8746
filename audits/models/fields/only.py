"""Use cases that somebody chose one by one, as a filter of the portfolio has them.

The text has their numbers in order, such as “3.14.15”: it fits an address, and a number
is never given again.
"""

import re
from collections.abc import Iterable

ONLY = "only"
MOST_CHOSEN = 500
_NUMBERS = re.compile(r"[1-9]\d{0,8}(?:\.[1-9]\d{0,8})*")


def text_of(numbers: Iterable[int]) -> str:
    """Return the numbers of use cases as the text of the filter.

    >>> text_of([14, 3, 14])
    '3.14'
    """
    return ".".join(map(str, sorted(set(numbers))))


def numbers_of(text: str) -> list[int]:
    """Return the numbers of such a text; none if it is no such text, or too long.

    >>> numbers_of("3.14")
    [3, 14]
    >>> numbers_of("3..14")
    []
    """
    if not _NUMBERS.fullmatch(text):
        return []
    numbers = [int(each) for each in text.split(".")]
    return numbers if len(numbers) <= MOST_CHOSEN else []


def in_words(text: str) -> str:
    """Say how many use cases were chosen.

    >>> in_words("3.14"), in_words("3")
    ('2 use cases that were chosen', '1 use case that was chosen')
    """
    number = len(numbers_of(text))
    if number == 1:
        return "1 use case that was chosen"
    return f"{number:,} use cases that were chosen"
