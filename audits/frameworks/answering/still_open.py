"""How many open questions can change a verdict, in words that every page shares."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class StillOpen:
    """The open questions that can change a verdict.

    `now` are asked; `later` are asked only if another answer changes what applies, so
    nobody counts them among the unanswered ones.

    >>> StillOpen(now=9, later=9).says
    '9 open questions can change the verdict, and answers may bring up 9 more'
    >>> StillOpen(now=0, later=1).says
    '1 open question can change the verdict if it comes up'
    >>> StillOpen(now=9, later=9).says_beside
    '9 to 18 questions can change it'
    >>> StillOpen(now=9, later=9).short, StillOpen(now=2).short
    ('9 to 18 open', '2 questions open')
    """

    now: int
    later: int = 0

    @property
    def all(self) -> int:
        """How many there are, asked or not."""
        return self.now + self.later

    @property
    def says(self) -> str:
        """How many can change the verdict, as a sentence without its full stop."""
        return self.says_of("the verdict")

    @property
    def short(self) -> str:
        """The least and the most, for a table or a line of facts."""
        if self.later:
            return f"{self._range} open"
        return f"{_questions(self.now)} open"

    @property
    def says_beside(self) -> str:
        """The same in fewer words, right below the verdict."""
        if not self.now:
            return self.says
        if self.later:
            return f"{self._range} questions can change it"
        return f"{_questions(self.now)} can change it"

    @property
    def _range(self) -> str:
        return f"{self.now} to {self.all}"

    def says_of(self, what: str) -> str:
        """Return the sentence about what they can change."""
        if not self.now:
            later = _questions(self.later, "open ")
            return f"{later} can change {what} {if_raised(self.later)}"
        more = f", and answers may bring up {self.later} more" if self.later else ""
        return f"{_questions(self.now, 'open ')} can change {what}{more}"


def if_raised(number: int) -> str:
    """Say on what questions depend that nobody is asked so far."""
    one, many = "if it comes up", "if they come up"
    return one if number == 1 else many


def _questions(number: int, kind: str = "") -> str:
    return f"{number} {kind}question{'s' * (number != 1)}"
