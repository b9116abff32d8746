"""Answers said to be documented or measured with nothing to show, as readers are told.

Else anybody could let training be approved by choosing a word.
"""

from collections.abc import Iterator, Sequence

WITHOUT = "said to be documented or measured, without a link, file or result"


def undocumented_said(labels: Sequence[str]) -> Iterator[str]:
    """Yield one sentence that names the answers; none where there is no such answer.

    >>> [said] = undocumented_said(["A", "B", "C"])
    >>> said[:58]
    '“A”, “B” and “C” are said to be documented or measured, wi'
    >>> [*undocumented_said([])]
    []
    """
    named = [f"“{label}”" for label in labels]
    if len(named) == 1:
        yield f"{named[0]} is {WITHOUT}: it counts as asserted."
    elif named:
        first = ", ".join(named[:-1])
        yield f"{first} and {named[-1]} are {WITHOUT}: they count as asserted."
