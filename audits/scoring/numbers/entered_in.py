"""The shape of the currency that amounts were entered in."""

from dataclasses import dataclass

from audits.scoring.proposals.proposal import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class EnteredIn:
    """The currency of a team's amounts on a day, another than US dollars.

    `rate` is what makes them US dollars; None if the market facts have none, and then
    nothing is priced.
    """

    currency: str
    rate: Rate | None
