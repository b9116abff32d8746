"""What a row of page 1 says of a condition that decided."""

from dataclasses import dataclass

from audits.scoring.deciding.circumstances import EvidenceLevel
from audits.scoring.explaining.grades.standings import FORBIDS, IN_SHORT, MATCHED

NO, ANY_REASON = IN_SHORT["absent"], "A reason to train"  # no answer shows one
_TWO_LINES, _AFTER_SCORE = 80, 48  # characters of a finding
NOTHING = "No answer counts against it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A condition, whether it holds, the answers that show it, and their evidence.

    `level` is that of the weakest of all answers that it rests on, `known` the same in
    words; None if none asks for evidence. `better` says the same with the level of
    those better known; `weakest` names those that have `level`, and `least` is the
    first of them with its answer.
    `score` is of their candidate; where they are of a test without one, `lacks` says
    so. `agrees` says what says the same beside the team. It `is_use` where it says what
    goes into the prompt: the fault alone does not show that, the answer after it does.
    `brief` is what was found without how each part is known, if that is said else.
    """

    condition: str
    holds: str
    found: str
    level: EvidenceLevel | None
    known: str = ""
    better: str = ""
    weakest: str = ""
    least: str = ""
    score: str = ""
    agrees: str = ""
    lacks: str = ""
    is_use: bool = False
    brief: str = ""

    @property
    def is_absent(self) -> bool:
        """Whether it does not hold, or no reason is known to."""
        return self.holds == NO or self.condition == ANY_REASON

    @property
    def is_open(self) -> bool:
        """Whether it may still hold: it is only possible, or not known."""
        return self.holds in (IN_SHORT["claimed"], IN_SHORT["unknown"])

    @property
    def forbids(self) -> bool:
        """Whether it forbids training."""
        return self.holds == FORBIDS

    @property
    def holds_in_short(self) -> str:
        """Whether it holds, in a word, which has one line on page 1."""
        words = {
            MATCHED: "Yes",
            FORBIDS: "Yes",
            NO: "No",
            IN_SHORT["unknown"]: "Unknown",
        }
        return words.get(self.holds, self.holds)

    @property
    def says(self) -> str:
        """What was found, with the number where a file gives one."""
        return f"{self.found}. {self.score}" if self.score else self.found

    @property
    def says_how(self) -> str:
        """The same, and the level of those better known than the weakest."""
        found = self.better or self.found
        return f"{found}. {self.score}" if self.score else found

    @property
    def in_brief(self) -> str:
        """The same in two lines at most, after its number if it has one.

        The level is that of the weakest answer alone, so no other one is beside it.
        """
        room, said = (
            _AFTER_SCORE if self.score else _TWO_LINES,
            self.brief or self.found,
        )
        found = found_in_brief(said, room, is_last=self.is_use)
        if self.lacks:
            return f"{found}; {self.lacks}"
        return f"{self.score}. {found}" if self.score else found

    @property
    def shown_by(self) -> str:
        """The level of the weakest answer; “partly” asserted where others are better.

        >>> some = Found(condition="", holds="", found="", level="asserted", better="a")
        >>> some.shown_by
        'Partly asserted'
        """
        if self.better and self.level == "asserted":
            return "Partly asserted"
        return str(self.level).capitalize()

    @property
    def least_of(self) -> str:
        """Name the first answer that alone is known no better; may be empty."""
        first, ends, more = (self.better and self.weakest).partition("”")
        return f"{first}{ends}{' and others' if more else ''}"

    @property
    def known_least(self) -> str:
        """The first answer that is known least, where what was found says others.

        Else what says the same as the team.
        """
        return self.least if self.better else self.agrees

    @property
    def rests_on_answers(self) -> bool:
        """Whether answers show it, whose evidence can be stated."""
        return self.found != NOTHING and not self.is_absent


def found_in_brief(said: str, room: int = _TWO_LINES, *, is_last: bool = False) -> str:
    """Return one thing that was found if all of it has no room in two lines.

    Args:
        said: What was found, as one sentence.
        room: The characters that fit.
        is_last: Whether the last thing tells more than the first.

    >>> found_in_brief(f"Two experts agree, and {'tests cover it ' * 9}")
    'Two experts agree'
    >>> found_in_brief(f"{'The fault is known ' * 9}, and it is small", is_last=True)
    'It is small'
    """
    if len(said) <= room:
        return said
    one = said.rpartition(", and ")[2] if is_last else said.partition(", and ")[0]
    return one[:1].upper() + one[1:]
