"""The share of the cases that must pass: one field, wherever it is asked for."""

from decimal import Decimal
from functools import cache
from typing import Any

from django import forms

from audits.scoring.scored.candidates import Candidates

_BOUNDS = "The target must be from 1 to 99.9"


class ShareField(forms.DecimalField):
    """A number of 100, also with a percent sign and with a comma for its point."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").rstrip().replace(",", ".")
        return super().to_python(value)


@cache
def share_field(hint: str) -> ShareField:
    """Return the field of the target, which no form changes, with a hint below it."""
    return ShareField(
        label="How many of 100 cases must pass (optional)",
        help_text=hint,
        min_value=1,
        max_value=Decimal("99.9"),
        decimal_places=2,
        required=False,
        error_messages={
            "invalid": "The target must be a number, like 90",
            "min_value": _BOUNDS,
            "max_value": _BOUNDS,
            "max_decimal_places": (
                "The target must have 2 digits or fewer after the point"
            ),
        },
        widget=forms.TextInput(
            {"inputmode": "decimal", "class": "form-control form-control-num"}
        ),
    )


def share_shown(found: Candidates) -> str:
    """Return the target as its field has it; empty without one."""
    if found.target is None:
        return ""
    return f"{(found.target * 100).normalize():f}"
