"""Answers said to be documented or measured with nothing to show, as readers are told.

Else anybody could let training be approved by choosing a word.
"""

from collections.abc import Iterator, Sequence

_AS_SAID = "as said; no link or file"
# Once above a list in which answers are said to be known in that way.
COUNT_AS = (
    "“As said; no link or file”: nobody has added what shows it, so the answer counts "
    "as asserted."
)


def as_said(level: str) -> str:
    """Return how an answer is said to be known, with nothing that shows it.

    >>> as_said("documented")
    'documented, as said; no link or file'
    """
    return f"{level}, {_AS_SAID}"


def undocumented_said(labels: Sequence[str]) -> Iterator[str]:
    """Yield one sentence that names the answers; none where there is no such answer.

    >>> [said] = undocumented_said(["A", "B", "C"])
    >>> said[:57]
    '“A”, “B” and “C” have no link or file: they count as asse'
    >>> [*undocumented_said([])]
    []
    """
    named = [f"“{label}”" for label in labels]
    without = "no link or file"
    if len(named) == 1:
        yield f"{named[0]} has {without}: it counts as asserted."
    elif named:
        first = ", ".join(named[:-1])
        yield f"{first} and {named[-1]} have {without}: they count as asserted."
