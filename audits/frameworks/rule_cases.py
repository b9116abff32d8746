"""Why a rule with several alternatives holds: the words of each of them."""

from dataclasses import dataclass

from audits.frameworks.conditions import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCase:
    """One alternative of a rule: what it needs beside the rule, its name and sentence.

    Places such as `{fault}` in the sentence are filled with what holds there.
    """

    id: str
    when: Condition
    name: str
    text: str
