"""Names that spell one model in several ways, in one file or in two."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

from audits.usage.model_names import model_of
from audits.usage.rows import Usage, UsageFile

type Name = str | None
_MOST_ALIKE = 20  # spellings of one model that are compared
type Spellings = tuple[Name, ...]


def spellings(names: Sequence[Name], ids: Collection[str]) -> list[Spellings]:
    """Return the names by the model that they mean, in the order of the first of each.

    A name that is no model of the landscape means the same as another only if both
    differ by nothing but capitals.

    >>> spellings(["gpt-5", "openai/gpt-5-2025-08-07", "Ours", "ours"], ["gpt-5"])
    [('gpt-5', 'openai/gpt-5-2025-08-07'), ('Ours', 'ours')]

    Args:
        names: The names, as files have them; None is a model without one.
        ids: The ids of the models of the landscape.
    """
    found: dict[Name, list[Name]] = {}
    for name in names:
        found.setdefault(meant(name, ids), []).append(name)
    return [tuple(own) for own in found.values()]


def meant(name: Name, ids: Collection[str]) -> Name:
    """Return one word for all names of a model: its id, else the name itself."""
    return model_of(name, ids) or (name.casefold().strip() if name else None)


def renamed(found: UsageFile, names: Mapping[str, str]) -> UsageFile:
    """Return a file in which some models have other names."""
    if not names:
        return found
    rows = (replace(x, model=names.get(x.model or "", x.model)) for x in found.rows)
    return replace(found, rows=tuple(rows))


def with_one_spelling(found: UsageFile, ids: Collection[str]) -> UsageFile:
    """Return a file in which each model has one name, the one it is used by most."""
    names = {
        name: own[0]
        for own in spellings(found.models, ids)
        for name in own[1:]
        if name and own[0]
    }
    return renamed(found, names)


def alike_sentences(found: UsageFile, ids: Collection[str]) -> Iterator[str]:
    """Yield which spellings of one model have the same figures on the same days.

    They count as one model, so the same usage would count twice. Costs are no figures
    of use: a tool may know none.

    Args:
        found: The file, with its own names.
        ids: The ids of the models of the landscape.
    """
    days: dict[Name, dict[date, Usage]] = {}
    for row in found.rows:
        days.setdefault(row.model, {})[row.day] = replace(row, model=None, cost=None)
    for own in spellings(found.models, ids):
        for one, other in combinations(own[:_MOST_ALIKE], 2):
            both = [d for d in days[one] if d in days[other] and is_used(days[one][d])]
            same = sum(days[one][day] == days[other][day] for day in both)
            if both and same * 2 > len(both):
                names = " and ".join(f"“{name or 'No name'}”" for name in (one, other))
                yield (
                    f"{names} count as one model and have the same figures on {same:,} "
                    f"of {len(both):,} day{'s' * (len(both) != 1)}: the same usage may "
                    "count twice."
                )


def is_used(row: Usage) -> bool:
    """Whether there is any use in a row."""
    return bool(row.requests or row.input_tokens or row.output_tokens)
