"""What a verdict is called and how it looks wherever it is only named."""

from typing import NamedTuple

from audits.frameworks.schema import Family


class NamedVerdict(NamedTuple):
    """A verdict with its name and mark; an override names the `computed` one."""

    family: Family
    mark: str
    name: str
    computed: str = ""


def named(family: Family, mark: str, name: str, comes_first: str = "") -> NamedVerdict:
    """Return a verdict's name and mark, or those of the step that comes before all.

    Such a step looks like gathering evidence: nothing else is decided yet.

    Args:
        family: The family of the verdict.
        mark: Its mark.
        name: Its name.
        comes_first: The name of the step; empty if there is none.
    """
    if comes_first:
        return NamedVerdict("gather", "gather", comes_first)
    return NamedVerdict(family, mark, name)
