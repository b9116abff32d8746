"""A day in a form that is still to come, such as that until which a board decides."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from audits.scoring.days import in_words


class DayField(forms.DateField):
    """A day that a browser lets people choose; it may be empty."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            required=False,
            widget=forms.DateInput(
                {"type": "date", "class": "form-control form-control-num"},
                format="%Y-%m-%d",
            ),
            error_messages={
                "invalid": "Enter the day as year, month and day, like 2026-12-09"
            },
            **options,
        )


class BoardDay(DayField):
    """Until when the board decides, as page 1 of the board paper says it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Board decides by (optional)", **options)


def to_come(day: date | None, stored: date | None = None) -> date | None:
    """Return a day that is still to come, or that is stored already.

    Raises:
        ValidationError: It has passed.
    """
    if day and day != stored and day < timezone.localdate():
        said = f"Enter a day that is still to come: {in_words(day)} has passed"
        raise forms.ValidationError(said)
    return day
