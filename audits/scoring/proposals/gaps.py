"""What an offer does not contain, where its amount alone would mislead."""

from audits.scoring.days import in_words
from audits.scoring.proposals.proposal import ComparedProposal, Net


def without(found: ComparedProposal, net: Net) -> str:
    """Say after “less than …” what the offer leaves out of it; else empty.

    The plans that an offer is compared with include the time of people. An offer that
    costs more costs more with it, too.

    Args:
        found: The offer.
        net: What it costs more than a plan.
    """
    if net.amount >= 0:
        return ""
    price = "" if found.has_running_price else " or a price a month"
    return f", without your people’s time{price}"


def trained_ends(found: ComparedProposal) -> str:
    """Say when the model that it would train ends, in brief; empty if it does not."""
    model = found.trains
    if model is None:
        return ""
    said = []
    if model.closes and model.closes != model.retires:
        said.append(f"closes to training on {in_words(model.closes)}")
    if model.retires:
        said.append(f"retires on {in_words(model.retires)}")
    if not said and model.closes:
        said.append(f"closes to training on {in_words(model.closes)}")
    return f"{model.name} {' and '.join(said)}"


def serves(found: ComparedProposal) -> str:
    """Say how long what it trains can serve, as a sentence; empty if it does not end.

    The days count from the day on which the offer begins.
    """
    model = found.trains
    if model is None:
        return ""
    if model.retires is None:
        return f"{trained_ends(found)}."
    days = (model.retires - found.starts).days
    if days <= 0:
        return f"{trained_ends(found)}, before the offer begins."
    how_long = f"{days} day{'' if days == 1 else 's'}"
    who = "a model ready on the first day of the offer"
    return f"{trained_ends(found)}: {who} serves {how_long}."
