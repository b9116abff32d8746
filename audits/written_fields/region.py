"""The choice of a time zone and of how numbers are written, with an example of each."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.dateformat import format as in_words

from audits.scoring.numbers.written_numbers import (
    SAMPLES,
    Notation,
    notation_of_sample,
    written,
)
from audits.services.people.times_of_day import place_of, zone_names, zone_of


class RegionForm(forms.Form):
    """A time zone and a way to write numbers; empty is that of somebody else.

    `whose` says of whom, for both.
    """

    time_zone = forms.ChoiceField(
        required=False,
        label="Time zone",
        widget=forms.Select({"class": "form-select"}),
        error_messages={"invalid_choice": "Choose a time zone of the list"},
    )
    number_style = forms.ChoiceField(
        required=False,
        label="How you write numbers",
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"invalid_choice": "Choose how numbers are written"},
    )

    def __init__(
        self, data: Any, *, initial: dict[str, str], zone: str, numbers: str
    ) -> None:
        super().__init__(data, initial=initial)
        self.fields["time_zone"].choices = [("", zone), *_zones()]  # type: ignore[attr-defined]
        self.fields["number_style"].choices = [  # type: ignore[attr-defined]
            *((each, each) for each in SAMPLES),
            ("", numbers),
        ]

    @property
    def styles(self) -> Iterator[tuple[Any, str]]:
        """The ways to write numbers, each with what is meant by it."""
        for choice in self["number_style"]:
            notation = notation_of_sample(str(choice.data["value"]))
            yield choice, meant_by(notation) if notation else ""


@cache
def _zones() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return the time zones by their part of the world."""
    found: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(zone_names()):
        region, _, place = name.partition("/")
        words = place.replace("_", " ").replace("/", ", ") or name
        found.setdefault(region if place else "Everywhere", []).append((name, words))
    return tuple((region, tuple(places)) for region, places in found.items())


def moment_in(name: str, now: datetime | None = None) -> str:
    """Say what time it is in a zone: "30 November 2026, 14:02 in Zurich".

    Args:
        name: The zone; empty for that of the installation.
        now: The moment; now if it is not given.
    """
    moment = (now or timezone.now()).astimezone(zone_of(name))
    place = place_of(name or settings.TIME_ZONE)
    return f"{in_words(moment, 'j F Y, H:i')} in {place}"


def meant_by(notation: Notation) -> str:
    """Say how two numbers are written.

    >>> meant_by(Notation(decimal=",", thousands="."))
    '1.500 is one thousand five hundred, and 1,5 is one and a half'
    """
    many, few = (written(Decimal(each), notation) for each in ("1500", "1.5"))
    return f"{many} is one thousand five hundred, and {few} is one and a half"
