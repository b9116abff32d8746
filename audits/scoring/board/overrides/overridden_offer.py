"""An offer beside the option of a verdict that a person put in place of another."""

from dataclasses import replace

from audits.frameworks.schema import Family
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.rows import MoneyRow
from audits.scoring.money.words import Money
from audits.scoring.options.options import Choice, offer_choice
from audits.scoring.proposals.declined import declined_by_override
from audits.scoring.proposals.proposal import Beside
from audits.scoring.proposals.proposal_words import worded

STANDING = "Override"
_NO_PRICE = "the option of the override has no price"


def beside_override(
    assessment: Assessment, money: Money | None, family: Family
) -> Assessment:
    """Return an assessment whose offer is compared with the option of an override.

    It is compared with nothing else, so where it cannot be, that is what is said.

    Args:
        assessment: The computed assessment.
        money: The money of the override's option; None without a price.
        family: The family of its verdict, which may reject the offer.
    """
    if (found := assessment.proposal) is None:
        return assessment
    own = _beside(money.chosen) if money else None
    missing = "" if own else _NO_PRICE
    # A row that names no plan would look measured against the one that counts.
    proposal = replace(found, today=None, recommended=own, recommended_missing=missing)
    return replace(assessment, proposal=proposal, family=family)


def _beside(row: MoneyRow) -> Beside:
    return Beside(
        technique=row.technique,
        standing=STANDING,
        month=row.month_told,
        once=row.calendar.once,
        year=row.year.expected,
    )


def offer_declined(assessment: Assessment) -> str:
    """Return that an override declines an offer; empty without one.

    Args:
        assessment: An assessment as `beside_override` returns it.
    """
    offer = worded(assessment.proposal)
    return declined_by_override(offer) if offer else ""


def offer_overridden(assessment: Assessment) -> Choice | None:
    """Return the option that an offer is; None without one.

    Args:
        assessment: An assessment as `beside_override` returns it.
    """
    return next(offer_choice(assessment), None)
