"""Writes the portfolio row of each use case."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model
from django_scopes import scope, scopes_disabled

from audits.frameworks.loading import loader
from audits.models import (
    Audit,
    Organization,
    PortfolioRow,
    Review,
    Stage,
    UseCase,
)
from audits.models.fields.tags import keys_of
from audits.scoring import Assessment
from audits.scoring.explaining.advice import strength_in_short
from audits.scoring.explaining.advice_rows import asked
from audits.scoring.explaining.for_board import for_board
from audits.scoring.explaining.grades.strength import rank, trend
from audits.services.due.contradictions import cause_of
from audits.services.due.overriding import overriding_of
from audits.services.portfolio.asked import asked_of
from audits.services.portfolio.freed import OF_FREED, freed_after, freed_columns
from audits.services.portfolio.money.row_money import (
    cents,
    money_columns,
    offer_columns,
    overridden_columns,
)
from audits.services.portfolio.next_dates import (
    OF_BOARD,
    conditions_said,
    dates_after,
    next_dates,
)
from audits.services.verdicts.assessments import (
    assessment_of,
    framework_of,
    verdict_shown,
    verdict_words,
)
from audits.services.verdicts.votable import before_vote

_MOST_OF_APPROVAL = 200
_MOST_OF_PLUS = 160
_BACKED = frozenset(("documented", "measured"))
_OF_USE_CASE = (
    *("team", "owner", "number", "name", "tags", "tag_keys", "stage", "stage_rank"),
    *OF_BOARD,
    *OF_FREED,
)
_BATCH = 500


def update_portfolio_row(audit: Audit, assessment: Assessment | None = None) -> None:
    """Write the portfolio row of an audit's use case.

    That of a renewal says only that there is one: the signed-off audit is in force.

    Call it inside the transaction of the change, after the audit is saved. Only
    `follow_use_cases` changes the use case's own fields: the audit's copy of them may
    be older than a rename.

    Args:
        audit: The current audit, as stored.
        assessment: Its assessment, if just made; without it the money and the ask do
            not change.
    """
    if audit.is_renewal:
        _mark(audit.use_case_id, renewal=audit, renewal_state=audit.state)
        return
    columns = _columns(audit)
    if assessment:
        columns |= _of_assessment(audit, assessment)
    columns |= freed_columns(audit, columns)
    found = getattr(audit, "portfolio_row", None)
    if found and all(getattr(found, name) == columns[name] for name in columns):
        return
    # One statement, because every answer that changes the verdict runs it.
    if not PortfolioRow.objects.filter(use_case_id=audit.use_case_id).update(**columns):
        more = _of_use_case(audit.use_case)
        audit.portfolio_row = PortfolioRow.objects.create(
            use_case_id=audit.use_case_id, **columns, **more
        )
    elif found:
        for name, value in columns.items():
            setattr(found, name, value)


def end_renewal(audit: Audit) -> None:
    """Take the mark of a renewal from the row of its use case."""
    _mark(audit.use_case_id, renewal=None, renewal_state="")


def _mark(use_case: UUID, **marks: Any) -> None:
    unlike = PortfolioRow.objects.filter(use_case_id=use_case).exclude(**marks)
    unlike.update(**marks)


def add_portfolio_rows(audits: Iterable[Audit]) -> None:
    """Write the rows of use cases with new audits."""
    PortfolioRow.objects.bulk_create(
        PortfolioRow(
            use_case_id=audit.use_case_id,
            **_columns(audit, is_new=True),
            **_of_use_case(audit.use_case),
        )
        for audit in audits
    )


def follow_use_cases(use_cases: Iterable[UseCase]) -> None:
    """Update the rows of use cases whose own fields changed, many at once."""
    changed = {use_case.pk: use_case for use_case in use_cases}
    for some in batched(changed, _BATCH, strict=False):
        portfolio_rows = list(PortfolioRow.objects.filter(use_case__in=some))
        for portfolio_row in portfolio_rows:
            use_case = changed[portfolio_row.use_case_id]
            columns = dates_after(portfolio_row, use_case)
            if columns:
                columns |= freed_after(portfolio_row, columns)
            columns |= _of_use_case(use_case)
            for name, value in columns.items():
                setattr(portfolio_row, name, value)
        replace_columns(PortfolioRow, portfolio_rows, _OF_USE_CASE)


def replace_columns[M: Model](
    model: type[M], changed: Iterable[M], columns: Sequence[str]
) -> None:
    """Write some columns of many stored rows, which are locked.

    Django's `bulk_update` writes a condition for each row and column, which takes it
    ten times as long.
    """
    model._base_manager.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=columns,
        batch_size=_BATCH,
    )


def add_missing_portfolio_rows() -> int:
    """Write missing rows in every organization, for example after an upgrade.

    Each is locked and written separately, so that nobody who saves waits for all of
    them, and the next run continues an interrupted one.

    Returns:
        How many were written.
    """
    with scopes_disabled():
        missing = UseCase.objects.filter(portfolio_row=None)
        return sum(map(_write_anew, list(missing.values_list("pk", flat=True))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebuilt:
    """Some rebuilt rows: how many, how many not, and the last."""

    written: int
    left: int
    last: UUID


def rebuild_portfolio_rows(
    *,
    after: UUID | None = None,
    organization: Organization | None = None,
    at_most: int = _BATCH,
) -> Rebuilt | None:
    """Rebuild the next rows from use cases and audits, including signed-off ones.

    Each use case is locked separately, only while its row is written, so nobody who
    saves waits for more than one. A row stays as it is if this release no longer ships
    the framework of its audit.

    Args:
        after: The id of the last use case written; None to start.
        organization: Only the rows of this organization.
        at_most: How many rows to write.

    Returns:
        The rows written; None if none are left.
    """
    with scopes_disabled():
        use_cases = UseCase.objects.order_by("pk")
        if after:
            use_cases = use_cases.filter(pk__gt=after)
        if organization:
            use_cases = use_cases.filter(organization=organization)
        some = list(use_cases.values_list("pk", flat=True)[:at_most])
        written = sum(map(_write_anew, some))
    if not some:
        return None
    return Rebuilt(written=written, left=len(some) - written, last=some[-1])


@transaction.atomic
def _write_anew(pk: UUID) -> bool:
    """Write all columns of one row, and return whether that worked."""
    use_case = UseCase.objects.select_for_update(no_key=True).filter(pk=pk).first()
    locked = Audit.objects.select_for_update(of=("self",), no_key=True).current()
    audit = locked.filter(use_case=use_case).first() if use_case else None
    if use_case is None or audit is None:
        return False
    try:
        framework_of(audit)
    except LookupError:  # a framework that this release no longer ships
        return False
    with scope(organization=use_case.organization):
        found = _of_assessment(audit, assessment_of(audit, open_only=True))
    renewal = Audit.objects.renewals_of(audit).first()
    columns = _columns(audit) | _of_use_case(use_case) | found
    columns |= {"renewal": renewal, "renewal_state": renewal.state if renewal else ""}
    columns |= freed_columns(audit, columns)
    PortfolioRow.objects.update_or_create(use_case_id=pk, defaults=columns)
    return True


def _columns(audit: Audit, *, is_new: bool = False) -> dict[str, Any]:
    return {
        "organization_id": audit.organization_id,
        "audit_id": audit.pk,
        "state": audit.state,
        "verdict": audit.verdict,
        "override": audit.override,
        "comes_first": audit.comes_first,
        "urgency": _urgency(audit),
        "open_questions": audit.open_questions,
        "open_later": audit.open_later,
        "is_provisional": audit.is_provisional and not audit.is_draft,
        "strength": audit.strength,
        "strength_rank": rank(audit.strength),
        "is_backed": not _BACKED.isdisjoint(audit.inputs.answered.levels.values()),
        "trend": trend(audit.strength_before, audit.strength) or "",
        "submitted_at": audit.submitted_at,
        **next_dates(audit, is_new=is_new),
        "conditions_said": conditions_said(audit),
        "review_cause": cause_of(audit),
        "signed_name": _signed_name(audit),
    }


def _of_use_case(use_case: UseCase) -> dict[str, Any]:
    return {
        "team_id": use_case.team_id,
        "owner_id": use_case.owner_id,
        "number": use_case.number,
        "name": use_case.name,
        "tags": use_case.tags,
        "tag_keys": keys_of(use_case.tags),
        "stage": use_case.stage,
        "stage_rank": Stage.values.index(use_case.stage),
    }


def _of_assessment(audit: Audit, assessment: Assessment) -> dict[str, Any]:
    found = overriding_of(audit)
    money = {**money_columns(assessment), **offer_columns(assessment)}
    if found:
        own = found.money(framework_of(audit), assessment, "running")
        money |= overridden_columns(own, has_plan=money["spend"] is not None)
    first = asked_of(audit, assessment)
    strength = strength_in_short(assessment.advice) if audit.strength else ""
    vote = before_vote(audit, assessment)
    return {
        **money,
        "ask": _ask(audit, assessment),
        "asked": cents(first.amount),
        "asked_said": first.said,
        "asked_then": cents(first.then),
        "asked_plus": _cut(first.plus),
        "strength_said": strength,
        "approval": vote.approval[:_MOST_OF_APPROVAL],
        "vote_lacks": vote.lacks,
    }


def _cut(plus: str) -> str:
    return plus if len(plus) <= _MOST_OF_PLUS else f"{plus[: _MOST_OF_PLUS - 1]}…"


def _urgency(audit: Audit) -> int:
    """Return the place of the family of the verdict that counts, as its money is."""
    words = verdict_shown(audit)
    return loader.current().urgency[words.family if words else None]


def _ask(audit: Audit, assessment: Assessment) -> str:
    if not verdict_words(audit):
        return ""
    if found := overriding_of(audit):
        return found.decision(framework_of(audit), assessment)
    return for_board(asked(framework_of(audit), assessment))


def _signed_name(audit: Audit) -> str:
    """Return what the use case was called when its audit was signed off."""
    if audit.state != Audit.State.SIGNED_OFF:
        return ""
    signed = Review.objects.filter(audit=audit).order_by("-at")
    return signed.values_list("name", flat=True).first() or ""
