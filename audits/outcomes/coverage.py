"""Which live, approved use cases have months that are compared, and which have none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from audits.models import Audit, Outcome, PortfolioRow
from audits.models.portfolio_rows import RUNNING
from audits.scoring.tracking.outcomes import ComparedMonth, months_of
from audits.scoring.tracking.said import NotComparedError
from audits.services.read_files.outcomes import said_in

_NO_FILE = "No usage file counts yet."
_LOOKED_INTO = 100  # the largest, whose papers are read


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCompared:
    """A live, approved use case without a compared month, and why it has none.

    `month` is what it costs a month in US dollars, None if that is not stated.
    """

    row: PortfolioRow
    why: str

    @property
    def audit_id(self) -> UUID:
        """Its signed audit, whose page says more."""
        return self.row.audit_id

    @property
    def month(self) -> Decimal | None:
        """What it costs a month, as the portfolio says."""
        return self.row.spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the live, approved use cases has months that are compared.

    Amounts are US dollars a month, as the portfolio says them; use cases that state
    none are counted in `not_stated`. `months` has them by the key of the use case.
    `others` have no compared month, the largest first.
    """

    months: Mapping[UUID, Decimal | None]
    number: int
    month: Decimal
    not_stated: int
    compared: int
    compared_month: Decimal
    others: tuple[NotCompared, ...]

    @property
    def percent(self) -> Decimal | None:
        """The share of the monthly amount that is compared; None of nothing."""
        if not self.month:
            return None
        share = 100 * self.compared_month / self.month
        return share.quantize(Decimal(1), ROUND_HALF_UP)


def coverage_of(outcomes: Mapping[UUID, Sequence[Outcome]]) -> Coverage:
    """Return how much of the portfolio is compared.

    Args:
        outcomes: The outcomes of each use case, by its key, the latest audit last.
    """
    rows = PortfolioRow.objects.filter(RUNNING, state=Audit.State.SIGNED_OFF)
    shown = rows.select_related("team").only(
        *("use_case_id", "audit_id", "name", "number", "spend", "cost", "team__name")
    )
    found = [
        (row, _why_not(row, outcomes.get(row.use_case_id, ())))
        for row in shown.order_by("name", "pk")
    ]
    others = [NotCompared(row=row, why=why) for row, why in found if why]
    others.sort(key=lambda each: -(each.month or 0))
    others = [*_looked_into(others[:_LOOKED_INTO]), *others[_LOOKED_INTO:]]
    return Coverage(
        months={row.use_case_id: row.spend for row, _ in found},
        number=len(found),
        month=_sum(row.spend for row, _ in found),
        not_stated=sum(row.spend is None for row, _ in found),
        compared=sum(not why for _, why in found),
        compared_month=_sum(row.spend for row, why in found if not why),
        others=tuple(others),
    )


def _why_not(row: PortfolioRow, outcomes: Sequence[Outcome]) -> str:
    """Say why a use case has no compared month; empty if it has one."""
    if not outcomes:
        if row.cost is None:
            return "What the paper recommends has no price in it."
        return _NO_FILE
    months: list[ComparedMonth] = []
    for each in outcomes:
        months += months_of(each.months)
    real = [month for month in months if not month.is_synthetic]
    if any(month.seen is not None for month in real):
        return ""
    if real:
        return "What its months cost is not known."
    if months:
        return "Its usage is synthetic."
    return outcomes[-1].why_not or "Its usage files have no whole month to compare."


def _looked_into(others: Sequence[NotCompared]) -> Iterator[NotCompared]:
    """Yield them, with why no usage file can be compared with the paper of some."""
    without = [each.audit_id for each in others if each.why == _NO_FILE]
    audits = Audit.objects.select_related("organization", "use_case").in_bulk(without)
    for each in others:
        why = each.why
        if audit := audits.get(each.audit_id):
            try:
                said_in(audit)
            except NotComparedError as error:
                why = str(error)
        yield replace(each, why=why)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal:
    return sum((each for each in amounts if each is not None), Decimal(0))
