"""The conditions in the form of a review, and what becomes of each later."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from audits.models import Audit, User
from audits.models.fields.proof_field import proof_field
from audits.models.fields.text import TypedText
from audits.models.sign_offs.conditions import MOST_OF_A_CONDITION
from audits.plain_forms import FileForm
from audits.scoring.days import in_words
from audits.services.conditions.conditions import (
    CONDITION_NEEDED,
    MOST_CONDITIONS,
    MOST_OF_A_NOTE,
    Term,
    possible_owners,
)
from audits.services.reviews.drift import validity_of
from audits.uploads.attachments import links, names

# How many conditions the page shows, and the button that asks for one more.
SHOWN = "shown"
ADD = "add"
_DAY = "Enter the day as year, month and day, like 2027-01-14"
_NO_DAY = "By when must it be met?"
_OVER = "Enter a day that is still to come"
_NOBODY = "Choose a member of your organization as the owner"
_LATE = (
    "{day} is after {latest}, the last day on which the move can begin, and the amount "
    "waits for this condition. Enter an earlier day, or send your review again to keep "
    "this one"
)
_AFTER_BOARD = (
    "{day} is after {latest}, by when the board decides, and what it approves waits "
    "for this condition. Enter an earlier day, or send your review again to keep this "
    "one"
)
_PARTS = ("words", "owner", "due_on", "when")
# Whether an amount waits for it.
_BEFORE, _WHILE = "before", "while"
_WHEN = (
    (_BEFORE, "Before the money is spent"),
    (_WHILE, "While the work goes on"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """The fields of one condition, and the late day that its author was warned of."""

    number: int
    words: forms.BoundField
    owner: forms.BoundField
    due_on: forms.BoundField
    when: forms.BoundField
    warned: str


class ConditionFields(forms.Form):
    """The conditions of a form: as many as its page shows, the first of them always.

    Empty ones do not count, but the first does in an approval with conditions.
    """

    def add_conditions(
        self,
        audit: Audit,
        sent: Mapping[str, Any],
        latest: date | None,
        *,
        board: date | None = None,
    ) -> None:
        """Add the fields of the conditions that a page has sent, or of the first.

        Args:
            audit: The audit.
            sent: What a page has sent.
            latest: The last day on which what waits for them can begin, if there is.
            board: By when the board decides on money; None if it does not, or by any.
        """
        self.use_case_owner, owners = audit.use_case.owner, possible_owners(audit)
        self.shown = _number(sent.get(SHOWN))
        until = validity_of(audit, timezone.localdate())
        self.latest, self.warned = latest, dict[int, str]()
        self.board = board
        for number in range(1, self.shown + 1):
            which = str(number) if self.shown > 1 else ""
            self.fields[f"condition_{number}_words"] = _words(which)
            owner = _owner(which, owners, self.use_case_owner)
            self.fields[f"condition_{number}_owner"] = owner
            self.fields[f"condition_{number}_due_on"] = _day(which, until, latest)
            self.fields[f"condition_{number}_when"] = _when(which)
            self.warned[number] = str(sent.get(f"condition_{number}_warned", ""))
        if ADD in sent:
            last = self.fields[f"condition_{self.shown}_words"]
            last.widget.attrs["autofocus"] = True

    @property
    def conditions(self) -> list[Shown]:
        """The fields of each condition."""
        return [
            Shown(
                number=number,
                words=self[f"condition_{number}_words"],
                owner=self[f"condition_{number}_owner"],
                due_on=self[f"condition_{number}_due_on"],
                when=self[f"condition_{number}_when"],
                warned=self.warned[number],
            )
            for number in range(1, self.shown + 1)
        ]

    @property
    def may_add(self) -> bool:
        """Whether there may be one more condition."""
        return self.shown < MOST_CONDITIONS

    def check_conditions(self) -> None:
        """Require the words and the day of each condition, at least of the first."""
        filled = [n for n in range(1, self.shown + 1) if self._is_filled(n)] or [1]
        for number in filled:
            words, _, day, when = (f"condition_{number}_{part}" for part in _PARTS)
            if words not in self.errors and not self.cleaned_data[words]:
                self.add_error(words, CONDITION_NEEDED)
            found = self.cleaned_data.get(day)
            if day not in self.errors and (not found or found < timezone.localdate()):
                self.add_error(day, _OVER if found else _NO_DAY)
            holds = self.cleaned_data.get(when) != _WHILE
            if day not in self.errors and found and holds:
                self._warn(number, day, found)

    def _warn(self, number: int, field: str, day: date) -> None:
        """Refuse once a day on which it is too late; sent again, it is taken."""
        warnings = (self.latest, _LATE), (self.board, _AFTER_BOARD)
        passed = ((by, said) for by, said in warnings if by and day > by)
        latest, said = next(passed, (None, ""))
        if latest and self.warned[number] != day.isoformat():
            self.warned[number] = day.isoformat()
            words = said.format(day=in_words(day), latest=in_words(latest))
            self.add_error(field, words)

    def terms(self) -> Iterator[Term]:
        """Take the conditions out of valid values."""
        for number in range(1, self.shown + 1):
            words, owner, day, when = (
                self.cleaned_data.pop(f"condition_{number}_{part}", None)
                for part in _PARTS
            )
            if words and day:
                yield Term(
                    words=words,
                    owner=owner or self.use_case_owner,
                    due_on=day,
                    holds_money=when != _WHILE,
                )

    def _is_filled(self, number: int) -> bool:
        said = (self[f"condition_{number}_{part}"].data for part in ("words", "due_on"))
        return any((each or "").strip() for each in said)


def one_more(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a page has sent, with room for one more condition."""
    more = min(_number(sent.get(SHOWN)) + 1, MOST_CONDITIONS)
    return {**sent, SHOWN: str(more)}


class MetForm(FileForm):
    """How a condition was met, and a link or a file that proves it."""

    words = TypedText(
        label="How it was met",
        help_text="Everybody in your organization can read it.",
        max_length=MOST_OF_A_NOTE,
        widget=forms.Textarea({"rows": 3, "class": "form-control"}),
        error_messages={"required": "Say how it was met"},
    )
    link = forms.CharField(
        label="Link to the proof (optional)",
        help_text="A page or document your colleagues can open. Up to "
        f"{links.MAX_CHARACTERS} characters.",
        required=False,
        widget=forms.TextInput({"inputmode": "url", "class": "form-control"}),
    )
    name = TypedText(
        label="Name of the link (optional)",
        required=False,
        max_length=names.MAX_CHARACTERS,
        widget=forms.TextInput({"class": "form-control"}),
    )
    file = proof_field("File of the proof (optional)")


class TakeBackForm(forms.Form):
    """Why a condition is not met after all."""

    words = TypedText(
        label="Why it is not met",
        max_length=MOST_OF_A_NOTE,
        widget=forms.Textarea({"rows": 3, "class": "form-control"}),
        error_messages={"required": "Enter the reason"},
    )


def _number(said: Any) -> int:
    """Return how many conditions a page shows, from what it has sent."""
    numbers = {str(number): number for number in range(1, MOST_CONDITIONS + 1)}
    return numbers.get(str(said), 1)


def _words(which: str) -> TypedText:
    return TypedText(
        label=f"Condition {which}".strip(),
        required=False,
        max_length=MOST_OF_A_CONDITION,
        widget=forms.Textarea({"rows": 7, "class": "form-control"}),
    )


def _named(label: str, which: str) -> str:
    return f"{label}: condition {which}" if which else label


def _owner(which: str, owners: Any, default: User) -> "forms.ModelChoiceField[User]":
    return forms.ModelChoiceField(
        owners,
        label=_named("Who meets it", which),
        help_text="The owner of the use case, unless you choose somebody else.",
        empty_label=None,
        required=False,
        initial=default.public_id,
        to_field_name="public_id",
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": _NOBODY},
    )


def _when(which: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=_WHEN,
        label=_named("When it must be met", which),
        help_text="Only what must be met before the money is spent holds an approved "
        "amount.",
        required=False,
        initial=_BEFORE,
        widget=forms.Select({"class": "form-select"}),
    )


def _day(which: str, until: date, latest: date | None) -> forms.DateField:
    end = in_words(until)
    begins = ""
    if latest:
        begins = (
            " The move, whose amount waits for the condition, has to begin by "
            f"{in_words(latest)}."
        )
    widget = forms.DateInput(
        {"class": "form-control form-control-num", "type": "date"}, format="%Y-%m-%d"
    )
    return forms.DateField(
        label=_named("By when", which),
        help_text=f"A sign-off of today ends on {end}; a later condition is not due "
        f"while it is valid.{begins}",
        required=False,
        widget=widget,
        error_messages={"invalid": _DAY},
    )
