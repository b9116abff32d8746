"""What an exported assessment says of its sign-off, and of what speaks against it.

No answer tells it, so it is beside the assessment and nobody recomputes it.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from audits.scoring.exchange.json_values import written

NAME = "standing"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionOf:
    """A condition of a sign-off: its words, who owns it, and by when it is due.

    It is "said" to be met until who may sign off confirms it. `became` says by whom,
    `proof` is its link, or both are empty. An amount waits for it if it `holds_money`.
    """

    words: str
    owner: str
    due_on: date
    state: Literal["open", "said", "met"]
    became: str
    proof: str
    holds_money: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOffOf:
    """A sign-off: its outcome, by whom, on which day, and until when it is valid.

    `words` are a comment of the reviewer.
    """

    outcome: Literal["approved", "conditions"]
    by: str
    on: date
    valid_until: date | None
    words: str
    conditions: tuple[ConditionOf, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDue:
    """Since when a verdict in force is due for review, and what contradicts it."""

    since: date
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardOf:
    """What the board decided, and what became of that by the day of the export.

    `amount` is in `currency`; None is "not stated". `missing` names what is not done.
    """

    outcome: str
    on: date
    meeting: str
    minute: str
    words: str
    amount: Decimal | None
    currency: str
    carry_out_by: date | None
    look_on: date | None
    state: str
    done: int
    of: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideOf:
    """A verdict in place of the computed one: by whom, on which day, and the reason.

    `money` says what its option costs, or that it has no price.
    """

    verdict: str
    name: str
    by: str
    on: date
    words: str
    money: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OverrideEndOf:
    """An override that was taken back: which verdict it was, by whom, when and why."""

    verdict: str
    by: str
    on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state of an audit, its sign-off, and why it is due for review.

    `board` is what the board decided of it; None before that. `override` is the verdict
    that counts in place of the computed one, and `override_ended` the last one, if it
    was taken back; None without.
    """

    state: Literal["draft", "in_review", "signed_off", "superseded"]
    sign_off: SignOffOf | None
    review_due: ReviewDue | None
    board: BoardOf | None
    override: OverrideOf | None = None
    override_ended: OverrideEndOf | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The same as JSON values."""
        found: dict[str, Any] = written(self)
        return found
