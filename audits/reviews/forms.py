"""The form of a review."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from audits.access.members import MemberRequest
from audits.models import Audit, Review
from audits.models.fields.text import TypedText
from audits.people.factors.forms import ProofForm
from audits.reviews.condition_forms import ConditionFields
from audits.reviews.point_forms import PointFields
from audits.reviews.signing import TICK, SigningForm
from audits.scoring import Assessment
from audits.scoring.money.moves import last_start
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.scoring.money.words import Money
from audits.services.due.covers import cover_of
from audits.services.people.times_of_day import today_shown
from audits.services.reviews.reviews import MOST_CHARACTERS
from audits.services.reviews.separation import Separation
from audits.services.verdicts.assessments import assessment_of
from audits.services.verdicts.opening import NEEDS_OPENING, ToOpen, places_of

_MOST_BYTES = 256 * 1024
_SEND_BACK = (Review.Outcome.SENT_BACK, "Send back")
_OUTCOMES = (
    (Review.Outcome.APPROVED, "Sign off"),
    (Review.Outcome.CONDITIONS, "Sign off with conditions"),
    _SEND_BACK,
)
_NAME_GOES = ", because your name goes under this verdict"
_SIGNED = "Your name goes under this verdict. You can send it back without this."

_UNSAID = (
    "Your form did not say which submission you read. Read what you sign on this page, "
    "then send your review again."
)


class ReviewForm(ConditionFields, PointFields, SigningForm):
    """An outcome, its words and conditions.

    `submission` identifies what the reviewer read.

    A sign-off also needs a proof of identity; sending back does not. It is all that can
    be done with a verdict that is `not_ready`, which says why.
    """

    outcome = forms.ChoiceField(
        choices=_OUTCOMES,
        label="What is your decision?",
        widget=forms.RadioSelect({"class": "form-check-input"}),
        error_messages={"required": "Choose your decision"},
    )
    words = TypedText(
        label="Your comment",
        help_text="If you send it back, give a reason here, or beside one of the "
        "questions that then appear. The team sees it word for word, and so does who "
        "reads the paper.",
        required=False,
        max_length=MOST_CHARACTERS,
        widget=forms.Textarea({"rows": 5, "class": "form-control"}),
    )
    submission = forms.CharField(widget=forms.HiddenInput, required=False)
    opened = forms.BooleanField(
        required=False, widget=forms.CheckboxInput({"class": "form-check-input"})
    )
    name_goes, beside = _NAME_GOES, _SIGNED

    def __init__(
        self,
        request: MemberRequest,
        separation: Separation,
        not_ready: str,
        audit: Audit,
        data: Any = None,
        *,
        to_open: Sequence[ToOpen] = (),
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial)
        assessment = assessment_of(audit)
        money = _asked_money(audit, assessment)
        self.add_conditions(
            audit,
            data or initial or {},
            last_start(money.move) if money and money.move else None,
            board=_board_day(audit) if money else None,
        )
        self.add_points(audit, assessment)
        self._ask_to_open(() if not_ready or not separation.may_sign else to_open)
        self.separation, self.not_ready = separation, not_ready
        self.may_sign = not not_ready and separation.may_sign
        if not self.may_sign:
            outcome = cast("forms.ChoiceField", self.fields["outcome"])
            outcome.choices = [_SEND_BACK]
            # Django formats the message, in which a percentage may be.
            why_not = (not_ready or separation.why_not).replace("%", "%%")
            outcome.error_messages["invalid_choice"] = why_not
        self.ask_who_signs(request, data, "" if self.may_sign else "none")
        self._order_as_shown()

    def _order_as_shown(self) -> None:
        """Order the fields as the page does, so that it lists errors in that order."""
        first = {"outcome"}
        proofs = ProofForm.base_fields
        last = ("words", "submission", "opened", TICK, *proofs)
        between = [name for name in self.fields if name not in first | {*last}]
        self.order_fields([*first, *between, *last])

    def _ask_to_open(self, to_open: Sequence[ToOpen]) -> None:
        """Ask whether the reviewer opened what shows that training is needed."""
        self.to_open, self.places = to_open, places_of(to_open)
        if not to_open:
            del self.fields["opened"]
            return
        self.fields["opened"].label = _tick(len(self.places), len(to_open))

    def _check_opened(self, cleaned: dict[str, Any], *, signs: bool) -> None:
        if signs and self.to_open and not cleaned.get("opened"):
            self.add_error("opened", NEEDS_OPENING)

    def clean(self) -> dict[str, Any]:
        """Check the identity once the rest is valid, so that no attempt is wasted."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not cleaned.get("submission"):
            self.add_error(None, _UNSAID)
        signs = cleaned.get("outcome") != Review.Outcome.SENT_BACK
        self._check_opened(cleaned, signs=signs)
        if cleaned.get("outcome") == Review.Outcome.CONDITIONS:
            self.check_conditions()
        self.check_who_signs(cleaned, signs=signs and "outcome" in cleaned)
        return cleaned

    @property
    def decision(self) -> dict[str, Any]:
        """What a valid form decides."""
        taken = {"conditions": tuple(self.terms()), "points": self.points()}
        return {**self.cleaned_data, **taken}


def _asked_money(audit: Audit, assessment: Assessment) -> Money | None:
    """Return the money of a verdict that asks for some now; else None."""
    money = money_of(assessment, plan_state(audit.use_case.stage))
    return money if money and money.asks_now else None


def _board_day(audit: Audit) -> date | None:
    """Return by when the board decides, as somebody entered; None once it is over."""
    cover = cover_of(audit)
    return None if cover.is_late(today_shown()) else cover.decide_by


def _tick(places: int, answers: int) -> str:
    """Return what a reviewer ticks who opened so many addresses and files.

    >>> _tick(1, 1)
    'I opened this link or file, and it supports the answer'
    >>> _tick(2, 15)
    'I opened each of these 2 links and files, and they support each of the 15 answers'
    """
    each, supports = "this link or file", "it supports"
    if places > 1:
        each, supports = f"each of these {places} links and files", "they support"
    what = f"each of the {answers} answers" if answers > 1 else "the answer"
    return f"I opened {each}, and {supports} {what}"


class FrameworkForm(forms.Form):
    """One framework file."""

    framework = forms.FileField(
        label="Framework file",
        help_text="A YAML file like v2.yaml, up to 256 kB. It is read and not kept.",
        widget=forms.FileInput({"accept": ".yaml,.yml", "class": "form-control"}),
        error_messages={
            "required": "Select a framework file",
            "empty": "The file is empty. Select another one.",
        },
    )

    def clean_framework(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large."""
        file: UploadedFile[bytes] = self.cleaned_data["framework"]
        if file.size is None or file.size > _MOST_BYTES:
            message = "Select a file of at most 256 kB"
            raise forms.ValidationError(message)
        return file
