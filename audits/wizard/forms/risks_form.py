"""The main risks that a team names itself, before it submits."""

from typing import Any

from audits.models import Cover
from audits.models.covers import OWNER_ROOM, RISK_ROOM, RISKS
from audits.models.fields.text import TypedText
from audits.plain_forms import PlainForm
from audits.services.papers.covers import CoverChanged

_BETWEEN = " → "
_HARM, _CONTROL = 56, RISK_ROOM - 56 - len(_BETWEEN)
_TOO_LONG = "Use {most} characters or fewer for the risk and its control; they have {n}"
_NO_RISK = "Enter what could go wrong, or clear the rest of this risk"
_THEIRS = (
    "Somebody changed this risk after you opened the page. It is now “{now}”. Save "
    "again to replace it with yours."
)


class RisksForm(PlainForm):
    """Each risk in two short texts, which page 1 prints as one, and who answers for it.

    It carries the values that its page showed, so that only what changed is saved.
    """

    def __init__(self, cover: Cover, data: Any = None) -> None:
        super().__init__(data, initial=_initial(cover))
        for number in range(1, RISKS + 1):
            for name, label, room in (
                (f"harm_{number}", f"Risk {number}: what could go wrong", _HARM),
                (
                    f"control_{number}",
                    f"Risk {number}: what is done about it",
                    _CONTROL,
                ),
                (f"owner_{number}", f"Risk {number}: who answers for it", OWNER_ROOM),
            ):
                self.fields[name] = TypedText(
                    label=label,
                    required=False,
                    max_length=max(room, len(self.initial.get(name, ""))),
                    show_hidden_initial=True,
                )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for number, risk in enumerate(self.places, start=1):
            if not cleaned.get(f"harm_{number}") and (risk["text"] or risk["owner"]):
                self.add_error(f"harm_{number}", _NO_RISK)
            elif len(risk["text"]) > RISK_ROOM:
                said = _TOO_LONG.format(most=RISK_ROOM, n=len(risk["text"]))
                self.add_error(f"harm_{number}", said)
        return cleaned

    @property
    def places(self) -> list[dict[str, str]]:
        """Each risk as page 1 has it, in its place; an empty one keeps its place."""
        return [_risk(self.cleaned_data, number) for number in range(1, RISKS + 1)]

    @property
    def shown(self) -> list[dict[str, str]]:
        """The risks that the page showed at first."""
        said = {
            name: str(self.data.get(self[name].html_initial_name, "")).strip()
            for name in self.fields
        }
        return [_risk(said, number) for number in range(1, RISKS + 1)]

    def beside(self, cover: Cover, change: CoverChanged) -> "RisksForm":
        """Return the form with what others wrote beside the words of its sender."""
        now, data = RisksForm(cover), dict(self.data.items())
        for name in self.fields:
            data[self[name].html_initial_name] = now[name].value() or ""
            if _part(name) not in change.mine:
                data[name] = now[name].value() or ""
        form = RisksForm(cover, data)
        for part in sorted(change.parts):
            number = int(part.removeprefix("risk_"))
            text = cover.risks[number - 1]["text"] if number <= len(cover.risks) else ""
            form.add_error(f"harm_{number}", _THEIRS.format(now=text or "empty"))
        return form


def _part(name: str) -> str:
    return f"risk_{name[-1]}"


def _risk(said: Any, number: int) -> dict[str, str]:
    texts = [said.get(f"{part}_{number}") or "" for part in ("harm", "control")]
    owner = said.get(f"owner_{number}") or ""
    return {"text": _BETWEEN.join(filter(None, texts)), "owner": owner}


def _initial(cover: Cover) -> dict[str, str]:
    initial: dict[str, str] = {}
    for number, risk in enumerate(cover.risks, start=1):
        harm, _, control = risk["text"].partition(_BETWEEN)
        parts = {"harm": harm, "control": control, "owner": risk["owner"]}
        initial |= {f"{name}_{number}": text for name, text in parts.items()}
    return initial
