"""The public formats of inventories that this release knows, each one YAML file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from audits.strict_yaml.dangling import dangling, problem_at
from audits.strict_yaml.problems import Problem, RefusedFileError
from audits.strict_yaml.shipped import read_file

DATA = Path(__file__).with_name("data")

# The reader of the files knows no `type` statement.
StageId = Literal["planned", "building", "training", "live", "stopped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What says what the columns mean, and the day of it that was read."""

    name: str
    url: str
    read_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How a row is found again.

    Its reference is in `column`, if the format has one, and gets the text `before` it;
    one without a letter is counted in `within` alone, and the words `none` are no
    reference. A missing one is
    `made_as` and a digest of the columns `made_of`, so it is the same in the next file.
    """

    made_of: tuple[str, ...]
    made_as: str
    column: str = ""
    within: str = ""
    before: str = ""
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The columns of a field, if there are any: the first that is filled counts."""

    name: tuple[str, ...]
    team: tuple[str, ...] = ()
    summary: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """What the words of a column mean, and the word that is written for each stage."""

    column: str
    words: Mapping[str, StageId]
    written: Mapping[StageId, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A public format; a file that has all headings of `recognised_by` is one.

    `columns` are all columns of the format, in their order, if files are written in it.
    One without a `stage` says none, and where it has no team, a new use case is of
    `team_if_new`.
    """

    id: str
    name: str
    short: str
    dictionary: Source
    recognised_by: tuple[str, ...]
    reference: Reference
    fields: Fields
    stage: Stages | None = None
    team_if_new: str = ""
    columns: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """The headings that it names."""
        rest = (self.reference.column, self.reference.within)
        return (
            *self.recognised_by,
            *self.reference.made_of,
            *self.fields.name,
            *self.fields.team,
            *self.fields.summary,
            *self._stage_column,
            *(heading for heading in rest if heading),
        )

    @property
    def held(self) -> tuple[str, ...]:
        """The headings whose cells a use case has in its own fields."""
        fields = self.fields
        first = (*fields.name[:1], *fields.team[:1], *fields.summary[:1])
        return (*first, *self._stage_column, self.reference.column)

    @property
    def _stage_column(self) -> tuple[str, ...]:
        return (self.stage.column,) if self.stage else ()


@cache
def presets() -> Mapping[str, Preset]:
    """Return the formats that this release knows, by their ids.

    Raises:
        RefusedFileError: A file is refused; names it, the line and the key.
    """
    return {preset.id: preset for preset in map(load, sorted(DATA.glob("*.yaml")))}


def load(file: Path) -> Preset:
    """Read one format.

    Raises:
        RefusedFileError: The file is refused; names it, the line and the key.
    """
    preset = read_file(file, Preset)
    if problems := list(_problems(preset, file)):
        raise RefusedFileError(file.name, problems)
    return preset


def recognised(headings: Sequence[str]) -> Preset | None:
    """Return the format of a file with these headings, if it is a known one."""
    found = (each for each in presets().values() if not missing(each, headings))
    return next(found, None)


def written() -> list[Preset]:
    """Return the formats that files are written in."""
    return [preset for preset in presets().values() if preset.columns]


def missing(preset: Preset, headings: Sequence[str]) -> list[str]:
    """Return the headings that a file lacks of those that a format is recognised by."""
    there = set(map(key_of, headings))
    return [each for each in preset.recognised_by if key_of(each) not in there]


def key_of(text: str) -> str:
    """Return what is the same in all spellings: no case, single spaces, one quote."""
    return " ".join(text.replace("\u2019", "'").split()).casefold()


def _problems(preset: Preset, file: Path) -> Iterator[Problem]:
    if preset.id != file.stem:
        yield problem_at(
            preset.id, "id", f'must be as the file is named, "{file.stem}"'
        )
    day = preset.dictionary.read_on
    try:
        date.fromisoformat(day)
    except ValueError:
        yield problem_at(day, "dictionary.read_on", "must be a day such as 2026-04-14")
    if not (preset.fields.team or preset.team_if_new):
        yield problem_at(preset.id, "team_if_new", "names the team of a new use case")
    yield from _problems_of_stage(preset)
    if preset.columns:
        yield from dangling("column", preset.named, preset.columns, "columns")


def _problems_of_stage(preset: Preset) -> Iterator[Problem]:
    stages = preset.stage
    if stages is None:
        if preset.columns:
            yield problem_at(preset.id, "stage", "is needed to write files")
        return
    yield from dangling("word", stages.written.values(), stages.words, "stage.written")
    if preset.columns:
        for stage in get_args(StageId):
            if stage not in stages.written:
                yield problem_at(stages.column, "stage.written", f"lacks {stage}")
