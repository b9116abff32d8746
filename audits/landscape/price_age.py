"""How old the prices are that an amount rests on, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

_CHECKED = "checked on "
AGEING_FROM = 30
OLD_FROM = 90
_NEXT = {
    "fresh": "",
    "ageing": ": check them again before you decide",
    "old": ": too old to decide on. Update the market facts first",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceAge:
    """The age of prices on a day.

    `days` is None if it is not known when they were checked. `words` are one sentence;
    `short` says the same without the day of the check, where there is little room.
    """

    grade: Literal["fresh", "ageing", "old"]
    days: int | None
    words: str
    short: str

    @property
    def oldest(self) -> str:
        """The same of the oldest of several prices, in one sentence."""
        if self.days is None:
            return (
                "Nobody knows how old the oldest prices are: check before you decide."
            )
        old = f"{self.days} day{'' if self.days == 1 else 's'} old"
        said = f"The oldest prices are {old if self.days else 'of today'}"
        return f"{said}{_NEXT[self.grade]}."


def price_age(checked: date | None, on: date) -> PriceAge:
    """Return how old prices are on a day.

    Args:
        checked: The day on which the newest price was checked; None if not known.
        on: The day of the page or the paper.

    Returns:
        The age in days, "ageing" from 30 and "old" from 90 on. Prices checked after
        the day are 0 days old, and are said to be checked again.

    >>> price_age(date(2026, 11, 20), date(2026, 11, 23)).words
    'Prices 3 days old: checked on 20 November 2026.'
    >>> price_age(date(2026, 11, 20), date(2026, 11, 11)).words
    'Prices of that day, checked again on 20 November 2026.'
    >>> price_age(date(2026, 11, 20), date(2026, 12, 20)).short
    'Prices 30 days old: check them again'
    """
    if checked is None:
        words = "Nobody knows how old these prices are: check them before you decide."
        short = "Prices of unknown age"
        return PriceAge(grade="old", days=None, words=words, short=short)
    days = (on - checked).days
    said = f"{_CHECKED}{checked.day} {checked:%B %Y}"
    if days >= AGEING_FROM:
        return _aged(days, said)
    short = f"Prices {said}"
    words = f"{short}."
    if days < 0:
        words = f"Prices of that day, checked again on {said.removeprefix(_CHECKED)}."
    if days > 0:
        words = f"Prices {days} day{'' if days == 1 else 's'} old: {said}."
    return PriceAge(grade="fresh", days=max(0, days), words=words, short=short)


def _aged(days: int, said: str) -> PriceAge:
    aged = f"Prices {days} days old"
    if days < OLD_FROM:
        words = f"{aged}, {said}: check them again before you decide."
        short = f"{aged}: check them again"
        return PriceAge(grade="ageing", days=days, words=words, short=short)
    words = f"{aged}, {said}: too old to decide on. Update the market facts first."
    short = f"{aged}: too old to decide on"
    return PriceAge(grade="old", days=days, words=words, short=short)
