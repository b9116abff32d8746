"""What a board approved so far: one sum, and what of it is held."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from audits.scoring.board.words import amount_in
from audits.scoring.proposals.counted_words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Approved:
    """The approved amounts of several decisions in force, and their sum in words.

    `number` of the `approved` decisions have an amount. What of it is `held` waits for
    conditions and the rest is `released`; both are empty where nothing is held.
    """

    number: int
    approved: int
    amount: str
    held: str = ""
    released: str = ""

    @property
    def name(self) -> str:
        """What the sum is of.

        >>> Approved(number=1, approved=1, amount="$9").name
        'Approved so far, 1 decision'
        >>> Approved(number=1, approved=2, amount="$9").name
        'Approved so far, an amount in 1 of 2 decisions'
        """
        if self.number < self.approved:
            said = f"{self.number} of {self.approved} decisions"
            return f"Approved so far, an amount in {said}"
        decisions = "decision" if self.number == 1 else "decisions"
        return f"Approved so far, {self.number} {decisions}"

    @property
    def says(self) -> str:
        """What of the sum may be spent."""
        if not self.held:
            return "No condition holds any of it. What of it is spent is not recorded."
        rest = f" {self.released} is released." if self.released else ""
        return (
            f"{self.held} of it is held until conditions are met.{rest} What of it is "
            "spent is not recorded."
        )


def approved_so_far(decisions: Iterable[Mapping[str, Any]]) -> Approved | None:
    """Add up what was approved, by the currency; None if no decision has an amount.

    An approval with changes counts with the approved amount, not with what was asked.

    Args:
        decisions: What a pack froze of the decisions in force.
    """
    approved = [x for x in decisions if x.get("is_carried_out_later")]
    found = [x for x in approved if x["amount"]]
    if not found:
        return None
    held = [x for x in found if x.get("held")]
    return Approved(
        number=len(found),
        approved=len(approved),
        amount=_sum(found),
        held=_sum(held),
        released=_sum([x for x in found if not x.get("held")]) if held else "",
    )


def _sum(decisions: Iterable[Mapping[str, Any]]) -> str:
    sums: dict[str, Decimal] = {}
    for each in decisions:
        of = each["currency"]
        sums[of] = sums.get(of, Decimal()) + Decimal(each["amount"])
    said = [amount_in(amount, of) for of, amount in sorted(sums.items())]
    return listed(said) if said else ""
