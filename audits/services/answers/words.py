"""The label and the value of an entry, in words."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.models import Version
from audits.scoring.costs.cost_numbers import TECHNIQUE_NAMES
from audits.scoring.numbers.assumption_fields import assumption_fields
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.currency import KEY
from audits.scoring.numbers.currency_words import choice, field_in
from audits.scoring.numbers.number_entry import shown, with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID, Field
from audits.scoring.numbers.proposal_fields import LABELS as PROPOSAL_LABELS
from audits.scoring.numbers.proposal_fields import part_in_words
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.scored.values import TARGET
from audits.scoring.scored.words import candidate_in_words
from audits.services.answers.answers import Saved
from audits.services.answers.merging import Outcome
from audits.services.verdicts.assessments import framework_of

# What is chosen instead of typed.
LABELS = {KEY: "Amounts are in", **CHOSEN_LABELS}
_NOTHING = "None of these"
_OTHERS: Mapping[str, Callable[[str, Any], str]] = {
    "level": lambda _, value: str(value).capitalize(),
    "note": lambda _, value: str(value),
    "candidate": candidate_in_words,
}


def labels_of(saved: Saved, outcome: Outcome) -> list[str]:
    """Return the labels of the entries with that outcome."""
    framework = framework_of(saved.audit)
    return [label_of(framework, kind, item) for kind, item in saved.that(outcome)]


def label_of(framework: Framework, kind: str, item: str) -> str:
    """Return the label of an entry."""
    if kind == "number":
        field = _field(item)
        return field.label if field else {**LABELS, **PROPOSAL_LABELS}[item]
    if kind == "candidate":
        return "Target" if item == TARGET else f"Candidate {item[1:]}"
    label = framework.question_by_id[item].label
    return {"level": f"{label}: how you know", "note": f"{label}: note"}.get(
        kind, label
    )


def words_of(
    framework: Framework,
    kind: str,
    item: str,
    value: Any,
    currency: str = DOLLARS,
    *,
    offered: str = "",
) -> str:
    """Return the value of an entry in words.

    Args:
        framework: The framework, which has the words of answers.
        kind: The kind of the entry.
        item: Its question or number.
        value: Its value.
        currency: The code of what the amounts of its audit are in.
        offered: That of an offer's prices; empty where it may be another one by now.
    """
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
        if item in PROPOSAL_LABELS:
            return part_in_words(framework, item, str(value), offered)
        field = _field(item)
        if field:
            return with_unit(field_in(field, currency), shown(field, value))
        if item == KEY:
            return choice(str(value))
        model = catalogue(timezone.localdate()).models.get(value)
        return model.name if model else {**TECHNIQUE_NAMES}.get(value, str(value))
    return _OTHERS[kind](item, value)


def currency_then(changes: Sequence[Version], version: Version) -> str:
    """Return the currency that amounts were in when a version was given.

    Args:
        changes: The versions of the currency, the newest first.
        version: The version of a number.
    """
    codes = (x.value for x in changes if x.at <= version.at and not x.set_aside)
    return next(codes, None) or DOLLARS


def _field(item: str) -> Field | None:
    """Return the field of a number, asked or assumed; None for what is chosen."""
    assumed = assumption_fields(timezone.localdate())
    return FIELDS_BY_ID.get(item) or assumed.get(item)
