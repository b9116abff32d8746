"""Which model of the landscape a tool means by a name."""

import re
from collections.abc import Collection

# Who serves it, before the name: "openai/", "us.anthropic.", "azure/eu/".
_SERVED_BY = re.compile(
    r"^(?:[\w-]+/)*(?:(?:us|eu|apac|global)\.)?(?:[a-z]+\.(?=[a-z]))?"
)
# Which edition of it, after the name: "-2025-08-07", "-20251001", "@20251001", "-v1:0".
_EDITION = re.compile(
    r"(?:[-@]\d{4}-\d{2}-\d{2}|[-@]20\d{6})?(?:-v\d+(?::\d+)?)?(?:-latest)?$"
)


def model_of(name: str | None, ids: Collection[str]) -> str | None:
    """Return the id of the model that a name means; None if that is not certain.

    Nothing is guessed: without who serves it and which edition it is, the name must be
    the id.

    >>> model_of("openai/gpt-5-2025-08-07", ["gpt-5", "gpt-5-mini"])
    'gpt-5'
    >>> model_of("us.anthropic.claude-haiku-4-5-20251001-v1:0", ["claude-haiku-4-5"])
    'claude-haiku-4-5'
    >>> model_of("gpt-5-mini", ["gpt-5"])
    """
    wanted = (name or "").casefold().strip()
    known = {each.casefold(): each for each in ids}
    without = _SERVED_BY.sub("", wanted, count=1)
    for each in (wanted, wanted.rpartition("/")[2], without):
        for candidate in (each, _EDITION.sub("", each)):
            if candidate in known:
                return known[candidate]
    return None
