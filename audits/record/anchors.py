"""An anchor: the last line of a record on one day, kept outside the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from audits.record.checking import Fault, Head, What


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one organization's record on one day.

    Attributes:
        day: The day on which it was read.
        organization: Whose record.
        number: Of its last line.
        digest: Of its last line.
    """

    day: date
    organization: UUID
    number: int
    digest: str

    def __str__(self) -> str:
        """Return its signed form: four words."""
        return f"{self.day} {self.organization} {self.number} {self.digest}"

    @property
    def head(self) -> Head:
        """The known line to compare the record with."""
        source = f"the anchor of {self.day.day} {self.day:%B %Y}"
        return Head(self.number, self.digest, source)


@dataclass(frozen=True, slots=True)
class Days:
    """The first and the last day of some anchors."""

    first: date
    last: date

    def __str__(self) -> str:
        """Return them in words: "25 November 2026 to 26 November 2026"."""
        words = [f"{day.day} {day:%B %Y}" for day in (self.first, self.last)]
        return " to ".join(dict.fromkeys(words))

    def including(self, day: date) -> "Days":
        """Return the days with one more."""
        return Days(min(self.first, day), max(self.last, day))


def lost_anchors(
    written: Days | None, found: Days | None, *, may_be_older: bool = False
) -> Fault | None:
    """Return what is wrong if anchors of a record were written and are not there.

    Args:
        written: The days of the anchors that were written; None if none was.
        found: The days of those that are there; None if there are none.
        may_be_older: Whether they are a copy, which the last ones are not yet in.
    """
    if written is None:
        return None
    if found is None:
        there = "none of them is"
    elif found.first > written.first or (
        found.last < written.last and not may_be_older
    ):
        there = f"only those of {found} are"
    else:
        return None
    words = (
        f"Anchors of {written} were written, but {there} in the file. Restore the file "
        "of anchors from its copy: without it, nothing shows whether the record was "
        "recomputed or cut off."
    )
    return Fault(1, What.UNANCHORED, words)


def read_anchor(text: str) -> Anchor:
    """Return the anchor that a text contains.

    Raises:
        ValueError: It contains none.
    """
    day, organization, number, digest = text.split(" ")
    return Anchor(date.fromisoformat(day), UUID(organization), int(number), digest)
