"""The filters of the portfolio, as GET parameters that can be shared.

Whatever goes over a part of the portfolio, a page or a file, takes it from here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Exists, OuterRef

from audits.frameworks import loader
from audits.landscape import loader as landscape
from audits.models import (
    Audit,
    Membership,
    PortfolioRow,
    PortfolioRowQuerySet,
    Stage,
    Team,
)
from audits.scoring.strength import IN_SHORT
from audits.services.portfolio.filters import NOT_SCORED, passing

NEEDS = {"overdue": "Overdue", "review": "Review due", "money": "Money at risk"}
COMPLETENESS = {"settled": "Settled", "open": "Questions still open"}
STATE_NAMES = {
    Audit.State.DRAFT: "In assessment",
    Audit.State.IN_REVIEW: "Awaiting sign-off",
    Audit.State.SIGNED_OFF: "Signed off",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainField:
    """A filter as plain values, quicker to draw than by a widget.

    `options` are those of a select, `most` the characters that a text may have.
    """

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...] = ()
    most: int = 0


class FilterForm(forms.Form):
    """Every filter may stay open; a value that is none of ours filters nothing."""

    team = forms.ChoiceField(required=False)
    stage = forms.ChoiceField(
        choices=[("", "All stages"), *Stage.choices], required=False
    )
    verdict = forms.ChoiceField(required=False)
    completeness = forms.ChoiceField(
        choices=[("", "Any"), *COMPLETENESS.items()], required=False
    )
    strength = forms.ChoiceField(
        choices=[("", "Any"), *IN_SHORT.items()],
        required=False,
        label="Evidence",
    )
    state = forms.ChoiceField(
        choices=[("", "All states"), *STATE_NAMES.items()], required=False
    )
    owner = forms.ChoiceField(required=False)
    provider = forms.ChoiceField(required=False)
    needs = forms.ChoiceField(
        choices=[("", "Anything"), *NEEDS.items()],
        required=False,
        label="Attention",
    )
    q = forms.CharField(max_length=100, required=False, label="Name or number")

    def __init__(
        self,
        teams: Mapping[int, Team],
        owners: Callable[[], Mapping[str, str]],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.teams, self._owners = teams, owners
        framework = loader.current()
        names = {str(team.public_id): team.name for team in teams.values()}
        self._offer("team", "All teams", names)
        owner = cast("forms.ChoiceField", self.fields["owner"])
        # Asked of the database where they are shown, or one is chosen.
        owner.choices = lambda: [("", "All owners"), *owners().items()]
        self._offer("provider", "All providers", {name: name for name in _providers()})
        self._offer(
            "verdict",
            "All verdicts",
            {f"any_{key}": family.choice for key, family in framework.families.items()}
            | {verdict: words.name for verdict, words in framework.verdicts.items()}
            | {NOT_SCORED: "Not scored yet"},
        )
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def _offer(self, field: str, everything: str, choices: Mapping[Any, str]) -> None:
        field_ = cast("forms.ChoiceField", self.fields[field])
        field_.choices = [("", everything), *choices.items()]

    def shown(
        self, *, without: str = "", auto_id: str = "id_%s"
    ) -> list[forms.BoundField]:
        """Return the fields, but one, to be drawn with these ids."""
        fields = self.over(self.data, auto_id=auto_id)
        return [field for field in fields if field.name != without]

    def plain_fields(self, *, without: str = "") -> tuple[PlainField, ...]:
        """Return the fields, but one, as plain values; none if any is refused."""
        if self.errors:
            return ()
        return tuple(_plain(self[name]) for name in self.fields if name != without)

    def over(self, query: Any, **options: Any) -> "FilterForm":
        """Return the filter that another query asks for, with the same choices."""
        return FilterForm(self.teams, self._owners, query, **options)

    def filtered(self, portfolio_rows: PortfolioRowQuerySet) -> PortfolioRowQuerySet:
        """Return those that pass; filters that are not valid pass all."""
        return passing(portfolio_rows, self.chosen)

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that count, by name; one that is open or not valid passes all."""
        self.is_valid()
        return {
            name: self.cleaned_data[name]
            for name in self.fields
            if self.cleaned_data.get(name)
        }

    @property
    def query(self) -> str:
        """The filters that count, written in one way whatever order they came in."""
        return urlencode(sorted(self.chosen.items()))

    @property
    def in_words(self) -> str:
        """The filters that count, in words; nothing if all pass."""
        return "; ".join(
            f"{self[name].label}: {self._word(name, value)}"
            for name, value in self.chosen.items()
        )

    @property
    def gone(self) -> list[str]:
        """The labels of filters that are asked for and are none of ours any more."""
        asked = [name for name in self.fields if self.data.get(name)]
        return [str(self[name].label) for name in asked if name not in self.chosen]

    @property
    def kept_in_words(self) -> str:
        """The same of a query that was kept, with what is gone since."""
        gone = [f"{label}: no longer there" for label in self.gone]
        return "; ".join(filter(None, [self.in_words, *gone]))

    def _word(self, name: str, value: Any) -> str:
        choices = getattr(self.fields[name], "choices", ())
        return str(dict(choices).get(value, value))


def _plain(bound: forms.BoundField) -> PlainField:
    options = getattr(bound.field, "choices", ())
    return PlainField(
        name=bound.name,
        label=str(bound.label),
        value=bound.value() or "",
        options=tuple((str(value), str(label)) for value, label in options),
        most=getattr(bound.field, "max_length", 0),
    )


def read_filter(query: Any) -> FilterForm:
    """Return the filter that a GET query asks for, inside an organization's scope.

    Args:
        query: The parameters, such as `request.GET`.
    """
    teams = {team.pk: team for team in Team.objects.all()}
    return FilterForm(teams, cache(_owners), query)


def _owners() -> dict[str, str]:
    own = PortfolioRow.objects.filter(owner=OuterRef("user"))
    members = Membership.objects.filter(Exists(own)).order_by("user__name", "user")
    names = members.values_list("user__public_id", "user__name")
    return {str(public_id): name for public_id, name in names}


def portfolio_rows_of(query: Any) -> PortfolioRowQuerySet:
    """Return where the use cases stand that a query asks for which was kept.

    There is none if a part of the query is gone, such as an owner who left: without it,
    it would ask for more than was ever chosen.
    """
    form = read_filter(query)
    found = form.filtered(PortfolioRow.objects.all())
    return found.none() if form.gone else found


@cache
def _providers() -> list[str]:
    return sorted({model.provider for model in landscape.current().models.values()})
