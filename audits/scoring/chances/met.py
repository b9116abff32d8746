"""What is said of a result that meets its target, where chance may explain it."""

import re
from decimal import Decimal
from math import ceil

_TO_DO = "so check it in live use"
# How pages find what is said, to leave it out where its interval says as much.
BY_CHANCE = re.compile(
    rf" \((?:[0-9,]+ of [0-9,]+ passed, )?[0-9,]+ needed, {_TO_DO}\)"
)
_PASSED = re.compile(r"[0-9,]+ of [0-9,]+ passed, ")


def met_in_cases(passed: int, cases: int, target: Decimal) -> str:
    """Say how many passed and were needed, and what is still to do.

    >>> f"It meets the target{met_in_cases(184, 200, Decimal('0.9'))}."
    'It meets the target (184 of 200 passed, 180 needed, so check it in live use).'
    """
    needed = ceil(target * cases)
    return f" ({passed:,} of {cases:,} passed, {needed:,} needed, {_TO_DO})"


def beside_name(name: str, said: str) -> str:
    """Return what is said of it beside a name that may tell how many passed.

    >>> said = met_in_cases(55, 60, Decimal("0.9"))
    >>> beside_name("the “A” that passed 55 of 60", said)
    ' (54 needed, so check it in live use)'
    """
    return _PASSED.sub("", said) if "” that passed " in name else said
