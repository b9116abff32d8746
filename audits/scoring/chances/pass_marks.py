"""The pass mark of a step: the number of the target, and never only its name."""

import re
from decimal import Decimal
from math import ceil
from typing import NamedTuple

SET_TARGET = "Set the target first"
ENTER_TARGET = "Enter your target first"
# What steps say in place of the number of the target.
_NAMES_OF_TARGET = (
    "The target that you wrote down",
    "The target you wrote down",
    "Your target",
)
_ALSO = "; the target that you wrote down"
_SHARE = re.compile(r"([\d.]+) of 100 cases pass$")
# How often experts agree at least, where each case has one right answer.
_AGREE, _AGREE_SHARE = "90% or more", Decimal("0.9")
_BELOW = "At most 5 points below the target"


class PassMark(NamedTuple):
    """A pass mark in words, and whether it lacks a target that nobody has entered."""

    says: str
    lacks_target: bool = False


def of_target(target: Decimal | None, *, is_written: bool = False) -> PassMark:
    """Return the pass mark that the target is.

    Args:
        target: The share of cases that must pass; None if nobody entered one.
        is_written: Whether an answer says that there is one, though nobody entered it.

    >>> of_target(Decimal("0.9")).says, of_target(None).says
    ('90 of 100 cases pass', 'Set the target first')
    """
    if target is None:
        return PassMark(ENTER_TARGET if is_written else SET_TARGET, lacks_target=True)
    return PassMark(f"{_of_100(target)} cases pass")


def pass_mark(words: str, target: Decimal | None) -> PassMark:
    """Return the pass mark of a step, with the number where it means the target.

    Args:
        words: What the step says.
        target: The share of cases that must pass; None if nobody entered one.

    >>> pass_mark("1% or fewer", None).says
    '1% or fewer'
    >>> pass_mark("At most 5 points below the target", Decimal("0.9")).says
    'At most 5 points below the target, 90 of 100'
    >>> pass_mark("90% or more; for choices, 80%", Decimal("0.92")).says
    '90% or more (your target needs 92%); for choices, 80%'
    """
    if words in _NAMES_OF_TARGET:
        return of_target(target)
    if words.endswith(_ALSO):
        mark = of_target(target)
        says = mark.says[:1].lower() + mark.says[1:]
        return PassMark(f"{words.removesuffix(_ALSO)}; {says}", mark.lacks_target)
    if words.startswith(_AGREE) and target is not None and target > _AGREE_SHARE:
        rest = words.removeprefix(_AGREE)
        return PassMark(f"{_AGREE} (your target needs {_percent(target)}){rest}")
    if words != _BELOW:
        return PassMark(words)
    if target is None:
        return of_target(target)
    return PassMark(f"{words}, {_of_100(target)}")


def in_cases(says: str, cases: int, sample: str) -> str:
    """Return a pass mark with how many of the cases that is, where they are counted.

    Args:
        says: The pass mark in words.
        cases: How many cases are tested.
        sample: What is said of them.

    >>> in_cases("90 of 100 cases pass", 30, "Test retrieval on 30 cases")
    '90 of 100 cases pass: 27 of 30'
    >>> in_cases("90 of 100 cases pass", 30, "Your test set, 30 or more")
    '90 of 100 cases pass'
    """
    found = _SHARE.search(says)
    named = re.search(rf"(?<![\d,]){cases:,} (?:\w+ )?cases\b", sample)
    if not (found and named):
        return says
    enough = ceil(Decimal(found[1]) * cases / 100)
    return f"{says}: {enough:,} of {cases:,}"


def _percent(target: Decimal) -> str:
    return f"{float(target) * 100:g}%"


def _of_100(target: Decimal) -> str:
    return f"{float(target) * 100:g} of 100"
