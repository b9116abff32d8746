"""How alike two people answer, beside what chance gives: Cohen's kappa.

J. Cohen, “A coefficient of agreement for nominal scales”, Educational and Psychological
Measurement 20 (1960), pages 37 to 46.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

# Fewer pairs say nothing that chance could not.
FEWEST = 5


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa of what two people chose: 1 is alike, 0 as by chance.

    It is None where it is not defined: without pairs, or if both always chose the same
    one thing, so that chance alone would make them alike.

    >>> def pairs(*rows: tuple[int, ...]) -> list[tuple[str, str]]:
    ...     return [
    ...         (str(a), str(b))
    ...         for a, row in enumerate(rows)
    ...         for b, number in enumerate(row)
    ...         for _ in range(number)
    ...     ]
    >>> round(kappa(pairs((20, 5), (10, 15))), 2)
    0.4
    >>> kappa(pairs((4,))) is None
    True
    """
    number = len(pairs)
    if not number:
        return None
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    alike = sum(a == b for a, b in pairs)
    # Whole numbers, so that what is always alike by chance is exactly that.
    by_chance = sum(first[each] * second[each] for each in first)
    if by_chance == number * number:
        return None
    return (alike * number - by_chance) / (number * number - by_chance)


def weighted(found: Iterable[tuple[float | None, int]]) -> tuple[float | None, int]:
    """Return the mean of several kappas by their numbers of pairs, and that number.

    One that is not defined, or is of fewer than five pairs, is left out.

    >>> weighted([(0.5, 10), (1.0, 30), (0.0, 4), (None, 50)])
    (0.875, 40)
    """
    counted = [(each, n) for each, n in found if each is not None and n >= FEWEST]
    total = sum(n for _, n in counted)
    if not total:
        return None, 0
    return sum(each * n for each, n in counted) / total, total
