"""Names that spell one model in several ways, in one file or in two."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from audits.usage.model_names import model_of
from audits.usage.rows import UsageFile

type Name = str | None
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
