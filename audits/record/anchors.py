"""An anchor: the last line of a record on one day, kept outside the database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from audits.record.checking import Fault, Head, What


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of one organization's record on one day.

    Early ones have no slug.

    Attributes:
        day: The day on which it was read.
        organization: Whose record.
        number: Of its last line.
        digest: Of its last line.
        slug: Of the organization on that day.
    """

    day: date
    organization: UUID
    number: int
    digest: str
    slug: str = ""

    def __str__(self) -> str:
        """Return its signed form: five words, or four without a slug."""
        words = f"{self.day} {self.organization} {self.number} {self.digest}"
        return f"{words} {self.slug}".rstrip()

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


def late_anchors(oldest: date | None, found: Days | None) -> Fault | None:
    """Return what is wrong if a record is older than its first anchor.

    Housekeeping anchors a record on its first day. Another organization that took over
    the name and the lines of one has no anchors of those days.

    Args:
        oldest: The day of its oldest line; None if it has none.
        found: The days of its anchors; None if there are none.
    """
    if oldest is None or found is None or oldest >= found.first - timedelta(days=1):
        return None
    words = (
        f"The record has lines of {Days(oldest, oldest)}, but its first anchor is of "
        f"{Days(found.first, found.first)}. Either it was not anchored until then, or "
        "these lines were written later."
    )
    return Fault(1, What.UNANCHORED, words)


def shared_slugs(slugs: Mapping[UUID, set[str]]) -> Iterator[str]:
    """Yield in words which slug belonged to several organizations.

    Args:
        slugs: Those of each organization, now and in its anchors.
    """
    for slug in sorted({slug for own in slugs.values() for slug in own}):
        owners = sorted(str(pk) for pk, own in slugs.items() if slug in own)
        if len(owners) > 1:
            yield (
                f"{slug}: several organizations have had this name: "
                f"{', '.join(owners)}. One may have taken it over from the other."
            )


def read_anchor(text: str) -> Anchor:
    """Return the anchor that a text contains.

    Raises:
        ValueError: It contains none.
    """
    day, organization, number, digest, *slug = text.split(" ")
    return Anchor(
        date.fromisoformat(day), UUID(organization), int(number), digest, " ".join(slug)
    )
