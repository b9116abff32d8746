"""The rungs of the ladder as they are shown: each with what is known of it."""

from dataclasses import dataclass
from typing import Literal

type RungState = Literal["passed", "missed", "tested", "out", "untested"]
# Each state in words, where nothing more is known.
SAID: dict[RungState, str] = {
    "passed": "Tested and passed",
    "missed": "Tested and failed",
    "tested": "Tested",
    "out": "Ruled out",
    "untested": "Not tested",
}
ICONS: dict[RungState, str] = {
    "passed": "holds",
    "missed": "not-held",
    "tested": "ev-documented",
    "out": "ruled-out",
    "untested": "dot-todo",
}
_BY_RESULT: dict[RungState, str] = {
    "passed": "Passed",
    "missed": "Failed",
    "tested": "Tested",
    "out": "Ruled out",
    "untested": "Not tested",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRow:
    """One rung: its name, what is known of it, and whether it is advised.

    `in_use` says that it is in use now or planned, and `advised` that it is the next
    step, or what serves meanwhile; both are empty else. It `runs` if it is in use now
    and not only planned. `is_next` marks the next step,
    and `is_ticked` one that people say was tested, where results show others; it may
    have a typed result that `lacks` something to count. What `is_best` scored best of
    all that missed the target. `serves` says that one that is ruled out may serve until
    the trained model is ready.
    """

    id: str
    name: str
    state: RungState
    why: str
    is_tested: bool = False
    in_use: str = ""
    runs: bool = False
    advised: str = ""
    is_next: bool = False
    is_ticked: bool = False
    is_best: bool = False
    lacks: str = ""
    serves: bool = False

    @property
    def icon(self) -> str:
        """The mark of its state."""
        return ICONS[self.mark]

    @property
    def mark(self) -> RungState:
        """The state as marked: no result shows that what people ticked has failed."""
        return "tested" if self.is_ticked and self.state == "missed" else self.state

    @property
    def next_said(self) -> str:
        """What to call it where it comes next: nothing that passed is still to do."""
        return "Advised" if self.state == "passed" else "Next"

    @property
    def said(self) -> str:
        """The state and why, in words."""
        if self.is_ticked and self.lacks:
            return f"Tested, but the typed result does not count yet: {self.lacks}"
        if self.is_ticked and self.state == "missed":
            return "The team says that it missed the target: no result"
        if self.is_best and self.state == "missed":
            return f"Best so far, misses the target: {self.why}"
        if self.serves:
            return f"May serve until the trained model is ready, though {self.why}"
        is_both = self.state == "out" and self.is_tested
        said = "Tested and ruled out" if is_both else SAID[self.state]
        why = "; ".join(filter(None, (self.why, "ticked, no result" * self.is_ticked)))
        return f"{said}: {why}" if why else said


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs, the cheapest first, and what comes next in words."""

    rows: tuple[RungRow, ...]
    next: str

    @property
    def next_said(self) -> str:
        """What to call that: advised, where it passed already."""
        found = (row.next_said for row in self.rows if row.is_next)
        return next(found, "Next")

    @property
    def is_all_alike(self) -> bool:
        """Whether nothing is known of any rung, and none comes next."""
        return all(row.state == "untested" and not row.is_next for row in self.rows)

    @property
    def tested(self) -> int:
        """How many rungs were tested."""
        return sum(row.is_tested for row in self.rows)

    @property
    def by_result(self) -> tuple[tuple[str, str], ...]:
        r"""The number and name of every rung, by what is known of it.

        >>> row = RungRow(id="rag", name="Retrieval", state="missed", why="")
        >>> Ladder(rows=(row,), next="Distil.").by_result
        (('Failed', '1\xa0Retrieval'),)
        """
        numbered = [
            (row.mark, f"{number}\N{NO-BREAK SPACE}{row.name}")
            for number, row in enumerate(self.rows, start=1)
        ]
        found = (
            (said, "; ".join(name for at, name in numbered if at == mark))
            for mark, said in _BY_RESULT.items()
        )
        return tuple((said, names) for said, names in found if names)
