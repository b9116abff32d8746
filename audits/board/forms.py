"""The forms of what a board decided, of a step that was done, and of a taking back."""

from dataclasses import replace
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.board.doubts import Known, doubts_of
from audits.models import BoardDecision, DecisionStep, Stage
from audits.models.fields.proof_field import proof_field
from audits.models.fields.text import TypedText
from audits.models.sign_offs.board_decisions import MOST_OF_WORDS
from audits.plain_forms import FileForm
from audits.scoring.board.follow_ups import FollowUp
from audits.scoring.days import in_words
from audits.scoring.numbers.written_numbers import Notation
from audits.services.board.recording import MOST_OF_A_CONDITION, Record, wrong_in
from audits.services.board.steps import Done
from audits.uploads.attachments import links, names
from audits.written_fields.fields import WrittenDecimal, write_numbers

_DAY = "Enter the day as year, month and day, like 2027-01-14"
_SURE = "At the end, tick what is so, or change it. Nothing is stored before that"
_AMOUNT = "Enter an amount in digits, like 12,000 or 12000.50"


def _day(label: str, help_text: str = "", *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _DAY, "required": _DAY},
    )


def _words(label: str, help_text: str = "", *, required: str = "") -> TypedText:
    return TypedText(
        label=label,
        help_text=help_text,
        max_length=MOST_OF_WORDS,
        required=bool(required),
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": required},
    )


def _amount(label: str, help_text: str = "") -> WrittenDecimal:
    return WrittenDecimal(
        label=label,
        help_text=help_text,
        required=False,
        max_digits=16,
        decimal_places=2,
        widget=forms.TextInput({"inputmode": "decimal"}),
        error_messages={
            "invalid": _AMOUNT,
            "max_digits": "Enter a smaller amount",
            "max_whole_digits": "Enter a smaller amount",
            "max_decimal_places": _AMOUNT,
        },
    )


def _link(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text="A page or document your colleagues can open. Up to "
        f"{links.MAX_CHARACTERS} characters.",
        required=False,
        widget=forms.TextInput({"inputmode": "url"}),
    )


def _name() -> TypedText:
    return TypedText(
        label="Name of the link (optional)",
        required=False,
        max_length=names.MAX_CHARACTERS,
    )


class _Crispy(forms.Form):
    """A form that its template puts between its own tags."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True


class DecisionForm(FileForm):
    """What the board decided."""

    corrects = TypedText(
        label="What was wrong in the last record (optional)",
        help_text="To correct a typing error, enter all as the board decided it, and "
        "say here what was wrong: the record then says “Corrected”. Leave this empty "
        "if the board decided again.",
        max_length=200,
        required=False,
    )
    outcome = forms.ChoiceField(
        choices=BoardDecision.Outcome.choices,
        label="What did the board decide?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose what the board decided"},
    )
    decided_on = _day("On which day?", required=True)
    meeting = TypedText(
        label="In which meeting?",
        help_text="With the number of its minutes, if you have it: “Board of "
        "directors, minutes 14”.",
        max_length=120,
        error_messages={"required": "Name the meeting"},
    )
    words = _words(
        "What changed, why it was refused, or until when it is deferred",
        "Required unless you chose “Approved”.",
    )
    amount = _amount("Approved amount (optional)")
    condition = TypedText(
        label="Condition of the board (optional)",
        help_text="What must hold, who sees to it and by when: “Anna Berg shows by "
        "1 March that 90 of 100 cases pass”. It stays open until somebody says how it "
        "is known to be met.",
        max_length=MOST_OF_A_CONDITION,
        required=False,
    )
    carry_out_by = _day(
        "Carried out by", "Required if it was approved, with or without changes."
    )
    look_on = _day(
        "The board looks at it again on",
        "Required if it was deferred, otherwise optional.",
    )
    link = _link("Link to the minutes (optional)")
    name = _name()
    file = proof_field("File of the minutes (optional)")

    def __init__(
        self,
        currency: str,
        notation: Notation,
        *args: Any,
        condition_due: date | None = None,
        known: Known | None = None,
        is_first: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._known = known
        if is_first:
            del self.fields["corrects"]
        write_numbers(self, notation)
        if condition_due:
            self.fields["carry_out_by"].help_text += (
                f" A condition of the sign-off is due by {in_words(condition_due)}: "
                "an approved amount is held until it is met."
            )
        self.fields["amount"].help_text = (
            f"In {currency}. Leave it empty if you do not know it, and enter 0 if no "
            "money was approved. It counts only if the board approved, with or without "
            "changes."
        )

    def clean(self) -> dict[str, Any]:
        """Say at once all that is missing, and ask whether what does not fit is so.

        Another value is asked about again. Without an outcome nothing more is said, as
        that decides what else is needed.
        """
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self._known is None or "outcome" not in cleaned:
            return cleaned
        # A day that nobody entered is missing already: nothing is compared with it.
        day = cleaned.get("decided_on")
        entered = replace(self.record, decided_on=day or self._known.today)
        for name, wrong in wrong_in(entered, has_day=bool(day)).items():
            if name not in self.errors:
                self.add_error(name, wrong)
        if doubts := doubts_of(entered, self._known, has_day=bool(day)):
            self.fields["sure"] = forms.MultipleChoiceField(
                label="Does what you sent fit?",
                help_text="If you change a field instead, leave its box empty.",
                choices=doubts,
                required=False,
                widget=forms.CheckboxSelectMultiple(),
            )
            ticked = self["sure"].data or ()
            if not {key for key, _ in doubts} <= {*ticked}:
                self.add_error("sure", _SURE)
        return cleaned

    @property
    def record(self) -> Record:
        """What was entered; of a form that is not valid, as far as it is."""
        needed = {"outcome": "", "decided_on": None, "meeting": ""}
        entered = {k: x for k, x in self.cleaned_data.items() if k != "file"}
        return Record(**needed | entered)


class StepForm(_Crispy):
    """That something was done, on a day, and how that is known."""

    day = _day("On which day?", required=True)
    words = _words(
        "How is that known?",
        "Who stopped it, or which bill shows it.",
        required="Say how that is known",
    )
    link = _link("Link to the proof (optional)")
    name = _name()

    def __init__(self, asked: FollowUp, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if asked.kind in ("setup", "offer", "condition"):
            self.fields["words"].help_text = "Who did it, and what shows it."

    @property
    def done(self) -> Done:
        """What was entered, of a valid form."""
        return Done(kind=self.asked.kind, **self.cleaned_data)


class MoneyForm(StepForm):
    """The same, for money that is freed."""

    amount = _amount("How much is freed?")
    basis = forms.ChoiceField(
        choices=DecisionStep.Basis.choices,
        label="How often?",
        widget=forms.RadioSelect(),
        error_messages={"required": "Choose how often it is freed"},
    )
    field_order = ("amount", "basis", "day", "words", "link", "name")

    def __init__(
        self,
        currency: str,
        notation: Notation,
        asked: FollowUp,
        *args: Any,
        **kw: Any,
    ) -> None:
        super().__init__(asked, *args, **kw)
        write_numbers(self, notation)
        self.fields["amount"].help_text = (
            f"In {currency}. What the current plan no longer costs. Do not enter what "
            "was approved or already paid."
        )
        self.fields["day"].label = "From which day?"


class StageForm(_Crispy):
    """The stage that a use case has now."""

    stage = forms.ChoiceField(
        label="New stage", widget=forms.Select({"class": "form-select"})
    )

    def __init__(self, asked: FollowUp, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"stage": asked.to}, **kwargs)
        self.fields["stage"].choices = [  # type: ignore[attr-defined]
            (value, said)
            for value, said in Stage.explained()
            if value not in asked.stages
        ]


class BackForm(_Crispy):
    """Why a step was not done after all."""

    words = _words("Why is it not so?", required="Enter the reason")
