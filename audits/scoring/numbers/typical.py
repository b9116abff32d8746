"""What is typical for the numbers that are asked for, as data with its sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("typical_values.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typical:
    """What is typical of a number, or why nobody publishes it.

    What is published has a `source` at `href`, as it said on the day of `as_of`.
    """

    id: str
    says: str
    source: str = ""
    as_of: str = ""
    href: str = ""

    @property
    def day(self) -> date | None:
        """The day of the source; None where none is published."""
        return date.fromisoformat(self.as_of) if self.as_of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    typical: tuple[Typical, ...]


@cache
def typical_values() -> Mapping[str, Typical]:
    """Return what ships with this release, by the id of the number.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return {each.id: each for each in read_file(_FILE, _File).typical}
