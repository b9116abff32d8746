"""What of a record of the board hardly fits, and is asked about before it counts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from audits.scoring.board.standing import CARRIED_OUT_LATER
from audits.scoring.board.words import amount_in
from audits.scoring.days import in_words
from audits.services.board.recording import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a record is measured against: the sum asked for, and the days before it.

    `asked` is in `currency`; None if no sum is asked for. So are unknown days.
    """

    asked: Decimal | None
    currency: str
    submitted_on: date | None
    signed_on: date | None
    today: date


def doubts_of(
    record: Record, known: Known, *, has_day: bool = True
) -> list[tuple[str, str]]:
    """Return what does not fit, each with a key that another value changes.

    Args:
        record: What was entered.
        known: What it is measured against.
        has_day: Whether the day of the decision was entered; else it fits.

    >>> from dataclasses import replace
    >>> day = date(2026, 12, 1)
    >>> known = Known(
    ...     asked=Decimal(69000), currency="USD", submitted_on=None, signed_on=day,
    ...     today=day,
    ... )
    >>> entered = Record(
    ...     outcome="approved", decided_on=day, meeting="Board", carry_out_by=day,
    ...     amount=Decimal(690000),
    ... )
    >>> doubts_of(entered, known)
    [('amount 690000', 'It is so: $690,000 is more than the $69,000 asked for')]
    >>> doubts_of(replace(entered, amount=Decimal(30000)), known)
    [('amount 30000', 'It is so: the board approved $30,000, less than the $69,000 \
asked for')]
    >>> full = replace(entered, outcome="amended", amount=Decimal(69000))
    >>> doubts_of(full, known)
    [('amount 69000', 'It is so: the full $69,000 asked for is approved, with other \
changes')]
    """
    found = _doubts(record, known, has_day=has_day)
    return [(key, f"It is so: {said}") for key, said in found]


def _doubts(
    record: Record, known: Known, *, has_day: bool
) -> Iterator[tuple[str, str]]:
    is_later = record.outcome in CARRIED_OUT_LATER
    amount, asked = record.amount, known.asked
    # The form proposes what is asked for in full; pages show it without cents.
    whole = asked.to_integral_value(ROUND_CEILING) if asked is not None else None
    if is_later and amount is not None and whole is not None and amount > whole:
        above, of = (amount_in(x, known.currency) for x in (amount, whole))
        yield f"amount {amount}", f"{above} is more than the {of} asked for"
    # A correction says why it has another sum.
    is_plain = record.outcome == "approved" and not record.corrects.strip()
    if is_plain and amount is not None and whole is not None and amount < whole:
        part, of = (amount_in(x, known.currency) for x in (amount, whole))
        said = f"the board approved {part}, less than the {of} asked for"
        yield f"amount {amount}", said
    # Changes mostly change the sum, which the form proposes as it was asked for.
    if record.outcome == "amended" and amount is not None and amount == whole:
        said = f"the full {amount_in(amount, known.currency)} asked for is approved"
        yield f"amount {amount}", f"{said}, with other changes"
    if has_day and (before := _met_before(record.decided_on, known)):
        said = f"the board met on {in_words(record.decided_on)}, before {before}"
        yield f"decided_on {record.decided_on}", said
    by = record.carry_out_by
    if is_later and by and by < known.today:
        said = f"it was to be carried out by {in_words(by)}, which has passed"
        yield f"carry_out_by {by}", said


def _met_before(day: date, known: Known) -> str:
    """Return what came only after a meeting: the submission, or else the sign-off."""
    steps = ("submission", known.submitted_on), ("sign-off", known.signed_on)
    for step, on in steps:
        if on and day < on:
            return f"the {step} on {in_words(on)}"
    return ""
