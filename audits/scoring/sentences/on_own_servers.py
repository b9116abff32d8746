"""What a plan costs that must run on own servers, and is priced at a provider."""

from audits.scoring.costs.cost_numbers import OWN_GPUS, SHORT_NAMES, PricedTechnique
from audits.scoring.explaining.assessment import Assessment

_NO_PRICE = "no price of your own servers is entered"
_NOT_KNOWN = f"That cost is not known: {_NO_PRICE} ("
_MARK = f" {_NOT_KNOWN}"


def is_elsewhere(assessment: Assessment, technique: PricedTechnique) -> bool:
    """Return whether a technique is priced at a provider, where it may not run."""
    return bool(assessment.means.machines) and technique not in OWN_GPUS


def at_unknown_cost(goes_on: str, year: str) -> str:
    """Say that what goes on has no price where it has to run.

    Args:
        goes_on: What goes on, and until when.
        year: What the 12 months cost at a provider.

    >>> at_unknown_cost("“Prompt” goes on", "$5 over 12 months")
    '“Prompt” goes on. That cost is not known: no price of your own servers is entered \
($5 over 12 months at a provider).'
    """
    return f"{goes_on}.{_MARK}{year} at a provider)."


def with_unknown_cost(said: str) -> str:
    """Return what goes on and that its cost is not known; empty if it is known.

    Args:
        said: What happens if nobody acts, in full.

    >>> with_unknown_cost("It goes on. That cost is not known: no price of your own \
servers is entered ($5 at a provider); 5 of 100 stay wrong.")
    'It goes on. That cost is not known: no price of your own servers is entered ($5 \
at a provider).'
    """
    first, mark, rest = said.partition(_MARK)
    return f"{first}{mark}{rest.partition(')')[0]})." if mark else ""


def saved_by_none(assessment: Assessment, way: PricedTechnique, saved: str) -> str:
    """Say what no model saves, and where that is a provider's price.

    Args:
        assessment: The assessment.
        way: What would serve else.
        saved: What that costs.
    """
    if not is_elsewhere(assessment, way):
        return f"which saves {saved}."
    return (
        f"which saves {saved} at a provider; {_NO_PRICE}, so what "
        f"“{SHORT_NAMES[way]}” costs there is not known."
    )
