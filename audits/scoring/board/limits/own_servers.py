"""What is not known where all has to run on own servers, and is priced elsewhere."""

from audits.scoring.costs.cost_numbers import SHORT_NAMES
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.words import Money
from audits.scoring.sentences.on_own_servers import is_elsewhere


def not_on_own_servers(assessment: Assessment, money: Money | None) -> str:
    """Say that the current plan is priced at a provider, which the answers rule out.

    The table of amounts names the provider, which is enough for a plan that does not
    run yet. Of one that runs, it is said that nobody entered where. Empty where it may
    run anywhere, or where machines are priced.

    Args:
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    today = money.today if money else None
    if money is None or today is None or money.state == "stopped":
        return ""
    if not is_elsewhere(assessment, today.technique):
        return ""
    name = f"“{SHORT_NAMES[today.technique]}”"
    if money.state == "planned":
        return f"What {name} costs on your own servers is not known."
    return (
        f"{name} must run on your own servers, but is priced at a provider: where it "
        "runs today and what your servers cost is not known."
    )


def named_elsewhere(note: str, assessment: Assessment, money: Money | None) -> str:
    """Return a note whose sum with the current plan says that it is a provider's price.

    Args:
        note: What is said of the amounts.
        assessment: What was decided.
        money: The money behind it; None without a price.
    """
    if not (money and money.today and not_on_own_servers(assessment, money)):
        return note
    name = f"“{SHORT_NAMES[money.today.technique]}”"
    there = f"{name} at a provider in these"
    return note.replace(f"ith {name} in these", f"ith {there}")
