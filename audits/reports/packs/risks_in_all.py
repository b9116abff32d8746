"""The money at risk of a pack in one sum, and by use case."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from audits.reports.packs.pack_risks import Risk
from audits.scoring.costs.rounding import written

_MOST_ROWS = 8
DECIDED = "Decided, not carried out"
_AGAINST = "that a verdict stops, moves, replaces or suspends"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskRow:
    """What is at risk in one use case, or in several: over 12 months, and once.

    `stands` says what becomes of it at the meeting; empty if it is of several.
    """

    name: str
    runs: Decimal
    training: Decimal
    stands: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RisksInAll:
    """What runs against verdicts and what training against them costs, together.

    A verdict is against what runs or against training, never against both, so no
    amount is in the sum twice.
    """

    runs: Risk | None
    training: Risk | None

    @property
    def total(self) -> Decimal:
        """All that is at risk."""
        return sum((each.total for each in self._found), Decimal(0))

    @property
    def is_most(self) -> bool:
        """Whether part of it may be paid already, so that it is at most so much."""
        return bool(self.training and self.training.may_be_paid)

    @property
    def said(self) -> str:
        """What the total is for and of, and how much of it no vote can end now."""
        return " ".join((f"{self._what}.", *self._parts))

    @property
    def _found(self) -> list[Risk]:
        return [each for each in (self.runs, self.training) if each]

    @property
    def _what(self) -> str:
        if self.runs and self.training:
            most = "up to " if self.is_most else ""
            return (
                f"is for work {_AGAINST}: ${written(self.runs.total)} over 12 months "
                f"for what runs, and {most}${written(self.training.total)} once for "
                "training"
            )
        if self.runs:
            return f"over 12 months is for work that runs and {_AGAINST}"
        return f"once is for training {_AGAINST}"

    @property
    def _parts(self) -> Iterator[str]:
        parts = {
            "is not for this meeting": sum(
                (each.apart for each in self._found), Decimal(0)
            ),
            "is decided and not carried out": self.total
            - sum((each.amount for each in self._found), Decimal(0)),
        }
        for what, part in parts.items():
            if part:
                how_much = "It" if part == self.total else f"${written(part)} of it"
                yield f"{how_much} {what}."

    @property
    def rows(self) -> tuple[RiskRow, ...]:
        """The largest by use case, all others together, and the total if several."""
        found = sorted(self._rows, key=lambda row: -(row.runs + row.training))
        # One more is as long as its name.
        listed = found[:_MOST_ROWS] if len(found) > _MOST_ROWS + 1 else found
        more = found[len(listed) :]
        rest = [_added(f"{len(more)} more", more)] if more else []
        return (*listed, *rest, *([_added("In all", found)] if found[1:] else []))

    @property
    def _rows(self) -> Iterator[RiskRow]:
        nothing = Decimal(0)
        for risk in self._found:
            decided = [(name, part, DECIDED) for name, part in risk.decided]
            for name, part, stands in (*risk.parts, *decided):
                runs, once = (part, nothing) if risk is self.runs else (nothing, part)
                yield RiskRow(name=name, runs=runs, training=once, stands=stands)


def _added(name: str, rows: list[RiskRow]) -> RiskRow:
    return RiskRow(
        name=name,
        runs=sum((row.runs for row in rows), Decimal(0)),
        training=sum((row.training for row in rows), Decimal(0)),
    )
