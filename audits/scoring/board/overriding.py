"""An override: the verdict that a person put in place of the computed one, in words.

Nothing is decided or priced again: the computed verdict stays and is said beside it
(docs/decisions/0166-an-override-is-beside-the-computed-verdict.md).
"""

from dataclasses import dataclass
from datetime import date

from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.board.overridden_money import money_overridden
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState
from audits.scoring.money.words import Money

NO_PRICE = "No amount is stated: the option of the override has no price in Attune."


@dataclass(frozen=True, slots=True, kw_only=True)
class Overridden:
    """An override as pages and page 1 say it, with the computed verdict.

    `said` says who signed it and when, `words` are the reason, and `amount` says what
    its option costs, or that it has no price. `money` is None then. `decision` is what
    the board is asked to agree to.
    """

    named: NamedVerdict
    computed: NamedVerdict
    said: str
    words: str
    amount: str
    money: Money | None
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Overriding:
    """An override that counts: its verdict, who signed it, when, and the reason."""

    verdict: Verdict
    by: str
    on: date
    words: str

    def named(self, framework: Framework) -> NamedVerdict:
        """Return what its verdict is called."""
        words = framework.verdicts[self.verdict]
        return named(words.family, words.mark, words.name)

    def said(self, framework: Framework, assessment: Assessment) -> str:
        """Say who overrode what, when; the reason is `words`."""
        name, computed = self.named(framework).name, assessment.named.name
        return (
            f"{self.by} signed “{name}” on {in_words(self.on)} in place of the "
            f"computed “{computed}”."
        )

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
        money = self.money(framework, assessment, state)
        return Overridden(
            named=self.named(framework),
            computed=assessment.named,
            said=self.said(framework, assessment),
            words=self.words,
            amount=amount_said(money),
            money=money,
            decision=self.decision(framework, assessment),
        )


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
