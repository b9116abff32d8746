"""What a decision says of an offer that it does not accept."""

from audits.scoring.proposals.proposal_words import ProposalWords


def not_accepted(words: ProposalWords) -> str:
    """Return that a decision declines an offer; the options have what it costs.

    Nothing is declined that was not compared with what is advised. What was compared
    with the current plan alone is said to be that, as in the title of the comparison.
    """
    found = words.compared
    if found.against is None:
        why = _why_not_compared(words)
        return f"The offer of {words.by} was not compared: {why}."
    if found.against[0] is not found.recommended:
        return f"The offer of {words.by} {words.finding}."
    return f"This declines the offer of {words.by} ({words.year_in_brief})."


def declined_by_override(words: ProposalWords) -> str:
    """Return that an override declines an offer, also where it was not compared.

    The override decides on something else, whatever the offer costs beside it.
    """
    if words.compared.against is not None:
        return not_accepted(words)
    offer, why = f"{words.by} ({words.year_in_brief})", _why_not_compared(words)
    return f"This declines the offer of {offer}, which was not compared: {why}."


def _why_not_compared(words: ProposalWords) -> str:
    """Return why it has no difference from what is advised."""
    found = words.compared
    if found.recommended is None:
        return found.recommended_missing or "the advised technique has no known price"
    if found.covers_volume is False:
        return f"it is for {found.proposal.requests:,} of {found.requests:,} calls"
    if found.leaves_out_running:
        return "it names no running price"
    if found.before is None:
        return "what runs until it begins has no price"
    return f"it covers {words.part}"
