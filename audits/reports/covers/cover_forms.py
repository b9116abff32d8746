"""The author's own words on page 1, with their limits of characters."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from audits.models import Cover
from audits.models.covers import RISKS
from audits.reports.page_one import ROOM
from audits.scoring.days import in_words
from audits.services.papers.covers import CoverChanged
from audits.services.papers.page_one_words import LABELS

_HINTS = {
    "purpose": "",
    "meeting": "Like “Board of directors, 9 December 2026”.",
    "sponsor": "The person asking the board, and their unit.",
    "decision_asked": "One sentence with amount and time. If empty, the verdict’s own "
    "words are used.",
    "if_nothing": "What happens if the board decides nothing.",
    "why_now": "A fact, the target, what was tried, and what the AI does and does not "
    "do.",
    "decide_by": "The last day for the board to decide. Page 1 prints it under “Next "
    "date”, after your words below, if there are any.",
    "next_date": "The next step and its date, such as when a result is due. The day to "
    "decide by is printed as well.",
}


_RISK = "The harm, its size and how it is controlled."
_CHANGED = (
    "{label} was changed by someone else after you opened the page. It is now "
    "“{theirs}”. Save again to replace it with yours."
)
_PASSED = "Enter a day that is still to come: {day} has passed"
_MOVED = (
    "Someone else changed the risks after you opened the page, so the risk that you "
    "cleared here may have moved. Clear it where it is now, then save again."
)


class CoverForm(forms.Form):
    """Every field may be empty; a text that is too long is refused and shown again."""

    purpose = forms.ChoiceField(choices=Cover.Purpose.choices)

    def __init__(self, cover: Cover, data: Any = None) -> None:
        super().__init__(data, initial=_initial(cover))
        self.on = cover
        for name in ("meeting", "sponsor", "decision_asked", "if_nothing", "why_now"):
            self.fields[name] = _text(ROOM[name])
        for number in range(1, RISKS + 1):
            self.fields[f"risk_{number}"] = _text(ROOM["risk"])
            self.fields[f"owner_{number}"] = _text(ROOM["owner"])
            self.fields[f"risk_{number}"].label = f"Risk {number} (optional)"
            self.fields[f"risk_{number}"].help_text = _RISK
            self.fields[f"owner_{number}"].label = f"Owner of risk {number} (optional)"
        self.fields["decide_by"] = _day()
        self.fields["next_date"] = _text(ROOM["next_date"])
        self.fields["purpose"].widget.attrs["class"] = "form-select"
        for name, hint in _HINTS.items():
            optional = "" if name == "purpose" else " (optional)"
            self.fields[name].label = LABELS[name] + optional
            self.fields[name].help_text = hint
        for field in self.fields.values():
            field.show_hidden_initial = True

    def say_latest(self, latest: str) -> None:
        """Say beside the day of the decision by when it has to be, if that is known."""
        hint = f"{_HINTS['decide_by']} {latest}".strip()
        self.fields["decide_by"].help_text = hint

    def say_replaced(self, computed: tuple[str, ...], stays: str = "") -> None:
        """Say beside each risk which computed one leaves page 1 for it.

        Args:
            computed: The computed risks, which fill the rows that are left.
            stays: The one of them that no author replaces; may be empty.
        """
        for number in range(1, RISKS + 1):
            field = self.fields[f"risk_{number}"]
            field.help_text = _RISK
            left = computed[RISKS - number :]
            if left and left[0] != stays:
                gone = left[0]
                count = "one risk" if number == 1 else f"{number} risks"
                field.help_text = f"{_RISK} With {count} here, page 1 drops: “{gone}”"

    def clean_decide_by(self) -> date | None:
        """Refuse a new day that has passed; one that is stored already may stay."""
        day: date | None = self.cleaned_data["decide_by"]
        if day and day != self.on.decide_by and day < timezone.localdate():
            raise forms.ValidationError(_PASSED.format(day=in_words(day)))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number in range(1, RISKS + 1):
            if cleaned.get(f"owner_{number}") and not cleaned.get(f"risk_{number}"):
                self.add_error(f"risk_{number}", "Enter the risk, or clear its owner")
        return cleaned

    def shown(self, cover: Cover) -> dict[str, Any] | None:
        """Return the values that the page showed at first; None if unknown."""
        said = {
            name: self.data.get(self[name].html_initial_name) for name in self.fields
        }
        if None in said.values():
            return None
        form = CoverForm(cover, said)
        return form.places() if form.is_valid() else None

    def beside(self, cover: Cover, change: CoverChanged) -> "CoverForm":
        """Return the form with what others wrote, beside the author's words or in it.

        Fields that the author did not change get their current value. Sending the form
        again replaces the words beside it: the author has seen them.
        """
        now = CoverForm(cover)
        data = dict(self.data.items())
        for name in self.fields:
            data[self[name].html_initial_name] = now[name].value() or ""
            if _part(name) not in change.mine:
                data[name] = now[name].value() or ""
        form = CoverForm(cover, data)
        for field in form:
            theirs = str(now[field.name].value() or "")
            mine = str(field.value() or "")
            if _part(field.name) in change.parts and theirs != mine:
                label = _short(str(field.label))
                said = _CHANGED.format(label=label, theirs=theirs or "empty")
                form.add_error(field.name, said)
        for part in change.parts - {_part(name) for name in form.errors}:
            form.add_error(part, _MOVED)
        return form

    def with_words(self, words: Mapping[str, Any]) -> "CoverForm":
        """Return the form with an earlier version's words in it, not saved yet."""
        data = {}
        for name in self.fields:
            data[name] = data[self[name].html_initial_name] = self[name].value() or ""
        earlier = CoverForm(Cover(**words))
        for name in self.fields:
            is_risk = _part(name).startswith("risk_")
            if ("risks" if is_risk else name) in words:
                data[name] = earlier[name].value() or ""
        return CoverForm(self.on, data)

    def places(self) -> dict[str, Any]:
        """Return the valid values by name of the cover's field, each risk in its place.

        An empty risk keeps its place: the others are the same risks as before.
        """
        risks = [
            {
                "text": self.cleaned_data.get(f"risk_{n}") or "",
                "owner": self.cleaned_data.get(f"owner_{n}") or "",
            }
            for n in range(1, RISKS + 1)
        ]
        return self.cover() | {"risks": risks}

    def cover(self) -> dict[str, Any]:
        """Return the valid values by name of the cover's field."""
        values = {
            name: self.cleaned_data[name]
            for name in _HINTS
            if name in self.cleaned_data
        }
        pairs = [
            (self.cleaned_data.get(f"risk_{n}"), self.cleaned_data.get(f"owner_{n}"))
            for n in range(1, RISKS + 1)
        ]
        values["risks"] = [
            {"text": text, "owner": owner or ""} for text, owner in pairs if text
        ]
        return values


def _short(label: str) -> str:
    return label.removesuffix(" (optional)")


def _part(name: str) -> str:
    """Return the part of page 1 of a field; a risk and its owner are one."""
    return name.replace("owner_", "risk_")


def _text(room: int) -> forms.CharField:
    widget: forms.Widget = forms.TextInput({"class": "form-control"})
    if room > ROOM["next_date"]:
        widget = forms.Textarea({"class": "form-control", "rows": 3})
    widget.attrs["data-room"] = str(room)
    return _RoomField(room, required=False, widget=widget)


def _day() -> forms.DateField:
    widget = forms.DateInput(
        {"class": "form-control form-control-num", "type": "date"}, format="%Y-%m-%d"
    )
    wrong = {"invalid": "Enter the day as year, month and day, like 2026-12-09"}
    return forms.DateField(required=False, widget=widget, error_messages=wrong)


class _RoomField(forms.CharField):
    """A text with a limit of characters."""

    def __init__(self, room: int, **options: Any) -> None:
        super().__init__(**options)
        self.room = room
        self.validators.append(_Fits(room))


class _Fits:
    """Refuses a text that is longer than its limit, in words for its author."""

    def __init__(self, room: int) -> None:
        self.room = room

    def __call__(self, value: str) -> None:
        if len(value) > self.room:
            has = f"it has {len(value)} now, {len(value) - self.room} too many"
            message = f"Enter {self.room} characters or fewer; {has}"
            raise forms.ValidationError(message, code="too_long")


def _initial(cover: Cover) -> dict[str, Any]:
    initial: dict[str, Any] = {name: getattr(cover, name) for name in _HINTS}
    for number, risk in enumerate(cover.risks, start=1):
        initial[f"risk_{number}"] = risk["text"]
        initial[f"owner_{number}"] = risk["owner"]
    return initial
