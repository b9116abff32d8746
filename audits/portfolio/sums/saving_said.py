"""What of the sum of the savings is not sure yet, in words."""

from decimal import Decimal

from audits.scoring.money.amounts import dollars
from audits.scoring.proposals.counted_words import listed


def saving_said(
    later: Decimal, of_later: int, drafts: Decimal, of_drafts: int, paid: Decimal
) -> str:
    """Return what “Saving, if followed” includes; empty where all of it is sure.

    Args:
        later: What is from use cases that cannot go to the board yet.
        of_later: How many these are.
        drafts: What is from drafts.
        of_drafts: How many these are.
        paid: What the sum is less by, if training is paid already.

    >>> saving_said(Decimal(900), 1, Decimal(-40), 2, Decimal(0))
    '“Saving, if followed” includes $900 from 1 use case that cannot go to the board \
yet and $40 of costs from 2 drafts.'
    >>> saving_said(Decimal(0), 0, Decimal(0), 0, Decimal(50))
    'If training is paid before the decision, “Saving, if followed” is $50 less.'
    """
    parts = []
    if later:
        who = "use case" if of_later == 1 else "use cases"
        parts.append(
            f"{_part(later)} {of_later:,} {who} that cannot go to the board yet"
        )
    if drafts:
        who = "draft" if of_drafts == 1 else "drafts"
        parts.append(f"{_part(drafts)} {of_drafts:,} {who}")
    name = "“Saving, if followed”"
    said = [f"{name} includes {listed(parts)}."] if parts else []
    if paid:
        said.append(
            f"If training is paid before the decision, {name} is {dollars(paid)} less."
        )
    return " ".join(said)


def recurs_said(month: Decimal | None) -> str:
    """Say what following saves each month later; empty where that is not known.

    Args:
        month: What is saved a month once all known prices apply.

    >>> recurs_said(Decimal(16_000)), recurs_said(None)
    ('Once all known prices apply, the saving is $16,000 a month.', '')
    >>> recurs_said(Decimal(-7))
    'Once all known prices apply, following costs $7 more a month.'
    """
    if month is None:
        return ""
    if month > 0:
        how = f"the saving is {dollars(month)} a month"
    else:
        more = f"costs {dollars(-month)} more a month"
        how = f"following {more if month else 'saves nothing'}"
    return f"Once all known prices apply, {how}."


def _part(amount: Decimal) -> str:
    costs = " of costs" if amount < 0 else ""
    return f"{dollars(abs(amount))}{costs} from"
