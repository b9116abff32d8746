"""The rungs of the ladder of remedies, as data that ships with this release."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from audits.strict_yaml.shipped import read_file

_FILE = Path(__file__).with_name("ladder.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One approach: `ways` to pay for it, and the `steps` that lead to it.

    It is `known_as` what verdicts call it, if that is another name.
    One that is drawn only `if_tested` is not for every case. One with a `name` of its
    own is no option of the approaches, so only results can show that it was tested.
    """

    id: str
    ways: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    if_tested: bool = False
    known_as: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRung:
    """What comes after the ladder, with its name and the ways to pay for it."""

    id: str
    name: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rungs:
    """All of them, the cheapest first."""

    rungs: tuple[Rung, ...]
    training: TrainingRung


@cache
def ladder_rungs() -> Rungs:
    """Return what ships with this release.

    Raises:
        RefusedFileError: The file is refused; lists every problem with its line.
    """
    return read_file(_FILE, Rungs)
