"""The use cases that a person changed last, read from what is stored of each change."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Self
from uuid import UUID

from django.db.models import Exists, F, Max, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from audits.models import Audit, Membership, PortfolioRow, User, Version
from audits.models.queries.written_once import written_once

MOST = 5
# If so many changes were all in one or two use cases, only these are named.
_CHANGES_READ = 500
_EVER = Value(datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecentUseCase:
    """A use case that somebody changed, on which day, and the audit to go on with.

    `is_draft` says whether they may go on answering it.
    """

    audit_id: UUID
    is_draft: bool
    name: str
    on: date

    @classmethod
    def of(cls, row: tuple[Any, ...], *, may_contribute: bool) -> Self:
        """Return that of a row of the query, for a member who may answer or not."""
        audit, state, renewal, renewal_state, name, at = row
        draft = next(
            (
                each
                for each, of in ((audit, state), (renewal, renewal_state))
                if of == Audit.State.DRAFT and may_contribute
            ),
            None,
        )
        return cls(
            audit_id=draft or audit,
            is_draft=draft is not None,
            name=name,
            on=timezone.localdate(at),
        )


def recently_changed(member: Membership) -> tuple[RecentUseCase, ...]:
    """Return the last use cases in which a member saved anything, the latest first.

    They are the answers, levels, notes, numbers and test results that count or counted.
    None are returned if the organization has hardly more use cases than that.
    """
    found = _changed(by=member.user)
    return tuple(
        RecentUseCase.of(row, may_contribute=member.may_contribute) for row in found
    )


@written_once
def _changed(*, by: User) -> Any:
    # From the time of the last that is read: to find each by its key takes longer. The
    # times are in an index, which has no organizations: to ask for one takes longer.
    times = Version._base_manager.filter(by=by).order_by("-at").values("at")
    oldest = times[_CHANGES_READ - 1 : _CHANGES_READ]
    many = PortfolioRow.objects.order_by("pk")[MOST : MOST + 1]
    at = "use_case__audits__versions__at"
    changed = PortfolioRow.objects.filter(
        Q((f"{at}__gte", Coalesce(Subquery(oldest), _EVER))),
        # A copy has the earlier versions, too: nobody gave them there.
        Q((f"{at}__gte", F("use_case__audits__created_at"))),
        Exists(many),
        use_case__audits__versions__by=by,
        use_case__audits__versions__set_aside=False,
    )
    # PostgreSQL groups by the key alone, since the other columns follow from it.
    last = changed.values("pk").annotate(last=Max(at)).order_by("-last", "name")
    shown = ("audit", "state", "renewal", "renewal_state", "name", "last")
    return last.values_list(*shown)[:MOST]
