"""An override: the verdict that a person put in place of the computed one, in words.

Nothing is decided or priced again: the computed verdict stays and is said beside it
(docs/decisions/0166-an-override-is-beside-the-computed-verdict.md).
"""

from dataclasses import dataclass
from datetime import date

from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Family, Framework
from audits.scoring.board.overrides.overridden_money import money_overridden
from audits.scoring.board.overrides.overridden_offer import (
    STANDING,
    beside_override,
    offer_declined,
    offer_overridden,
)
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.amounts import in_range
from audits.scoring.money.states import MONEY_NAMES, PlanState
from audits.scoring.money.words import Money
from audits.scoring.options.if_nothing import nothing_overridden
from audits.scoring.options.options import Choice

RISK = "The answers lead to the computed verdict; its risks are in the appendix."
_IN_CYCLE = "in_cycle"
_PAUSES = "Training that is under way does not go on meanwhile."
_NO_END = (
    "Before a vote, the measurements need a sum and a last day: neither is stated."
)
NO_PRICE = "No amount is stated: the option of the override has no price in Attune."


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """An override as pages and page 1 say it, with the computed verdict.

    `said` says who signed which verdict and when, `words` are the reason, and `amount`
    says what its option costs, or that it has no price. `money` is None then. The board
    is asked to agree to `decision`; `declined` says what that means for an `offer`,
    which is None where there is none. `nothing` happens if nobody acts. `until_then` is
    what becomes of a training under way, and what a measurement lacks for a vote.
    """

    named: NamedVerdict
    computed: NamedVerdict
    said: str
    words: str
    amount: str
    money: Money | None
    decision: str
    declined: str
    until_then: str
    nothing: str
    offer: Choice | None

    @property
    def terms(self) -> str:
        """What goes with the decision; may be empty."""
        return " ".join(filter(None, (self.declined, self.until_then)))

    @property
    def asked(self) -> str:
        """The decision with its amount, and with what goes with it."""
        return " ".join(filter(None, (self.decision, self.amount, self.terms)))

    @property
    def sums(self) -> tuple[tuple[str, str], ...]:
        """What is asked for, and what the current plan costs, as far as it is known."""
        asked, money = ("Asked for", self.amount), self.money
        if money is None:
            return (asked,)
        rows = [(STANDING, money.chosen)]
        if money.today and money.today != money.chosen:
            rows.append((MONEY_NAMES[money.state], money.today))
        found = ((x, f"“{row.name}”: {in_range(row.year)}") for x, row in rows)
        return asked, *((x, f"{year} over 12 months.") for x, year in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overriding:
    """An override that counts: its verdict, who signed it, when, and the reason.

    `signed_by` signed the computed verdict off, and `since` is the day on which the
    first override replaced that; a file has neither.
    """

    verdict: Verdict
    by: str
    on: date
    words: str
    signed_by: str = ""
    since: date | None = None

    def named(self, framework: Framework) -> NamedVerdict:
        """Return what its verdict is called."""
        words = framework.verdicts[self.verdict]
        return named(words.family, words.mark, words.name)

    def said(self, framework: Framework, assessment: Assessment) -> str:
        """Say who signed which verdict, and when; the reason is `words`.

        Who signed the computed verdict off has not signed the one that counts, unless
        they overrode it themselves.
        """
        name, computed = self.named(framework).name, assessment.named.name
        day = in_words(self.on)
        if not self.signed_by:
            return f"{self.by} alone signed “{name}” on {day}; computed: “{computed}”."
        signed = f"{self.signed_by} signed off “{computed}”"
        who = " and" if self.by == self.signed_by else f"; {self.by}"
        return f"{signed}{who} alone overrode it with “{name}” on {day}."

    def agreed(self, day: date, computed: str) -> str:
        """Say what it means for the override that somebody agreed on a day.

        Empty for a later day. Nobody knows what came first on the day itself.

        Args:
            day: The day on which they agreed.
            computed: The name of the computed verdict, if it was there on that day.
        """
        if day > self.on:
            return ""
        if day == self.on:
            return ", the day of the override"
        was_computed = computed and self.since and day < self.since
        return f", before the override{f', to “{computed}”' if was_computed else ''}"

    def decision(self, framework: Framework, assessment: Assessment) -> str:
        """Return the sentence of the decision."""
        name, computed = self.named(framework).name, assessment.named.name
        return f"Agree to “{name}” in place of the computed “{computed}”."

    def money(
        self, framework: Framework, assessment: Assessment, state: PlanState
    ) -> Money | None:
        """Return the money of its option; None where that has no price."""
        return money_overridden(framework, assessment, self.verdict, state)

    def told(
        self, framework: Framework, assessment: Assessment, state: PlanState
    ) -> Overridden:
        """Return what a page says of it."""
        money, own = self.money(framework, assessment, state), self.named(framework)
        offered = beside_override(assessment, money, own.family)
        return Overridden(
            named=own,
            computed=assessment.named,
            said=self.said(framework, assessment),
            words=self.words,
            amount=amount_said(money),
            money=money,
            decision=self.decision(framework, assessment),
            declined=offer_declined(offered),
            until_then=_until_then(framework, assessment, own.family),
            nothing=nothing_overridden(assessment, money, state),
            offer=offer_overridden(offered),
        )


def _until_then(framework: Framework, assessment: Assessment, family: Family) -> str:
    """Say if a training under way goes on, and what measurements have no day or sum."""
    is_under_way = assessment.codes.get(framework.state_question) == _IN_CYCLE
    pauses = _PAUSES if is_under_way and not framework.families[family].trains else ""
    return " ".join(filter(None, (_NO_END if family == "gather" else "", pauses)))


def amount_said(money: Money | None) -> str:
    """Return what the option of an override costs, in a sentence, or that it has none.

    Args:
        money: The money of its option; None without a price.
    """
    if money is None:
        return NO_PRICE
    year = money.chosen.year
    span = f" (${written(year.low)} to ${written(year.high)})"
    return f"12 months cost ${written(year.expected)}{span * (year.low != year.high)}."
