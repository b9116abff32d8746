"""The plans that decisions end, with what is paid instead of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.scoring.money.names.paid_training import may_be_paid
from audits.scoring.money.states import PlanState
from audits.scoring.sums.money_sums import ENDED_STATES, Decided, both_plans
from audits.scoring.sums.months_from_day import Paid, paid, paid_in_all


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A plan that `ends` by a decision, what is paid `instead`, and the difference.

    The 12 months of both run from the day `since`. `net` is what is spent less,
    negative if it is more, and `net_from_day` the same for 12 months from a later day.
    Training that it counts `may_be_paid` already, and `may_be_then` what of that is
    still to be paid then.
    """

    name: str
    state: PlanState
    since: date
    ends: Paid
    instead: Paid
    may_be_paid: Decimal | None = None
    may_be_then: Decimal | None = None

    @property
    def net_if_paid(self) -> Decimal | None:
        """The net if the training is paid already; None if it cannot be."""
        return self.net - self.may_be_paid if self.may_be_paid else None

    @property
    def then_if_paid(self) -> Decimal | None:
        """The same for 12 months from a later day; None without such a day."""
        net = self.net_from_day
        return net - self.may_be_then if self.may_be_then and net is not None else None

    @property
    def net(self) -> Decimal:
        """What is spent less over 12 months."""
        return self.ends.year - self.instead.year

    @property
    def net_from_day(self) -> Decimal | None:
        """The same for 12 months from a later day; None without such a day."""
        if self.ends.from_day is None or self.instead.from_day is None:
            return None
        return self.ends.from_day.expected - self.instead.from_day.expected


def released(
    decisions: Iterable[Decided], on: date | None = None
) -> tuple[Release, ...]:
    """Return the plans that the decisions end, in their order.

    Args:
        decisions: The decisions.
        on: The day on which those are taken that have none, if it is known.
    """
    return tuple(
        _release(each, each.on or on) for each in decisions if each.effect == "replaced"
    )


def _release(decided: Decided, on: date | None) -> Release:
    today, chosen = both_plans(decided)
    ends = paid(today, on, begins=False)
    training = may_be_paid(decided.money) if decided.money else None
    return Release(
        name=decided.name,
        state=decided.state,
        since=chosen.starts,
        ends=ends,
        instead=paid(chosen, on, begins=True),
        may_be_paid=training,
        # What is paid before a model runs cannot be paid any more once it is closed.
        may_be_then=None if ends.closed else training,
    )


def sums_of_released(plans: Sequence[Release]) -> tuple[Release, ...]:
    """Return the sums of plans that end, for each state that has several."""
    found = []
    for state in ENDED_STATES:
        of_state = [plan for plan in plans if plan.state == state]
        if of_state[1:]:
            total = Release(
                name=f"All {len(of_state)}",
                state=state,
                since=min(plan.since for plan in of_state),
                ends=paid_in_all([plan.ends for plan in of_state]),
                instead=paid_in_all([plan.instead for plan in of_state]),
                may_be_paid=known_sum(plan.may_be_paid for plan in of_state),
                may_be_then=known_sum(plan.may_be_then for plan in of_state),
            )
            found.append(total)
    return tuple(found)


def known_sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Return the sum of the amounts that are known; None without any."""
    found = [each for each in amounts if each]
    return sum(found, Decimal(0)) if found else None
