"""The day, the use cases and the framework, as GET parameters."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from audits.frameworks.loading import loader
from audits.landscape.facts import FIRST_DAY
from audits.portfolio_filter import FilterForm
from audits.scoring.days import in_words
from audits.services.portfolio.rescoring import AHEAD, Question


class TravelForm(forms.Form):
    """Every field is optional; an unknown value counts as empty.

    `question` is what to re-score: the use cases in the portfolio's filter.
    """

    on = forms.DateField(
        required=False,
        label="Exact day",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    team = forms.ChoiceField(required=False)
    version = forms.ChoiceField(required=False, label="Framework")

    def __init__(
        self, filters: FilterForm, today: date, given: Any, *args: Any, **kwargs: Any
    ) -> None:
        first, last = FIRST_DAY, today + AHEAD
        given = given.copy()
        given.setdefault("on", today.isoformat())
        super().__init__(given, *args, **kwargs)
        self.fields["on"].widget.attrs |= {"min": str(first), "max": str(last)}
        self.fields["on"].help_text = (
            f"Any day from {in_words(first)} to {in_words(last)}. A future day has the "
            "changes of the market that are announced so far."
        )
        self._days, self._today = (first, last), today
        self.filters = filters
        teams = filters.fields["team"].choices  # type: ignore[attr-defined]
        self.fields["team"].choices = teams  # type: ignore[attr-defined]
        self.fields["version"].choices = [  # type: ignore[attr-defined]
            ("", "Each audit’s own"),
            *((f"{n}/{v}", f"{n}, version {v}") for n, v in loader.shipped()),
        ]
        if len(loader.shipped()) == 1:
            del self.fields["version"]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_on(self) -> date:
        """Refuse a day outside the range of the facts."""
        on: date = self.cleaned_data["on"] or self._today
        first, last = self._days
        if not first <= on <= last:
            message = f"Choose a day from {in_words(first)} to {in_words(last)}."
            raise forms.ValidationError(message)
        return on

    @property
    def day(self) -> date:
        """The chosen day; today without one that can be used."""
        self.is_valid()
        day: date = self.cleaned_data.get("on", self._today)
        return day

    @property
    def question(self) -> Question:
        """What to re-score."""
        self.is_valid()
        chosen = self.cleaned_data
        version = chosen.get("version", "")
        return Question(filters=self.filters.chosen, version=version)
