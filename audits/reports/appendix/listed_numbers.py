"""The numbers behind the money: what the team gave, and what is assumed."""

from django.utils import timezone

from audits.landscape.catalogue import catalogue
from audits.models import Audit
from audits.scoring import Assessment
from audits.scoring.board.limits.assumed_apart import assumed_apart
from audits.scoring.costs.cost_numbers import INPUT_NAMES
from audits.scoring.money.assumed import assumed_behind
from audits.scoring.money.words import Money
from audits.scoring.numbers.assumption_fields import entered_in_words
from audits.scoring.numbers.choices import CHOSEN_LABELS, chosen_in_words
from audits.scoring.numbers.contradictions import given_in, why_not_cached
from audits.scoring.numbers.currency import currency_of
from audits.scoring.numbers.replaced_words import replaced_beside
from audits.scoring.pricing.sensitivity import Swing
from audits.services.read_files.usage_uploads import sources_of

_ASSUMED = 6
# The models and the GPU that a team chose.
_MODELS = {key: name for key, name in CHOSEN_LABELS.items() if key != "today"}
_NAMES: dict[str, str] = {str(key): name for key, name in INPUT_NAMES.items()} | _MODELS


def given_numbers(assessment: Assessment, audit: Audit) -> str:
    """List the numbers that the team gave, and where those that are measured are."""
    numbers, on = assessment.numbers, assessment.on or timezone.localdate()
    currency = currency_of(numbers)
    uncounted = why_not_cached(given_in(numbers), numbers, catalogue(on))
    beside = replaced_beside(assessment.replaced, assessment.entered_in)
    if uncounted:
        beside["cache_hit"] = f" (not counted: {uncounted})"
    entered = ((k, v) for k, v in numbers.items() if k in INPUT_NAMES)
    said = [
        entered_in_words(k, v, on, currency) + beside.get(k, "") for k, v in entered
    ]
    models = chosen_in_words(numbers, catalogue(on))
    measured: dict[str, list[str]] = {}
    found = sources_of(audit)
    for item, name in _NAMES.items():
        if item in found:
            measured.setdefault(found[item].said, []).append(name.casefold())
    sources = (f"measured ({k}): {', '.join(x)}" for k, x in measured.items())
    return "; ".join((*said, *models, *sources))


def assumed_numbers(assessment: Assessment, money: Money | None) -> str:
    """List the assumptions for missing numbers, the most influential first."""
    if assessment.costs is None:
        return ""
    listed = dict(assumed_behind(assessment, money))
    assumed = [s for s in assessment.costs.swings if s.name in listed]
    # A number that a team replaced takes the room of others, and what it moves more.
    room = _ASSUMED
    if own := assessment.replaced:
        room -= 4 if own.is_told else min(4, len(own.numbers))
    said = [f"{s.name}: {_usual(s)}" for s in assumed[:room]]
    if more := len(listed) - len(said):
        what = f"and {more} more" if said else f"{more} number{'s' * (more != 1)}"
        said.append(f"{what}, on the result page")
    if money and listed and (apart := assumed_apart(assessment, money)):
        said.append(f"{len(listed)} in all: {apart}")
    return "; ".join(said)


def _usual(swing: Swing) -> str:
    """Return what is usual, without its unit if the name has it."""
    number, _, unit = swing.values.usual.partition(" ")
    is_told = unit.casefold() in swing.name.casefold()
    return number if is_told else swing.values.usual
