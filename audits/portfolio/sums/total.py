"""How many use cases there are, and their money, with what follows from both."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any

from audits.models import Stage
from audits.portfolio.sums.saving_said import recurs_said, saving_said
from audits.portfolio.sums.state_sums import StateSum
from audits.scoring.money.states import MONEY_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many use cases there are, and their money in US dollars.

    It is a month, or 12 months where the name has `year`. Each state's is a sum of its
    own, None if no use case states any; `stated` counts those that state their current
    plan, `of_…` those in each sum. What is at risk is a part of what runs; what
    is `lost` if a training fails is none of it, and `training` is what is paid once for
    training that a verdict is against, of which nobody entered in `of_training_open`
    use cases what is paid already. Of both, `risk_decided` and `training_decided` stay
    only until what the board approved is carried out. `to_decide` wait for a decision,
    and those that are `not_ready` need answers before that, `not_ready_late` of them
    after their day; the rest that is in review renews. The board can vote on
    `signed_votable` now and on `to_sign_votable` more once they are signed; it cannot
    yet on those that are `not_votable`, `not_votable_late` of them after their day. The
    first days are `decide_by`, `not_votable_by` and `deferred_by`. What waits asks for
    `asked` over 12 months, without what `of_in_part` of them leave out. The 12 months
    begin between `first_day` and `last_day`. `not_done` counts decisions of the board
    that were approved and are not carried out, and `for_board` those that are signed
    and wait for one, which ask for `for_board_asked`; the board deferred `of_deferred`
    of them, and the rest is `for_vote`, with amounts of its own. `of_assumed` plans
    rest on numbers that nobody entered. `of_asked` count what waits for either and asks
    for an amount; `of_asked_later` more ask for `asked_later` once the board can vote
    on them. `advised` is what the verdicts recommend, and `saving` what following them
    saves, of those that have not stopped. `of_freed` decisions of the board have
    `freed` so much a month and `freed_once`; `freed_off` of that is taken off what
    runs, and `freed_planned` off what is planned. What is freed is not saved once more.
    Of `saving_year`, `saving_training` counts only if the training is not paid yet, and
    `saving_draft` is from drafts, `saving_later` from what is submitted or signed and
    cannot go to the board yet. `saving_begun` is saved by steps done, and not in it. Of
    12 months of the plans `freed_year` is freed; from `freed_until` on, a plan costs
    less than is freed of it a month. `signed` are signed off. `on_top` is asked for
    now, and is compared with no plan. `asked_later` leaves something out of
    `of_later_in_part` amounts, as do `of_vote_in_part` that are signed and not
    deferred. Of `not_done`, so many are `signed_not_done`. The board approved
    `of_approved`. `of_overridden` count with the verdict that somebody put in place of
    the computed. Of `of_usage` that run, usage files say what months cost. Of
    `of_saving_begun` savings steps save all, so `of_saving` leaves them out. What came
    in place of plans that boards ended costs `replaced` a month above the rest of
    them, and is no part of what runs.
    """

    use_cases: int = 0
    draft: int = 0
    in_review: int = 0
    are_live: int = 0
    are_stopped: int = 0
    overdue: int = 0
    to_decide: int = 0
    not_ready: int = 0
    not_ready_late: int = 0
    signed_votable: int = 0
    to_sign_votable: int = 0
    not_votable: int = 0
    not_votable_late: int = 0
    decide_by: date | None = None
    not_votable_by: date | None = None
    deferred_by: date | None = None
    of_in_part: int = 0
    asked: Decimal | None = None
    stated: int = 0
    of_running: int = 0
    of_planned: int = 0
    of_proposed: int = 0
    of_stopped: int = 0
    running: Decimal | None = None
    planned: Decimal | None = None
    proposed: Decimal | None = None
    stopped: Decimal | None = None
    running_year: Decimal | None = None
    planned_year: Decimal | None = None
    proposed_year: Decimal | None = None
    stopped_year: Decimal | None = None
    running_once: Decimal | None = None
    planned_once: Decimal | None = None
    proposed_once: Decimal | None = None
    stopped_once: Decimal | None = None
    first_day: date | None = None
    last_day: date | None = None
    of_assumed: int = 0
    least_assumed: int | None = None
    most_assumed: int | None = None
    of_lost: int = 0
    lost: Decimal | None = None
    risk_low: Decimal | None = None
    risk: Decimal | None = None
    risk_high: Decimal | None = None
    risk_year: Decimal | None = None
    of_training: int = 0
    of_training_open: int = 0
    training: Decimal | None = None
    risk_decided: Decimal | None = None
    training_decided: Decimal | None = None
    not_done: int = 0
    for_board: int = 0
    for_vote: int = 0
    for_board_in_part: int = 0
    for_board_asked: Decimal | None = None
    for_vote_asked: Decimal | None = None
    of_asked: int = 0
    of_asked_later: int = 0
    asked_later: Decimal | None = None
    of_advised: int = 0
    advised: Decimal | None = None
    advised_year: Decimal | None = None
    of_saving: int = 0
    saving: Decimal | None = None
    saving_year: Decimal | None = None
    of_freed: int = 0
    freed: Decimal | None = None
    freed_once: Decimal | None = None
    freed_off: Decimal | None = None
    freed_planned: Decimal | None = None
    saving_training: Decimal | None = None
    of_saving_draft: int = 0
    saving_draft: Decimal | None = None
    of_saving_later: int = 0
    saving_later: Decimal | None = None
    saving_begun: Decimal | None = None
    freed_year: Decimal | None = None
    freed_until: date | None = None
    signed: int = 0
    on_top: Decimal | None = None
    of_later_in_part: int = 0
    of_approved: int = 0
    of_overridden: int = 0
    of_usage: int = 0
    of_vote_in_part: int = 0
    signed_not_done: int = 0
    of_saving_begun: int = 0
    replaced: Decimal | None = None

    def __add__(self, other: "Total") -> "Total":
        return total_of((self, other))

    @property
    def submitted(self) -> int:
        """How many are more than a draft, whose verdict is provisional."""
        return self.use_cases - self.draft

    @property
    def of_deferred(self) -> int:
        """How many of those that are signed the board deferred."""
        return self.for_board - self.for_vote

    @property
    def with_board(self) -> Decimal | None:
        """What is asked for in all; None without any amount."""
        found = [x for x in (self.asked, self.for_board_asked) if x is not None]
        return sum(found, Decimal(0)) if found else None

    @property
    def is_asked_in_part(self) -> bool:
        """Whether what is asked for in all leaves something out."""
        is_part = bool(self.of_in_part or self.for_board_in_part)
        return is_part and self.with_board is not None

    @property
    def with_vote(self) -> Decimal:
        """The same without what is deferred, as a pack sums it."""
        return (self.asked or Decimal(0)) + (self.for_vote_asked or Decimal(0))

    @property
    def is_vote_in_part(self) -> bool:
        """Whether what is asked for, now or once ready, leaves something out."""
        later = self.of_later_in_part if self.asked_later else 0
        now = self.of_in_part + self.of_vote_in_part if self.with_vote else 0
        return bool(now or later)

    @property
    def deferred_asked(self) -> Decimal:
        """What of the sum asked for is of decisions that the board deferred."""
        asked = self.for_board_asked or Decimal(0)
        return asked - (self.for_vote_asked or Decimal(0))

    @property
    def votable(self) -> int:
        """How many the board can vote on, at once or once they are signed."""
        return self.signed_votable + self.to_sign_votable

    @property
    def to_act(self) -> int:
        """How many need a decision now: of the board, or of a reviewer first."""
        return self.signed_votable + self.to_decide

    @property
    def of_held_back(self) -> int:
        """How many are signed, and the board deferred them or cannot vote yet."""
        return self.for_board - self.signed_votable

    @property
    def waiting(self) -> int:
        """How many can be decided by the board, and those that it deferred."""
        return self.votable + self.of_deferred

    @property
    def instead_of(self) -> Decimal | None:
        """What 12 months of the plans cost that `advised_year` is instead of.

        None unless each use case with a price of its advice has one of its plan, too.
        What steps of a decision have saved already is in neither, so both differ by
        the saving beside them.
        """
        if self.advised_year is None or self.saving_year is None:
            return None
        if self.of_saving + self.of_saving_begun != self.of_advised:
            return None
        return self.advised_year + self.saving_year

    @property
    def saving_said(self) -> str:
        """What the sum of the savings includes that is not sure yet, in words."""
        nothing = Decimal(0)
        said = saving_said(
            self.saving_later or nothing,
            self.of_saving_later,
            self.saving_draft or nothing,
            self.of_saving_draft,
            self.saving_training or nothing,
        )
        recurs = self.saving if (self.saving_year or nothing) > 0 else None
        return " ".join(filter(None, (said, recurs_said(recurs))))

    @property
    def overridden_said(self) -> str:
        """What the counts and sums have of the verdicts that are overridden."""
        if not self.of_overridden:
            return ""
        are = "verdict is" if self.of_overridden == 1 else "verdicts are"
        return (
            f"{self.of_overridden:,} {are} overridden: counts, money and filters have "
            "the verdict that counts, not the computed one."
        )

    @property
    def may_save(self) -> int:
        """How many have not stopped, so that following the verdict still leads on."""
        return self.use_cases - self.are_stopped

    @property
    def states(self) -> tuple[StateSum, ...]:
        """The money of each state, in order."""
        return tuple(
            StateSum(
                state=state,
                number=getattr(self, f"of_{state}"),
                month=getattr(self, state),
                year=getattr(self, f"{state}_year"),
                once=getattr(self, f"{state}_once"),
            )
            for state in MONEY_NAMES
        )

    @property
    def has_money(self) -> bool:
        """Whether any use case states money."""
        return any(each.number for each in self.states)

    @property
    def has_prices(self) -> bool:
        """Whether any use case has a price, of its plan or its advice."""
        return self.has_money or self.with_board is not None or self.advised is not None

    @property
    def at_risk(self) -> Decimal | None:
        """The running spend against the verdict; None if none is stated."""
        return None if self.running is None else (self.risk or Decimal(0))

    @property
    def risk_query(self) -> str:
        """The filters of the use cases that the figure for money at risk counts."""
        if self.risk or not self.training:
            return f"needs=money&stage={Stage.LIVE}"
        return "needs=training"

    @property
    def risk_word(self) -> str:
        """What the running spend is, in a word; empty if none is stated."""
        if not self.running:
            return ""
        if not self.risk:
            return "justified"
        return "at risk" if self.risk == self.running else "partly at risk"

    @property
    def justified(self) -> Decimal | None:
        """The running spend that is not at risk."""
        return None if self.running is None else self.running - (self.risk or 0)


NAMES = tuple(column.name for column in fields(Total))
# All else is added.
_JOINED: Mapping[str, Callable[[Any], Any]] = {
    "first_day": min,
    "last_day": max,
    "least_assumed": min,
    "most_assumed": max,
    "freed_until": min,
    "decide_by": min,
    "not_votable_by": min,
    "deferred_by": min,
}
_numbers_of: Callable[[Total], tuple[Any, ...]] = attrgetter(*NAMES)


def total_of(totals: Iterable[Total]) -> Total:
    """Return the sums, each over the totals that state the number."""
    columns = zip(*map(_numbers_of, totals), strict=True)
    stated = ([number for number in column if number is not None] for column in columns)
    found: Any = (
        _JOINED.get(name, sum)(numbers) if numbers else None
        for name, numbers in zip(NAMES, stated, strict=False)
    )
    return Total(**dict(zip(NAMES, found, strict=False)))
