"""That one link is behind several answers, as every reader is told."""

from collections.abc import Iterator, Mapping, Sequence

_MOST_NAMED = 3
_NONE: Mapping[str, int] = {}


def same_links_said(
    behind: Mapping[str, Sequence[str]], besides: Mapping[str, int] = _NONE
) -> Iterator[str]:
    """Yield a sentence for each link that is behind more than one answer.

    Args:
        behind: The labels of the answers that each link is to show, by link.
        besides: How many more it is behind, which test results give.

    >>> [*same_links_said({"https://a.ex": ["A", "B"], "https://b/": ["C"]})]
    ['The same link is given for 2 answers (“A” and “B”), so check each: https://a.ex.']
    >>> [said] = same_links_said({"https://a.ex": ["A", "B"]}, {"https://a.ex": 3})
    >>> said[37:]
    '(“A” and “B”) and for 3 that test results give, so check each: https://a.ex.'
    >>> [said] = same_links_said({"https://a.example/": ["A", "B", "C", "D", "E"]})
    >>> said[:66]
    'The same link is given for 5 answers (“A”, “B”, “C” and 2 more), s'
    """
    for link, labels in behind.items():
        if len(labels) > 1:
            named = [f"“{label}”" for label in labels[:_MOST_NAMED]]
            if more := len(labels) - len(named):
                named.append(f"{more} more")
            names = f"{', '.join(named[:-1])} and {named[-1]}"
            number, of_results = len(labels), besides.get(link, 0)
            said = f"The same link is given for {number} answers ({names})"
            if of_results:
                said += f" and for {of_results} that test results give"
            yield f"{said}, so check each: {link}."
