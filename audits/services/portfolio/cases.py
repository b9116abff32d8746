"""What a list says in a line of a use case that waits for a decision."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from audits.frameworks.loading import loader
from audits.frameworks.named import NamedVerdict, named
from audits.frameworks.rules import Verdict
from audits.models import PortfolioRow
from audits.models.portfolio.waits_for import WaitsFor, waits_for
from audits.services.people.times_of_day import is_over
from audits.services.portfolio.asking import asked_waiting, lacks_for_vote


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """The verdict, what it asks for over 12 months, and by when.

    Without an amount, `said` says why; where it is the first part, what comes `then`
    needs a second approval, and `plus` says what else it leaves out. One that is
    `not_ready` needs more answers before anybody can sign it off; its `owner` is a
    name. `lacks` says what else there must be before a board can vote on it, and
    `asks_board` whether one is asked.
    """

    verdict: NamedVerdict | None
    asked: Decimal | None
    said: str
    then: Decimal | None
    plus: str
    by: date | None
    not_ready: bool
    owner: str
    lacks: str
    asks_board: bool

    @property
    def is_late(self) -> bool:
        """Whether that day is over, for who reads the line."""
        return is_over(self.by)


def case_lines(
    audits: Iterable[UUID], reader: int | None = None
) -> dict[UUID, CaseLine]:
    """Return the line of each audit that is the current one of its use case.

    Args:
        audits: The audits.
        reader: The key of the reader, whose own use cases name them as “you”.

    Note: one query, and none without audits.
    """
    wanted = [*audits]
    if not wanted:
        return {}
    found = PortfolioRow.objects.filter(audit__in=wanted).with_owner_names()
    rows: Any = found.with_board_asked()
    return {row.audit_id: _line(row, reader) for row in rows}


def _line(row: Any, reader: int | None) -> CaseLine:
    amount, said = asked_waiting(row)
    verdicts = loader.current().verdicts
    words = verdicts.get(cast("Verdict", row.verdict))
    own = verdicts.get(cast("Verdict", row.override))
    verdict = (
        named(words.family, words.mark, words.name, row.comes_first) if words else None
    )
    if own and verdict:
        shown = named(own.family, own.mark, own.name)
        verdict = shown._replace(computed=verdict.name)
    whom = waits_for(row.state, is_provisional=row.is_provisional, asks_board=False)
    return CaseLine(
        verdict=verdict,
        asked=amount,
        said=said,
        then=row.asked_then if amount else None,
        plus=row.asked_plus if amount else "",
        by=row.due_on,
        not_ready=whom == WaitsFor.TEAM,
        owner="you" if row.owner_id == reader else row.owner_name,
        lacks=lacks_for_vote(row),
        asks_board=row.asks_board,
    )
