"""Which model of the landscape a tool means by a name."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

# Who serves it, before the name: "openai/", "us.anthropic.", "azure/eu/".
_SERVED_BY = re.compile(
    r"^(?:[\w-]+/)*(?:(?:us|eu|apac|global)\.)?(?:[a-z]+\.(?=[a-z]))?"
)
# Which edition of it, after the name: "-2025-08-07", "-20251001", "@20251001", "-v1:0".
_EDITION = re.compile(
    r"(?:[-@]\d{4}-\d{2}-\d{2}|[-@]20\d{6})?(?:-v\d+(?::\d+)?)?(?:-latest)?$"
)

_BETWEEN = re.compile(r"[\s._]+")


def model_of(name: str | None, ids: Collection[str]) -> str | None:
    """Return the id of the model that a name means; None if that is not certain.

    Nothing is guessed: without who serves it and which edition it is, the name must be
    the id, or the name that people read. “4.5”, “4_5” and “4 5” are spellings of “4-5”.

    >>> model_of("openai/gpt-5-2025-08-07", ["gpt-5", "gpt-5-mini"])
    'gpt-5'
    >>> model_of("us.anthropic.claude-haiku-4-5-20251001-v1:0", ["claude-haiku-4-5"])
    'claude-haiku-4-5'
    >>> model_of("anthropic/claude-haiku-4.5", ["claude-haiku-4-5"])
    'claude-haiku-4-5'
    >>> model_of("gpt-5-mini", ["gpt-5"])

    Args:
        name: The name, as the tool has it.
        ids: The ids of the models; the names in a mapping of models by id are known,
            too.
    """
    wanted = (name or "").casefold().strip()
    known = dict(_known(ids))
    without = _SERVED_BY.sub("", wanted, count=1)
    for each in (wanted, wanted.rpartition("/")[2], without):
        for candidate in (each, _EDITION.sub("", each)):
            if (plain := _plain(candidate)) in known:
                return known[plain]
    return None


def _known(ids: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield how models are spelled, and their ids: an id goes before a name."""
    if isinstance(ids, Mapping):
        yield from ((_plain(model.name), each) for each, model in ids.items())
    yield from ((_plain(each), each) for each in ids)


# Each row of a file asks for all names of the landscape again.
@lru_cache(maxsize=2_000)
def _plain(name: str) -> str:
    return _BETWEEN.sub("-", name.casefold().strip())
