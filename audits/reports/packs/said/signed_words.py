"""How many decisions of a pack a reviewer has signed, so that a board can vote."""

from audits.reports.packs.said.total_words import word


def of_signed(signed: int, decisions: int, amount: str) -> str:
    """Say how many of some decisions wait for sign-off, and what all ask for.

    Args:
        signed: How many are signed, which is not all.
        decisions: How many there are.
        amount: What all of them ask for; empty if nothing has a price.

    >>> of_signed(1, 5, "at least $900")
    'Five decisions, one signed off, ask for at least $900'
    >>> of_signed(0, 2, "")
    'Two decisions wait for sign-off'
    >>> of_signed(0, 1, "$900")
    'One decision, not signed off, asks for $900'
    """
    if decisions == 1:
        asks = f", not signed off, asks for {amount}"
        return f"One decision{asks if amount else ' waits for its sign-off'}"
    if not signed and not amount:
        return f"{word(decisions)} decisions wait for sign-off"
    if amount:
        which = f"{word(signed).lower() if signed else 'none'} signed off"
        return f"{word(decisions)} decisions, {which}, ask for {amount}"
    are = "is" if signed == 1 else "are"
    of = f"of {word(decisions).lower()} decisions"
    return f"{word(signed)} {of} {are} signed off"


def unsigned(number: int, signed: int = 0) -> str:
    """Say how many of some decisions a reviewer has signed; the board decides them all.

    Args:
        number: How many decisions there are.
        signed: How many of them are signed.
    """
    if number == 1:
        return f"It is {'' if signed else 'not '}signed off by a reviewer."
    if signed == number:
        every = "Both" if number == 2 else f"All {word(number).lower()}"  # noqa: PLR2004
        return f"{every} are signed off by a reviewer."
    if signed:
        are = "is" if signed == 1 else "are"
        of = f"of the {word(number).lower()}"
        return f"{word(signed)} {of} {are} signed off by a reviewer."
    return f"{_none(number)} of the {word(number).lower()} is signed off by a reviewer."


def _none(of: int) -> str:
    return "Neither" if of == 2 else "None"  # noqa: PLR2004 - of two, it is “neither”
