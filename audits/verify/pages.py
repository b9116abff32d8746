"""What a comparison of printed pages found, in numbers and in words."""

from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Literal, Self

from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.timezone import localtime

_OUTSIDE = (
    "Something outside the pages differs, such as an attached file, a bookmark or what "
    "a screen reader reads."
)
_CHANGED = "Something on it was added, removed or changed after Attune made it."
_SAVED_AGAIN = (
    "Another program saved the file again, so a viewer may show something else. Use "
    "the file as it was downloaded."
)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The digest of what each page of a PDF is drawn from, and of all the rest."""

    pages: tuple[str, ...]
    rest: str


@dataclass(frozen=True, slots=True)
class ComparedPage:
    """One page, and what differs; empty if nothing does."""

    number: int
    what_differs: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """The result for the printed pages of a paper.

    `count` is how many the file has, and `made` how many the paper had when it was
    made; `at` is that time. `differing` are numbers of pages, from 1. Without a
    comparison, `why` says what is missing.
    """

    outcome: Literal["same", "different", "saved_again", "not_compared"]
    count: int = 0
    made: int = 0
    at: datetime | None = None
    differing: tuple[int, ...] = ()
    is_other_outside: bool = False
    why: str = ""

    @classmethod
    def same(cls, count: int, at: datetime | None) -> Self:
        """Return the result for the very file that was made."""
        return cls(outcome="same", count=count, made=count, at=at)

    @classmethod
    def not_compared(cls, why: str) -> Self:
        """Return the result for a file that is not compared, and why."""
        return cls(outcome="not_compared", why=why)

    @property
    def each(self) -> tuple[ComparedPage, ...]:
        """Every page of the file or of the paper; none without a comparison."""
        numbers = range(1, max(self.count, self.made) + 1)
        return tuple(ComparedPage(number, self._differs(number)) for number in numbers)

    def _differs(self, number: int) -> str:
        if number > self.made:
            return "The paper that was made has no such page."
        if number > self.count:
            return "The file lacks this page."
        return _CHANGED if number in self.differing else ""

    @property
    def sentence(self) -> str:
        """The result in words."""
        if self.outcome == "not_compared":
            return f"The printed pages were not compared: {self.why}."
        made = f"Attune made{self._on}"
        if self.outcome == "same":
            return f"{self._all} {self._are} byte for byte what {made}."
        if self.outcome == "saved_again":
            return f"{self._all} {self._have} the content that {made}. {_SAVED_AGAIN}"
        return " ".join(filter(None, self._differences))

    @property
    def _differences(self) -> tuple[str, ...]:
        paper = f"the paper that Attune made{self._on}"
        pages = get_text_list([str(number) for number in self.differing], "and")
        named, counted = "", ""
        if self.differing:
            one = len(self.differing) == 1
            named = f"Page {pages} differs" if one else f"Pages {pages} differ"
            named = f"{named} from {paper}."
        if self.count != self.made:
            counted = f"The file has {self.count} pages and that paper {self.made}."
        return named, counted, _OUTSIDE if self.is_other_outside else ""

    @property
    def _on(self) -> str:
        return f" on {date_format(localtime(self.at), 'j F Y')}" if self.at else ""

    @property
    def _all(self) -> str:
        return "The page" if self.count == 1 else f"All {self.count} pages"

    @property
    def _are(self) -> str:
        return "is" if self.count == 1 else "are"

    @property
    def _have(self) -> str:
        return "has" if self.count == 1 else "have"


def compared(found: Drawn, made: Drawn, at: datetime | None) -> Pages:
    """Return which pages of a file differ from those of the paper that was made.

    Args:
        found: What the pages of the file are drawn from.
        made: What those of the stored paper are drawn from; its bytes are others.
        at: When it was made.
    """
    pairs = enumerate(zip_longest(found.pages, made.pages), start=1)
    differing = tuple(number for number, (page, own) in pairs if page != own)
    is_other_outside = found.rest != made.rest
    return Pages(
        outcome="different" if differing or is_other_outside else "saved_again",
        count=len(found.pages),
        made=len(made.pages),
        at=at,
        differing=differing,
        is_other_outside=is_other_outside,
    )
