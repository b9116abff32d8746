"""How many decisions of a pack a reviewer has signed, so that a board can vote."""

from collections.abc import Sequence

from audits.reports.packs.said.total_words import listed, word

_MOST_NAMED = 4


def of_signed(signed: int, decisions: int, amount: str) -> str:
    """Say on how many decisions the board can vote, or how many wait for sign-off.

    Args:
        signed: How many are signed, which is not all.
        decisions: How many there are.
        amount: What is signed asks for, or all while nothing is; empty without a price.

    >>> of_signed(1, 5, "at least $900")
    'One decision to vote on: at least $900'
    >>> of_signed(0, 2, "")
    'Two decisions wait for sign-off'
    >>> of_signed(0, 1, "$900")
    'One decision, not signed off, asks for $900'
    """
    if signed:
        vote = f"{word(signed)} decision{'s' * (signed > 1)} to vote on"
        return f"{vote}: {amount}" if amount else vote
    if decisions == 1:
        asks = f", not signed off, asks for {amount}"
        return f"One decision{asks if amount else ' waits for its sign-off'}"
    if amount:
        return f"{word(decisions)} decisions, none signed off, ask for {amount}"
    return f"{word(decisions)} decisions wait for sign-off"


def with_more(names: Sequence[str]) -> str:
    """Name the total that also has what waits for its sign-off; empty without any.

    >>> with_more(["Quotes"]), with_more(["Quotes", "Mail"])
    ('With “Quotes”, once signed off', 'With 2 more, once signed off')
    """
    if not names:
        return ""
    which = f"“{names[0]}”" if len(names) == 1 else f"{len(names)} more"
    return f"With {which}, once signed off"


def why_not_now(waits: int, not_ready: int, deferred: int) -> str:
    """Say why rows are not for a meeting: unsigned, never ready, or deferred.

    >>> why_not_now(1, 3, 1)
    'One waits for sign-off, three are not ready and one is deferred.'
    >>> why_not_now(0, 0, 2), why_not_now(2, 0, 0)
    ('Two are deferred.', 'Two wait for sign-off.')
    >>> why_not_now(0, 0, 0)
    ''
    """
    counts = (
        (waits, "waits for sign-off", "wait for sign-off"),
        (not_ready, "is not ready", "are not ready"),
        (deferred, "is deferred", "are deferred"),
    )
    said = listed(
        [
            f"{word(number).lower()} {one if number == 1 else several}"
            for number, one, several in counts
            if number
        ]
    )
    return f"{said[:1].upper()}{said[1:]}." if said else ""


def need_none(names: Sequence[str]) -> str:
    """Say which use cases need no decision, by name while they are few.

    >>> need_none(["Quotes"])
    'One needs no decision: Quotes.'
    >>> need_none(list("abcdef")), need_none([])
    ('Six need no decision: a, b, c, d and 2 more.', '')
    """
    if not names:
        return ""
    named, more = list(names[:_MOST_NAMED]), len(names) - _MOST_NAMED
    if more > 0:
        named.append(f"{more} more")
    needs = "needs" if len(names) == 1 else "need"
    return f"{word(len(names))} {needs} no decision: {listed(named)}."


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
