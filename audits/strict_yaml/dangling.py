"""Problems at the line a string was read from: an id that names nothing, first."""

from collections.abc import Collection, Iterable, Iterator

from audits.strict_yaml.problems import Problem, did_you_mean


def problem_at(where: str, key: str, message: str) -> Problem:
    """Build a problem at the line a string was read from."""
    return Problem(getattr(where, "line", 1), key, message)


def dangling(
    what: str, ids: Iterable[str], known: Collection[str], key: str
) -> Iterator[Problem]:
    """Yield a problem for each of the ids that is not known, with the nearest name."""
    for an_id in ids:
        if an_id not in known:
            hint = did_you_mean(an_id, known)
            yield problem_at(an_id, key, f'no {what} "{an_id}"{hint}')
