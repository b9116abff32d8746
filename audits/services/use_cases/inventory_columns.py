"""The columns of an inventory, and what a row says in those that somebody chose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audits.inventories.made_references import MADE, made_reference
from audits.inventories.reading import Row
from audits.models.fields.tags import MOST_OF_TAGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A field of a column, and the headings that suggest it.

    It holds `most` characters. Of what `is_shortened`, the first are shown, and the
    whole text is kept beside. What `is_needed` is needed to register a use case: one
    that exists keeps what its row lacks, and only its reference is needed.
    """

    id: str
    label: str
    hint: str
    most: int
    is_needed: bool = False
    is_shortened: bool = False
    known_as: tuple[str, ...] = ()


COLUMNS = (
    Column(
        id="reference",
        label="Reference",
        hint="Your own reference for the use case, or ours like UC-0042. A repeated "
        "import uses it to find and change the use case. One that Attune makes of team "
        "and name changes with them.",
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
        is_shortened=True,
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
        is_shortened=True,
        known_as=("summary", "description", "purpose"),
    ),
    Column(
        id="owner",
        label="Owner",
        hint="The name or the email address of a member who may contribute. If empty, "
        "you are the owner.",
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
    Column(
        id="tags",
        label="Tags",
        hint="Words of your own with commas between them, such as claims, pilot. They "
        "replace the tags of a use case that has some.",
        most=MOST_OF_TAGS,
        known_as=("tag", "labels", "keywords"),
    ),
    Column(
        id="sponsor",
        label="Sponsor",
        hint="Who asks the board to decide, on page 1. It fills new use cases only.",
        most=40,
        known_as=("executive sponsor", "sponsor, as the author names them"),
    ),
    Column(
        id="sponsor_agreed_on",
        label="Sponsor agreed on",
        hint="The day on which the sponsor agreed, such as 2026-11-20. It fills new "
        "use cases only.",
        most=40,
        known_as=("agreed on",),
    ),
    Column(
        id="decide_by",
        label="Decide by",
        hint="The day of the decision on page 1, such as 2027-01-31. It fills new use "
        "cases only.",
        most=40,
        known_as=("decision date", "decision by"),
    ),
    Column(
        id="budget_month",
        label="Budget a month",
        hint="US dollars a month for all model calls, such as 1200: the number of that "
        "name. It fills new use cases only.",
        most=40,
        known_as=("budget", "monthly budget"),
    ),
)
# What a row gives a use case that it registers, and no other.
ONLY_NEW = ("sponsor", "sponsor_agreed_on", "decide_by", "budget_month")


def guessed_columns(
    headings: Sequence[str], columns: Sequence[Column] = COLUMNS
) -> dict[str, str]:
    """Return the most likely heading for each field."""
    by_word = {heading.casefold(): heading for heading in reversed(headings)}
    found: dict[str, str] = {}
    for column in columns:
        words = (column.label.casefold(), column.id, *column.known_as)
        heading = next((by_word[word] for word in words if word in by_word), None)
        if heading and heading not in found.values():
            found[column.id] = heading
    return found


class ChosenReading:
    """Reads rows by the headings that somebody chose for each field."""

    def __init__(self, columns: Mapping[str, str], headings: Sequence[str]) -> None:
        self._columns = columns
        self._is_made = columns.get("reference") == MADE
        self._places = {
            name: headings.index(heading)
            for name, heading in columns.items()
            if heading != MADE
        }

    def row(self, cells: Sequence[str]) -> Row:
        """Return what a row says, and the cells that have more than a field holds."""
        given = {column.id: "" for column in COLUMNS}
        given |= {name: cells[place] for name, place in self._places.items()}
        if self._is_made:
            named = given["team"], given["name"]
            given["reference"] = made_reference("ROW", named)
        longer = {
            self._columns[column.id]: given[column.id]
            for column in COLUMNS
            if column.is_shortened and len(given[column.id]) > column.most
        }
        return Row(given=given, cells=longer, says_more=bool(longer))


def lacking(given: Mapping[str, str], problems: Sequence[str]) -> list[str]:
    """Say what a new use case needs, its row has not, and no problem tells already."""
    return [
        f"{column.label} is empty"
        for column in COLUMNS
        if column.is_needed
        and not given[column.id]
        and not any(each.startswith(f"{column.label}: ") for each in problems)
    ]
