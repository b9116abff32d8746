"""`rebuild_portfolio` writes what saving would have written, for every use case."""

from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django_scopes import scope, scopes_disabled

from audits.models import Audit, PortfolioRow, Role, UseCase
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.covers import save_cover
from audits.services.portfolio.rows import rebuild_portfolio_rows
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.scoring.worked_cases import FIRM_RETRIEVAL_CASE, TRAINING_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.on_both

_KEPT = {"id", "organization", "use_case", "audit", "renewal", "team", "owner"}
_WRONG_OF: dict[type[models.Field[Any, Any]], Any] = {
    models.CharField: "Wrong",
    models.TextField: "Wrong",
    models.DecimalField: Decimal("0.01"),
    models.PositiveIntegerField: 4711,
    models.PositiveSmallIntegerField: 9,
    models.BooleanField: True,
    models.DateField: date(1999, 1, 1),
    models.DateTimeField: datetime(1999, 1, 1, tzinfo=UTC),
}
# Every column that is there to be read, with what no use case of the cast says.
WRONG = {
    field.name: str(_WRONG_OF[type(field)])[: field.max_length]
    if isinstance(field, models.CharField)
    else _WRONG_OF[type(field)]
    for field in PortfolioRow._meta.fields
    if field.name not in _KEPT
}


def rebuilt(*arguments: str) -> str:
    said = StringIO()
    call_command("rebuild_portfolio", *arguments, stdout=said)
    return said.getvalue()


def rows() -> dict[UUID, dict[str, Any]]:
    with scopes_disabled():
        return {row["use_case_id"]: dict(row) for row in PortfolioRow.objects.values()}


def spoil() -> None:
    with scopes_disabled():
        PortfolioRow.objects.update(**WRONG)


def give_numbers(audit: Audit, cast: Cast) -> None:
    sent = {("number", key): Sent(value=value) for key, value in ON_OWN_GPUS.items()}
    save_entries(
        audit=fresh_audit(audit),
        by=cast.ours.contributor,
        sent=sent,
        sender=Sender(),
    )


def test_rows_become_what_saving_had_written(cast: Cast) -> None:
    lead = cast.ours.contributor
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=lead, answers=TRAINING_CASE)
        give_numbers(cast.ours.draft, cast)
        save_cover(
            audit=cast.ours.submitted, by=lead, fields={"decide_by": date(2026, 12, 9)}
        )
    before = rows()
    assert any(row["spend"] for row in before.values())
    spoil()

    said = rebuilt()

    assert rows() == before
    last = max(before)
    assert said == f"{len(before)} rows written, up to use case {last}\nDone.\n"


def test_row_of_a_signed_audit_is_written_from_the_frozen_assessment(
    cast: Cast,
) -> None:
    lead, reviewer = cast.ours.contributor, cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        save_answers(audit=cast.ours.draft, by=lead, answers=FIRM_RETRIEVAL_CASE)
        give_numbers(cast.ours.draft, cast)
        audit = submit_audit(audit=fresh_audit(cast.ours.draft), by=lead)
        review_audit(
            audit=audit,
            by=reviewer,
            outcome="approved",
            submission=submission_of(audit),
        )
        before = rows()
        # What is frozen counts, whatever would be made of the entries today.
        Audit.objects.filter(pk=audit.pk).update(numbers={}, answers={})
    spoil()

    rebuilt()

    assert rows() == before
    assert before[audit.use_case_id]["state"] == "signed_off"
    assert before[audit.use_case_id]["spend"]


def test_row_is_of_the_audit_that_counts_today(cast: Cast) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        old = cast.ours.submitted
        review_audit(
            audit=old, by=reviewer, outcome="approved", submission=submission_of(old)
        )
        new = begin_again(audit=old, by=cast.ours.contributor)
    before = rows()
    spoil()

    rebuilt()

    assert rows() == before
    row = before[old.use_case_id]
    assert (row["audit_id"], row["renewal_id"]) == (old.pk, new.pk)


def test_one_organization_leaves_the_rows_of_others(cast: Cast) -> None:
    before = rows()
    spoil()

    rebuilt("--organization", "northgate")

    ours = cast.ours.organization.pk
    names = {row["organization_id"]: row["name"] for row in rows().values()}
    assert {pk: name == "Wrong" for pk, name in names.items()} == {
        ours: False,
        cast.theirs.organization.pk: True,
    }
    assert {k: r for k, r in rows().items() if r["organization_id"] == ours} == {
        k: r for k, r in before.items() if r["organization_id"] == ours
    }


def test_it_goes_on_where_it_was_cut_off(cast: Cast) -> None:
    before = rows()
    spoil()

    first = rebuild_portfolio_rows(at_most=1)

    assert first
    assert (first.written, first.left, first.last) == (1, 0, min(before))
    assert [row["name"] == "Wrong" for _, row in sorted(rows().items())] == [
        False,
        *[True] * (len(before) - 1),
    ]
    rebuilt("--after", str(first.last))
    assert rows() == before


def test_row_of_a_framework_that_is_gone_stays_and_is_told(cast: Cast) -> None:
    with scopes_disabled():
        gone = cast.ours.draft
        Audit.objects.filter(pk=gone.pk).update(framework="retired")
    before = rows()[gone.use_case_id]

    said = rebuilt()

    assert rows()[gone.use_case_id] == before
    assert "1 rows left as they are" in said


def test_missing_row_is_written(cast: Cast) -> None:
    before = {key: row["name"] for key, row in rows().items()}
    with scopes_disabled():
        PortfolioRow.objects.all().delete()

    rebuilt()

    assert {key: row["name"] for key, row in rows().items()} == before


def test_each_row_has_a_transaction_of_its_own(cast: Cast) -> None:
    with scopes_disabled():
        use_cases = UseCase.objects.count()

    with CaptureQueriesContext(connection) as queries:
        rebuilt()

    statements = [query["sql"] for query in queries.captured_queries]
    begun = [sql for sql in statements if sql.startswith(("BEGIN", "SAVEPOINT"))]
    assert len(begun) >= use_cases


def test_unknown_organization_is_refused(cast: Cast) -> None:
    with pytest.raises(CommandError, match=r"^There is no organization nowhere\.$"):
        rebuilt("--organization", "nowhere")
