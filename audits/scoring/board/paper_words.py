"""What a paper says of a decision of a board: shortly on page 1, and whole in A8."""

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from audits.scoring.board.approved_part import beside_asked
from audits.scoring.board.standing import CARRIED_OUT_LATER, BoardOutcome
from audits.scoring.board.words import OUTCOMES, amount_in, decided_sentence
from audits.scoring.days import in_words
from audits.scoring.options.if_nothing import IF_NOTHING

# The characters that fit page 1: beside the words of the sign-off, and in “Why now”.
_ROOM, _WHY_NOW = 150, 208
_IN_FULL = " … (A8)"
# What page 1 calls what was done, in place of “Why now”.
DONE_SO_FAR = "Done so far"
_AS_SIGNED = " The rows below are as signed."
_PASSED = ": this date has passed"
_IF_NOT_DONE = "If it is not done"
_ALL_DONE = "All that the board approved is done."


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardSaid:
    """What a board decided, as a paper tells it.

    `amount` is what it approved, and `asked` the sum it was asked for in US dollars;
    either is None if nobody said. Once it `is_carried_out`, nothing is left to do. Of
    its `steps` so many are done, of how many; `reported` says which, and `left` what is
    left of the plan then. `missing` names the steps that are not done, and the plan
    `runs_on` as it was signed while no step has changed it.
    """

    outcome: BoardOutcome
    on: date
    meeting: str
    words: str
    amount: Decimal | None
    currency: str
    carry_out_by: date | None
    look_on: date | None
    is_carried_out: bool
    by: str
    steps: tuple[int, int] = (0, 0)
    reported: str = ""
    left: str = ""
    missing: tuple[str, ...] = ()
    runs_on: bool = False
    asked: Decimal | None = None

    @property
    def head(self) -> str:
        """What page 1 begins with, in place of what the paper is for."""
        return decided_sentence(self.outcome, self.on)

    @property
    def if_nothing(self) -> str:
        """What page 1 calls what happens if nobody acts: the board may have decided."""
        is_open = self.outcome in CARRIED_OUT_LATER and not self.is_carried_out
        return _IF_NOT_DONE if is_open else IF_NOTHING

    @property
    def granted(self) -> str:
        """What was approved beside what was asked for; empty if that is the same."""
        if self.amount is None:
            return ""
        beside, _ = beside_asked(self.amount, self.currency, self.asked)
        said = amount_in(self.amount, self.currency)
        return f"{said}{beside} is approved." if beside else ""

    @property
    def in_short(self) -> str:
        """The amount and the board's words, as far as page 1 has room for them."""
        words = textwrap.shorten(self.words, _ROOM, placeholder=_IN_FULL)
        said = self._said(words) if self.words or self.amount is not None else ""
        return " ".join(filter(None, (said, self._done)))

    @property
    def in_full(self) -> str:
        """All that was recorded."""
        days = "; ".join(self._days(None))
        then = f" {days[:1].upper()}{days[1:]}." if days else ""
        became = "".join(f" {x}" for x in (self.reported, self.left) if x)
        return f"{self._said(self.words)}{then} Recorded by {self.by}.{became}"

    @property
    def why_now(self) -> str:
        """What was done since the sign-off, in short; empty before that."""
        if not self.reported:
            return ""
        room = _WHY_NOW - len(_AS_SIGNED)
        done = textwrap.shorten(self.reported, room, placeholder=_IN_FULL)
        return f"{done}{_AS_SIGNED}"

    def goes_on(self, otherwise: str) -> str:
        """Return what happens if nothing more is done; empty before anything was done.

        Args:
            otherwise: What happens if nothing at all is done, which holds while the
                plan `runs_on`.
        """
        done, of = self.steps
        if self.is_carried_out:
            return " ".join(filter(None, (_ALL_DONE, self.left)))
        if not self.reported or not of:
            return ""
        number = of - done
        steps = f"{number} of {of} steps {'is' if number == 1 else 'are'} not done yet"
        named = f"{steps}: {'; '.join(self.missing)}." if self.missing else f"{steps}."
        follows = self.left or (otherwise if self.runs_on else "")
        return " ".join(filter(None, (follows, named)))

    @property
    def _done(self) -> str:
        """How many of its steps are done; empty before that."""
        done, of = self.steps
        if not done:
            return ""
        steps = "step" if of == 1 else "steps"
        verb = "is" if done == 1 else "are"
        more = "; amounts are as signed (A8)" if self.left else ""
        return f"{done} of {of} {steps} {verb} done{more}."

    def next_date(
        self, on: date, *, condition_due: date | None, otherwise: str, written: str = ""
    ) -> str:
        """Return what has a day now that the board has decided.

        Args:
            on: The day of the paper, which says what has passed.
            condition_due: The first day of an open condition of the sign-off.
            otherwise: What is said without any day.
            written: The author's next date, which is left out where it is the decision.
        """
        days = [*self._days(on)]
        if condition_due:
            days.append(f"condition by {_day(condition_due, on)}")
        said = "; ".join(days)
        then = f"{said[:1].upper()}{said[1:]}." if said else ""
        if written:
            return " ".join(filter(None, (f"{written.removesuffix('.')}.", then)))
        return then or otherwise

    def _said(self, words: str) -> str:
        money = "" if self.amount is None else amount_in(self.amount, self.currency)
        head = ", ".join(filter(None, (OUTCOMES[self.outcome], money)))
        if not words:
            return f"{head}."
        is_whole = words.endswith((".", "!", "?", ")"))
        return f"{head}. “{words}”" if is_whole else f"{head}. “{words}”."

    def _days(self, on: date | None) -> Iterator[str]:
        is_later = self.outcome in CARRIED_OUT_LATER
        if is_later and self.carry_out_by and not (on and self.is_carried_out):
            yield f"carry out by {_day(self.carry_out_by, on)}"
        if self.look_on:
            yield f"the board looks again on {_day(self.look_on, on)}"


def said_since(board: BoardSaid | None, if_nothing: str) -> dict[str, str]:
    """Return what page 1 says in place of what held at the sign-off, by its field.

    Empty where the board has decided nothing, or nothing of it was done.

    Args:
        board: What the board decided.
        if_nothing: What happened at the sign-off if nothing was done.
    """
    if board is None:
        return {}
    found = {"why_now": board.why_now, "if_nothing": board.goes_on(if_nothing)}
    return {name: said for name, said in found.items() if said}


def _day(day: date, on: date | None) -> str:
    return f"{in_words(day)}{_PASSED if on and day < on else ''}"
