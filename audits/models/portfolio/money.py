"""The money of a portfolio row, and what follows from it."""

from datetime import date
from decimal import Decimal

from django.db import models

from audits.models.use_cases import Stage
from audits.scoring.costs.cost_calendar import changes_in
from audits.scoring.money.states import MoneyState, PlanState, plan_state


def _money(help_text: str) -> "models.DecimalField[Decimal | None, Decimal | None]":
    return models.DecimalField(
        max_digits=16, decimal_places=2, null=True, help_text=help_text
    )


class MoneyOfRow(models.Model):
    """The money columns of a portfolio row, with the stage that says what runs.

    Money is in US dollars: a month at the prices of the day `since`, or at the next
    ones if those end within a week, without what is paid once; with `year` in its name,
    the 12 months from that day: 12 such months, what is paid `once` in them, and
    announced `changes`. Only `saving`, and `spend_later` that it is taken from, are of
    a month after all such changes, which is from `spend_later_on` on. None is "not
    stated".
    `spend` is the current plan's, which runs, is planned or has stopped;
    `proposed` is what the verdict recommends instead of it. `at_risk` marks a plan that
    the verdict advises against: to stop, to rebuild, or to gather evidence first. Its
    spend is at risk only while it runs, and `training_once` until then. It leaves out
    what was paid by that day if that `is_payment_known`; else some may be paid already.
    `freed` is what decisions of the board have freed a month by now, `freed_once` what
    they have once, `freed_of` how many have, and on `freed_next_on` there is more.
    Until the plan has stopped, `spend_off` of its month is freed and neither runs nor
    is planned, and `risk_off` of it is not at risk, as `scoring/board/freed.py` says;
    `year_off` and `risk_year_off` are the same of 12 months. `training_off` of what a
    planned training costs is not paid any more; 0 is one without a price that ended.
    `asked` is what the decision of the board asks for, and `asked_said` whether that is
    at least so much or in part, or what is said without an amount. It asks for less if
    something passes a test, as `asked_if` says. Where it is only the first part of what
    the verdict leads to, `asked_then` comes on top after a second approval; what else
    it leaves out, `asked_plus` says in words.
    An offer that was received has amounts over 12 months, with what is paid once in
    them; `offer_covers` says whether it is for all calls and months, None if not known.
    """

    stage = models.CharField(max_length=16, choices=Stage)
    spend_low = _money("Today's plan, low")
    spend = _money("Today's plan, expected")
    spend_high = _money("Today's plan, high")
    year_low = _money("The 12 months of today's plan, low")
    year = _money("The 12 months of today's plan, expected")
    year_high = _money("The 12 months of today's plan, high")
    at_risk = models.BooleanField(default=False)
    cost = _money("Recommended, expected")
    proposed = _money("The same, where it is not today's plan")
    saving = _money("Saving if the verdict is followed; negative if it costs more")
    cost_year = _money("The 12 months of the recommendation")
    proposed_year = _money("The same, where it is not today's plan")
    saving_year = _money("What 12 months save if the verdict is followed")
    one_off = _money("What is recommended costs once, in its 12 months")
    once = _money("What today's plan costs once, in its 12 months")
    training_once = _money("What of that is paid up front for its model")
    is_payment_known = models.BooleanField(default=False)
    lost_if_failed = _money("Paid up front for a training, lost if it fails its test")
    spend_later = _money("A month of today's plan after all known changes")
    spend_later_on = models.DateField(null=True, help_text="Since when it costs that")
    freed = _money("What decisions of the board have freed a month")
    freed_once = _money("What they have freed once")
    freed_of = models.PositiveSmallIntegerField(default=0)
    freed_next_on = models.DateField(null=True)
    spend_off = _money("What of a month of today's plan is freed")
    risk_off = _money("What of a month of today's plan is not at risk")
    year_off = _money("What of its 12 months is freed")
    risk_year_off = _money("What of its 12 months is not at risk")
    training_off = _money("What of its training is not paid any more")
    asked = _money("What its decision asks for over 12 months")
    asked_said = models.CharField(max_length=16, blank=True)
    asked_if = models.CharField(max_length=80, blank=True)
    asked_then = _money("What comes on top after a second approval, as expected")
    asked_plus = models.CharField(max_length=160, blank=True)
    since = models.DateField(null=True, help_text="The first day of the 12 months")
    assumed = models.PositiveSmallIntegerField(
        null=True, help_text="Numbers behind today's plan that nobody entered"
    )
    cost_assumed = models.PositiveSmallIntegerField(
        null=True, help_text="Numbers behind the recommendation that nobody entered"
    )
    payback_months = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        help_text="Until it has cost no more than today's plan, if within 12 months",
    )
    offer_by = models.CharField(max_length=60, blank=True)
    offer = _money("An offer that was received, over 12 months")
    offer_over_today = _money("How much more it costs than today's plan")
    offer_over_advised = _money("How much more it costs than what is recommended")
    offer_covers = models.BooleanField(null=True)
    offer_is_least = models.BooleanField(
        default=False, help_text="Whether it costs at least so much more"
    )

    class Meta:
        abstract = True

    @property
    def is_at_risk(self) -> bool:
        """Whether its spend is at risk."""
        if not self.at_risk or self.plan_state != "running":
            return False
        return self.risk_off is None or (self.spend or 0) > self.risk_off

    @property
    def runs(self) -> Decimal | None:
        """A month of its current plan without what is freed."""
        return self._left(self.spend, self.spend_off)

    @property
    def year_left(self) -> Decimal | None:
        """The same of its 12 months, without a training that has ended."""
        return self._left(self.year, self.year_off, self._training_off)

    @property
    def low_left(self) -> Decimal | None:
        """The low end of `runs`."""
        return self._left(self.spend_low, self.spend_off)

    @property
    def high_left(self) -> Decimal | None:
        """The high end of `runs`."""
        return self._left(self.spend_high, self.spend_off)

    @property
    def year_low_left(self) -> Decimal | None:
        """The low end of `year_left`."""
        return self._left(self.year_low, self.year_off, self._training_off)

    @property
    def year_high_left(self) -> Decimal | None:
        """The high end of `year_left`."""
        return self._left(self.year_high, self.year_off, self._training_off)

    @property
    def once_left(self) -> Decimal | None:
        """What is paid once in them, without a training that has ended."""
        return self._left(self.once, self._training_off)

    @property
    def training_left(self) -> Decimal | None:
        """What is still to be paid up front for a training; None without any."""
        return self._left(self.training_once, self._training_off) or None

    @property
    def has_training_ended(self) -> bool:
        """Whether the training that it plans is not paid any more."""
        off = self._training_off
        return off is not None and off >= (self.training_once or 0)

    @property
    def saving_left(self) -> Decimal | None:
        """What a month saves if followed and is not freed yet; 0 if all is.

        It is none once the saving of the 12 months is carried out, either.
        """
        if self.saving_begun and not self.saving_year_left:
            return Decimal(0)
        return self._left(self.saving, self.spend_off)

    @property
    def saving_year_left(self) -> Decimal | None:
        """The same of 12 months."""
        return self._left(self.saving_year, self.year_off, self._training_off)

    @property
    def saving_begun(self) -> Decimal | None:
        """What 12 months save by what is carried out already; None for nothing."""
        if self.saving_year is None or self.saving_year_left is None:
            return None
        return max(self.saving_year - self.saving_year_left, Decimal(0)) or None

    @property
    def changes(self) -> Decimal | None:
        """What announced changes add to the 12 months that are left of its plan."""
        return changes_in(self.runs, self.once_left, self.year_left)

    @property
    def cost_changes(self) -> Decimal | None:
        """What announced changes add to the 12 months that its verdict leads to."""
        return changes_in(self.cost, self.one_off, self.cost_year)

    @property
    def saving_is_later(self) -> bool:
        """Whether a month saves something else after known changes than before them."""
        if self.saving is None or self.spend is None or self.cost is None:
            return False
        return self.saving != self.spend - self.cost

    @property
    def later_plan(self) -> Decimal | None:
        """What a month of the plan costs after known changes; None if as now."""
        is_other = self.spend_later is not None and self.spend_later != self.spend
        return self.spend_later if is_other else None

    @property
    def plan_turns(self) -> str:
        """What a month of the plan does after known changes; empty if as now."""
        later, now = self.later_plan, self.spend
        if later is None or now is None:
            return ""
        return "rises" if later > now else "falls"

    @property
    def saving_turns(self) -> str:
        """What a month saves in the end, if that is not what 12 months do."""
        month, year = self.saving_left, self.saving_year_left
        if month is None or year is None:
            return ""
        if year > 0 >= month:
            return "a loss" if month else "none"
        return "a saving" if year < 0 < month else ""

    @property
    def saving_later_on(self) -> date | None:
        """From when a month saves that; None if not the plan alone changes by then."""
        if not self.saving_is_later or self.later_plan is None or self.cost is None:
            return None
        is_of_plan = self.saving == self.later_plan - self.cost
        return self.spend_later_on if is_of_plan else None

    @property
    def freed_until(self) -> date | None:
        """When a month of the plan begins to cost less than is freed of it, if ever."""
        off, later = self.spend_off, self.spend_later
        is_less = off is not None and later is not None and later < off
        return self.spend_later_on if is_less else None

    @property
    def is_undecided(self) -> bool:
        """Whether its plan has a price, and its verdict leads to no priced spending."""
        return self.spend is not None and self.cost is None

    @property
    def plan_state(self) -> PlanState:
        """The state of the money of its current plan."""
        return plan_state(self.stage)

    def if_followed(self, amount: Decimal | None) -> Decimal | None:
        """Return what its verdict leads to; nothing where it has stopped."""
        return None if self.plan_state == "stopped" else amount

    def month_of(self, state: MoneyState) -> Decimal | None:
        """Return its month in one state of money; None if it has none there."""
        return self._of(state, self.runs, self.proposed)

    def year_of(self, state: MoneyState) -> Decimal | None:
        """Return its 12 months in one state of money; None if it has none there."""
        return self._of(state, self.year_left, self.proposed_year)

    def _of(
        self, state: MoneyState, planned: Decimal | None, proposed: Decimal | None
    ) -> Decimal | None:
        if state == "proposed":
            return self.if_followed(proposed)
        return planned if self.plan_state == state else None

    @property
    def _training_off(self) -> Decimal | None:
        """What of its training is not paid any more, while it is planned."""
        return self.training_off if self.plan_state == "planned" else None

    def _left(self, amount: Decimal | None, *offs: Decimal | None) -> Decimal | None:
        """Return an amount of a plan that has not stopped without what is off it."""
        known = [off for off in offs if off is not None]
        if amount is None or not known or self.plan_state == "stopped":
            return amount
        return max(amount - sum(known, Decimal(0)), Decimal(0))
