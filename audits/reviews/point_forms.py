"""The questions that a reviewer asks to answer again, in the form of a review."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from django import forms

from audits.frameworks.answering import flow
from audits.frameworks.questions import Question
from audits.models import Audit
from audits.models.fields.text import TypedText
from audits.models.sign_offs.reviews import MOST_OF_A_POINT
from audits.scoring import Assessment
from audits.scoring.summary.sureness import deciding_questions
from audits.services.verdicts.assessments import framework_of

POINTS = "points"


@dataclass(frozen=True, slots=True)
class PointRow:
    """A question that may be ticked, and the field for a sentence about it."""

    question: Question
    is_ticked: bool
    words: forms.BoundField


class PointFields(forms.Form):
    """A tick and a sentence for each question that applies to an audit.

    A sentence without its tick counts as ticked.
    """

    def add_points(self, audit: Audit, assessment: Assessment) -> None:
        """Add the fields: those of the questions that decide are shown first."""
        framework = framework_of(audit)
        self._decide = deciding_questions(framework, assessment)
        self._asked = flow.applicable(framework, assessment.codes)
        self.fields[POINTS] = forms.MultipleChoiceField(
            choices=[(each.id, each.label) for each in self._asked], required=False
        )
        for each in self._asked:
            self.fields[f"point_{each.id}"] = TypedText(
                label=f"What to answer again: {each.label}",
                required=False,
                max_length=MOST_OF_A_POINT,
                widget=forms.Textarea({"rows": 2, "class": "form-control"}),
            )

    @property
    def deciding_points(self) -> list[PointRow]:
        """The rows of the questions that decide."""
        return [each for each in self._rows if each.question.id in self._decide]

    @property
    def other_points(self) -> list[PointRow]:
        """The rows of all other questions."""
        return [each for each in self._rows if each.question.id not in self._decide]

    @property
    def has_other_points(self) -> bool:
        """Whether one of the others was ticked or written about."""
        return any(x.is_ticked or x.words.value() for x in self.other_points)

    @property
    def _rows(self) -> list[PointRow]:
        ticked = self[POINTS].value() or ()
        return [
            PointRow(each, each.id in ticked, self[f"point_{each.id}"])
            for each in self._asked
        ]

    def points(self) -> dict[str, str]:
        """Take the questions out of valid values, with what is written about each."""
        ticked = cast("list[str]", self.cleaned_data.pop(POINTS, None) or [])
        words = {
            each.id: self.cleaned_data.pop(f"point_{each.id}", None) or ""
            for each in self._asked
        }
        return {x: said for x, said in words.items() if said or x in ticked}

    def has_words(self) -> bool:
        """Whether something is written about a question."""
        return any(self.cleaned_data.get(f"point_{x.id}") for x in self._asked)


def ticked(sent: Mapping[str, Any], chosen: list[str]) -> dict[str, Any]:
    """Return what a page has sent, with all questions that it ticked."""
    return {**sent, POINTS: chosen}
