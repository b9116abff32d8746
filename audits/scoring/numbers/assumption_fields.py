"""The numbers that Attune assumes, as fields in which a team enters its own."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import cast

from audits.landscape import in_force
from audits.landscape.catalogue import Catalogue, catalogue
from audits.scoring.costs.cost_numbers import INPUT_NAMES, InputId, PricedTechnique
from audits.scoring.costs.cost_ranges import Range
from audits.scoring.numbers.currency_words import field_in, range_in
from audits.scoring.numbers.entered_in import EnteredIn
from audits.scoring.numbers.number_entry import with_unit
from audits.scoring.numbers.numbers import FIELDS_BY_ID, LIMITS, Field
from audits.scoring.pricing.cost_plan import CostPlan
from audits.scoring.pricing.defaults import defaults_for, defaults_on
from audits.scoring.pricing.gpu_kinds import missing_of, most_adapters, source_of
from audits.scoring.proposals.proposal import DOLLARS

# The group with the choice of the kind of GPU.
OF_GPUS = "Rented GPUs"
# In the order of the page.
GROUPS: Mapping[str, tuple[InputId, ...]] = {
    "People": (
        *("fte_cost", "engineer_day", "label_cost"),
        *("upkeep_share_prompt", "upkeep_share_rag", "mlops_share_trained"),
    ),
    "Days of work": (
        *("prompt_days", "training_days", "choose_days"),
        *("reprompt_days", "retune_days", "reevaluate_days", "parallel_weeks"),
        *("practice_days", "measuring_factor"),
    ),
    "Test set and examples": (
        *("eval_cases", "static_examples", "retrieved_examples"),
        *("example_tokens", "example_pool"),
    ),
    "Calls and caching": (
        *("retry_rate", "batch_share", "cache_minutes", "cache_hit_cap"),
    ),
    "Search in documents": (
        *("rag_days", "corpus_tokens", "chunks", "chunk_tokens", "query_tokens"),
        *("embedding_price", "reembedded_share", "rerank_price"),
        *("contextualising", "vector_store_month"),
    ),
    "Training": (
        *("training_examples", "training_example_tokens", "epochs", "training_runs"),
        *("training_price_hosted", "training_price_own", "distil_labels"),
        *("reviewed_labels", "tuned_prefix_tokens", "ready_months"),
        "model_life",
    ),
    OF_GPUS: (
        *("gpu_hour", "gpu_overhead", "serving_replicas"),
        *("gpu_tokens_per_second", "peak_factor", "hours_a_day", "sharing_models"),
    ),
}
ASSUMED: tuple[InputId, ...] = tuple(each for ids in GROUPS.values() for each in ids)

_OTHERS = "Other numbers"
_ESTIMATE = "Attune’s estimate"
_WHOLE = {
    *("tokens", "examples", "cases", "passages", "answers", "passes", "runs"),
    *("replicas", "models"),
}
# Nothing could be priced with none of these, or with a part of one.
_ONE_AT_LEAST: frozenset[InputId] = frozenset(
    (
        *("model_life", "gpu_overhead", "serving_replicas"),
        *("gpu_tokens_per_second", "peak_factor", "epochs", "training_runs"),
        *("hours_a_day", "sharing_models"),
    )
)
# So many times the highest to expect: beyond it, somebody probably used another unit.
_BEYOND = 100
_MOST_OF_NONE = Decimal(1_000_000)  # where nothing is assumed
_MOST_MODELS = 1000  # where no offer states how many


@in_force.remembered(maxsize=64)
def assumption_fields(
    on: date, gpu: str | None = None, entered: EnteredIn | None = None
) -> Mapping[str, Field]:
    """Return the fields of the assumptions on a day, by id, in the order of the page.

    Args:
        on: The day.
        gpu: The kind of GPU that is chosen; None is the usual one.
        entered: The currency in which hints say what is assumed; None for US dollars.

    Raises:
        ValueError: The landscape does not reach back to that day.
    """
    return dict(_fields(on, gpu, entered))


def assumed_in(
    plan: CostPlan, gpu: str | None = None, of: Collection[PricedTechnique] = ()
) -> tuple[tuple[str, str], ...]:
    """Return what a plan assumes: the name of each number, and it with its span.

    Args:
        plan: The plan.
        gpu: The kind of GPU that it is priced on; None is the usual one.
        of: The techniques whose numbers count; without any, all of them.
    """
    defaults = defaults_for(plan.on, gpu)
    behind = {
        x for each in plan.techniques if each.technique in of for x in each.defaults
    }
    return tuple(
        (INPUT_NAMES[each], defaults[each].with_span)
        for each in plan.defaults
        if each in defaults and (not of or each in behind)
    )


def in_groups(
    assumed: Iterable[tuple[str, str]],
) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Return numbers by what they are about, in the order of the page.

    Args:
        assumed: The numbers, as `assumed_in` gives them.
    """
    left, found = dict(assumed), []
    for name, ids in GROUPS.items():
        names = (INPUT_NAMES[each] for each in ids)
        found.append((name, tuple((x, left.pop(x)) for x in names if x in left)))
    found.append((_OTHERS, tuple(left.items())))
    return tuple((name, rows) for name, rows in found if rows)


def entered_in_words(
    number: str, stored: str, on: date, currency: str = DOLLARS
) -> str:
    """Return a stored number with its name, and with its unit if the name has none.

    Args:
        number: Its id, of those asked or of those assumed.
        stored: Its text, as it is stored.
        on: A day that the landscape reaches back to.
        currency: The code of what amounts are in.
    """
    field = FIELDS_BY_ID.get(number) or assumption_fields(on)[number]
    field = field_in(field, currency)
    value = Decimal(stored) * 100 if field.percent else Decimal(stored)
    name = INPUT_NAMES[cast("InputId", number)]
    is_told = field.unit in name.casefold()
    return f"{name}: {f'{value:,f}' if is_told else with_unit(field, value)}"


def _fields(
    on: date, gpu: str | None, entered: EnteredIn | None
) -> Iterator[tuple[str, Field]]:
    defaults = defaults_on(on)
    for input_id in ASSUMED:
        usual = defaults[input_id]
        high = usual.high * _BEYOND or _MOST_OF_NONE
        if input_id in LIMITS:
            high = _most(input_id, on)
        yield (
            input_id,
            Field(
                id=input_id,
                label=INPUT_NAMES[input_id],
                unit=_unit(usual),
                said=usual.said,
                hint=_hint(input_id, on, gpu, entered),
                low=Decimal(input_id in _ONE_AT_LEAST),
                high=Decimal(100) if usual.is_share else high,
                whole=usual.unit in _WHOLE,
                percent=usual.is_share,
            ),
        )


def _most(input_id: InputId, on: date) -> Decimal:
    """Return the highest number of a field with limits of its own."""
    _, most = LIMITS[input_id]
    if most is not None:
        return Decimal(most)
    stated = most_adapters(catalogue(on))
    return stated[1].value if stated else Decimal(_MOST_MODELS)


def _hint(
    input_id: InputId, on: date, gpu: str | None, entered: EnteredIn | None
) -> str:
    """Say what is assumed, and where it is from, or why nothing is."""
    market, usual = catalogue(on), defaults_for(on, gpu).get(input_id)
    if usual is None:
        why = missing_of(market, gpu)[input_id].partition("because ")[2]
        return f"Nothing is assumed: {why}."
    assumed = range_in(usual, entered, attrgetter("with_span"))
    said = f"Assumed: {assumed}. {usual.source}."
    published = _published(input_id, usual, market)
    return " ".join(filter(None, (said, published, _beside(input_id, market))))


def _published(input_id: InputId, usual: Range, market: Catalogue) -> str:
    """Say what supports an estimate of ours; empty where others publish the number."""
    if not usual.source.startswith(_ESTIMATE):
        return ""
    fact = market.landscape.assumptions.get(input_id)
    others = [x.title for x in market.sources(fact)[1:]] if fact else []
    if not others:
        return "Attune knows of no published typical value."
    return f"It is supported by {' and '.join(others)}."


def _beside(input_id: InputId, market: Catalogue) -> str:
    """Say what a number does to the price; empty if its name says it."""
    if input_id == "hours_a_day":
        return (
            "All calls are served in these hours. The machines cost nothing while off."
        )
    if input_id == "example_tokens":
        return (
            "Your own value may be far from it: an example is one text that changes "
            "with each call, and its answer."
        )
    if input_id == "eval_cases":
        return "Results on more cases than that count instead."
    if input_id != "sharing_models":
        return ""
    said = "Each takes as many calls as this one and pays its share of the machines."
    stated = most_adapters(market)
    if stated is None:
        return said
    provider, most = stated
    source = source_of(market, most)
    return f"{said} {provider} allows {most.value:,f} on one deployment ({source})."


def _unit(usual: Range) -> str:
    return usual.said.replace("${}", "US dollars").replace("{}", "").strip()
