"""Says in words what the export of a person has: its page “Read me”."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils import timezone

from audits.models import User

READ_ME = "read-me.txt"
# What a row is, if the name of its model does not say it to people; one, and several.
NOUNS: dict[str, tuple[str, str]] = {
    "answerrequest": ("question to a colleague", "questions to colleagues"),
    "boarddecision": ("decision of the board", "decisions of the board"),
    "conditionstep": ("step of a condition", "steps of conditions"),
    "coverversion": ("saved state of page 1", "saved states of page 1"),
    "decisionstep": ("step of a decision", "steps of decisions"),
    "droppedresults": ("dropped results file", "dropped results files"),
    "evidence": ("piece of evidence", "pieces of evidence"),
    "feed": ("calendar", "calendars"),
    "portfoliorow": ("line of the portfolio", "lines of the portfolio"),
    "provideraccount": ("account at the provider", "accounts at the provider"),
    "provisioningtoken": ("token of SCIM", "tokens of SCIM"),
    "removedevidence": ("removed piece of evidence", "removed pieces of evidence"),
    "removedusage": ("removed usage file", "removed usage files"),
    "report": ("paper or annex", "papers and annexes"),
    "resultscheck": ("check of a results file", "checks of results files"),
    "share": ("shared paper or pack", "shared papers and packs"),
    "signoffcondition": ("condition of a sign-off", "conditions of sign-offs"),
    "usageupload": ("usage file", "usage files"),
    "version": ("save of answers", "saves of answers"),
}
# What the person has to do with it, by the column that names them.
ROLES = {
    "actor": "that you caused",
    "added_by": "that you added",
    "by": "by you",
    "closed_by": "that you closed",
    "discarded_by": "that you discarded",
    "given_by": "that you gave to somebody",
    "given_from": "that was yours before",
    "handed_by": "that you handed over",
    "handed_to": "that you were handed",
    "of": "that asks you",
    "owner": "that you own",
    "reader": "that you may read",
    "removed_by": "that you removed",
    "requested_by": "that you asked for",
    "resolved_by": "that you resolved",
    "submitted_by": "that you submitted",
    "taken_back_by": "that you took back",
    "to": "to your address",
    "user": "of yours",
}
_SEVERAL = {"of": "that ask you"}
_HEAD = """\
What Attune stores of you, on {day}

Name: {name}
Email address: {email}
Earlier names and addresses: {former}

Each file that ends with .jsonl has one row in each line; a text editor opens it. Of
rows that somebody else made, it says only that they name you. Times are in UTC. This
export has no password and no secret.
"""


@dataclass(slots=True)
class Contents:
    """What an export has, gathered while it is written.

    `parts` are the headings with their lines, in the order in which they came.
    """

    parts: dict[str, list[str]] = field(default_factory=dict)

    def add(self, heading: str, line: str) -> None:
        """Add a line below a heading."""
        self.parts.setdefault(heading, []).append(line)

    def add_rows(
        self, heading: str, model: type[Any], column: str, number: int, path: str
    ) -> None:
        """Add a line that says how many rows of a model are in a file, if any."""
        if number:
            self.add(heading, f"{number} {in_words(model, column, number)}: {path}")

    def as_text(self, person: User) -> str:
        """Return the page."""
        head = _HEAD.format(
            day=_day(timezone.now()),
            name=person.name or "none",
            email=person.email,
            former=", ".join(person.former) or "none",
        )
        return head + "".join(_paragraphs(self.parts))


def in_words(model: type[Any], column: str, number: int) -> str:
    """Return what some rows are, and what a person has to do with them."""
    meta = model._meta
    usual = str(meta.verbose_name), str(meta.verbose_name_plural)
    one, several = NOUNS.get(str(meta.model_name), usual)
    if number == 1:
        return f"{one} {ROLES[column]}"
    return f"{several} {_SEVERAL.get(column, ROLES[column])}"


def since(said: Mapping[str, Any]) -> str:
    """Return the days of a membership as people write them."""
    began, ended = (
        _day(datetime.fromisoformat(said[x])) if said[x] else ""
        for x in ("began_at", "ended_at")
    )
    return f"from {began} to {ended}" if ended else f"since {began}"


def _paragraphs(parts: Mapping[str, Sequence[str]]) -> Iterator[str]:
    for heading, lines in parts.items():
        yield f"\n{heading}\n"
        yield from (f"- {line}\n" for line in lines)


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"
