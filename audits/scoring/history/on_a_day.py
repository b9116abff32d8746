"""What counted of a use case at a moment, from what is stored of it since."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

type StateThen = Literal["draft", "in_review", "signed_off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One submission: its verdict, since when, and until when if it was taken back."""

    verdict: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One audit: its submissions, and its verdict since it was signed off, if it was.

    A draft that was discarded has its last submission end then.
    """

    submissions: tuple[Submitted, ...] = ()
    signed_at: datetime | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """The state of a use case at a moment, and the verdict that was stored; or empty.

    The verdict of a draft of that day is not stored, so it has none.
    """

    state: StateThen
    verdict: str


def counted_at(runs: Iterable[Run], moment: datetime) -> Then:
    """Return which verdict counted just before a moment.

    What is signed off stays in force until the next one is signed off, whatever was
    submitted meanwhile. Else it is what waits for a reviewer.
    """
    runs = tuple(runs)
    signed = [(run.signed_at, run.verdict) for run in runs if run.signed_at]
    in_force = [each for each in signed if each[0] < moment]
    if in_force:
        return Then("signed_off", max(in_force)[1])
    waiting = [
        (each.since, each.verdict)
        for run in runs
        for each in run.submissions
        if each.since < moment and (each.until is None or each.until >= moment)
    ]
    return Then("in_review", max(waiting)[1]) if waiting else Then("draft", "")


def value_at(
    now: str, changes: Sequence[tuple[datetime, str]], moment: datetime
) -> str:
    """Return what a value was just before a moment.

    Args:
        now: What it is now.
        changes: When it changed and what it was before, the earliest first.
        moment: The moment.
    """
    return next((before for at, before in changes if at >= moment), now)
