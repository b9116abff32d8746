"""The label and the value of an entry, in words."""

from typing import Any

from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.costs.number_entry import with_unit
from audits.scoring.costs.numbers import FIELDS_BY_ID
from audits.services.answers.answers import Saved
from audits.services.answers.merging import Outcome
from audits.services.verdicts.assessments import framework_of
from audits.wizard.number_forms import LABELS, shown

_NOTHING = "None of these"


def labels_of(saved: Saved, outcome: Outcome) -> list[str]:
    """Return the labels of the entries with that outcome."""
    framework = framework_of(saved.audit)
    return [label_of(framework, kind, item) for kind, item in saved.that(outcome)]


def label_of(framework: Framework, kind: str, item: str) -> str:
    """Return the label of an entry."""
    if kind == "number":
        field = FIELDS_BY_ID.get(item)
        return field.label if field else LABELS[item]
    label = framework.question_by_id[item].label
    return {"level": f"{label}: how you know", "note": f"{label}: note"}.get(
        kind, label
    )


def words_of(framework: Framework, kind: str, item: str, value: Any) -> str:
    """Return the value of an entry in words."""
    if value is None:
        return "No answer"
    if kind == "answer":
        question = framework.question_by_id[item]
        if isinstance(value, list) and question.kind == "ticks":
            names = [tick.name for tick in question.ticks if tick.id in value]
            return ", ".join(names) or _NOTHING
        code = tuple(value) if isinstance(value, list) else value
        return framework.words(item, {item: code}) or _NOTHING
    if kind == "number":
        field = FIELDS_BY_ID.get(item)
        if field:
            return with_unit(field, shown(field, value))
        model = catalogue(timezone.localdate()).models.get(value)
        return model.name if model else {**TECHNIQUE_NAMES}.get(value, str(value))
    return str(value).capitalize() if kind == "level" else str(value)
