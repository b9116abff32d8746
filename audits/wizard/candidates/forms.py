"""Forms for a candidate, for what candidates must reach, and for a results file."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils import timezone

from audits.evaluations.runs import Run
from audits.models.fields.text import TypedText
from audits.plain_forms import FileForm, PlainForm
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.scored.candidates import Candidates, ScoredCandidate, ScoredKind
from audits.scoring.scored.from_runs import why_no_candidate
from audits.scoring.scored.kinds import CHOICE_NAMES
from audits.scoring.scored.values import (
    MOST_CASES,
    MOST_COST,
    MOST_MS,
    TEXTS,
    WRONG_TEXTS,
)
from audits.uploads.attachments.links import RefusedLinkError, checked_link
from audits.wizard.forms.target_field import share_field, share_shown
from audits.written_fields.fields import WrittenDecimal, WrittenWhole, write_numbers

KIND_CHOICES = [*CHOICE_NAMES.items()]
LEFT_OUT = "none"
_LEFT_OUT = (LEFT_OUT, "Leave it out")
_FIRST_DAY = date(2020, 1, 1)
_MILLISECONDS = "In milliseconds: 2 seconds are 2,000."
_WHOLE = {"inputmode": "numeric", "class": "form-control form-control-num"}
_NUMBER = {"inputmode": "decimal", "class": "form-control form-control-num"}


def _whole(label: str, most: int, hint: str = "", *, least: int = 0) -> Any:
    name = label.removesuffix(" (optional)")
    wrong = f"{name} must be a whole number, like 120"
    return WrittenWhole(
        label=label,
        help_text=hint,
        min_value=least,
        max_value=most,
        required=not label.endswith("(optional)"),
        error_messages={
            "invalid": wrong,
            "required": f"Enter: {label.lower()}",
            **_bounds(name, f"{least:,}", f"{most:,}"),
        },
        widget=forms.TextInput(_WHOLE),
    )


def _decimal(label: str, most: Decimal, hint: str, places: int) -> Any:
    name = label.removesuffix(" (optional)")
    wrong = f"{name} must be a number, like 0.5"
    return WrittenDecimal(
        label=label,
        help_text=hint,
        min_value=0,
        max_value=most,
        decimal_places=places,
        required=False,
        error_messages={
            "invalid": wrong,
            **_bounds(name, "0", f"{most:,}"),
            **_places(name, places),
        },
        widget=forms.TextInput(_NUMBER),
    )


def _bounds(name: str, least: str, most: str) -> dict[str, str]:
    said = f"{name} must be from {least} to {most}"
    return {"min_value": said, "max_value": said}


def _places(name: str, places: int) -> dict[str, str]:
    said = f"{name} must have {places} digits or fewer after the point"
    return {"max_decimal_places": said}


def _text(label: str, name: str, hint: str) -> Any:
    return TypedText(
        label=f"{label} (optional)",
        help_text=hint,
        max_length=TEXTS[name],
        required=False,
        error_messages={
            "max_length": f"{label} must have {TEXTS[name]} characters or fewer"
        },
    )


class CandidateForm(PlainForm):
    """One candidate, as somebody types it."""

    kind = forms.ChoiceField(label="What was scored", choices=KIND_CHOICES)
    model = _text(
        "Name", "model", "What you call it, such as its model or version of the prompt."
    )
    settings = _text(
        "Settings", "settings", "Version of the prompt, test set, temperature."
    )
    cases = _whole(
        "Cases", MOST_CASES, "Fewer than 30 are saved but do not count.", least=1
    )
    passed = _whole(
        "Passed (optional)",
        MOST_CASES,
        "How many passed, not the share: 82% of 50 cases are 41. Or give a mean score.",
    )
    mean = _decimal(
        "Mean score (optional)",
        Decimal(1),
        "From 0 to 1, if cases get a score, not a pass or fail.",
        6,
    )
    cost = _decimal(
        "Cost of a call (optional)", MOST_COST, "In US dollars, caching on.", 9
    )
    p50_ms = _whole("Half of the calls took at most (optional)", MOST_MS, _MILLISECONDS)
    p95_ms = _whole("95 of 100 calls took at most (optional)", MOST_MS, _MILLISECONDS)
    day = forms.DateField(
        label="Day of the test (optional)",
        required=False,
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": "The day must be one like 2026-11-20"},
        widget=forms.DateInput(
            {"type": "date", "class": "form-control form-control-num"},
            format="%Y-%m-%d",
        ),
    )
    run_by = _text("Who ran it", "run_by", "A person or a team.")
    link = _text(
        "Link to the result",
        "link",
        "Where the result can be read, such as a report or a table of the runs. "
        "Without a day, a name and a link, it is asserted and answers no question.",
    )
    is_allowed = forms.BooleanField(
        label="It may run in production", required=False, initial=True
    )

    def __init__(
        self,
        row: ScoredCandidate | None = None,
        data: Any = None,
        notation: Notation = ENGLISH,
    ) -> None:
        self.row = row
        known = {name: getattr(row, name) for name in self.base_fields} if row else None
        super().__init__(data, initial=known)
        write_numbers(self, notation)
        if row and row.sha256:
            for name in ("cases", "passed", "mean", "day", "p50_ms", "p95_ms"):
                self.fields[name].disabled = True
            del self.fields["link"]  # its file shows it

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        if day and not _FIRST_DAY <= day <= timezone.localdate():
            message = "The day must be from 2020 on, and not in the future"
            raise forms.ValidationError(message)
        return day

    def clean_link(self) -> str:
        link: str = self.cleaned_data["link"]
        try:
            return checked_link(link) if link else ""
        except RefusedLinkError as error:
            raise forms.ValidationError(str(error)) from None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.errors:
            return cleaned
        passed, mean = cleaned["passed"], cleaned["mean"]
        if (passed is None) is (mean is None):
            self.add_error(
                "passed", "Enter how many passed, or their mean score, and not both"
            )
        elif passed is not None and passed > cleaned["cases"]:
            self.add_error("passed", "No more can have passed than there are cases")
        return cleaned

    def candidate(self) -> ScoredCandidate:
        """Return the candidate that was typed."""
        if self.row is None:
            return ScoredCandidate(id="", **self.cleaned_data)
        return replace(self.row, **self.cleaned_data)


class TargetForm(PlainForm):
    """What candidates must reach."""

    share = share_field("Without it, the results answer fewer questions.")
    limit_ms = _whole(
        "Time limit for 95 of 100 calls (optional)",
        MOST_MS,
        "In milliseconds, if the job has such a limit.",
    )

    def __init__(
        self, found: Candidates, data: Any = None, notation: Notation = ENGLISH
    ) -> None:
        self._found = found
        initial = {"share": share_shown(found), "limit_ms": found.limit_ms}
        super().__init__(data, initial=initial)
        write_numbers(self, notation)

    @property
    def is_news(self) -> bool:
        """Whether something else was entered than what is stored, however written."""
        wanted, found = self.wanted(), self._found
        return (wanted.target, wanted.limit_ms) != (found.target, found.limit_ms)

    def wanted(self) -> Candidates:
        """Return what was entered, without any candidate; what is refused stays."""
        target, entered = self._found.target, self.cleaned_data
        if "share" in entered:
            share = entered["share"]
            target = None if share is None else share / 100
        limit_ms = entered.get("limit_ms", self._found.limit_ms)
        return Candidates(target=target, limit_ms=limit_ms)


class ResultsForm(FileForm):
    """A results file of an evaluation tool."""

    file = forms.FileField(
        label="Results file",
        help_text="JSON of promptfoo, lm-evaluation-harness or DeepEval, a log of "
        "Inspect, or a CSV file; up to 25 MB. Prompts and answers in it are not "
        "stored.",
        allow_empty_file=True,  # our own message comes when its content is read
        error_messages={"required": "Select a results file"},
        widget=forms.FileInput({"accept": ".json,.eval,.csv"}),
    )
    kind = forms.ChoiceField(
        label="What was scored (optional)",
        help_text="For a file with one candidate. You can change it before you save.",
        choices=[("", "As named in the file"), *KIND_CHOICES],
        required=False,
    )


# What can be wrong with a results file; the words about it follow.
_WRONG_WHAT = (
    "Another use case’s",
    "Another candidate or other settings",
    "Broken or partial export",
    "Trial run of the tool",
    "Same run twice",
    "Something else",
)
_FEWEST_WORDS = 3
_MOST_WHY = WRONG_TEXTS["reason"] - len(max(_WRONG_WHAT, key=len)) - 2


class WrongFileForm(PlainForm):
    """What is wrong with a results file, and the words that show it."""

    what = forms.ChoiceField(
        label="What is wrong with it",
        choices=[("", "Choose what is wrong"), *((x, x) for x in _WRONG_WHAT)],
        error_messages={"required": "Choose what is wrong with the file"},
    )
    reason = TypedText(
        label="How you know",
        help_text="For example: It has the cases of the claims desk. The result, the "
        "reviewer and the board paper show your choice, your words and your name.",
        max_length=_MOST_WHY,
        error_messages={
            "required": "Say how you know that it is the wrong file",
            "max_length": f"How you know must have {_MOST_WHY} characters or fewer",
        },
    )

    def clean_reason(self) -> str:
        """Refuse words that say no more than the choice."""
        words: str = self.cleaned_data["reason"]
        if len(words.split()) < _FEWEST_WORDS:
            message = f"Say how you know in {_FEWEST_WORDS} words or more"
            raise forms.ValidationError(message)
        return words

    @property
    def said(self) -> str:
        """What is wrong, and how somebody knows, as it is stored."""
        return f"{self.cleaned_data['what']}: {self.cleaned_data['reason']}"


class RunsForm(PlainForm):
    """Which candidate each run of a file is; one that is left out is none.

    `again` says whether runs of the same candidates replace what an earlier file said;
    it is None if there are none.
    """

    def __init__(
        self,
        runs: Sequence[Run],
        initial: Sequence[str],
        data: Any = None,
        *,
        again: bool | None = None,
    ) -> None:
        super().__init__(data)
        self.runs = runs
        for number, (run, kind) in enumerate(zip(runs, initial, strict=True)):
            self.fields[_kind_of(number)] = forms.ChoiceField(
                label=f"What “{run.candidate or 'this run'}” is",
                choices=[("", "Choose what it is"), *KIND_CHOICES, _LEFT_OUT],
                initial=kind,
                required=False,
                widget=forms.Select({"class": "form-select"}),
            )

        if again is not None:
            self.fields["again"] = forms.BooleanField(
                label="Replace the earlier results of the same candidates",
                initial=again,
                required=False,
                widget=forms.CheckboxInput({"class": "form-check-input"}),
            )

    def choices(self) -> list[str]:
        """Return what was chosen for each run: a kind, `LEFT_OUT` or nothing."""
        return [self._chosen(_kind_of(n)) or "" for n in range(len(self.runs))]

    def kinds(self) -> list[ScoredKind | None]:
        """Return the chosen kind of each run; None for one without."""
        chosen = ("" if each == LEFT_OUT else each for each in self.choices())
        return [cast("ScoredKind", each) if each else None for each in chosen]

    def unset(self) -> list[int]:
        """Return the runs that can count, of which nobody said what they are."""
        return [
            number
            for number, (run, choice) in enumerate(
                zip(self.runs, self.choices(), strict=True)
            )
            if not choice and not why_no_candidate(run)
        ]

    def ask_for_unset(self) -> None:
        """Ask what each run is of which nobody said it."""
        for number in self.unset():
            name = self.runs[number].candidate or "this run"
            message = f"Choose what “{name}” is, or choose “{_LEFT_OUT[1]}”"
            self.add_error(_kind_of(number), message)

    @property
    def replaces(self) -> bool:
        """Whether earlier results of the same candidates are replaced."""
        return "again" in self.fields and bool(self._chosen("again"))

    def _chosen(self, name: str) -> Any:
        if self.is_bound:
            return self.cleaned_data.get(name)
        return self.fields[name].initial


def _kind_of(number: int) -> str:
    return f"kind-{number}"
