"""The forms that register a use case, and that rename, move or tag it."""

from typing import Any, cast

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Q

from audits.models import Stage, Team
from audits.models.fields.tags import MOST_OF_TAG, MOST_TAGS
from audits.models.fields.text import TypedText, UncutField
from audits.plain_forms import own_input
from audits.portfolio_filter import MOST_TEAMS
from audits.services.portfolio.own_fields import own_fields
from audits.services.portfolio.tags import tags_as_spelled
from audits.services.use_cases.team_names import ARCHIVED, same_name, similar_name

# What the button says that adds a team although one of nearly its name exists.
ADD_TEAM = "new"


class TeamForm(forms.Form):
    """A name, a team or a new team, and tags.

    A new team whose name is that of another, in any case and spacing, is that team. If
    it is only very like one, `similar` is that team, and two buttons ask which is
    meant.
    """

    name = TypedText(
        max_length=80,
        label="Name of the use case",
        help_text="Such as “Claims triage”.",
        error_messages={
            "required": "Enter a name for the use case",
            "max_length": "Use 80 characters or fewer for the name",
        },
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        required=False,
        empty_label="Choose a team",
        to_field_name="public_id",
    )
    new_team = TypedText(
        max_length=80,
        required=False,
        label="Or a new team (optional)",
        help_text="If yours is not in the list.",
        error_messages={"max_length": "Use 80 characters or fewer for the team"},
    )

    tags = UncutField(
        required=False,
        label="Tags (optional)",
        help_text=f"Such as “claims, pilot”. Up to {MOST_TAGS}, each of up to "
        f"{MOST_OF_TAG} characters.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.similar: Team | None = None
        self._own = own_fields()
        for field in self._own:
            self.fields[field.key] = own_input(field, self.initial.get(field.key))
        self._offer_teams()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _offer_teams(self) -> None:
        """Take any team, and list the first: a page must not grow without bound."""
        field = cast("forms.ModelChoiceField[Team]", self.fields["team"])
        today = Q(public_id=self.initial.get("team"))
        teams = Team.objects.filter(Q(archived_at=None) | today)
        field.queryset = teams
        first = list(teams[: MOST_TEAMS + 1])
        if len(first) > MOST_TEAMS:
            names = [(team.public_id, team.name) for team in first[:MOST_TEAMS]]
            if (own := self.initial.get("team")) and own not in dict(names):
                names.append((own, teams.get(public_id=own).name))
            field.widget.choices = [("", field.empty_label), *names]
            field.help_text = (
                f"The first {MOST_TEAMS} teams are listed. For another, enter its name "
                "below."
            )

    def clean_tags(self) -> str:
        return tags_as_spelled(self.cleaned_data["tags"])

    @property
    def own_inputs(self) -> list[forms.BoundField]:
        """The inputs of the organization's own fields."""
        return [self[field.key] for field in self._own]

    @property
    def needs_rare(self) -> bool:
        """Whether what is asked rarely is shown: it is filled, refused or needed."""
        is_filled = any(self[name].value() for name in ("new_team", "tags"))
        is_refused = any(self[name].errors for name in ("team", "new_team", "tags"))
        return is_filled or is_refused or not Team.objects.exists()

    @property
    def own_values(self) -> dict[str, Any]:
        """The values of the organization's own fields; None for an empty one."""
        given = {field.key: self.cleaned_data.get(field.key) for field in self._own}
        return {key: None if value == "" else value for key, value in given.items()}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen, new = cleaned.get("team"), cleaned.get("new_team")
        if not chosen and not new and not {"team", "new_team"} & self.errors.keys():
            self.add_error("team", "Choose a team, or name a new one below")
        if new and chosen and chosen.public_id == self.initial.get("team"):
            chosen = None  # the team of today, which nobody chose here
        if chosen and new:
            self.add_error("new_team", "Choose a team or name a new one, not both")
        elif new:
            cleaned["team"] = self._meant(new)
        return cleaned

    def _meant(self, name: str) -> Team | None:
        """Return the existing team that a name means; None for a new one.

        Whether a team of nearly the same name is meant is asked once.
        """
        known = {team.name: team for team in Team.objects.all()}
        if same := same_name(name, known):
            if known[same].is_archived:
                self.add_error("new_team", ARCHIVED.format(same))
            return known[same]
        known = {name: team for name, team in known.items() if not team.is_archived}
        said = self.data.get("team_meant")
        found = similar_name(name, known)
        if found is None or said == ADD_TEAM:
            return None
        if said == str(known[found].public_id):
            return known[found]
        self.similar = known[found]
        self.add_error("new_team", f"Did you mean the team “{found}”?")
        return None


class RegisterForm(TeamForm):
    """The same, a stage and one sentence."""

    stage = forms.ChoiceField(choices=Stage.explained(), label="Stage")
    summary = TypedText(
        max_length=500,
        label="What it does, in one sentence",
        help_text="What goes in, what comes out, who uses it.",
        widget=forms.Textarea({"rows": 3}),
        error_messages={
            "required": "Enter what the use case does",
            "max_length": "Use 500 characters or fewer for what it does",
        },
    )
