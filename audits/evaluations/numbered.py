"""Cases that are merely numbered, as those of an empty template are."""

from collections.abc import Collection
from functools import lru_cache
from hashlib import sha256

_DIGITS = 16


def digest_of_id(case: str) -> str:
    """Return what is kept of an id: ids may be people's own words."""
    return sha256(case.encode(errors="replace")).hexdigest()[:_DIGITS]


def set_of(ids: Collection[str]) -> str:
    """Return how many cases there are, with a digest of their ids; empty without any.

    >>> set_of(["b", "a"])[:6], set_of([])
    ('2-7e18', '')
    """
    digest = sha256("\n".join(sorted(ids)).encode(errors="replace")).hexdigest()
    return f"{len(ids)}-{digest}" if ids else ""


def identifies(cases: str) -> bool:
    """Whether a set is of cases that another file cannot have by chance.

    Any two files that number their cases from 1 have the same ids; that shows nothing.

    Args:
        cases: The set, as `set_of` returns it for digests of ids.

    >>> identifies(set_of([digest_of_id(each) for each in ("1", "2")]))
    False
    >>> identifies(set_of([digest_of_id(each) for each in ("L-1", "L-2")]))
    True
    """
    number = cases.partition("-")[0]
    return bool(number) and cases != _numbered(int(number))


def are_numbers(ids: Collection[str]) -> bool:
    """Whether digests are of mere numbers from 1, of which some may be left out.

    >>> are_numbers([digest_of_id("1"), digest_of_id("3")])
    True
    >>> are_numbers([digest_of_id("1"), digest_of_id("1047")])
    False
    """
    return {*ids} <= _first(2 * len(ids))


@lru_cache(maxsize=64)
def _first(number: int) -> frozenset[str]:
    return frozenset(digest_of_id(str(each)) for each in range(1, number + 1))


@lru_cache(maxsize=64)
def _numbered(number: int) -> str:
    return set_of(_first(number))
