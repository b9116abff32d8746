"""Plans each row of an inventory: register, change, nothing, or the problem."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.core.exceptions import ValidationError

from audits.models import (
    CONTRIBUTORS,
    Membership,
    Organization,
    Stage,
    Team,
    UseCase,
    User,
)
from audits.models.fields.text import fitting_text
from audits.services.use_cases.team_names import key_of
from audits.uploads.tables.tables import Table

Does = Literal["register", "change", "nothing", "refused"]
_OURS = "UC-"
# Pages list the teams of an organization, and nobody means thousands of them: more is a
# column of something else. One import adds so many, and an organization has so many.
NEW_TEAMS, ALL_TEAMS = 50, 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field of a column, and the headings that suggest it."""

    id: str
    label: str
    hint: str
    most: int
    is_needed: bool = False
    known_as: tuple[str, ...] = ()


COLUMNS = (
    Column(
        id="reference",
        label="Reference",
        hint="Your own reference for the use case, or ours like UC-0042. A repeated "
        "import uses it to find and change the use case.",
        most=80,
        is_needed=True,
        known_as=("id", "key", "number", "ref"),
    ),
    Column(
        id="name",
        label="Name",
        hint="The name your colleagues use.",
        most=80,
        is_needed=True,
        known_as=("use case", "title", "project"),
    ),
    Column(
        id="team",
        label="Team",
        hint="A new team is added if it does not exist.",
        most=80,
        is_needed=True,
        known_as=("department", "unit", "group"),
    ),
    Column(
        id="summary",
        label="What it does",
        hint="One sentence.",
        most=500,
        is_needed=True,
        known_as=("summary", "description", "purpose"),
    ),
    Column(
        id="owner",
        label="Owner",
        hint="The email address of a member who may contribute. If empty, you are the "
        "owner.",
        most=254,
        known_as=("owner e-mail", "owner email", "e-mail", "email", "responsible"),
    ),
    Column(
        id="stage",
        label="Stage",
        hint="Planned, Building, In training, Live or Stopped. If empty, Planned.",
        most=40,
        known_as=("status", "state", "phase"),
    ),
)
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
    """What one row would do, with the values it would give."""

    line: int
    does: Does
    reference: str
    name: str
    values: Mapping[str, Any] = field(default_factory=dict)
    use_case: UseCase | None = None
    changes: tuple[Difference, ...] = ()
    problems: tuple[str, ...] = ()

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
        }


def guessed_columns(headings: Sequence[str]) -> dict[str, str]:
    """Return the most likely heading for each field."""
    by_word = {heading.casefold(): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for column in COLUMNS:
        words = (column.label.casefold(), column.id, *column.known_as)
        heading = next((by_word[word] for word in words if word in by_word), None)
        if heading and heading not in found.values():
            found[column.id] = heading
    return found


class Rows:
    """Plans the rows of a table, given the organization's use cases now."""

    def __init__(
        self,
        organization: Organization,
        by: User,
        table: Table,
        columns: Mapping[str, str],
    ) -> None:
        self._by = by
        self._table = table
        self._places = {
            name: table.headings.index(heading) for name, heading in columns.items()
        }
        own = UseCase.objects.filter(organization=organization)
        use_cases = list(own.select_related("team", "owner"))
        self._known = {u.external_reference: u for u in use_cases}
        self._known |= {u.reference: u for u in use_cases}
        members = Membership.objects.filter(
            organization=organization, role__in=CONTRIBUTORS, user__is_active=True
        ).select_related("user")
        self._owners = {m.user.email.casefold(): m.user for m in members}
        self._organization = str(organization)
        teams = Team.objects.filter(organization=organization)
        names = list(teams.values_list("name", flat=True))
        self._teams = {key_of(name): name for name in names} | {n: n for n in names}
        self._new_teams = 0
        self._room = max(0, min(NEW_TEAMS, ALL_TEAMS - len(names)))
        self._lines: dict[object, int] = {}

    def planned(self) -> Iterator[Planned]:
        """Yield what each row would do, in the order of the file."""
        for line, cells in self._table:
            yield self._plan(line, cells)

    def _plan(self, line: int, cells: Sequence[str]) -> Planned:
        problems: list[str] = []
        given = {c.id: self._text(c, cells, problems) for c in COLUMNS}
        reference = _own(given["reference"])
        use_case = self._known.get(reference) if reference else None
        if reference.startswith(_OURS) and use_case is None:
            problems.append(f"{self._organization} has no use case {reference}")
        if reference:
            same = use_case.pk if use_case else reference
            first = self._lines.setdefault(same, line)
            if first != line:
                problems.append(f"{reference} is already in line {first}")
        given["team"] = self._team(given["team"], problems)
        values = self._values(given, use_case, problems)
        if problems:
            does: Does = "refused"
        elif use_case is None:
            does = "register"
        else:
            does = "nothing"
        changes = _changes(use_case, values) if use_case and not problems else ()
        return Planned(
            line=line,
            does="change" if changes else does,
            reference=reference,
            name=given["name"] or (use_case.name if use_case else ""),
            values=values,
            use_case=use_case,
            changes=changes,
            problems=tuple(problems),
        )

    def _team(self, name: str, problems: list[str]) -> str:
        """Return a team as it is spelled; count a new one, and say if it is too many.

        Case and spaces do not matter. A new team is spelled as its first row says.
        """
        if known := self._teams.get(name) or self._teams.get(key_of(name)):
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

    def _text(self, column: Column, cells: Sequence[str], problems: list[str]) -> str:
        place = self._places.get(column.id)
        try:
            text = fitting_text(cells[place] if place is not None else "", column.most)
        except ValidationError as error:
            problems.append(f"{column.label}: {error.messages[0]}")
            return ""
        if column.is_needed and not text:
            problems.append(f"{column.label} is empty")
        return " ".join(text.split()) if column.id != "summary" else text

    def _values(
        self, given: Mapping[str, str], use_case: UseCase | None, problems: list[str]
    ) -> dict[str, Any]:
        """Return the values by field of a use case; empty cells change nothing."""
        values: dict[str, Any] = {
            name: given[name] for name in ("name", "team", "summary")
        }
        if given["owner"]:
            owner = self._owners.get(given["owner"].casefold())
            values["owner"] = owner
            if owner is None:
                problems.append(
                    f"Nobody with the address {given['owner']} may contribute to "
                    f"{self._organization}"
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
        return values


def _own(reference: str) -> str:
    """Return a reference of ours in our spelling, however it was typed."""
    typed = reference.upper()
    return typed if typed.startswith(_OURS) else reference


def _changes(use_case: UseCase, values: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return the fields of a use case that a row would change."""
    labels = {column.id: column.label for column in COLUMNS}
    now = {
        "name": use_case.name,
        "team": use_case.team.name,
        "summary": use_case.summary,
        "owner": use_case.owner,
        "stage": use_case.stage,
    }
    return tuple(
        Difference(
            label=labels[name],
            before=_in_words(name, now[name]),
            after=_in_words(name, value),
        )
        for name, value in values.items()
        if now[name] != value
    )


def _in_words(name: str, value: Any) -> str:
    if name == "stage":
        return str(Stage(value).label)
    return f"{value} ({value.email})" if name == "owner" else str(value)
