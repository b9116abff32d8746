"""The shape of what is said where several faults lead to different steps."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultWords:
    """The step that sorts the failing cases by fault, and what the advice leaves.

    `{cases}` are those that failed, `{own}` the faults that the advice is for, `{left}`
    the others, `{fault}` one of these and `{step}` what is advised for it alone. One
    case takes `minutes_a_case`, and no more than `most_cases` are sorted.
    """

    name: str
    asks: str
    how: str
    measure: str
    because: str
    cases: str
    untested: str
    result: str
    for_some: str
    for_all: str
    alone: str
    minutes_a_case: int
    most_cases: int
