"""The shapes of the words for several faults, and of the risks that answers show."""

from dataclasses import dataclass

from audits.frameworks.conditions import Condition


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
    in_short: str
    for_all: str
    alone: str
    minutes_a_case: int
    most_cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """A risk, in a sentence, and when the answers show it.

    `{wrong}` says how many answers are wrong. A row that is `counted` needs a result
    that counts them, and one with `answered` needs an answer to that question, even if
    that says that nobody has looked. One that `doubts_tests` no author replaces while
    a measured score is told.
    """

    id: str
    says: str
    when: Condition
    answered: str = ""
    counted: bool = False
    doubts_tests: bool = False
