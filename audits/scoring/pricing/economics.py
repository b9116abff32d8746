"""The costs of the techniques for a use case, and the answers computed from them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from audits.scoring.costs.cost_numbers import PricedTechnique
from audits.scoring.costs.result_calls import ResultCall
from audits.scoring.costs.rounding import as_printed
from audits.scoring.pricing.cost_plan import Band, CostPlan
from audits.scoring.pricing.difference import lead_band
from audits.scoring.pricing.moves import Move, Replacement
from audits.scoring.pricing.sensitivity import Swing


@dataclass(frozen=True, slots=True, kw_only=True)
class Economics:
    """The plan, its swings, its break-even, and the answers computed from it.

    The swings are about the recommended technique, or about the cheapest if no verdict
    recommends one. `basis` explains each computed answer, with its day and its source.
    `move` is that of a tuned model that ends; None where none has to move.
    `replacement` is what follows a tuned plan that ends as a prompt, where that is on
    another model than the prompt of the plan. `by_results` is what is priced by its
    results, and not by what the plan bills; None if nothing is.
    """

    plan: CostPlan
    swings: tuple[Swing, ...]
    thresholds: tuple[str, ...]
    computed: Mapping[str, str]
    basis: Mapping[str, str]
    move: Move | None = None
    replacement: Replacement | None = None
    by_results: ResultCall | None = None

    @property
    def lead(self) -> Decimal:
        """What the swings are about: a difference of two amounts as printed."""
        first = self.swings[0]
        years = (
            price.year_as_printed.expected
            for technique in (first.against, first.technique)
            if (price := self.plan.of(technique).price)
        )
        against, technique = years
        return against - technique

    @property
    def printed_swings(self) -> tuple[Swing, ...]:
        """The swings around that difference, each end rounded as it is printed."""
        if not self.swings:
            return ()
        lead = self.lead
        return tuple(
            replace(
                swing,
                lead=lead,
                at_low=as_printed(lead + swing.at_low) - lead,
                at_high=as_printed(lead + swing.at_high) - lead,
            )
            for swing in self.swings
        )

    @property
    def assumed_swings(self) -> tuple[Swing, ...]:
        """The swings of numbers that nobody entered, which ranges allow for."""
        first = self.swings[:1]
        pair = [self.plan.of(y) for x in first for y in (x.technique, x.against)]
        assumed = {number for cost in pair for number in cost.defaults}
        return tuple(swing for swing in self.swings if swing.input_id in assumed)

    @property
    def lead_in_all(self) -> Band | None:
        """That difference with its span if all of these may be off; None without."""
        return lead_band(self.lead, self.assumed_swings) if self.swings else None

    @property
    def ends_in_all(self) -> tuple[Decimal, ...]:
        """Both ends of that, the smaller difference first; empty without."""
        found = self.lead_in_all
        return tuple(sorted((found.low, found.high), key=abs)) if found else ()

    def difference(
        self, technique: PricedTechnique, against: PricedTechnique | None
    ) -> Band | None:
        """Return the same where it is about these two; None where it is not."""
        first = next(iter(self.swings), None)
        if first is None or (first.technique, first.against) != (technique, against):
            return None
        return self.lead_in_all

    @property
    def may_turn(self) -> bool:
        """Whether the option that is expected to cost more may cost less after all.

        Each number by itself may leave it, and several of them together need not.
        """
        found = self.lead_in_all
        return found is not None and found.low < 0 < found.high

    @property
    def turning_swings(self) -> tuple[Swing, ...]:
        """Those of them of which one end makes the other option the cheaper one."""
        return tuple(swing for swing in self.printed_swings if swing.turns)

    @property
    def steady_swings(self) -> tuple[Swing, ...]:
        """Those that leave the same option the cheaper one."""
        return tuple(swing for swing in self.printed_swings if not swing.turns)
