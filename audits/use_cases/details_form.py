"""What of a use case may be changed at once: its name, team, people, stage and days."""

from datetime import date
from typing import Any, cast

from django import forms
from django.db.models import Q

from audits.models import CONTRIBUTORS, Cover, Membership, Stage, User
from audits.models.fields.days import BoardDay, DayField, to_come
from audits.models.fields.text import TypedText
from audits.scoring.days import in_words
from audits.services.use_cases.bulk.plans import Case
from audits.use_cases.forms import TeamForm

_SPONSOR = ("sponsor", "sponsor_agreed_on")
_OF_COVER = (*_SPONSOR, "decide_by")
_ORDER = ("name", "stage", "team", "new_team", "owner", *_OF_COVER)


class DetailsForm(TeamForm):
    """The same, and what else is said of a use case; a field not sent stays.

    What may not change is not asked: the sponsor once the verdict is signed off, and
    the review before that, or once it is due.
    """

    stage = forms.ChoiceField(choices=Stage.explained(), required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), required=False, empty_label=None, to_field_name="public_id"
    )
    sponsor = TypedText(
        max_length=40,
        required=False,
        label="Sponsor (optional)",
        help_text="Who asks the board to decide, on page 1.",
        show_hidden_initial=True,
        error_messages={"max_length": "Use 40 characters or fewer for the sponsor"},
    )
    sponsor_agreed_on = DayField(
        label="Agreed on (optional)",
        help_text="The day on which the sponsor agreed. Another sponsor empties it.",
        show_hidden_initial=True,
    )
    decide_by = BoardDay(
        help_text="Your use cases, the inbox and page 1 of the board paper say it.",
        show_hidden_initial=True,
    )
    review = DayField(
        label="Review date",
        help_text="Bring it forward here. A later review needs a new sign-off.",
    )

    def __init__(self, case: Case, cover: Cover, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.cover = case, cover
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        members = Membership.objects.filter(role__in=CONTRIBUTORS).values("user")
        able = Q(pk__in=members, is_active=True) | Q(pk=case.values["owner"])
        owner.queryset = User.objects.filter(able).order_by("name", "pk")
        for name in {*_SPONSOR, "review"}:
            if ("sponsor" if name in _SPONSOR else name) in case.keeps:
                del self.fields[name]
        self.order_fields(_ORDER)

    def clean_decide_by(self) -> date | None:
        return to_come(self.cleaned_data["decide_by"], self.cover.decide_by)

    def clean_review(self) -> date | None:
        """Refuse a day that has passed, and one after that of the sign-off."""
        until = self.initial.get("review")
        day = to_come(self.cleaned_data["review"], until)
        if day and until and day > until:
            said = f"Enter {in_words(until)} or a day before: a later review needs a"
            raise forms.ValidationError(f"{said} new sign-off")
        return day

    @property
    def wanted(self) -> dict[str, Any]:
        """What of the stage, the owner and the review changes, as a change of many."""
        fields, now = self.cleaned_data, self.case.values
        owner, review = fields.get("owner"), fields.get("review")
        chosen = {
            "stage": fields.get("stage"),
            "owner": owner.pk if owner else None,
            "review": review.isoformat() if review else None,
        }
        return {what: x for what, x in chosen.items() if x and x != now[what]}

    @property
    def on_page_one(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """What changes on page 1 of the board paper, and what the page showed of it."""
        sent = [x for x in _OF_COVER if x in self.fields and x in self.data]
        changed = [name for name in sent if name in self.changed_data]
        shown = {name: self._shown(name) for name in changed}
        return {name: self.cleaned_data[name] for name in changed}, shown

    def _shown(self, name: str) -> Any:
        at_first = self.data.get(self[name].html_initial_name)
        if at_first is None:
            return getattr(self.cover, name)
        return self.fields[name].clean(at_first)
