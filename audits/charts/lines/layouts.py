"""The sizes in which two cost lines are drawn."""

from dataclasses import dataclass

TOP, FOOT = 26, 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The size of a drawing and its margins; `labels` fit below its lower axis.

    A paper prints it narrower than a screen, and its words as large: a row of a name
    has so many `letters` there, and any number where that is 0. Below its name is what
    a line costs, if a layout `has_details`.
    """

    width: int
    height: int
    left: int
    right: int
    labels: int
    letters: int = 0
    has_details: bool = True

    @property
    def end(self) -> int:
        """Where the lines end."""
        return self.width - self.right

    @property
    def floor(self) -> int:
        """Where the lower axis is."""
        return self.height - FOOT


WIDE = Layout(width=920, height=400, left=112, right=146, labels=8)
PAGE = Layout(width=600, height=316, left=112, right=146, labels=5)
SMALL = Layout(
    width=370, height=132, left=6, right=90, labels=0, letters=11, has_details=False
)
PAPER = Layout(width=456, height=250, left=82, right=121, labels=4, letters=13)
