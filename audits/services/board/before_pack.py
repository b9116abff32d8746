"""What the board decided before a pack, and what became of that; frozen with it."""

import textwrap
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from audits.models import Audit, BoardDecision, DecisionStep, PortfolioRow
from audits.scoring.board.words import amount_in, state_in_words
from audits.scoring.costs.rounding import written
from audits.scoring.proposals.proposal import DOLLARS
from audits.services.board.approved_so_far import Approved, approved_so_far
from audits.services.board.freed_years import ended_said, freed_years
from audits.services.due.board_decisions import OfBoard, of_boards
from audits.services.due.board_words import released_said, source_said, step_said

# The decision of the verdict in force, and those of earlier ones, in what is frozen.
KEY, EARLIER = "board", "board_earlier"
_OF_EARLIER = "of an earlier verdict"
_NOT_STATED, _NONE = "Not stated", "None"
_NOTHING_YET, _NOTHING_NEW = "Nothing yet", "Nothing new"
_WERE_SIGNED = (Audit.State.SIGNED_OFF, Audit.State.SUPERSEDED)
_NO_MONEY = Decimal(0)
_RUNS, _TRAINING = "runs_at_risk", "training_at_risk"
# What became of a decision, as the line on page 1 counts it.
_COUNTED = {
    "carried_out": "done",
    "open": "approved and not done yet",
    "refused": "refused",
    "deferred": "deferred",
    "replaced": "replaced by a newer verdict",
}
_MOST_LISTED = 8
_MOST_AMOUNTS = 4  # the newest that a decision freed
_ROOM = 160  # characters of what the board changed


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRow:
    """A decision that the board took, and what became of it by the day of a pack.

    `freed` says of each amount that is `released` how that is known, and who says so;
    what was approved is `held` until conditions are met, if that is not empty. `asked`
    is what the paper asked for, where another `amount` was approved.
    """

    name: str
    reference: str
    on: date
    said: str
    amount: str
    asked: str
    held: str
    released: str
    freed: tuple[str, ...]
    by: date | None
    missing: str
    changed: str
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecidedBefore:
    """The decisions with which a pack opens, those that are open first.

    `states` has what became of each, with the use case’s reference. `freed` is what all
    of them have freed, by how that is known; empty without any. `runs_at_risk` over 12
    months, and `training_at_risk` once, until they are carried out, by use case.
    `approved` is what the board approved so far, in all.
    """

    rows: tuple[BoardRow, ...]
    more: int
    open: int
    states: tuple[tuple[str, str], ...]
    since: date | None
    freed: str
    runs_at_risk: tuple[tuple[str, Decimal], ...] = ()
    training_at_risk: tuple[tuple[str, Decimal], ...] = ()
    approved: Approved | None = None

    def counted(self, apart_from: Collection[str] = ()) -> str:
        """Say what became of how many, apart from those of some use cases."""
        return _counted(
            [x for reference, x in self.states if reference not in apart_from]
        )

    @property
    def says(self) -> str:
        """How many there are, and how many of them are not done, in a sentence."""
        number = len(self.rows) + self.more
        told = "1 decision" if number == 1 else f"{number} decisions"
        state = f"{self.open} approved and not done yet"
        if not self.open:
            state = "None that was approved is open"
        freed = f" Freed so far: {self.freed}." if self.freed else ""
        return f"{told}. {state}.{freed}"


def frozen_decisions(use_cases: Iterable[UUID]) -> Mapping[UUID, dict[str, Any]]:
    """Return what a pack freezes of each decision that counts, by its use case.

    Those of verdicts that are not in force any more count, too, as much may have
    happened about them since the earlier pack.

    Note: six queries, one if there is no decision.
    """
    taken = BoardDecision.objects.filter(audit=OuterRef("pk"))
    audits = Audit.objects.filter(use_case__in=[*use_cases], state__in=_WERE_SIGNED)
    found = audits.filter(Exists(taken)).select_related("use_case")
    decided = list(found.only("pk", "state", "use_case").order_by("signed_off_at"))
    if not decided:
        return {}
    boards = of_boards(decided, in_force=False)
    own = [each.use_case_id for each in decided]
    at_risk, years = _at_risk(own), freed_years(own)
    frozen: dict[UUID, dict[str, Any]] = {}
    for audit in decided:
        each = boards[audit.pk]
        if each.decision is None:
            continue
        told = frozen.setdefault(audit.use_case_id, {})
        if audit.state == Audit.State.SIGNED_OFF:
            more = at_risk.get(audit.use_case_id, {})
            more |= years.get(audit.use_case_id, {"year": None})
            told[KEY] = {**_frozen(each.decision, each), **more}
        else:
            told.setdefault(EARLIER, []).append(_replaced(each.decision, each))
    return frozen


def any_told(verdicts: Iterable[Mapping[str, Any]], since: datetime | None) -> bool:
    """Return whether a pack has an earlier decision in it, as `decided_before` says."""
    return any(
        _is_told(found, since) for row in verdicts for found in decisions_in(row)
    )


def decisions_in(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return all decisions that a pack froze of a use case."""
    return [*([row[KEY]] if KEY in row else ()), *row.get(EARLIER, ())]


def _at_risk(use_cases: Iterable[UUID]) -> Mapping[UUID, dict[str, str | None]]:
    """Return what is at risk where what the board approved is not carried out."""
    rows = PortfolioRow.objects.filter(use_case__in=[*use_cases]).not_done().at_risk()
    found = {}
    for row in rows:
        runs = row.is_at_risk and row.year is not None
        year = (row.year or _NO_MONEY) - (row.risk_year_off or _NO_MONEY)
        found[row.use_case_id] = {
            _RUNS: str(year) if runs else None,
            _TRAINING: None if runs else _text(row.training_left),
        }
    return found


def _still_at_risk(
    decisions: Sequence[tuple[str, Mapping[str, Any]]], key: str
) -> tuple[tuple[str, Decimal], ...]:
    """Return what stays at risk until decisions are carried out, by their names."""
    found = [(name, each[key]) for name, each in decisions if each.get(key)]
    return tuple((name, Decimal(amount)) for name, amount in found)


def _replaced(decision: BoardDecision, each: OfBoard) -> dict[str, Any]:
    """Return the same of a verdict that was replaced: nothing of it is open."""
    frozen = _frozen(decision, each)
    said = f"{frozen['said']}, {_OF_EARLIER}"
    closed: dict[str, Any] = {"is_open": False, "is_deferred": False, "missing": []}
    if frozen["state"] in ("open", "deferred"):
        closed["state"] = "replaced"
    return {**frozen, **closed, "said": said}


def _frozen(decision: BoardDecision, each: OfBoard) -> dict[str, Any]:
    month, once = each.released("month"), each.released("once")
    until = decision.look_on
    return {
        "id": str(decision.pk),
        "last": _last(decision, each).isoformat(),
        "on": decision.decided_on.isoformat(),
        "said": state_in_words(each.standing),
        "state": each.standing.stored_state,
        "is_open": each.standing.is_open,
        "is_deferred": each.standing.state == "deferred",
        "until": until.isoformat() if until else None,
        "is_carried_out_later": decision.is_carried_out_later,
        "amount": _text(decision.amount),
        "currency": decision.currency,
        "asked": _text(decision.asked),
        "held": each.held,
        "month": _text(month),
        "once": _text(once),
        "freed": [_freed(step) for step in each.steps if step.amount is not None],
        "asks_money": any(asked.kind == "money" for asked in decision.asks),
        "by": decision.carry_out_by.isoformat() if decision.carry_out_by else None,
        "missing": [*each.standing.missing],
        "changed": decision.words if decision.outcome == "amended" else "",
    }


def _last(decision: BoardDecision, each: OfBoard) -> datetime:
    """Return when a decision was recorded, or something about it was done, the last."""
    steps = (step.at for step in each.all_steps)
    met = (x.confirmed_at for x in each.conditions if x.confirmed_at)
    return max((decision.at, *steps, *met))


def _freed(step: DecisionStep) -> dict[str, Any]:
    return {
        "amount": _text(step.amount),
        "basis": step.basis,
        "is_stated": step.is_stated,
        "said": f"{step_said(step)}, said by {step.by}",
    }


def decided_before(
    verdicts: Mapping[str, Mapping[str, Any]],
    names: Mapping[str, tuple[str, str]],
    since: datetime | None,
) -> DecidedBefore | None:
    """Return the decisions with which a pack opens; None without any.

    They are all that are open, and those that were recorded or about which something
    was done since the earlier pack.

    Args:
        verdicts: What the pack froze of each use case, by its id.
        names: The name and the reference of each use case that has a decision.
        since: When the earlier pack was frozen; None without one.
    """
    rows = [
        (use_case, frozen)
        for use_case, row in verdicts.items()
        for frozen in decisions_in(row)
        if use_case in names and _is_told(frozen, since)
    ]
    if not rows:
        return None
    rows.sort(key=lambda each: (not each[1]["is_open"], each[1]["by"] or "", each[0]))
    named = [(names[x][0], frozen) for x, frozen in rows]
    return DecidedBefore(
        rows=tuple(_row(*names[x], frozen) for x, frozen in rows[:_MOST_LISTED]),
        more=max(len(rows) - _MOST_LISTED, 0),
        open=sum(frozen["is_open"] for _, frozen in rows),
        states=tuple((names[x][1], frozen["state"]) for x, frozen in rows),
        since=since.date() if since else None,
        freed=_freed_by_all([frozen for _, frozen in rows]),
        runs_at_risk=_still_at_risk(named, _RUNS),
        training_at_risk=_still_at_risk(named, _TRAINING),
        approved=approved_so_far([row.get(KEY, {}) for row in verdicts.values()]),
    )


def _counted(states: Sequence[str]) -> str:
    """Say what became of how many decisions.

    >>> _counted(["open", "carried_out", "carried_out"])
    '2 done, 1 approved and not done yet'
    """
    found = ((states.count(state), what) for state, what in _COUNTED.items())
    return ", ".join(f"{number} {what}" for number, what in found if number)


def deferred_said(row: Mapping[str, Any]) -> str:
    """Say until when the board deferred what a pack froze; empty if it did not."""
    frozen = row.get(KEY, {})
    if not frozen.get("is_deferred"):
        return ""
    return str(frozen["said"]).replace("Deferred", "Deferred by the board", 1)


def is_for_later(row: Mapping[str, Any], on: date) -> bool:
    """Return whether the board deferred it, without a day or to one after a day.

    Args:
        row: What a pack froze of the use case.
        on: The day of the meeting, or of the pack.
    """
    frozen = row.get(KEY, {})
    until = frozen.get("until")
    is_due = until is not None and date.fromisoformat(until) <= on
    return bool(frozen.get("is_deferred")) and not is_due


def _is_told(frozen: Mapping[str, Any], since: datetime | None) -> bool:
    last = datetime.fromisoformat(frozen["last"])
    return frozen["is_open"] or since is None or last > since


def _freed_by_all(decisions: Sequence[Mapping[str, Any]]) -> str:
    """Add up what decisions have freed: by the currency, and how that is known."""
    sums: dict[tuple[str, bool], dict[str, Decimal]] = {}
    for frozen in decisions:
        for freed in frozen["freed"]:
            of_source = sums.setdefault((frozen["currency"], freed["is_stated"]), {})
            amount, basis = Decimal(freed["amount"]), freed["basis"]
            of_source[basis] = of_source.get(basis, Decimal(0)) + amount
    said = "; ".join(
        f"{released_said(found.get('month'), found.get('once'), currency)} "
        f"({source_said(is_stated=is_stated)})"
        for (currency, is_stated), found in sorted(sums.items())
    )
    return "; ".join(
        filter(None, (said + _years_said(decisions), ended_said(decisions)))
    )


def _years_said(decisions: Sequence[Mapping[str, Any]]) -> str:
    """Say what of 12 months of plans is freed by all; empty where that is not known."""
    months = [frozen for frozen in decisions if frozen["month"]]
    years = [Decimal(frozen["year"]) for frozen in months if frozen.get("year")]
    if not years or len(years) < len(months):
        return ""
    return f", ${written(sum(years, _NO_MONEY))} over 12 months of the plans"


def _row(name: str, reference: str, frozen: Mapping[str, Any]) -> BoardRow:
    currency, amount = frozen["currency"], _number(frozen["amount"])
    unstated = _NOTHING_NEW if frozen.get("kept") else _NOT_STATED
    approved = unstated if amount is None else amount_in(amount, currency)
    released = released_said(
        _number(frozen["month"]), _number(frozen["once"]), currency
    )
    by = frozen["by"]
    return BoardRow(
        name=name,
        reference=reference,
        on=date.fromisoformat(frozen["on"]),
        said=frozen["said"],
        amount=approved if frozen["is_carried_out_later"] else _NONE,
        asked=_asked(frozen) if frozen["is_carried_out_later"] else "",
        held=frozen.get("held", ""),
        freed=tuple(_amounts([each["said"] for each in frozen["freed"]])),
        released=_with_year(released, frozen) or _nothing(frozen),
        by=date.fromisoformat(by) if by else None,
        missing="; ".join(frozen["missing"]),
        changed=textwrap.shorten(frozen.get("changed", ""), _ROOM, placeholder=" …"),
        is_open=frozen["is_open"],
    )


def _asked(frozen: Mapping[str, Any]) -> str:
    """Return what was asked for, where another amount was approved; else nothing."""
    asked, amount = _number(frozen.get("asked")), _number(frozen["amount"])
    if amount is None and (kept := frozen.get("kept")):
        year = f"${written(Decimal(kept))} over 12 months"
        return f"nothing new: the plan goes on, {year}."
    if asked is None or amount in (None, asked) or frozen["currency"] != DOLLARS:
        return ""
    return amount_in(asked.quantize(Decimal(1)), DOLLARS)


def _with_year(released: str, frozen: Mapping[str, Any]) -> str:
    """Add how much less 12 months of the plan cost, as it may cost less later."""
    year = _number(frozen.get("year")) if frozen["month"] else None
    if year is None:
        return released
    return f"{released}: ${written(year)} over 12 months of the plan"


def _nothing(frozen: Mapping[str, Any]) -> str:
    """Say that nothing is freed so far, or that the decision frees nothing.

    Money that is at risk until it is carried out is not freed yet.
    """
    if not frozen["is_carried_out_later"]:
        return _NONE
    is_at_risk = any(frozen.get(key) for key in (_RUNS, _TRAINING))
    return _NOTHING_YET if frozen["asks_money"] or is_at_risk else _NONE


def _amounts(said: Sequence[str]) -> Iterator[str]:
    """Yield the newest amounts that were freed, and how many amounts are left out."""
    yield from said[-_MOST_AMOUNTS:]
    if more := len(said[:-_MOST_AMOUNTS]):
        yield f"{more} earlier amount{'' if more == 1 else 's'}"


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else str(amount)


def _number(amount: str | None) -> Decimal | None:
    return None if amount is None else Decimal(amount)
