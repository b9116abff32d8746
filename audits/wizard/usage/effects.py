"""Which numbers and costs a usage file would change, before anything is saved."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone

from audits.frameworks.schema import Framework
from audits.landscape.catalogue import catalogue
from audits.models import Audit
from audits.models.audits import values
from audits.scoring import Assessment
from audits.scoring.costs.cost_numbers import (
    TECHNIQUE_NAMES,
    PricedTechnique,
)
from audits.scoring.numbers.choices import CHOSEN_LABELS
from audits.scoring.numbers.number_entry import shown, with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID
from audits.services.answers.candidates import Preview
from audits.services.read_files.usage_uploads import Source, sources_of
from audits.wizard.candidates.effects import ChangedAnswer

_MODEL = CHOSEN_LABELS["model"]
# How much busier or quieter one job hardly gets.
_SAME_JOB = Decimal("0.1"), Decimal(10)
# In the order of the page of the numbers.
_ORDER = (
    *("requests", "prefix_tokens", "variable_tokens", "output_tokens", "cache_hit"),
    "model",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedNumber:
    """A number as it is and as it would be; `source` says where the first is from.

    `note` says what to mind; empty if nothing.
    """

    id: str
    label: str
    before: str
    after: str
    source: str
    is_left: bool
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCost:
    """What 12 months of a technique cost before and after; None is no price.

    `unpriced` says what is missing for a price, before or after; empty if nothing is.
    """

    name: str
    before: Decimal | None
    after: Decimal | None
    unpriced: str


def changed_rows(
    audit: Audit, numbers: Mapping[str, str], left: Collection[str]
) -> Iterator[ChangedNumber]:
    """Yield the numbers that would change, in the order of their page."""
    there, sources = values(audit.numbers), sources_of(audit)
    for name in _ORDER:
        if name in numbers:
            yield ChangedNumber(
                id=name,
                label=label_of(name),
                before=in_words(name, there.get(name)),
                after=in_words(name, numbers[name]),
                source=_source(name in there, sources.get(name)),
                is_left=name in left,
                note=_note(name, there.get(name), numbers[name]),
            )


def is_less_than_typed(audit: Audit, numbers: Mapping[str, str]) -> bool:
    """Whether a file has fewer calls a month than somebody expects, who typed more."""
    typed, found = values(audit.numbers).get("requests"), numbers.get("requests")
    if not typed or not found or "requests" in sources_of(audit):
        return False
    return Decimal(found) < Decimal(typed)


def _note(name: str, before: str | None, after: str) -> str:
    if name != "requests":
        return ""
    if before and not _SAME_JOB[0] < Decimal(after) / Decimal(before) < _SAME_JOB[1]:
        return (
            "That is ten times more or less than before: check that the file is of "
            "this use case."
        )
    return (
        "That is the past. Amounts are for a busy month about half a "
        "year from now: keep your number if you expect another."
    )


def label_of(name: str) -> str:
    """Return what a number is called on its page."""
    return _MODEL if name == "model" else FIELDS_BY_ID[name].label


def in_words(name: str, value: str | None) -> str:
    """Return a number with its unit, or the name of a model."""
    if value is None:
        return ""
    if name == "model":
        model = catalogue(timezone.localdate()).models.get(value)
        return model.name if model else value
    field = FIELDS_BY_ID[name]
    return with_unit(field, shown(field, value))


def sources_in_words(audit: Audit) -> Mapping[str, str]:
    """Return where the numbers of an audit were measured, by their ids."""
    return {name: source.said for name, source in sources_of(audit).items()}


def changed_cost(audit: Audit, found: Preview) -> ChangedCost | None:
    """Return what today's technique, or a prompt, costs; None if nothing changes."""
    chosen: PricedTechnique = values(audit.numbers).get("today") or "prompt"
    before, after = _year(found.now, chosen), _year(found.then, chosen)
    if before == after:
        return None
    without = found.now if before is None else found.then
    return ChangedCost(
        name=TECHNIQUE_NAMES[chosen],
        before=before,
        after=after,
        unpriced=_unpriced(without, chosen),
    )


def computed_answers(framework: Framework, found: Preview) -> Iterator[ChangedAnswer]:
    """Yield the answers that are computed from the numbers, if they would change."""
    now, then = _computed(found.now), _computed(found.then)
    basis = found.then.costs.basis if found.then.costs else {}
    for item, asked in framework.answerable.items():
        is_question = item in framework.question_by_id  # among those already
        before, after = (_named(framework, item, x.get(item)) for x in (now, then))
        # No amount and one that cannot be computed read alike.
        if not is_question and before != after:
            yield ChangedAnswer(
                label=asked.label,
                before=before,
                after=after,
                because=basis.get(item, ""),
            )


def _computed(assessment: Assessment) -> Mapping[str, str]:
    return assessment.costs.computed if assessment.costs else {}


def _named(framework: Framework, item: str, code: str | None) -> str:
    return framework.label(item, code) if code else "Not computed"


def _year(assessment: Assessment, technique: PricedTechnique) -> Decimal | None:
    if assessment.costs is None:
        return None
    price = assessment.costs.plan.of(technique).price
    return price.year_as_printed.expected if price else None


def _unpriced(assessment: Assessment, technique: PricedTechnique) -> str:
    if assessment.costs is None:
        return "numbers are missing"
    return assessment.costs.plan.of(technique).unpriced or ""


def _source(is_there: bool, source: Source | None) -> str:
    if source:
        return f"measured: {source.said}"
    return "typed" if is_there else ""
