"""The page of each paper in a pack, and its place among those of its kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audits.reports.context import Paper
from audits.reports.packs.pack_asked import Asked
from audits.reports.packs.pack_ready import STANDINGS
from audits.services.papers.page_one_purpose import NOT_READY, NOT_YET, TO_SETTLE

_FOR_DECISION = "For decision"
_WAITS = "Waits for sign-off"
_LATER = "Not for decision at this meeting"
_ASKED_LATER, _ONCE_SIGNED = "Asked later", "Once signed off"
_APART = {NOT_YET: NOT_READY, _LATER: "deferred"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PackPage:
    """A paper in a pack: what its page is for, and which of such pages it is.

    `number` is that of its row. One that is settled first `is_unsigned` while no
    reviewer has signed it. `asks` is what its decision is called where the board
    deferred it, or a reviewer has not signed it; else empty.
    """

    paper: Paper
    number: int
    purpose: str
    place: str
    is_unsigned: bool
    asks: str = ""

    @property
    def is_waiting(self) -> bool:
        """Whether the board can vote on it only once signed, or at a later meeting."""
        return self.purpose in (_WAITS, _LATER)

    @property
    def frame(self) -> str:
        """How the box is framed of what this meeting cannot vote on; else empty."""
        later = "early" if self.purpose in (NOT_YET, _LATER) else ""
        return "waits" if self.purpose == _WAITS else later


def pages_of(asked: Sequence[Asked], papers: Sequence[Paper]) -> Iterator[PackPage]:
    """Yield the page of each paper, in the order of the tables of the overview.

    What is deferred or not ready is no decision of this meeting, and counts apart.

    Args:
        asked: The rows of the overview, in order.
        papers: Their papers; none if each has a file of its own.
    """
    pairs = [*zip(asked, papers, strict=False)]
    pairs.sort(key=lambda pair: _place(pair[0]))
    found = [(item, paper, _purpose(item, paper)) for item, paper in pairs]
    of, seen = Counter(purpose for *_, purpose in found), Counter[str]()
    for item, paper, purpose in found:
        seen[purpose] += 1
        place = f"{seen[purpose]} of {of[purpose]}"
        yield PackPage(
            paper=paper,
            number=item.number,
            purpose=purpose,
            place=" ".join(filter(None, (_APART.get(purpose), place))),
            is_unsigned=item.is_unsigned and purpose == TO_SETTLE,
            asks=_ONCE_SIGNED if purpose == _WAITS else _asks(item),
        )


def _place(item: Asked) -> tuple[int, int]:
    is_ready = item.standing == "ready"
    return STANDINGS.index(item.standing), item.rank if is_ready else 0


def _asks(item: Asked) -> str:
    return _ASKED_LATER if item.standing == "deferred" else ""


def _purpose(item: Asked, paper: Paper) -> str:
    """Return what a board does with a page."""
    if item.standing == "not_ready":
        return NOT_YET
    if item.standing == "deferred":
        return _LATER
    if paper.one.asking != "asked":
        return paper.one.purpose
    if paper.one.waits:
        return TO_SETTLE
    return _WAITS if item.is_unsigned else _FOR_DECISION
