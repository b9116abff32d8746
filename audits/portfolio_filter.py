"""The filters of the portfolio, as GET parameters that can be shared.

Every page or file about a part of the portfolio uses them.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice
from typing import Any, cast
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from audits.frameworks.loading import loader
from audits.landscape import in_force
from audits.models import (
    Audit,
    Membership,
    PortfolioRow,
    PortfolioRowQuerySet,
    Stage,
    Team,
)
from audits.models.fields.only import ONLY, in_words, numbers_of, text_of
from audits.models.fields.own_fields import MOST_OF_TEXT, OwnField
from audits.models.fields.text import UncutField
from audits.models.inbox.sources import state
from audits.models.queries.written_once import written_once
from audits.plain_forms import PlainField, plain_fields
from audits.scoring.explaining.grades.strength import IN_SHORT
from audits.services.portfolio.filters import NOT_SCORED, OVERRIDDEN, passing
from audits.services.portfolio.own_fields import PREFIX, own_fields, parts_of
from audits.services.portfolio.tags import known_tags

_ID = re.compile(r"[0-9a-f-]{36}", re.IGNORECASE)
_NOUNS = frozenset({"team", "stage", "verdict", "state", "owner", "provider"})
_SHOWN = 60  # characters of an unknown value
# The page that compares the teams leads to the others.
MOST_TEAMS = 300
NEEDS = {
    "waiting": "Needs a decision",
    "decision": "Waiting for a sign-off",
    "answers": "Not ready for a sign-off",
    "overdue": "Overdue",
    "review": "Review due",
    "money": "Money at risk",
    "training": "Training at risk",
    "not_done": "Approved and not done",
    "board": "Signed, waiting for the board or deferred",
}
BOARD = {
    "undecided": "Not yet decided",
    "not_asked": "No decision needed",
    "open": "Approved and not done",
    "overdue": "Approved and overdue",
    "carried_out": "Carried out",
    "deferred": "Deferred",
    "refused": "Refused",
}
_OWN = "Own field"
# Before the name of a family, where single verdicts are listed too.
_GROUP = "Group: "
COMPLETENESS = {"settled": "Enough answered", "open": "Questions open"}
# Behind “More filters”, unless one of them is set.
RARE = frozenset(
    {"completeness", "strength", "owner", "provider", "board", "needs", "tag"}
)
# A row in the portfolio is never of a superseded audit.
STATE_NAMES: dict[Audit.State, str] = {
    state: state.label for state in Audit.State if state != Audit.State.SUPERSEDED
}


class _Choice(forms.ChoiceField):
    """A choice of which each form gets its own widget, and shares the rest.

    Django copies all that a field has, and looks at each choice several times. Here a
    form sets other choices, and changes nothing else in the field.
    """

    def __deepcopy__(self, memo: dict[int, Any]) -> "_Choice":
        widget = _copied(self.widget, attrs={**self.widget.attrs})
        return _copied(self, widget=widget)

    def offer(self, choices: list[tuple[str, str]]) -> None:
        """Offer plain choices, which are as Django wants them."""
        self.__dict__["_choices"] = self.widget.__dict__["_choices"] = choices


class _OwnPart(UncutField):
    """What a field of the organization's own is filtered by, as text."""

    def __init__(self, field: OwnField, label: str) -> None:
        super().__init__(
            max_length=MOST_OF_TEXT,
            required=False,
            label=label,
            widget=forms.DateInput({"type": "date"}) if field.kind == "date" else None,
        )
        self.own = field

    def clean(self, value: Any) -> str:
        found = self.own.read(super().clean(value))
        return "" if found is None else str(found)

    def __deepcopy__(self, memo: dict[int, Any]) -> "_OwnPart":
        return _OwnPart(self.own, str(self.label))


class _Only(forms.CharField):
    """The use cases that were ticked, which no field shows: a page keeps them."""

    def clean(self, value: Any) -> str:
        numbers = numbers_of(text := str(super().clean(value)))
        if text and not numbers:
            message = "The address does not say which use cases were chosen."
            raise forms.ValidationError(message)
        return text_of(numbers)


def _copied[Copied](one: Copied, **own: Any) -> Copied:
    found = object.__new__(type(one))
    vars(found).update(vars(one), **own)
    return found


@dataclass(frozen=True, slots=True)
class Unknown:
    """A requested filter whose value there is not, and that in a sentence."""

    name: str
    value: str
    said: str


class FilterForm(forms.Form):
    """Every filter is optional; nothing passes an unknown value."""

    team = _Choice(required=False)
    stage = _Choice(choices=[("", "All stages"), *Stage.choices], required=False)
    verdict = _Choice(required=False)
    completeness = _Choice(choices=[("", "Any"), *COMPLETENESS.items()], required=False)
    strength = _Choice(
        choices=[("", "Any"), *IN_SHORT.items()],
        required=False,
        label="Evidence",
    )
    state = _Choice(choices=[("", "All states"), *STATE_NAMES.items()], required=False)
    owner = _Choice(required=False)
    provider = _Choice(required=False)
    board = _Choice(
        choices=[("", "Any"), *BOARD.items()],
        required=False,
        label="Board decision",
    )
    needs = _Choice(
        choices=[("", "Any"), *NEEDS.items()],
        required=False,
        label="Attention",
    )
    tag = _Choice(required=False)
    q = UncutField(max_length=100, required=False, label="Name, person or verdict")
    only = _Only(required=False, label="Chosen use cases")

    def __init__(
        self,
        teams: Mapping[int, Team],
        owners: Callable[[], Mapping[str, str]],
        tags: Callable[[], Mapping[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams, self._owners = teams, owners
        self._tags = tags
        framework = loader.current()
        self._offer_teams()
        owner = cast("forms.ChoiceField", self.fields["owner"])
        # Queried only if they are shown, or one is chosen.
        owner.choices = lambda: [("", "All owners"), *owners().items()]
        tag = cast("forms.ChoiceField", self.fields["tag"])
        tag.choices = lambda: [("", "All tags"), *self._tags().items()]
        self._add_own()
        self._offer("provider", "All providers", {name: name for name in _providers()})
        self._offer(
            "verdict",
            "All verdicts",
            {
                f"any_{key}": f"{_GROUP}{family.choice}"
                for key, family in framework.families.items()
            }
            | {verdict: words.name for verdict, words in framework.verdicts.items()}
            | {NOT_SCORED: "Not scored yet", OVERRIDDEN: "Overridden"},
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def first_team(self) -> Team | None:
        """A team, if there is any: it was read with the state of the inboxes."""
        return next(iter(self.teams.values()), None)

    def _add_own(self) -> None:
        """Add a filter, or two, for each field of the organization's own."""
        for field in own_fields():
            for name, label in parts_of(field).items():
                self.fields[name] = (
                    _Choice(
                        choices=[("", "All"), *((x, x) for x in field.choices)],
                        required=False,
                        label=label,
                    )
                    if field.kind == "choice"
                    else _OwnPart(field, label)
                )

    def _offer_teams(self) -> None:
        """Offer the first teams, and the chosen one: a page may hold two such lists."""
        names = {str(team.public_id): team.name for team in self.teams.values()}
        offered, everything = dict(islice(names.items(), MOST_TEAMS)), "All teams"
        if len(names) > MOST_TEAMS:
            everything = f"All teams (the first {MOST_TEAMS} are listed)"
            chosen = str(self.data.get("team") or "")
            offered |= {chosen: names[chosen]} if chosen in names else {}
        self._offer("team", everything, offered)

    def _offer(self, field: str, everything: str, choices: Mapping[str, str]) -> None:
        cast("_Choice", self.fields[field]).offer([("", everything), *choices.items()])

    def shown(
        self, *, without: str = "", auto_id: str = "id_%s"
    ) -> list[forms.BoundField]:
        """Return the fields except one, to render with these ids."""
        fields = self.over(self.data, auto_id=auto_id)
        return [field for field in fields if field.name not in {without, ONLY}]

    @property
    def asks_for_rare(self) -> bool:
        """Whether a filter is requested that few people use."""
        return any(self.data.get(name) for name in self.fields if is_rare(name))

    def plain_fields(self, *, without: str = "") -> tuple[PlainField, ...]:
        """Return the fields, but one, as plain values; none if any is refused."""
        return plain_fields(self, without=(without, ONLY))

    def over(self, query: Any, **options: Any) -> "FilterForm":
        """Return the filter of another query, with the same choices."""
        return FilterForm(self.teams, self._owners, self._tags, query, **options)

    def filtered(self, portfolio_rows: PortfolioRowQuerySet) -> PortfolioRowQuerySet:
        """Return the rows that pass; none if a filter has an unknown value.

        Without that filter there would be more than anybody chose.
        """
        found = passing(portfolio_rows, self.chosen)
        return found.none() if self.unknown else found

    @cached_property
    def chosen(self) -> Mapping[str, Any]:
        """The active filters with a known value, by name."""
        self.is_valid()
        return {
            name: self.cleaned_data[name]
            for name in self.fields
            if self.cleaned_data.get(name)
        }

    @property
    def query(self) -> str:
        """The active filters in canonical form, whatever their order."""
        return urlencode(sorted(self.chosen.items()))

    @property
    def in_words(self) -> str:
        """The active filters in words; empty if all pass."""
        return self.said()

    def said(self, *, without: Collection[str] = ()) -> str:
        """Return the active filters in words, without some of them."""
        return "; ".join(
            in_words(value)
            if name == ONLY
            else f"{self[name].label}: {self._word(name, value)}"
            for name, value in self.chosen.items()
            if name not in without
        )

    @property
    def unknown(self) -> tuple[Unknown, ...]:
        """The requested filters whose value there is not, or no longer."""
        archived = [n for n in self.data if n.startswith(PREFIX) and self.data[n]]
        names = [*self.errors, *(name for name in archived if name not in self.fields)]
        values = {name: str(self.data.get(name, "")) for name in names}
        return tuple(
            Unknown(name, value, self._not_there(name, value))
            for name, value in values.items()
        )

    def _not_there(self, name: str, value: str) -> str:
        if name not in self.fields:
            return "An own field of the filter is not in use, or no longer."
        if name == ONLY:
            return str(self.errors[name][0])
        label = str(self[name].label)
        if not isinstance(self.fields[name], forms.ChoiceField):
            return f"“{label}” is too long, or has a character that no name has."
        if _ID.fullmatch(value):
            return f"There is no such {label.lower()}, or no longer."
        shown = f"“{value[:_SHOWN]}”"
        if name in _NOUNS:
            return f"There is no {label.lower()} {shown}."
        return f"The filter “{label}” has no choice {shown}."

    @property
    def gone(self) -> list[str]:
        """The labels of requested filters that no longer exist."""
        labels = {name: str(self[name].label) for name in self.errors}
        return [labels.get(each.name, _OWN) for each in self.unknown]

    @property
    def kept_in_words(self) -> str:
        """The same for a stored query, with choices that no longer exist."""
        gone = [f"{label}: no longer there" for label in self.gone]
        return "; ".join(filter(None, [self.in_words, *gone]))

    def _word(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if isinstance(field, _OwnPart):
            return field.own.in_words(value)
        choices = getattr(field, "choices", ())
        return str(dict(choices).get(value, value)).removeprefix(_GROUP)


def is_rare(name: str) -> bool:
    """Whether a filter is behind “More filters”, as all of own fields are."""
    return name in RARE or name.startswith(PREFIX)


def read_filter(query: Any) -> FilterForm:
    """Return the filter of a GET query, inside an organization's scope.

    Args:
        query: The parameters, such as `request.GET`.
    """
    teams = {team.pk: team for team in _teams()}
    return FilterForm(teams, cache(_owners), cache(known_tags), query)


@written_once
def _teams() -> "QuerySet[Team]":
    return Team.objects.annotate(inbox_state=state())


def _owners() -> dict[str, str]:
    return {str(public_id): name for public_id, name in _owner_names()}


@written_once
def _owner_names() -> Any:
    own = PortfolioRow.objects.filter(owner=OuterRef("user"))
    members = Membership.objects.filter(Exists(own)).order_by("user__name", "user")
    return members.values_list("user__public_id", "user__name")


def portfolio_rows_of(query: Any) -> PortfolioRowQuerySet:
    """Return the portfolio rows of a stored query.

    None match if a part of the query no longer exists, such as an owner who left.
    """
    return read_filter(query).filtered(PortfolioRow.objects.all())


@in_force.remembered(maxsize=4)
def _providers() -> list[str]:
    return sorted({model.provider for model in in_force.current().models.values()})
