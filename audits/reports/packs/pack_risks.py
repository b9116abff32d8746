"""What money a pack says is at risk, and which models end."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from audits.reports.packs.pack_asked import Asked
from audits.reports.packs.said.total_words import listed
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.states import RiskState
from audits.scoring.money.words import Money
from audits.scoring.sums.ended_plans import Release
from audits.scoring.sums.money_sums import Decided

_NAMED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """Money at risk for one reason: its sum, and of which use cases and how many.

    `apart` is the part of it that no vote of the meeting can end. It `may_be_paid`, all
    or in part, where nobody entered what is paid of a training. What is `decided` is
    beside it, by use case: it stays at risk until that is carried out. `parts` are the
    rest by use case, each with what becomes of it at the meeting.
    """

    amount: Decimal
    where: str
    number: int = 1
    apart: Decimal = Decimal()
    may_be_paid: bool = False
    decided: tuple[tuple[str, Decimal], ...] = ()
    parts: tuple[tuple[str, Decimal, str], ...] = ()

    @property
    def total(self) -> Decimal:
        """All that is at risk, decided or not, as the portfolio has it."""
        return self.amount + sum((amount for _, amount in self.decided), Decimal())

    @property
    def whose(self) -> str:
        """The use cases with their parts, or the only one."""
        return self.where.removeprefix(f"${written(self.amount)} for ")


def risk(money: Sequence[tuple[str, Money | None]], if_what: str) -> Risk | None:
    """Add up the money at risk for one reason; None if there is none.

    Args:
        money: The decisions' names and their money.
        if_what: The reason, as Money has it.
    """
    return risk_of(
        [
            (name, item.at_risk)
            for name, item in money
            if item and item.at_risk and item.at_risk_if == if_what
        ]
    )


def at_risk(
    asked: Sequence[Asked],
    which: RiskState,
    decided: Sequence[tuple[str, Decimal]] = (),
) -> Risk | None:
    """Add up what runs, or is paid for training, against verdicts; None without any.

    Args:
        asked: The decisions, of which the board may not be able to vote on some.
        which: What runs, or training.
        decided: The same for decisions not carried out yet, by use case.
    """
    pairs = [(each, each.at_risk(which)) for each in asked]
    found = risk_of(
        [(x.name, amount) for x, amount in pairs], [x.stands for x in asked]
    )
    # Until anything is signed, all that is ready may be, before the meeting.
    signed = [each for each in asked if each.is_votable]
    votable = signed or [each for each in asked if each.standing == "ready"]
    apart = (x for each, x in pairs if x and each not in votable)
    is_open = which == "training" and any(
        not (each.money and each.money.is_payment_known) for each, x in pairs if x
    )
    if decided and not found:
        found = Risk(amount=Decimal(), where="", number=0)
    return found and replace(
        found,
        apart=sum(apart, Decimal()),
        may_be_paid=is_open,
        decided=tuple(decided),
    )


def avoidable(runs: Risk | None, plans: Sequence[Release], on: date | None) -> str:
    """Say how much of what runs against a verdict a vote saves from its day on.

    Args:
        runs: What runs against a verdict; empty where votes cannot end all of it but
            what is not to be voted on.
        plans: The plans that the votes end.
        on: The day of the vote.
    """
    found = [plan for plan in plans if plan.state == "running"]
    left = [(x.ends.from_day, x.instead.from_day) for x in found]
    ends = sum((a.expected for a, _ in left if a), Decimal())
    instead = sum((b.expected for _, b in left if b), Decimal())
    year = sum((x.ends.year for x in found), Decimal())
    is_all = runs and runs.amount - runs.apart == year
    if on is None or not is_all or ends <= instead:
        return ""
    votes = (
        f"{len(found)} votes save"
        if found[1:]
        else f"the vote on {found[0].name} saves"
    )
    return (
        f"Over 12 months from {in_words(on)}, {votes} ${written(ends - instead)} if "
        f"{'they begin' if found[1:] else 'it begins'} then: "
        f"what ends costs ${written(ends)} then, and what replaces it "
        f"${written(instead)}."
    )


def risk_of(
    amounts: Sequence[tuple[str, Decimal | None]], at_meeting: Sequence[str] = ()
) -> Risk | None:
    """Add up amounts at risk; None if there is none.

    Args:
        amounts: The decisions' names and their amounts, of which none may be.
        at_meeting: What becomes of each at the meeting. Two may have one name.
    """
    places = zip(amounts, at_meeting or [""] * len(amounts), strict=True)
    found = [(name, amount, at) for (name, amount), at in places if amount]
    if not found:
        return None
    found.sort(key=lambda part: (-part[1], part[0]))
    # One more is as long as its name.
    named = found[:_NAMED] if len(found) > _NAMED + 1 else found
    said = [f"${written(amount)} for {name}" for name, amount, _ in named]
    if more := len(found) - len(said):
        rest = sum((amount for _, amount, _ in found[_NAMED:]), Decimal())
        said.append(f"${written(rest)} for {more} more")
    return Risk(
        amount=sum((amount for _, amount, _ in found), Decimal()),
        where=listed(said),
        number=len(found),
        parts=tuple(found),
    )


def ending(decisions: Sequence[Decided]) -> str:
    """Name the use cases whose model runs and ends within the 12 months, by day.

    It is a risk to what they do, and has no amount. Empty without any.
    """
    found = sorted(
        (event.day, each.name)
        for each in decisions
        if each.state == "running" and each.money and each.money.today
        for event in each.money.today.calendar.events
        if event.kind == "end"
    )
    first = {name: day for day, name in reversed(found)}
    ends = [(day, name) for day, name in found if first[name] == day]
    named = ends[:_NAMED] if len(ends) > _NAMED + 1 else ends
    said = [f"{name} on {in_words(day)}" for day, name in named]
    if more := len(ends) - len(named):
        said.append(f"{more} more by {in_words(ends[-1][0])}")
    if not said:
        return ""
    if len(ends) == 1:
        model, moved = "The model of 1 running use case ends", "it moves"
    else:
        model = f"The models of {len(ends)} running use cases end"
        moved = "they move"
    return (
        f"{model} within the 12 months: {listed(said)}. This is a risk to the "
        f"service, without an amount, unless {moved} in time."
    )
