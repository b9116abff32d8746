"""Reads the use cases that a change of many is about."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from audits.models import (
    CONTRIBUTORS,
    Audit,
    BulkChange,
    Membership,
    PortfolioRow,
    UseCase,
)
from audits.models.organizations import in_role
from audits.services.portfolio.tags import known_tags
from audits.services.use_cases.bulk.plans import (
    DUE,
    OWN,
    SIGNED,
    UNSIGNED,
    Case,
    Planned,
    planned,
    with_teams_kept,
)
from audits.services.use_cases.moving import JUDGED, NOT_TO_OWN_REVIEW, Moves

BATCH = 2000  # what is read and written as objects of a model, at once
_COLUMNS = (
    "number",
    "name",
    "owner_id",
    "team_id",
    "stage",
    "tags",
    "own",
)
_READ = (
    "use_case_id",
    *(f"use_case__{name}" for name in _COLUMNS),
    *("audit__valid_until", "review_cause"),
    *("audit_id", "state", "audit__cover__sponsor"),
    *("renewal_id", "renewal_state", "renewal__cover__sponsor"),
)


def cases_of(ids: Sequence[str]) -> list[Case]:
    """Return the use cases with these ids that are still there, in a fixed order."""
    found = PortfolioRow.objects.filter(use_case_id__any_of=[UUID(x) for x in ids])
    rows = found.order_by("use_case_id").values_list(*_READ)
    return [_case(values) for values in rows]


def audits_of(pks: Iterable[UUID]) -> list[UUID]:
    """Return the audits of use cases that are in force, and those that renew them."""
    rows = PortfolioRow.objects.filter(use_case_id__any_of=[*pks])
    found = rows.order_by().values_list("audit_id", "renewal_id")
    return [audit for both in found for audit in both if audit]


def _case(values: tuple[Any, ...]) -> Case:
    pk, number, name, owner, team, stage, tags, own, *audits = values
    until, cause, *audits = audits
    audit, state, sponsor, renewal, renewal_state, renewal_sponsor = audits
    in_force, keeps = audit, _keeps(state, cause)
    is_judged = not JUDGED.isdisjoint((state, renewal_state))
    if renewal:  # page 1 in force keeps its words
        audit, state, sponsor = renewal, renewal_state, renewal_sponsor
    if state == Audit.State.SIGNED_OFF:
        keeps["sponsor"] = SIGNED
    return Case(
        id=pk.hex,
        number=number,
        reference=UseCase.reference_of(number),
        name=name,
        audit=audit.hex,
        in_force=in_force.hex,
        values={
            "owner": owner,
            "team": team,
            "stage": stage,
            "tags": tags,
            "review": until.isoformat() if until else None,
            "sponsor": sponsor or "",
            **{f"{OWN}{key}": value for key, value in own.items()},
        },
        keeps=keeps,
        is_judged=is_judged,
    )


def _keeps(state: str, cause: str) -> dict[str, str]:
    """Say why the day of the review stays, if it does."""
    if state != Audit.State.SIGNED_OFF:
        return {"review": UNSIGNED}
    return {"review": DUE} if cause else {}


def plan_of(change: BulkChange) -> list[Planned]:
    """Plan a change with the values of now."""
    plan = planned(cases_of(change.cases), change.wanted, known_tags())
    return without_refused_moves(plan, change)


def without_refused_moves(plan: Iterable[Planned], change: BulkChange) -> list[Planned]:
    """Leave what is judged in its team where who made the change may not move it."""
    moves = Moves(change.organization, change.by)
    return with_teams_kept(plan, moves.are_refused, NOT_TO_OWN_REVIEW)


def who_may_own() -> set[int]:
    """Return the members of now who may answer, in the organization or in a team."""
    found = Membership.objects.filter(in_role(CONTRIBUTORS))
    return set(found.values_list("user", flat=True))
