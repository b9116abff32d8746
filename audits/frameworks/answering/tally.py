"""How many questions are asked, answered and not known: one count, in one set of words.

Asked are the questions that apply. Answered are those of them with any answer, “I don't
know yet” included. Not known are the answers that are “I don't know yet”.
"""

from dataclasses import dataclass

DONT_KNOW = "I don\u2019t know yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The questions that are asked, those answered, and those whose answer is known."""

    asked: int
    answered: int
    known: int

    @property
    def not_known(self) -> int:
        """How many are answered with “I don't know yet”."""
        return self.answered - self.known

    @property
    def says(self) -> str:
        """How many are answered, and how many of these are not known.

        >>> Tally(asked=22, answered=22, known=21).says
        '22 of 22 answered, 1 of them with “I don’t know yet”'
        >>> Tally(asked=5, answered=5, known=5).says
        '5 of 5 answered'
        """
        said = f"{self.answered} of {self.asked} answered"
        if not self.not_known:
            return said
        return f"{said}, {self.not_known} of them with “{DONT_KNOW}”"

    @property
    def says_open(self) -> str:
        """What lacks an answer that is known; empty if nothing does.

        >>> Tally(asked=22, answered=20, known=19).says_open
        '2 questions not answered, 1 answered with “I don’t know yet”'
        """
        left = self.asked - self.answered
        parts = (
            f"{left} question{'s' * (left != 1)} not answered" if left else "",
            f"{self.not_known} answered with “{DONT_KNOW}”" if self.not_known else "",
        )
        return ", ".join(filter(None, parts))
