"""Lines of one model that repeat those of another, under whatever name."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import combinations

from audits.usage.rows import Usage, UsageFile
from audits.usage.spellings import meant

type _Lines = tuple[str, str | None]  # a file and a model, both by name

# Fewer tokens, or requests, of a day are easily the same by chance.
_LEAST = 100
_MOST_ALIKE = 20  # lines with the same figures on one day that are compared
_MOST_SAID = 10


def repeated_sentences(
    files: Mapping[str, UsageFile], ids: Collection[str]
) -> Iterator[str]:
    """Yield which lines repeat those of another model on most of their days.

    Two files of one month never count both, so what they have twice is only said. One
    model may be in two files; spellings of it in one file are `alike_sentences`.

    Args:
        files: What counts, by the names of the files, the oldest first.
        ids: The ids of the models of the landscape.
    """
    days = _days(files)
    same = _same_days(days, ids)
    said = [
        _said(one, other, number, both)
        for (one, other), number in same.items()
        if number * 2 > (both := len(days[one].keys() & days[other].keys()))
    ]
    yield from said[:_MOST_SAID]
    if (more := len(said) - _MOST_SAID) > 0:
        yield f"{more:,} more pairs of models have the same figures."


def figures(row: Usage) -> tuple[object, ...] | None:
    """Return what tells the use of a day from another; None if it is too little.

    Tokens are the same by chance more rarely than requests, which a file may lack.

    >>> day = date(2026, 9, 1)
    >>> figures(Usage(day=day, requests=7, input_tokens=900, output_tokens=80))
    (900, 80)
    >>> figures(Usage(day=day, requests=400)), figures(Usage(day=day, requests=7))
    (('requests', 400), None)
    """
    tokens = row.input_tokens, row.output_tokens
    if sum(filter(None, tokens)) >= _LEAST:
        return tokens
    requests = row.requests or 0
    is_enough = tokens == (None, None) and requests >= _LEAST
    return ("requests", requests) if is_enough else None


def _days(files: Mapping[str, UsageFile]) -> dict[_Lines, dict[date, object]]:
    found: dict[_Lines, dict[date, object]] = {}
    for name, file in files.items():
        found |= {(name, model): {} for model in file.models}
        for row in file.rows:
            if (own := figures(row)) is not None:
                found[name, row.model][row.day] = own
    return found


def _same_days(
    days: Mapping[_Lines, Mapping[date, object]], ids: Collection[str]
) -> Counter[tuple[_Lines, _Lines]]:
    """Count the days on which two lines of two models have the same figures."""
    alike: dict[object, list[_Lines]] = defaultdict(list)
    for lines, own in days.items():
        for each in own.items():
            alike[each].append(lines)
    models = {model: meant(model, ids) for _, model in days}
    return Counter(
        (one, other)
        for lines in alike.values()
        for one, other in combinations(lines[:_MOST_ALIKE], 2)
        if models[one[1]] != models[other[1]]
    )


def _said(one: _Lines, other: _Lines, same: int, both: int) -> str:
    (there, before), (here, again) = one, other
    first, second = (f"“{name or 'No name'}”" for name in (before, again))
    days = f"{same:,} of {both:,} day{'s' * (both != 1)}"
    if here == there:
        return (
            f"In “{here}”, the lines of {second} repeat those of {first} on {days}: "
            "the same usage may count twice."
        )
    return (
        f"The lines of {second} in “{here}” repeat those of {first} in “{there}” on "
        f"{days}."
    )
