"""Numbers as people write them in different languages, read and written.

A text that different people read as different numbers has several readings: nothing
here chooses one.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

_GROUP = 3
# What separates thousands only; a point or a comma may also begin the decimals.
_SPACES = re.compile("[ \u00a0\u2009\u202f]")
_APOSTROPHES = re.compile("[\u2019\u02bc]")
_WHOLE = r"\d+|\d{1,3}(?P<between>[ ',.])\d{3}(?:(?P=between)\d{3})*"
_NUMBER = re.compile(rf"(?P<whole>{_WHOLE})?(?:(?P<mark>[.,])(?P<part>\d+))?", re.ASCII)
_EITHER = re.compile(r"(?P<whole>[1-9]\d{0,2})(?P<mark>[.,])(?P<part>\d{3})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notation:
    """How somebody writes numbers: what begins decimals, what separates thousands."""

    decimal: str = "."
    thousands: str = ","

    @property
    def sample(self) -> str:
        """A number written so, which says all of it: "1,234.50"."""
        return f"1{self.thousands}234{self.decimal}50"


ENGLISH = Notation()
# The ways that somebody may choose: of English, German, French and Swiss pages.
SAMPLES = ("1,234.50", "1.234,50", "1\u00a0234,50", "1\u2019234.50")
_MARK = re.compile(r"(?<=\d)[.,](?=\d)", re.ASCII)
_SAMPLE = re.compile(
    "1(?P<thousands>[ ,.'\u2019\u00a0\u2009\u202f]?)234(?P<decimal>[.,])50"
)


def notation_of_sample(sample: str) -> Notation | None:
    """Return how a sample is written; None for any other text.

    >>> notation_of_sample("1.234,50")
    Notation(decimal=',', thousands='.')
    >>> notation_of_sample("1.234.50"), notation_of_sample("")
    (None, None)
    """
    found = _SAMPLE.fullmatch(sample)
    if not found or found["thousands"] == found["decimal"]:
        return None
    return Notation(decimal=found["decimal"], thousands=found["thousands"])


def readings(text: str, notation: Notation) -> tuple[Decimal, ...]:
    """Return the numbers that a text may mean, without sign and unit.

    Three digits after one point or comma are thousands to some and decimals to others.
    Only where the writer's own language separates thousands so are they surely that.

    Args:
        text: Digits, with points, commas, apostrophes or spaces.
        notation: How its writer writes numbers.

    Returns:
        Two, the larger first, if it may mean either; none if nothing can be read. A
            number written with decimals keeps their count, zeros included.

    >>> readings("60,000", ENGLISH), readings("60.000", ENGLISH)
    ((Decimal('60000'),), (Decimal('60000'), Decimal('60.000')))
    >>> readings("2,50", ENGLISH), readings("60,00,0", ENGLISH)
    ((Decimal('2.50'),), ())
    """
    plain = _APOSTROPHES.sub("'", _SPACES.sub(" ", text))
    if either := _EITHER.fullmatch(plain):
        whole, mark, part = either.group("whole", "mark", "part")
        thousands, decimals = Decimal(whole + part), Decimal(f"{whole}.{part}")
        if mark == notation.thousands:
            return (thousands,)
        return (thousands, decimals)
    found = _NUMBER.fullmatch(plain)
    if not plain or not found or not _is_sure(found, notation):
        return ()
    whole, part = re.sub(r"\D", "", found["whole"] or "0"), found["part"]
    return (Decimal(f"{whole}.{part}" if part else whole),)


def rewritten(text: str, notation: Notation) -> str:
    """Return an English text with its numbers as somebody else writes them.

    >>> rewritten("$1,234.50, as said", Notation(decimal=",", thousands="."))
    '$1.234,50, as said'
    """
    marks = {",": notation.thousands, ".": notation.decimal}
    return _MARK.sub(lambda found: marks[found.group()], text)


def _is_sure(found: re.Match[str], notation: Notation) -> bool:
    """Whether what is before a mark is whole, and what follows it are decimals.

    Three digits after a mark that begins no decimals in the writer's language may be
    thousands, with a mark missing before.
    """
    between, mark, part = found.group("between", "mark", "part")
    if mark is None or between in (".", ","):
        return mark is None or mark != between
    is_small = not (found["whole"] or "0").lstrip("0")
    return is_small or mark == notation.decimal or len(part) != _GROUP


def written(number: Decimal, notation: Notation) -> str:
    """Return a number as somebody writes it, so that only that number is read in it.

    Args:
        number: The number, 0 or more; all its digits are written.
        notation: How its reader writes numbers.

    >>> written(Decimal("1234.5"), ENGLISH), written(Decimal("1.234"), ENGLISH)
    ('1,234.5', '1.2340')
    """
    whole, _, part = format(number, "f").partition(".")
    part = part.rstrip("0")
    grouped = f"{int(whole):,}".replace(",", notation.thousands)
    if not part:
        return grouped
    text = f"{grouped}{notation.decimal}{part}"
    return text if len(readings(text, notation)) == 1 else f"{text}0"
