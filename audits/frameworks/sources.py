"""Where rules come from."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a rule comes from; somebody had read it on the day `read`, if kept."""

    title: str
    href: str | None = None
    note: str | None = None
    read: str | None = None

    @property
    def read_by(self) -> date | None:
        """The day on which it had been read; None if not kept."""
        return date.fromisoformat(self.read) if self.read else None
