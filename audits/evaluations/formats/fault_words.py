"""Counts what a team wrote beside the cases that failed, in a word or two."""

from collections import Counter
from collections.abc import Iterable

# A longer text may be a person's own words, and is counted without them.
_MOST_WORDS, _MOST_LETTERS = 3, 30
_MOST_TOLD = 12
OTHER = "other words"


def counted(written: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return how often each word was written, the most frequent first.

    Capital letters and spaces make no other word. What is too long, or too rare among
    many, is counted together.

    >>> counted(["Skill", "skill ", "", "Format"])
    (('Skill', 2), ('Format', 1))
    >>> counted(["It took the term of the other contract", "Format", "Format"])
    (('Format', 2), ('other words', 1))
    """
    names: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for text in filter(None, (" ".join(each.split()) for each in written)):
        is_long = len(text) > _MOST_LETTERS or len(text.split()) > _MOST_WORDS
        name = OTHER if is_long else text
        counts[names.setdefault(name.casefold(), name)] += 1
    others = counts.pop(OTHER, 0)
    told = counts.most_common(_MOST_TOLD)
    others += counts.total() - sum(count for _, count in told)
    return (*told, (OTHER, others)) if others else tuple(told)
