"""Where rules come from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from; `read` is the day by which it was read, if kept."""

    title: str
    href: str | None = None
    note: str | None = None
    read: str | None = None

    @property
    def read_by(self) -> date | None:
        """The day by which it was read; None if it was not kept."""
        return date.fromisoformat(self.read) if self.read else None
