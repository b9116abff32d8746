"""Whether a board approved less than the whole sum asked for, and what it means."""

from collections.abc import Sequence
from decimal import Decimal

from audits.scoring.board.words import amount_in
from audits.scoring.money.amounts import dollars
from audits.scoring.proposals.proposal import DOLLARS

type Part = tuple[str, Decimal, Decimal]


def whole_of(amount: Decimal, asked: Decimal | None) -> Decimal | None:
    """Return the sum asked for if a board approved less; else None.

    A board writes whole dollars, so the sum is rounded.

    >>> whole_of(Decimal(20_000), Decimal("35355.60"))
    Decimal('35356')
    >>> whole_of(Decimal(35_356), Decimal("35356.40"))
    >>> whole_of(Decimal(20_000), None)
    """
    whole = asked.quantize(Decimal(1)) if asked is not None else None
    return whole if whole is not None and amount < whole else None


def beside_asked(
    amount: Decimal, currency: str, asked: Decimal | None
) -> tuple[str, str]:
    """Say what an approved amount is of, and what became of the rest of that.

    Either is empty where a board approved what was asked for, or nothing compares.

    Args:
        amount: What it approved.
        currency: The currency of that.
        asked: What it was asked for, in US dollars; None without a sum.

    >>> beside_asked(Decimal(40_000), "USD", Decimal("65531.60"))
    (' of the $65,532 asked for', 'The other $25,532 is not approved: to spend it, ask \
the board again.')
    >>> beside_asked(Decimal(7), "USD", Decimal(5))
    (', $2 more than the $5 asked for', '')
    >>> beside_asked(Decimal(7), "EUR", Decimal(9))
    ('', '')
    """
    if currency != DOLLARS or asked is None:
        return "", ""
    whole = asked.quantize(Decimal(1))
    if amount < whole:
        rest = (
            f"The other {dollars(whole - amount)} is not approved: to spend it, ask "
            "the board again."
        )
        return f" of the {dollars(whole)} asked for", rest
    more = f", {dollars(amount - whole)} more than the {dollars(whole)} asked for"
    return more if amount > whole else "", ""


def granted(amount: Decimal, currency: str, asked: Decimal | None) -> str:
    """Return an approved amount with what it is of, as every reader is told it.

    >>> granted(Decimal(30_000), "USD", Decimal("38311.60"))
    '$30,000 of the $38,312 asked for'
    >>> granted(Decimal(38_312), "USD", Decimal("38311.60"))
    '$38,312'
    """
    return f"{amount_in(amount, currency)}{beside_asked(amount, currency, asked)[0]}"


def part_said(parts: Sequence[Part]) -> str:
    """Say of which plans a board approved only a part; empty if of none.

    Args:
        parts: The name of each use case, the amount approved and the sum asked for.

    >>> part_said([("Quotes", Decimal(20_000), Decimal(35_356))])
    'The board approved $20,000 of the $35,356 that Quotes asks for; the other $15,356 \
is not approved. “Proposed”, “Recommended” and “Saving, if followed” count the whole \
plan.'
    >>> two = [("A", Decimal(1), Decimal(3)), ("B", Decimal(2), Decimal(4))]
    >>> part_said(two)
    'The board approved $3 of the $7 that 2 use cases ask for; the other $4 is not \
approved. “Proposed”, “Recommended” and “Saving, if followed” count the whole plans.'
    >>> part_said([])
    ''
    """
    if not parts:
        return ""
    amount, whole = (sum(each) for each in list(zip(*parts, strict=True))[1:])
    [first, *more] = parts
    who = f"{len(parts):,} use cases ask for" if more else f"{first[0]} asks for"
    return (
        f"The board approved {dollars(Decimal(amount))} of the "
        f"{dollars(Decimal(whole))} that {who}; the other "
        f"{dollars(Decimal(whole - amount))} is not approved. “Proposed”, "
        "“Recommended” and “Saving, if followed” count the whole "
        f"plan{'s' * bool(more)}."
    )
