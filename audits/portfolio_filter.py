"""The filters of the portfolio, as GET parameters that can be shared.

Whatever goes over a part of the portfolio, a page or a pack, takes it from here.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.db.models import Case, When

from audits.frameworks.schema import Family, Framework
from audits.models import AuditQuerySet, Stage, Team
from audits.scoring.confidence import LEVELS

FAMILY_NAMES: dict[Family, str] = {
    "stop": "Stop",
    "gather": "Gather evidence",
    "rebuild": "Rebuild: prompt, few-shot or retrieval",
    "distil": "Distil",
    "tune": "Fine-tune, now or later",
}
NOT_SCORED = "not_scored"


def verdicts_by_family(framework: Framework) -> dict[Family, list[str]]:
    """Return the verdicts of each family, in the framework's order."""
    families: dict[Family, list[str]] = defaultdict(list)
    for verdict, words in framework.verdicts.items():
        families[words.family].append(verdict)
    return families


def urgency(framework: Framework) -> Case:
    """Order verdicts by what they ask of a leader: to stop first, to build last."""
    families = verdicts_by_family(framework)
    return rank("verdict__in", [families[family] for family in FAMILY_NAMES])


def rank(field: str, values: Sequence[Any]) -> Case:
    """Order rows as the values stand; what is none of them comes last."""
    ranks = [When(**{field: value}, then=place) for place, value in enumerate(values)]
    return Case(*ranks, default=len(values))


class FilterForm(forms.Form):
    """Every filter may stay open; a value that is none of ours filters nothing."""

    team = forms.TypedChoiceField(coerce=int, empty_value=None, required=False)
    stage = forms.ChoiceField(
        choices=[("", "All stages"), *Stage.choices], required=False
    )
    verdict = forms.ChoiceField(required=False)
    confidence = forms.ChoiceField(
        choices=[("", "Any"), *((level, level.capitalize()) for level in LEVELS)],
        required=False,
    )
    q = forms.CharField(max_length=100, required=False, label="Words")

    def __init__(
        self, framework: Framework, teams: list[Team], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.families = verdicts_by_family(framework)
        self.fields["team"].choices = [  # type: ignore[attr-defined]
            ("", "All teams"),
            *((team.pk, team.name) for team in teams),
        ]
        self.fields["verdict"].choices = [  # type: ignore[attr-defined]
            ("", "All verdicts"),
            *((f"any_{key}", name) for key, name in FAMILY_NAMES.items()),
            *((verdict, w.name) for verdict, w in framework.verdicts.items()),
            (NOT_SCORED, "Not scored yet"),
        ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def filtered(self, audits: AuditQuerySet) -> AuditQuerySet:
        """Return the audits that pass; filters that are not valid pass all."""
        self.is_valid()
        chosen = self.cleaned_data
        if team := chosen.get("team"):
            audits = audits.filter(use_case__team=team)
        if stage := chosen.get("stage"):
            audits = audits.filter(use_case__stage=stage)
        if verdict := chosen.get("verdict"):
            audits = audits.filter(verdict__in=self._verdicts(verdict))
        if confidence := chosen.get("confidence"):
            audits = audits.filter(confidence=confidence)
        if words := chosen.get("q"):
            audits = audits.filter(use_case__name__icontains=words)
        return audits

    @property
    def query(self) -> str:
        """The filters that count, written in one way whatever the order they came in.

        A filter that is open or not valid passes all, so it is left out.
        """
        return urlencode(sorted(self._counting()), doseq=True)

    @property
    def in_words(self) -> str:
        """The filters that count, as people read them; empty if all pass."""
        said = [
            f"{self[name].label}: {', '.join(self._words(name, value))}"
            for name, value in self._counting()
        ]
        return "; ".join(said)

    def _counting(self) -> list[tuple[str, Any]]:
        self.is_valid()
        return [
            (name, field.widget.value_from_datadict(self.data, self.files, name))
            for name, field in self.fields.items()
            if self.cleaned_data.get(name)
        ]

    def _words(self, name: str, value: Any) -> list[str]:
        choices = dict(getattr(self.fields[name], "choices", ()))
        names = {str(key): str(words) for key, words in choices.items()}
        picked = value if isinstance(value, list) else [value]
        return [names.get(str(item), str(item)) for item in picked]

    def _verdicts(self, chosen: str) -> list[str]:
        if chosen == NOT_SCORED:
            return [""]
        for family, verdicts in self.families.items():
            if chosen == f"any_{family}":
                return verdicts
        return [chosen]
