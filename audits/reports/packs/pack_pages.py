"""The page of each paper in a pack, and its place among those of its kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.reports.context import Paper
from audits.reports.packs.pack_asked import Asked
from audits.services.papers.page_one_purpose import NOT_YET, TO_SETTLE

_FOR_DECISION = "For decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """A paper in a pack: what its page is for, and which of such pages it is."""

    paper: Paper
    purpose: str
    place: str


def pages_of(asked: Sequence[Asked], papers: Sequence[Paper]) -> Iterator[PackPage]:
    """Yield the page of each paper; what is not ready is no decision, and counts apart.

    Args:
        asked: The rows of the overview, in order.
        papers: Their papers; none if each has a file of its own.
    """
    found = [
        (paper, _purpose(item, paper))
        for item, paper in zip(asked, papers, strict=False)
    ]
    of, seen = Counter(purpose for _, purpose in found), Counter[str]()
    for paper, purpose in found:
        seen[purpose] += 1
        place = f"{seen[purpose]} of {of[purpose]}"
        yield PackPage(
            paper=paper,
            purpose=purpose,
            place=f"not ready {place}" if purpose == NOT_YET else place,
        )


def _purpose(item: Asked, paper: Paper) -> str:
    """Return what a board does with a page."""
    if item.lacks:
        return NOT_YET
    if paper.one.asking != "asked":
        return paper.one.purpose
    return TO_SETTLE if paper.one.waits else _FOR_DECISION
