"""An anchor: the last line of a record on one day, kept outside the database."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from audits.record.checking import Head


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


def read_anchor(text: str) -> Anchor:
    """Return the anchor that a text contains.

    Raises:
        ValueError: It contains none.
    """
    day, organization, number, digest = text.split(" ")
    return Anchor(date.fromisoformat(day), UUID(organization), int(number), digest)
