"""What a month keeps of each use case, so that a filter finds its own months."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from audits.models import PortfolioRow, PortfolioRowQuerySet, Snapshot
from audits.models.fields.counted_verdict import counted_verdict
from audits.models.fields.left_of import left_of
from audits.scoring.money.states import plan_state


def each_row() -> dict[str, tuple[str, str | None]]:
    """Return the verdict of each use case, and what it costs a month if it runs."""
    rows: Iterable[Any] = PortfolioRow.objects.order_by().values_list(
        "number", counted_verdict(), "stage", left_of("spend", "spend_off")
    )
    return {
        str(number): (verdict, f"{left:.2f}" if _runs(stage, left) else None)
        for number, verdict, stage, left in rows
    }


def _runs(stage: str, left: Decimal | None) -> bool:
    return left is not None and plan_state(stage) == "running"


def year_of_each(today: date) -> list[Snapshot]:
    """Return the same months of all teams, with `each` use case where it is kept."""
    before = Snapshot.objects.filter(team=None, month__lt=today.replace(day=1))
    return list(before.order_by("-month")[:12])[::-1]


def of_rows(months: Sequence[Snapshot], among: PortfolioRowQuerySet) -> list[Snapshot]:
    """Return the months in which each use case is kept, of some of them; not stored.

    Args:
        months: As `year_of_each` gives them.
        among: The portfolio rows that count, as they are now.

    Note: one query, and none where no month has it.
    """
    kept = [shot for shot in months if shot.each]
    if not kept:
        return []
    numbers = [str(x) for x in among.order_by().values_list("number", flat=True)]
    return [_of_rows(shot, numbers) for shot in kept]


def _of_rows(shot: Snapshot, numbers: Sequence[str]) -> Snapshot:
    found = [shot.each[number] for number in numbers if number in shot.each]
    amounts = [Decimal(amount) for _, amount in found if amount is not None]
    return Snapshot(
        month=shot.month,
        taken_on=shot.taken_on,
        worked_out=shot.worked_out,
        use_cases=len(found),
        verdicts=Counter(verdict for verdict, _ in found),
        running=sum(amounts, Decimal(0)) if amounts else None,
    )
