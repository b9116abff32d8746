"""What is known of how much of a page a sheet takes at each step, and what to expect.

A step makes type smaller, or sets lines closer. A sheet that fits at one also fits at a
later one, and with fewer words. It is pure: others lay the sheets out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

# Each makes page 1 a little smaller; the first that fits is used. In a pack every
# decision has a page 1, and all have the smallest type that any of them needs.
STEPS = ("s105 air", "s105", "s100", "s95", "s95 close", "s95 tight")
LAST = len(STEPS) - 1
# From here on, Attune's own words give way, one kind after another, before type is set
# closer. Those of a higher kind are needed to vote, and do so at the last step alone.
GIVING = STEPS.index("s95")
SPARED = 5
# A sheet takes these shares of what it takes where words begin to give way, by a few
# percent before that, and by half a percent after it. A wrong guess only costs time.
_SHARES = (1.21, 1.12, 1.055, 1.0, 0.924, 0.868)
# What is expected to fill more of a page than this may not fit.
_SURE = 0.98

type Setting = tuple[int, int]
"""The place of a step, and how far words give way at it."""


@dataclass(slots=True)
class Sheet:
    """A part of a document that has to be one page.

    Of its words, `spared` may leave before lines are set closer, and `most` at the last
    step. `seen` has how many pages it took, for each setting that was laid out.
    """

    name: str
    spared: int = 0
    most: int = 0
    seen: dict[Setting, float] = field(default_factory=dict)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Every way to set it with the fewest words, in the order they are wanted."""
        plain = tuple((place, 0) for place in range(GIVING + 1))
        closer = tuple((place, self.spared) for place in range(GIVING, LAST + 1))
        return (*plain, *closer, (LAST, self.most))

    def fits(self, place: int, given: int) -> bool | None:
        """Say whether it is one page, if that is known from what was seen."""
        for (at, left), pages in self.seen.items():
            if pages <= 1 and at <= place and left <= given:
                return True
            if pages > 1 and at >= place and left >= given:
                return False
        return None

    def expected(self, place: int, given: int) -> float:
        """Return how many pages to expect; 0 if nothing tells."""
        at = [at for at, left in self.seen if left == given]
        if not at:
            return 0
        nearest = min(at, key=lambda seen: abs(seen - place))
        return self.seen[nearest, given] * _SHARES[place] / _SHARES[nearest]

    def to_try(self, wanted: Sequence[Setting]) -> Setting | int:
        """Return what has to be tried to know the first that fits, or its place.

        What comes before it is too large; that it fits itself may be likely alone.
        """
        place = next((n for n, at in enumerate(wanted) if self._is_likely(*at)), None)
        if place is None:
            place = len(wanted)
        elif (
            self.fits(*wanted[place]) is None and self.expected(*wanted[place]) > _SURE
        ):
            return wanted[place]
        if place and self.fits(*wanted[place - 1]) is None:
            return wanted[place - 1]
        return place

    def words_to_try(self, place: int, most: int) -> Setting | int:
        """Return what has to be tried to know how far words give way, or how far.

        With all that may leave, it fits there, or is expected to.
        """
        low = max((n for n in range(most) if self.fits(place, n) is False), default=-1)
        high = min((n for n in range(most) if self.fits(place, n)), default=most)
        if self.fits(place, high) is None and not self.expected(place, high):
            return place, high
        if high - low == 1:
            return high
        return place, self._between(place, low, high)

    def _is_likely(self, place: int, given: int) -> bool:
        known = self.fits(place, given)
        return self.expected(place, given) <= 1 if known is None else known

    def _between(self, place: int, low: int, high: int) -> int:
        """Return the first number of words that should fit, as each takes one share."""
        start = max(low, 0)
        full, least = self.expected(place, start), self.expected(place, high)
        share = (full - 1) / (full - least) if full > max(1, least) else 0
        return min(max(start + ceil(share * (high - start)), low + 1), high - 1)


def in_one_size(found: Mapping[str, Setting]) -> Mapping[str, Setting]:
    """Return how sheets are set if all have the type of the smallest.

    Lines stay as far apart as that size allows, and no words give way for it.

    >>> in_one_size({"full": (STEPS.index("s95 close"), 2), "short": (0, 0)})
    {'full': (4, 2), 'short': (3, 0)}
    """
    size = {name: STEPS[place].split()[0] for name, (place, _) in found.items()}
    if not found:
        return found
    smallest = STEPS[max(place for place, _ in found.values())].split()[0]
    first = next(n for n, step in enumerate(STEPS) if step.split()[0] == smallest)
    return {
        name: setting if size[name] == smallest else (first, 0)
        for name, setting in found.items()
    }
