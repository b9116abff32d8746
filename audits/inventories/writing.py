"""Writes rows of a public format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audits.inventories.presets import Preset, key_of
from audits.inventories.reading import Reading
from audits.inventories.shortening import shortened


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What is written of a use case.

    `most` says how many characters its name and summary are shortened to, and `kept`
    has the cells it was imported from in the same format.
    """

    reference: str
    name: str
    team: str
    summary: str
    stage: str
    most: Mapping[str, int]
    kept: Mapping[str, str]


class Writing:
    """Writes rows of a format: what was imported, with what was changed here since.

    Reading them again finds the same use cases, and changes nothing.
    """

    def __init__(self, preset: Preset) -> None:
        self._preset = preset
        self._reading = Reading(preset, preset.columns)

    def row(self, told: Told) -> list[str]:
        """Return the cells of a use case, in the order of the format."""
        kept = {key_of(heading): cell for heading, cell in told.kept.items()}
        cells = {h: kept.get(key_of(h), "") for h in self._preset.columns}
        fields = self._preset.fields
        self._put(cells, fields.name, "name", told.name, told.most["name"])
        self._put(cells, fields.team, "team", told.team)
        self._put(cells, fields.summary, "summary", told.summary, told.most["summary"])
        self._put_stage(cells, told)
        column = self._preset.reference.column
        if column and self._read(cells)["reference"] != told.reference:
            cells[column] = told.reference
        return list(cells.values())

    def _read(self, cells: Mapping[str, str]) -> Mapping[str, str]:
        return self._reading.row(list(cells.values())).given

    def _put(
        self,
        cells: dict[str, str],
        headings: Sequence[str],
        name: str,
        text: str,
        most: int = 0,
    ) -> None:
        """Put a text into its first column, unless the cells say it already."""
        said = self._read(cells)[name]
        if name != "summary":
            said = " ".join(said.split())
        if (shortened(said, most) if most else said) != text:
            cells[headings[0]] = text

    def _put_stage(self, cells: dict[str, str], told: Told) -> None:
        """Put the word for a stage; what was imported without one stays planned."""
        said = self._preset.stage
        if said is None:
            return
        is_said = bool(cells[said.column]) or bool(told.kept)
        if not is_said or (self._read(cells)["stage"] or "planned") != told.stage:
            words = {str(stage): word for stage, word in said.written.items()}
            cells[said.column] = words[told.stage]
