"""The evidence plan in two parts: what can still change what is done, and the rest.

The result page, the list of steps and the paper say the same first step, so all read
the plan here.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Self

from audits.frameworks.schema import Framework
from audits.landscape.in_force import remembered_of_same
from audits.scoring.cards.card import Card, price_of
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.faults import left_once_sorted
from audits.scoring.cards.moot import steps_to_take
from audits.scoring.cards.target import WITHOUT_TARGET, setting
from audits.scoring.costs.rounding import written
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs
from audits.scoring.money.measuring import MeasuringCost, hours_cost
from audits.scoring.summary.before_all import could_come_first
from audits.scoring.summary.first_steps import STEPS, FirstStep, told_steps
from audits.scoring.to_build import on_test_set

NOTHING_OPEN = "No unanswered question needs an answer before the decision."
_CONFIRM = (
    "What is advised is untested: test it before you pay for it. No result "
    "changes the verdict; below the pass mark, do not go on."
)
_BOTH = 2
_MEANS = "what to test, and what every outcome would mean for the verdict."
_CARRIES_OUT = "It says how to do what is advised, and what that saves."
_SAYS, _SAYS_OF_ONE = f"Each says {_MEANS}", f"It says {_MEANS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The steps to take, in order, and those that no result makes worth it.

    `others` can prove the verdict and not change it; `others_cost` is what they take.
    `done` were tested after the sign-off. `leaves` says which faults the advice is for
    and leaves; empty if it is for all alike. `come_first` are the open questions that
    may add a step before all of them.
    """

    first: tuple[Card, ...]
    others: tuple[Card, ...]
    others_cost: MeasuringCost
    leaves: str = ""
    done: tuple[Card, ...] = ()
    come_first: tuple[str, ...] = ()

    def once_tested(self, kinds: Collection[str]) -> Self:
        """Return the plan once these kinds of candidates were tested."""
        done = tuple(card for card in self.first if card.is_tested(kinds))
        left = tuple(card for card in self.first if card not in done)
        return replace(self, first=left, done=done) if done else self

    @property
    def cards(self) -> tuple[Card, ...]:
        """All steps, those to take first."""
        return (*self.first, *self.others)

    @property
    def measured(self) -> tuple[Card, ...]:
        """The measurements that come before everything else."""
        return tuple(card for card in self.cards if card.comes_first)

    @property
    def to_find_out(self) -> tuple[Card, ...]:
        """All steps but the measurements that come before everything else."""
        return tuple(card for card in self.cards if not card.comes_first)

    @property
    def lacks_target(self) -> bool:
        """Whether a step has no pass mark before somebody enters a target."""
        return any(card.lacks_target for card in self.cards)

    @property
    def deciding(self) -> tuple[Card, ...]:
        """The steps that may change the verdict or its approval."""
        return tuple(card for card in self.first if not card.confirms)

    @property
    def changing(self) -> tuple[FirstStep, ...]:
        """Those of which a result changes the verdict, with where it leads."""
        return told_steps(
            tuple(x for x in self.first if not all(y.stays for y in x.outcomes))
        )

    @property
    def finds_out(self) -> frozenset[str]:
        """The questions that these answer."""
        return frozenset(x.id for step in self.changing for x in step.card.answers)

    @property
    def confirming(self) -> tuple[Card, ...]:
        """Those that only confirm what is advised before money is spent on it."""
        return tuple(card for card in self.first if card.confirms)

    @property
    def says(self) -> str:
        """What the steps to take are for; empty without any."""
        deciding, confirming = len(self.deciding), len(self.confirming)
        if self.first and all(card.carries_out for card in self.first):
            return _CARRIES_OUT
        if not confirming:
            return ("", _SAYS_OF_ONE, _SAYS)[min(deciding, 2)]
        if not deciding:
            return f"{self.nothing_open} {_CONFIRM}"
        last = "The last checks" if confirming == 1 else "The last ones check"
        return f"{_SAYS} {last} what is advised before you pay for it."

    @property
    def takes(self) -> str:
        """What the steps to take take in all, in a sentence; empty for one or none."""
        return self._takes(f"These {len(self.first)} steps")

    @property
    def takes_beside_cards(self) -> str:
        """The same below the first of them, which are all that a page has room for."""
        more = len(self.first) - STEPS
        steps = f"These {STEPS} steps and {more} more" if more > 0 else ""
        return self._takes(steps) if steps else self.takes

    def _takes(self, steps: str) -> str:
        hours = sum(card.hours for card in self.first)
        if not self.first[1:]:
            return ""
        amount = price_of(self.first)
        price = "" if amount is None else f", ${written(amount)}"
        return f"{steps} take {hours} hours{price} in all."

    @property
    def without_target(self) -> str:
        """What stays unknown as nobody has entered a target; empty if nothing does."""
        is_lacking = any(card.needs_target for card in self.first)
        return WITHOUT_TARGET if is_lacking else ""

    @property
    def nothing_open(self) -> str:
        """What is said where no step is left, and which may still be added."""
        if not self.come_first:
            return NOTHING_OPEN
        number = len(self.come_first)
        questions = f"{number} open question{'s' * (number != 1)}"
        return f"{questions} may add a first step: {', '.join(self.come_first)}."

    @property
    def others_say(self) -> str:
        """What the other steps are, and that they are not needed; empty without any."""
        if not self.others:
            return ""
        many, hours = len(self.others), self.others_cost.hours
        steps, can, them = "The other step takes", "it cannot", "it"
        if many > 1:
            none = "neither" if many == _BOTH else "none"
            steps, can, them = f"The {many} other steps take", f"{none} can", "them"
        price = f" and {self.others_cost.price}" if self.others_cost.price else ""
        takes = f"{hours} hour{'s' * (hours != 1)}{price}{' in all' * (many > 1)}"
        return (
            f"{steps} {takes}; {can} change this verdict by itself. Take {them} "
            "only to back it up, or to test its advice."
        )


@remembered_of_same(maxsize=4)
def plan_of(
    framework: Framework, assessment: Assessment, inputs: Inputs | None = None
) -> Plan:
    """Return the steps of the evidence plan, those first that are not moot.

    Args:
        framework: The framework of the assessment.
        assessment: What was decided.
        inputs: As for `cards_of`.
    """
    cards = cards_of(framework, assessment, inputs)
    first = steps_to_take(assessment, cards)
    others = tuple(card for card in cards if card not in first)
    first = (*setting(assessment, first), *first)
    first = on_test_set(framework, assessment, inputs, first)
    leaves = next((card.leaves for card in cards if card.leaves), "")
    return Plan(
        first=first,
        others=others,
        others_cost=hours_cost(assessment, sum(card.hours for card in others)),
        leaves=leaves or left_once_sorted(framework, assessment, inputs),
        come_first=tuple(x.label for x in could_come_first(framework, assessment)),
    )


def first_step_words(framework: Framework, assessment: Assessment) -> str:
    """Return what to do first, for the middle of a sentence; empty if nothing is.

    It is the first step that can change what is done, or else the step of the advice.
    """
    plan = plan_of(framework, assessment)
    if card := next((x for x in plan.first if x.hours), None):  # after a decision
        when = "before you spend, " if card.confirms else ""
        names = [lower_first(x.name) for x in plan.first if not x.hours]
        before = "".join(f"{name}, then " for name in names)
        return f"{when}{before}{lower_first(card.name)}, about {card.hours} h"
    return assessment.advice.step.says if assessment.advice and plan.others else ""
