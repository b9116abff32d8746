"""The fields in which somebody who signs proves who they are."""

from typing import Any

from django import forms

from audits.access.members import MemberRequest
from audits.people.factors.forms import ProofForm
from audits.reviews.confirming import proof_needed

TICK = "confirmed"


class SigningForm(forms.Form):
    """A form that is signed: with a proof of identity, unless they just gave one.

    `name_goes` is where the name of who signs goes, after a comma.
    """

    confirmed = forms.BooleanField(
        required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )
    name_goes = ""
    beside = ""

    def ask_who_signs(self, request: MemberRequest, data: Any, proof: str = "") -> None:
        """Ask for what proves who signs; for nothing if they just proved it.

        Args:
            request: The request.
            data: What was sent.
            proof: The proof that is needed, if that is known.
        """
        self.request, self.proof = request, proof or proof_needed(request)
        self.who: ProofForm | None = None
        self.fields[TICK].label = f"I am {request.user}"
        if self.proof != "demo":
            del self.fields[TICK]
        if self.proof != "asked":
            return
        self.who = ProofForm(request, request.user, data, again=True)
        for name, field in self.who.fields.items():
            field.widget.attrs["class"] = "form-control"
            self.fields[name] = field
        if first := next(iter(self.who.visible_fields()), None):
            first.field.help_text = f"{first.field.help_text} {self.beside}".lstrip()

    @property
    def proof_fields(self) -> list[forms.BoundField]:
        """The fields in which who signs can prove who they are."""
        asked = self.who.fields if self.who else {}
        own = [self[name] for name in asked if name in self.fields]
        return [field for field in own if not field.is_hidden]

    def check_who_signs(self, cleaned: dict[str, Any], *, signs: bool = True) -> None:
        """Take the proof from what was sent, and check it once nothing else is wrong.

        Args:
            cleaned: What the form has read.
            signs: Whether what was sent is signed at all.
        """
        tick = cleaned.pop(TICK, None)
        for name in self.who.fields if self.who else ():
            cleaned.pop(name, None)
        if not signs:
            return
        if self.proof == "demo" and not tick:
            said = f"Tick the box to confirm that it is you{self.name_goes}"
            self.add_error(TICK, said)
        if self.who:
            self._check_identity(self.who)

    def _check_identity(self, who: ProofForm) -> None:
        """Check what proves who signs, so that no attempt is wasted."""
        if not any(who.data.get(name) for name in who.fields):
            first = next(iter(self.proof_fields), None)
            missing = f"{who.missing}{self.name_goes}"
            self.add_error(first.name if first else None, missing)
        elif self.errors:
            return
        elif who.is_valid():
            for name in who.fields:  # it need not be entered again for a while
                del self.fields[name]
        else:
            for name, errors in who.errors.items():
                self.add_error(name if name in self.fields else None, errors)
