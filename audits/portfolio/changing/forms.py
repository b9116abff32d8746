"""What to change of many use cases; each field may stay empty."""

from datetime import date
from typing import Any, cast

from django import forms
from django.utils import timezone

from audits.models import CONTRIBUTORS, Membership, Organization, Stage, Team, User
from audits.models.fields.tags import MOST_OF_TAG, MOST_TAGS, tags_of, tags_text
from audits.models.fields.text import TypedText, UncutField
from audits.plain_forms import PlainForm, own_input
from audits.services.portfolio.own_fields import own_fields

_AS_IT_IS = "Leave as it is"


class ChangeForm(PlainForm):
    """What is filled in is changed in every chosen use case."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        required=False,
        empty_label=_AS_IT_IS,
        to_field_name="public_id",
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        required=False,
        empty_label=_AS_IT_IS,
        to_field_name="public_id",
    )
    stage = forms.ChoiceField(
        choices=[("", _AS_IT_IS), *Stage.explained()], required=False
    )
    review = forms.DateField(
        required=False,
        label="Review date",
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="Brings the review of signed verdicts forward to this day. A later "
        "review needs a new sign-off.",
        error_messages={"invalid": "Enter the day as year, month and day"},
    )
    sponsor = TypedText(
        max_length=40,
        required=False,
        help_text="Who asks the board to decide, on page 1. What is signed off keeps "
        "its sponsor.",
        error_messages={"max_length": "Use 40 characters or fewer for the sponsor"},
    )
    add = UncutField(
        required=False,
        label="Tags to add",
        help_text="With commas between them, such as “claims, pilot”. A use case has "
        f"up to {MOST_TAGS} tags of up to {MOST_OF_TAG} characters.",
    )
    remove = UncutField(
        required=False,
        label="Tags to remove",
        help_text="Capitals do not matter. A use case without them stays as it is.",
    )

    def __init__(self, organization: Organization, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = Membership.objects.filter(
            organization=organization, role__in=CONTRIBUTORS
        )
        owners = User.objects.filter(pk__in=members.values("user"), is_active=True)
        owner = cast("forms.ModelChoiceField[User]", self.fields["owner"])
        owner.queryset = owners.order_by("name", "pk")
        self._own = own_fields()
        for field in self._own:
            self.fields[field.key] = own_input(field, unset=_AS_IT_IS)
        team = cast("forms.ModelChoiceField[Team]", self.fields["team"])
        team.queryset = Team.objects.offered()

    def clean_review(self) -> date | None:
        day: date | None = self.cleaned_data["review"]
        if day and day < timezone.localdate():
            message = "Enter a review date that is still to come"
            raise forms.ValidationError(message)
        return day

    def clean_add(self) -> str:
        return tags_text(tags_of(self.cleaned_data["add"]))

    def clean_remove(self) -> str:
        return ", ".join(tags_of(self.cleaned_data["remove"]))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not self.wanted:
            self.add_error(None, "Choose at least one change")
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        """What is chosen, as a BulkChange stores it."""
        fields = self.cleaned_data
        owner, team = fields.get("owner"), fields.get("team")
        review = fields.get("review")
        chosen = {
            "owner": owner.pk if owner else None,
            "team": team.pk if team else None,
            "review": review.isoformat() if review else None,
            **{n: fields.get(n) for n in ("stage", "sponsor", "add", "remove")},
        }
        given = {field.key: fields.get(field.key) for field in self._own}
        own = {key: x for key, x in given.items() if x is not None and x != ""}
        chosen |= {"own": own}
        return {name: value for name, value in chosen.items() if value}
