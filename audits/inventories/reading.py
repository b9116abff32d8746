"""Reads the rows of a public format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from audits.inventories.made_references import made_reference
from audits.inventories.presets import Preset, key_of
from audits.uploads.tables.cells import plain_cell

_OURS = "UC-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What a row says of a use case, and all its filled cells by heading.

    `says_more` is whether it has more than fields hold. `written_for` are the stages
    that its word is written for: a use case of one of them has that stage already. A
    new use case gets what is `if_new` where the format has no column for it.
    """

    given: Mapping[str, str]
    cells: Mapping[str, str]
    says_more: bool = False
    written_for: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    if_new: Mapping[str, str] = field(default_factory=dict)


class Reading:
    """Reads the rows of a file in a format, of which it has these headings."""

    def __init__(self, preset: Preset, headings: Sequence[str]) -> None:
        self._preset = preset
        self._headings = headings
        places = {key_of(heading): place for place, heading in enumerate(headings)}
        self._places = {h: places.get(key_of(h)) for h in preset.named}
        self._held = set(map(key_of, preset.held))
        words = preset.stage.words if preset.stage else {}
        self._words = {key_of(word): stage for word, stage in words.items()}

    def row(self, cells: Sequence[str]) -> Row:
        """Return what a row says; a field without text is empty."""
        problems: list[str] = []
        cells = [plain_cell(cell) for cell in cells]
        fields = self._preset.fields
        given = {
            "reference": self._reference(cells),
            "name": self._first(fields.name, cells),
            "team": self._first(fields.team, cells),
            "summary": self._first(fields.summary, cells),
            "owner": "",
            "stage": self._stage(cells, problems),
        }
        filled = {h: c for h, c in zip(self._headings, cells, strict=True) if c}
        stages = self._preset.stage
        word = key_of(self._cell(stages.column, cells)) if stages else ""
        written = stages.written if stages else {}
        return Row(
            given=given,
            cells=filled,
            says_more=not self._held.issuperset(map(key_of, filled)),
            written_for=tuple(
                stage for stage, said in written.items() if key_of(said) == word
            ),
            problems=tuple(problems),
            if_new=self._if_new(given["name"]),
        )

    def _if_new(self, name: str) -> dict[str, str]:
        """Return what it has no column for; what it does is as its name says."""
        fields = self._preset.fields
        without = {} if fields.summary else {"summary": name}
        return without | ({} if fields.team else {"team": self._preset.team_if_new})

    def _cell(self, heading: str, cells: Sequence[str]) -> str:
        place = self._places.get(heading)
        return "" if place is None else cells[place].strip()

    def _first(self, headings: Sequence[str], cells: Sequence[str]) -> str:
        texts = (self._cell(heading, cells) for heading in headings)
        return next(filter(None, texts), "")

    def _reference(self, cells: Sequence[str]) -> str:
        """Return the reference of a row, made up if it has none."""
        said = self._preset.reference
        own = self._cell(said.column, cells)
        if own and key_of(own) not in map(key_of, said.none):
            is_counted = not any(map(str.isalpha, own)) and said.within
            within = self._cell(said.within, cells) if is_counted else ""
            return f"{within}-{own}" if within else f"{said.before}{own}"
        texts = (self._cell(heading, cells) for heading in said.made_of)
        return made_reference(said.made_as, texts)

    def _stage(self, cells: Sequence[str], problems: list[str]) -> str:
        said = self._preset.stage
        word = self._cell(said.column, cells) if said else ""
        if not said or not word:
            return ""
        stage = self._words.get(key_of(word))
        if stage is None:
            problems.append(
                f"“{word[:80]}” of “{said.column[:80]}” is not a stage that the format "
                f"“{self._preset.name}” knows"
            )
        return stage or ""
