"""The proposal of a line of facts: read as it is given, and told as it compares."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from audits.scoring.proposals.proposal import Amount, Beside, ComparedProposal, Net
from audits.scoring.proposals.proposal_parts import (
    PREFIX,
    PROPOSAL_KEYS,
    check_part,
    missing_parts,
)
from audits.scoring.proposals.proposal_words import ProposalWords
from audits.strict_yaml.problems import did_you_mean

PARTS = tuple(key.removeprefix(PREFIX) for key in PROPOSAL_KEYS)
_NUMBERS = ("once", "month", "year", "rate", "months", "requests")
_CENT = Decimal("0.01")


def read_proposal(given: Any) -> dict[str, str]:
    """Return the parts of a proposal as they are stored among the numbers.

    Args:
        given: The value of a line's `proposal`, numbers as Decimal; None for none.

    Raises:
        ValueError: A part is wrong, unknown or missing; names it.
    """
    if given is None:
        return {}
    if not isinstance(given, dict):
        message = f"proposal: must be an object of {', '.join(PARTS)}"
        raise ValueError(message)
    found = {f"{PREFIX}{part}": _part(part, value) for part, value in given.items()}
    if "proposal_by" not in found:
        message = "proposal: needs by, who offers it"
        raise ValueError(message)
    if missing_parts(found):
        message = "proposal: needs a price: once, month or year"
        raise ValueError(message)
    return found


def _part(part: str, value: Any) -> str:
    """Return one part as text.

    Raises:
        ValueError: It is not such a part.
    """
    if part not in PARTS:
        message = f"proposal.{part}: no such part{did_you_mean(part, PARTS)}"
        raise ValueError(message)
    is_number = part in _NUMBERS
    if not isinstance(value, Decimal if is_number else str):
        message = f"proposal.{part}: must be {'a number' if is_number else 'text'}"
        raise ValueError(message)
    text = format(value, "f") if isinstance(value, Decimal) else value
    try:
        check_part(f"{PREFIX}{part}", text)
    except ValueError as error:
        said = str(error).removeprefix(PREFIX)
        message = f"proposal.{said}"
        raise ValueError(message) from None
    return text


def proposal_line(found: ComparedProposal) -> dict[str, Any]:
    """Return a compared proposal: its amounts, to the cent, and sentences."""
    offer, rate, words = found.proposal, found.rate, ProposalWords(found)
    return {
        "by": offer.by,
        "technique": offer.technique,
        "includes": offer.includes,
        "document": offer.document,
        "currency": offer.currency,
        "rate": rate
        and {
            "usd": str(rate.dollars),
            "day": rate.day.isoformat() if rate.day else None,
            "issuer": rate.issuer or None,
        },
        "on": found.on.isoformat(),
        "starts": found.starts.isoformat(),
        "months_covered": str(found.covered.quantize(_CENT)),
        "ends_early": found.ends_early,
        "before": None if found.before is None else str(found.before.quantize(_CENT)),
        "covers_volume": found.covers_volume,
        "month": _amount(found.month),
        "once": _amount(found.once),
        "year": _amount(found.year),
        "today": _beside(found, found.today),
        "recommended": _beside(found, found.recommended),
        "says": [
            said
            for said in (f"{words.title}.", words.buys, words.rate, *words.limits)
            if said
        ],
    }


def _amount(amount: Amount) -> dict[str, str]:
    own, dollars = (x.quantize(_CENT) for x in (amount.own, amount.dollars))
    return {"own": str(own), "usd": str(dollars)}


def _beside(found: ComparedProposal, plan: Beside | None) -> dict[str, Any] | None:
    if plan is None:
        return None
    return {
        "technique": plan.technique,
        "standing": plan.standing,
        "month": str(plan.month.quantize(_CENT)),
        "year": str(plan.year.quantize(_CENT)),
        "more_a_month": _net(found.net_month(plan)),
        "more_a_year": _net(found.net_year(plan)),
    }


def _net(net: Net | None) -> Mapping[str, Any] | None:
    if net is None:
        return None
    return {"usd": str(net.amount.quantize(_CENT)), "at_least": net.is_least}
