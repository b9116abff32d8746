"""Problems at the line of a string, mainly unknown ids."""

from collections.abc import Collection, Iterable, Iterator

from audits.strict_yaml.problems import Problem, did_you_mean


def problem_at(where: str, key: str, message: str) -> Problem:
    """Build a problem at the line of a string."""
    return Problem(getattr(where, "line", 1), key, message)


def dangling(
    what: str, ids: Iterable[str], known: Collection[str], key: str
) -> Iterator[Problem]:
    """Yield a problem for each unknown id, with the nearest name."""
    for an_id in ids:
        if an_id not in known:
            hint = did_you_mean(an_id, known)
            yield problem_at(an_id, key, f'no {what} "{an_id}"{hint}')
