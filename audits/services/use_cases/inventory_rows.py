"""Plans each row of an inventory: register, change, nothing, or the problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import batched
from typing import Any, Literal

from django.core.exceptions import ValidationError

from audits.inventories.presets import Preset
from audits.inventories.reading import Reading, Row
from audits.inventories.shortening import shortened
from audits.models import (
    CONTRIBUTORS,
    ImportedRow,
    Membership,
    Organization,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.models.fields.own_fields import OwnField
from audits.models.fields.tags import key_of_tag, spelled, tags_of, tags_text
from audits.models.fields.text import clean_text, fitting_text
from audits.services.portfolio.own_fields import own_fields
from audits.services.portfolio.tags import known_tags
from audits.services.use_cases.inventory_columns import (
    COLUMNS,
    ChosenReading,
    Column,
    lacking,
)
from audits.services.use_cases.inventory_fills import Fills
from audits.services.use_cases.inventory_own import own_changes, own_given
from audits.services.use_cases.inventory_owners import Owners
from audits.services.use_cases.moving import NOT_TO_OWN_REVIEW, Moves
from audits.services.use_cases.team_names import ARCHIVED, key_of
from audits.uploads.tables.tables import MOST_CHARACTERS, Table

Does = Literal["register", "change", "nothing", "refused"]
_OURS = "UC-"
# Pages list the teams of an organization, and nobody means thousands of them: more is a
# column of something else. One import adds so many, and an organization has so many.
NEW_TEAMS, ALL_TEAMS = 50, 1_000
_BATCH = 250
_STAGES = {
    word.casefold(): Stage(value)
    for value, label in Stage.choices
    for word in (value, label)
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field that a row would change: its value now and then, in words.

    An owner is named with their address, because two people may have one name.
    """

    label: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.label}: from “{self.before}” to “{self.after}”"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """What one row would do, with the values it would give.

    `kept` has cells of the row that are kept beside the use case, by heading, and
    `fills` what a new use case gets beside its own fields.
    """

    line: int
    does: Does
    reference: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    use_case: UseCase | None = None
    changes: tuple[Difference, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    kept: Mapping[str, str] = field(default_factory=dict)
    fills: Mapping[str, str] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """Return it in the form that the report stores.

        It has every value that is replaced and what replaces it, so that a check of
        other values is another one.
        """
        return {
            "line": self.line,
            "does": self.does,
            "reference": self.reference,
            "name": self.name,
            "changes": [asdict(change) for change in self.changes],
            "problems": list(self.problems),
            "notes": list(self.notes),
        }


class Rows:
    """Plans the rows of a table, given the organization's use cases now."""

    def __init__(
        self,
        organization: Organization,
        by: User,
        table: Table,
        columns: Mapping[str, str],
        preset: Preset | None = None,
    ) -> None:
        self._by = by
        self._moves = Moves(organization, by)
        self._preset = preset.id if preset else ""
        self._table = table
        self._reading = (
            Reading(preset, table.headings)
            if preset
            else ChosenReading(columns, table.headings)
        )
        own = UseCase.objects.filter(organization=organization)
        use_cases = list(own.select_related("team", "owner"))
        self._known = {u.external_reference: u for u in use_cases}
        self._known |= {u.reference: u for u in use_cases}
        members = Membership.objects.filter(
            organization=organization, role__in=CONTRIBUTORS, user__is_active=True
        ).select_related("user")
        self._owners = Owners([m.user for m in members])
        self._organization = str(organization)
        teams = Team.objects.filter(organization=organization)
        known = dict(teams.values_list("name", "archived_at"))
        names = list(known)
        self._archived = {name for name, since in known.items() if since}
        self._tags = known_tags()
        self._own_fields = own_fields()
        self._teams = {key_of(name): name for name in names} | {n: n for n in names}
        self._new_teams = 0
        self._room = max(0, min(NEW_TEAMS, ALL_TEAMS - len(names)))
        self._lines: dict[object, int] = {}
        self._fills = Fills()
        for _, cells in table if preset is None else ():
            self._fills.learn(self._reading.row(cells).given)

    def planned(self) -> Iterator[Planned]:
        """Yield what each row would do, in the order of the file."""
        for some in batched(self._table, _BATCH, strict=False):
            rows = [(line, self._reading.row(cells)) for line, cells in some]
            found = [
                self._known.get(own_spelling(row.given["reference"])) for _, row in rows
            ]
            kept = _kept_with([use_case for use_case in found if use_case])
            for line, row in rows:
                yield self._plan(line, row, kept)

    def _plan(self, line: int, row: Row, held: Mapping[Any, ImportedRow]) -> Planned:
        problems, notes = [*row.problems], list[str]()
        said = self._said(row)
        given = {
            c.id: self._text(c, said.get(c.id, ""), problems, notes) for c in COLUMNS
        }
        reference = own_spelling(given["reference"])
        use_case = self._meant(reference, line, given, problems)
        if use_case and use_case.stage in row.written_for:
            given["stage"] = ""  # the format has no better word for it
        given["team"] = self._team(given["team"], use_case, problems)
        values = self._values(given, use_case, problems)
        own = own_given(self._own_fields, row.given, use_case, problems)
        if own is not None:
            values["own"] = own
        fills = self._fills.read(given, problems)
        if fills and use_case:
            fills = {}
            notes.append("Sponsor, decide by and budget fill only new use cases")
        kept = dict[str, str]()
        before = held.get(use_case.pk) if use_case else None
        was_kept = before is not None and before.preset == self._preset
        if row.says_more or was_kept or _is_shortened(given, row):
            kept = {heading: clean_text(cell) for heading, cell in row.cells.items()}
        changes: tuple[Difference, ...] = ()
        if use_case and not problems:
            changes = _changes(use_case, values, self._own_fields)
            changes += _kept_changes(before.cells if before else {}, kept, changes)
        return Planned(
            line=line,
            does=_does(use_case, changes, problems),
            reference=reference,
            name=given["name"] or (use_case.name if use_case else ""),
            values=values,
            use_case=use_case,
            changes=changes,
            problems=tuple(problems),
            notes=tuple(notes),
            kept=kept,
            fills=fills,
        )

    def _said(self, row: Row) -> Mapping[str, str]:
        """Return the cells of a row, with what only a new use case is given."""
        is_known = own_spelling(row.given.get("reference", "")) in self._known
        return row.given if is_known else {**row.given, **row.if_new}

    def _meant(
        self, reference: str, line: int, given: Mapping[str, str], problems: list[str]
    ) -> UseCase | None:
        """Return the use case of a reference, and note what is wrong with that."""
        use_case = self._known.get(reference) if reference else None
        if use_case is None:
            problems += lacking(given, problems)
        if reference.startswith(_OURS) and use_case is None:
            problems.append(f"{self._organization} has no use case {reference}")
        if reference:
            same = use_case.pk if use_case else reference
            first = self._lines.setdefault(same, line)
            if first != line:
                problems.append(f"{reference} is already in line {first}")
        return use_case

    def _team(self, name: str, use_case: UseCase | None, problems: list[str]) -> str:
        """Return a team as it is spelled; count a new one, and say if it is too many.

        Case and spaces do not matter. A new team is spelled as its first row says.
        """
        if known := self._teams.get(name) or self._teams.get(key_of(name)):
            if known in self._archived and not _is_in(use_case, known):
                problems.append(ARCHIVED.format(known))
            if self._moves.refuse_named(use_case, known):
                problems.append(f"Team: {NOT_TO_OWN_REVIEW}")
            return known
        if not name:
            return name
        if self._new_teams < self._room:
            self._teams[key_of(name)] = name
            self._new_teams += 1
        elif self._room == NEW_TEAMS:
            problems.append(
                f"“{name}” is one new team too many: an import adds at most "
                f"{NEW_TEAMS}. Check that the column has teams, or import in parts"
            )
        else:
            problems.append(
                f"“{name}” is one new team too many: {self._organization} may have "
                f"{ALL_TEAMS:,}. Use a team that it has"
            )
        return name

    def _text(
        self, column: Column, cell: str, problems: list[str], notes: list[str]
    ) -> str:
        most = MOST_CHARACTERS if column.is_shortened else column.most
        try:
            text = fitting_text(cell, most)
        except ValidationError as error:
            problems.append(f"{column.label}: {error.messages[0]}")
            return ""
        if column.id != "summary":
            text = " ".join(text.split())
        if len(text) > column.most:
            notes.append(
                f"{column.label} is shown shortened to {column.most} characters: all "
                f"{len(text):,} are kept with the use case"
            )
        return shortened(text, column.most)

    def _values(
        self, given: Mapping[str, str], use_case: UseCase | None, problems: list[str]
    ) -> dict[str, Any]:
        """Return the values by field of a use case; empty cells change nothing."""
        values: dict[str, Any] = {
            name: given[name]
            for name in ("name", "team", "summary")
            if given[name] or use_case is None
        }
        if given["owner"]:
            values["owner"] = self._owners.named(
                given["owner"], self._organization, problems
            )
        elif use_case is None:
            values["owner"] = self._by
        if given["stage"]:
            stage = _STAGES.get(given["stage"].casefold())
            values["stage"] = stage
            if stage is None:
                names = ", ".join(Stage.labels[:-1])
                problems.append(
                    f"“{given['stage']}” is not a stage: {names} or {Stage.labels[-1]}"
                )
        elif use_case is None:
            values["stage"] = Stage.PLANNED
        if given["tags"]:
            values["tags"] = self._tagged(given["tags"], problems)
        return values

    def _tagged(self, text: str, problems: list[str]) -> str:
        """Return tags as the organization spells them; note what is wrong with them."""
        try:
            found = spelled(tags_of(text), self._tags)
            self._tags |= {key_of_tag(tag): tag for tag in found}
            return tags_text(found)
        except ValidationError as error:
            problems.append(f"Tags: {error.messages[0]}")
            return ""


def _is_in(use_case: UseCase | None, team: str) -> bool:
    return use_case is not None and use_case.team.name == team


def _is_shortened(given: Mapping[str, str], row: Row) -> bool:
    return any(
        len(row.given[column.id]) > column.most and given[column.id]
        for column in COLUMNS
        if column.is_shortened
    )


def _does(
    use_case: UseCase | None, changes: Sequence[Difference], problems: Sequence[str]
) -> Does:
    if problems:
        return "refused"
    if use_case is None:
        return "register"
    return "change" if changes else "nothing"


def _kept_with(use_cases: Sequence[UseCase]) -> dict[Any, ImportedRow]:
    """Return the cells that are kept with use cases, by their ids."""
    rows = ImportedRow.objects.filter(use_case__in=use_cases) if use_cases else ()
    return {row.use_case_id: row for row in rows}


def _kept_changes(
    before: Mapping[str, str], after: Mapping[str, str], told: Sequence[Difference]
) -> tuple[Difference, ...]:
    """Return the kept cells that a row would change and no other difference tells."""
    if not after:
        return ()
    known = {(change.before, change.after) for change in told}
    pairs = {
        heading: (before.get(heading, ""), after.get(heading, ""))
        for heading in {**before, **after}
    }
    return tuple(
        Difference(label=heading, before=was, after=now)
        for heading, (was, now) in pairs.items()
        if was != now and (was, now) not in known
    )


def own_spelling(reference: str) -> str:
    """Return a reference of ours in our spelling, however it was typed."""
    typed = reference.upper()
    return typed if typed.startswith(_OURS) else reference


def _changes(
    use_case: UseCase, values: Mapping[str, Any], fields: Sequence[OwnField]
) -> tuple[Difference, ...]:
    """Return the fields of a use case that a row would change."""
    labels = {column.id: column.label for column in COLUMNS}
    now = {
        "name": use_case.name,
        "team": use_case.team.name,
        "summary": use_case.summary,
        "owner": use_case.owner,
        "stage": use_case.stage,
        "tags": use_case.tags,
    }
    return tuple(
        Difference(
            label=labels[name],
            before=_in_words(name, now[name]),
            after=_in_words(name, value),
        )
        for name, value in values.items()
        if name in now and now[name] != value
    ) + tuple(
        Difference(label=name, before=before, after=after)
        for name, before, after in own_changes(
            fields, use_case.own, values.get("own", use_case.own)
        )
    )


def _in_words(name: str, value: Any) -> str:
    if name == "stage":
        return str(Stage(value).label)
    return f"{value} ({value.email})" if name == "owner" else str(value)
