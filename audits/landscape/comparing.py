"""What one landscape has that another has not, in lines for an operator."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from audits.landscape.catalogue import Catalogue
from audits.landscape.facts import Day
from audits.landscape.schema import Landscape


def told(before: Landscape, after: Landscape, on: date) -> Iterator[str]:
    """Yield a line for each entry that is added, changed, ended or gone.

    Args:
        before: The landscape to compare with.
        after: The other one.
        on: The day whose prices are told.
    """
    markets = Catalogue(on=on, landscape=before), Catalogue(on=on, landscape=after)
    for kind, old, new in zip(_KINDS, _entries(before), _entries(after), strict=True):
        for name in dict.fromkeys((*old, *new)):
            was, now = old.get(name), new.get(name)
            if was == now:
                continue
            more = [*_fields(was, now), *_ends(was, now)]
            if kind == "model":
                more += _prices(name, *markets)
            verb = "Changes" if was and now else "Adds" if now else "Removes"
            yield f"{verb} {kind} {name}{': ' if more else ''}{'; '.join(more)}"


_PLAIN = (str, bool, int, Decimal, date)
_KINDS = (
    *("source", "model", "offer", "planning figure", "market change"),
    *("context window", "price at GPT-4 level", "saving by caching", "milestone"),
    *("hourly price", "vector store", "embedding", "first day"),
)


def _entries(landscape: Landscape) -> Iterator[Mapping[str, Any]]:
    """Yield the entries of each kind by name, in the order of `_KINDS`."""
    lines, hosting = landscape.timelines, landscape.hosting
    yield from (landscape.sources, landscape.models, landscape.offers)
    yield landscape.assumptions
    yield {change.id: change for change in landscape.changes}
    for points in (lines.windows, lines.gpt4_prices, lines.caching):
        yield {f"{x.vendor} {x.model} of {x.day}": x for x in points}
    yield {f"{each.short} of {each.day}": each for each in lines.milestones}
    yield {"of the usual GPU": hosting.gpu_hour, **_named(hosting.other_gpus)}
    yield from (_named(hosting.vector_stores), _named(hosting.embeddings))
    yield {"of enforced output": lines.enforced_output}


def _named(charges: Iterable[Any]) -> dict[str, Any]:
    return {charge.what: charge for charge in charges}


def _fields(was: Any, now: Any) -> Iterator[str]:
    """Yield the names of what differs, and of plain values what they were and are.

    An entry takes the place of a whole one, so that what it forgets is dropped.
    """
    for field in fields(now) if was and now else ():
        old, new = getattr(was, field.name), getattr(now, field.name)
        if old == new:
            continue
        if isinstance(old, _PLAIN) and isinstance(new, _PLAIN):
            yield f"{field.name} {old} -> {new}"
        elif new is None or new == ():
            yield f"drops {field.name}"
        else:
            yield field.name


def _ends(was: Any, now: Any) -> Iterator[str]:
    """Yield the day on which an entry ends, if that is another than before."""
    for name in ("retires", "ends"):
        old, new = getattr(was, name, None), getattr(now, name, None)
        if isinstance(new, Day) and (not isinstance(old, Day) or old.day != new.day):
            yield f"ends on {new.day}"
        elif isinstance(old, Day) and new is None and now:
            yield f"no longer ends on {old.day}"


def _prices(model: str, was: Catalogue, now: Catalogue) -> Iterator[str]:
    """Yield the price of a model on the day, if it is another than before."""
    old, new = _price(model, was), _price(model, now)
    if old != new:
        yield f"{old or 'no price'} -> {new or 'no price'} on {now.on}"


def _price(model: str, market: Catalogue) -> str:
    try:
        rates = market.prices(model).rates
    except LookupError:
        return ""
    return f"${rates.input:f} in, ${rates.output:f} out"
