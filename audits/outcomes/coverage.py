"""Which live, signed-off use cases have months to compare, and which have none."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from uuid import UUID

from audits.models import Audit, PortfolioRow
from audits.models.portfolio.filters import RUNNING
from audits.scoring.tracking.said import NotComparedError
from audits.scoring.tracking.stored_counts import PaperCounts
from audits.services.read_files.outcomes import said_in

_NO_FILE = "No usage file counts yet."
_LOOKED_INTO = 20  # the largest, whose papers are read: some 25 ms each


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedPaper:
    """A signed paper with what the months come to that began while it was in force.

    `why_not` says why nothing can be compared with it; empty if months can.
    """

    audit: Audit
    name: str
    counts: PaperCounts
    why_not: str

    @property
    def is_compared(self) -> bool:
        """Whether it has a month of real usage whose cost is known."""
        return self.counts.real is not None and self.counts.real.compared > 0

    @property
    def has_months(self) -> bool:
        """Whether it has any month, real or synthetic."""
        return bool(self.counts.real or self.counts.synthetic)


@dataclass(frozen=True, slots=True, kw_only=True)
class NotCompared:
    """A live, signed-off use case whose paper in force has no compared month, and why.

    `month` is what runs a month in US dollars, None if that is not stated.
    """

    row: PortfolioRow
    why: str

    @property
    def audit_id(self) -> UUID:
        """Its signed audit, whose page says more."""
        return self.row.audit_id

    @property
    def month(self) -> Decimal | None:
        """What runs a month, as the portfolio says."""
        return self.row.spend


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of the live, signed-off use cases has a month beside its paper in force.

    A month that began under an earlier paper is no month of the one in force. Amounts
    are US dollars a month of what runs, as the portfolio counts it, and not of what a
    paper recommends. Use cases that state none are counted in `not_stated`. `months`
    has them by the key of that audit.
    `others` have no such month, the largest first.
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


def coverage_of(papers: Mapping[UUID, Sequence[FollowedPaper]]) -> Coverage:
    """Return how much of the portfolio is compared.

    Args:
        papers: The signed papers of each use case, by its key, the latest last.
    """
    rows = PortfolioRow.objects.filter(RUNNING, state=Audit.State.SIGNED_OFF)
    shown = rows.select_related("team").only(
        *("use_case_id", "audit_id", "name", "number", "spend", "cost", "team__name")
    )
    found = [
        (row, _why_not(row, papers.get(row.use_case_id, ())))
        for row in shown.order_by("name", "pk")
    ]
    others = [NotCompared(row=row, why=why) for row, why in found if why]
    others.sort(key=lambda each: -(each.month or 0))
    others = [*_looked_into(others[:_LOOKED_INTO]), *others[_LOOKED_INTO:]]
    return Coverage(
        months={row.audit_id: row.spend for row, _ in found},
        number=len(found),
        month=_sum(row.spend for row, _ in found),
        not_stated=sum(row.spend is None for row, _ in found),
        compared=sum(not why for _, why in found),
        compared_month=_sum(row.spend for row, why in found if not why),
        others=tuple(others),
    )


def _why_not(row: PortfolioRow, papers: Sequence[FollowedPaper]) -> str:
    """Say why a use case has no month beside its paper in force; empty if it has."""
    if not papers:
        if row.cost is None:
            return "The paper gives no price for what it recommends."
        return _NO_FILE
    own = next((each for each in papers if each.audit.pk == row.audit_id), None)
    if own and own.is_compared:
        return ""
    if own and own.counts.real:
        return "What its months cost is not known."
    if own and own.counts.synthetic:
        return "Its usage is synthetic."
    if own and own.why_not:
        return own.why_not
    earlier = [each for each in papers if each.has_months]
    if not earlier:
        return "Its usage files have no whole month to compare."
    are = "" if any(each.is_compared for each in earlier) else "synthetic "
    return (
        f"Its {are}months belong to the {earlier[-1].name}. No usage file covers a "
        f"whole month since the paper in force was signed off."
    )


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
