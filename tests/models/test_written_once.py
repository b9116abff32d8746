"""Queries that are written once are asked anew each time."""

import gc
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DataError, connection, models
from django.db.models import Count, F, Sum, Value
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler
from django.db.models.sql.where import WhereNode
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from audits.models import Audit, AuditQuerySet, PortfolioRow, Team, User
from audits.models.queries.written_once import written_once
from tests.casting import Cast

_ON_POSTGRESQL = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite keeps statements by itself"
)

written: list[dict[str, Any]] = []


@written_once
def audits(*, pk: UUID) -> AuditQuerySet:
    written.append({"pk": pk})
    return Audit.objects.with_use_case().filter(pk=pk)


@written_once
def names(*, team: Team | None, due: date) -> Any:
    rows = PortfolioRow.objects.filter(team=team) if team else PortfolioRow.objects
    return rows.exclude(due_on__lt=due).order_by("name").values_list("name", flat=True)


@written_once
def notices(*, pk: UUID, reader: User) -> AuditQuerySet:
    return Audit.objects.with_notices(reader, Value(0)).filter(pk=pk)


def test_query_is_written_once_and_asked_with_what_is_given(cast: Cast) -> None:
    written.clear()
    tenant = cast.ours
    with scope(organization=tenant.organization):
        found = [audits(pk=a.pk) for a in (tenant.draft, tenant.submitted)]
        assert audits(pk=uuid4()) == []

    assert found == [[tenant.draft], [tenant.submitted]]
    assert len(written) <= 1


def test_row_is_what_the_query_gives_when_it_is_not_kept(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        [kept] = audits(pk=tenant.submitted.pk)
        plain = Audit.objects.with_use_case().get(pk=tenant.submitted.pk)

        def values(of: Any) -> dict[str, Any]:
            return {k: v for k, v in vars(of).items() if not k.startswith("_")}

        assert values(kept) == values(plain)
        assert values(kept.use_case) == values(plain.use_case)
        assert kept.use_case.team == plain.use_case.team


def test_objects_know_of_each_other_and_are_those_that_are_stored(cast: Cast) -> None:
    @written_once
    def rows(*, pk: UUID) -> Any:
        found = PortfolioRow.objects.select_related("audit__outcome", "owner", "team")
        return found.defer("name", "owner__email").filter(audit=pk)

    tenant = cast.ours
    with scope(organization=tenant.organization):
        [row] = rows(pk=tenant.draft.pk)
        stored = PortfolioRow.objects.get(audit=tenant.draft)
        with CaptureQueriesContext(connection) as asked:
            assert row.audit.portfolio_row is row
            assert row.audit.answers == tenant.draft.answers
            assert not hasattr(row.audit, "outcome")
            assert row.team == tenant.team
        assert not asked.captured_queries
        assert (row.name, row.owner.email) == (stored.name, stored.owner.email)

        row.save(update_fields=["name"])  # it is no new one
        row.audit.validate_unique()
    assert row.pk == stored.pk


def test_number_of_objects_in_a_row_does_not_change_what_each_says(cast: Cast) -> None:
    @written_once
    def people(*, team: Team) -> Any:
        rows = PortfolioRow.objects.filter(team=team).select_related("owner")
        return rows.annotate(shown=Value("x"), due_on_too=F("due_on")).order_by("name")

    tenant = cast.ours
    with scope(organization=tenant.organization):
        found = people(team=tenant.team)
        plain = PortfolioRow.objects.filter(team=tenant.team).order_by("name")

        assert [(row.pk, row.owner) for row in found] == [
            (x.pk, x.owner) for x in plain
        ]
        assert {(row.shown, row.due_on_too) for row in found} == {
            ("x", row.due_on) for row in plain
        }


@pytest.mark.parametrize(
    "write",
    [
        lambda rows: rows.values_list("name", named=True),
        lambda rows: rows.prefetch_related("audit__evidence"),
        lambda rows: rows.fetch_mode(models.FETCH_PEERS),
    ],
    ids=["named", "more queries", "peers"],
)
def test_what_only_django_can_make_is_refused(cast: Cast, write: Any) -> None:
    once = written_once(lambda *, pk: write(PortfolioRow.objects.filter(audit=pk)))
    with (
        scope(organization=cast.ours.organization),
        pytest.raises(ValueError, match="a written query cannot give this"),
    ):
        once(pk=cast.ours.draft.pk)


def test_dictionaries_have_the_names_that_were_asked(cast: Cast) -> None:
    @written_once
    def rows(*, pk: UUID) -> Any:
        named = PortfolioRow.objects.filter(audit=pk).annotate(again=F("name"))
        return named.values("again", "team__name", "name")

    with scope(organization=cast.ours.organization):
        [found] = rows(pk=cast.ours.draft.pk)
    assert found == {
        "again": "Northgate triage",
        "team__name": cast.ours.team.name,
        "name": "Northgate triage",
    }


def test_queries_inside_are_not_kept(cast: Cast) -> None:
    tenant = cast.ours
    once = written_once(
        lambda *, pk, reader: Audit.objects.with_notices(reader, Value(0)).filter(pk=pk)
    )

    def kept() -> int:
        gc.collect()
        return sum(type(one) is Query for one in gc.get_objects())

    before = kept()
    with scope(organization=tenant.organization):
        [first] = once(pk=tenant.submitted.pk, reader=tenant.contributor)
        del first
        assert kept() == before
        [again] = once(pk=tenant.submitted.pk, reader=tenant.contributor)
        plain = Audit.objects.with_notices(tenant.contributor, Value(0))
        [expected] = plain.filter(pk=tenant.submitted.pk)

    named = {name for name in vars(expected) if name not in {"_state"}}
    assert {n: getattr(again, n) for n in named} == {
        n: getattr(expected, n) for n in named
    }


def test_conditions_are_not_copied_for_each_query(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[int] = []
    clone = WhereNode.clone

    def counting(node: WhereNode) -> WhereNode:
        copied.append(len(node.children))
        return clone(node)

    tenant = cast.ours
    with scope(organization=tenant.organization):
        notices(pk=tenant.submitted.pk, reader=tenant.contributor)
        monkeypatch.setattr(WhereNode, "clone", counting)
        [found] = notices(pk=tenant.submitted.pk, reader=tenant.contributor)
    assert found == tenant.submitted
    assert set(copied) <= {0}


def test_what_a_query_is_made_of_is_not_copied_each_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        notices(pk=tenant.draft.pk, reader=tenant.contributor)
        monkeypatch.delattr(Query, "clone")
        [found] = notices(pk=tenant.submitted.pk, reader=tenant.contributor)
        [again] = notices(pk=tenant.draft.pk, reader=tenant.contributor)
    assert [found, again] == [tenant.submitted, tenant.draft]


def test_how_columns_become_values_is_found_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    pk = cast.ours.draft.pk
    with scope(organization=cast.ours.organization):
        audits(pk=pk)
        monkeypatch.delattr(SQLCompiler, "get_converters")
        monkeypatch.delattr(SQLCompiler, "has_composite_fields")
        [again] = audits(pk=pk)
    assert again.answers == cast.ours.draft.answers


def test_each_organization_is_asked_in_its_own_scope(cast: Cast) -> None:
    for asks, other in ((cast.ours, cast.theirs), (cast.theirs, cast.ours)):
        with scope(organization=asks.organization):
            assert audits(pk=asks.draft.pk) == [asks.draft]
            assert audits(pk=other.draft.pk) == []


def test_nothing_is_asked_outside_of_a_scope(cast: Cast) -> None:
    key = cast.ours.draft.pk
    with pytest.raises(ScopeError):
        audits(pk=key)
    with scope(organization=cast.ours.organization):
        audits(pk=key)
        with scopes_disabled(), pytest.raises(ScopeError):
            audits(pk=key)
    with pytest.raises(ScopeError):
        audits(pk=key)


def test_what_is_none_makes_another_query(cast: Cast) -> None:
    tenant, today = cast.ours, timezone.localdate()
    with scope(organization=tenant.organization):
        other = Team.objects.create(organization=tenant.organization, name="Other")
        PortfolioRow.objects.filter(audit=tenant.draft).update(team=other)
        PortfolioRow.objects.filter(audit=tenant.submitted).update(due_on=today)
        later = today + timedelta(days=1)

        assert names(team=None, due=today) == ["Northgate handbook", "Northgate triage"]
        assert names(team=None, due=later) == ["Northgate triage"]
        assert names(team=tenant.team, due=today) == ["Northgate handbook"]
        assert names(team=other, due=later) == ["Northgate triage"]
        assert names(team=None, due=today) == ["Northgate handbook", "Northgate triage"]


def test_what_was_given_reaches_the_inner_queries(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        told = {
            reader.email: notices(pk=tenant.submitted.pk, reader=reader)[0]
            for reader in tenant.people.values()
        }

    waiting = {
        email for email, audit in told.items() if vars(audit)["number_set_aside"]
    }
    assert waiting == {tenant.contributor.email}


def test_rows_are_read_anew_each_time(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audits(pk=tenant.draft.pk)
        Audit.objects.filter(pk=tenant.draft.pk).update(revision=41)
        [audit] = audits(pk=tenant.draft.pk)

    assert audit.revision == 41


def test_moments_are_given_as_the_database_has_them(cast: Cast) -> None:
    @written_once
    def since(*, moment: datetime) -> Any:
        return Audit.objects.filter(created_at__gte=moment).values_list("pk", flat=True)

    with scope(organization=cast.ours.organization):
        made = Audit.objects.get(pk=cast.ours.draft.pk).created_at
        assert cast.ours.draft.pk in since(moment=made)
        assert cast.ours.draft.pk not in since(moment=made + timedelta(seconds=9))


def test_given_words_are_no_sql(cast: Cast) -> None:
    @written_once
    def named(*, name: str) -> Any:
        return Team.objects.filter(name=name).values_list("name", flat=True)

    with scope(organization=cast.ours.organization):
        assert named(name="' OR '1'='1") == []
        assert named(name=cast.ours.team.name) == [cast.ours.team.name]


def test_parameter_may_not_have_the_name_of_the_scope() -> None:
    with pytest.raises(ValueError, match="organization"):

        @written_once
        def of(*, organization: UUID) -> Any:
            return Audit.objects.filter(organization=organization)


@pytest.mark.parametrize("use", [str, "{}".format], ids=["text", "format"])
def test_value_that_is_not_known_yet_is_not_used(cast: Cast, use: Any) -> None:
    @written_once
    def audits_of(*, name: str) -> Any:
        return Audit.objects.filter(use_case__name=use(name))

    with (
        scope(organization=cast.ours.organization),
        pytest.raises(TypeError, match="name is not known while the query is written"),
    ):
        audits_of(name="Northgate triage")


def _kept_statements() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT statement FROM pg_prepared_statements "
            "WHERE statement NOT LIKE 'SELECT set_config%%' ORDER BY name"
        )
        return [statement for (statement,) in cursor.fetchall()]


@_ON_POSTGRESQL
def test_postgresql_plans_it_once_on_a_connection(cast: Cast) -> None:
    @written_once
    def rows_of(*, audit: UUID) -> Any:
        return PortfolioRow.objects.filter(audit=audit).values_list("name", flat=True)

    tenant, before = cast.ours, _kept_statements()
    with scope(organization=tenant.organization):
        found = [rows_of(audit=a.pk) for a in (tenant.draft, tenant.submitted)]
        assert found == [["Northgate triage"], ["Northgate handbook"]]
        assert PortfolioRow.objects.filter(audit=tenant.draft).get().name == found[0][0]

    [kept] = [each for each in _kept_statements() if each not in before]
    assert kept.endswith(
        'WHERE ("audits_portfoliorow"."organization_id" = ($1) '
        'AND "audits_portfoliorow"."audit_id" = ($2))'
    )


@_ON_POSTGRESQL
def test_postgresql_is_given_what_differs_and_nothing_else(cast: Cast) -> None:
    @written_once
    def rows_of(*, team: Team) -> Any:
        rows = PortfolioRow.objects.filter(team=team, verdict="it's 100 %").exclude(
            number__in=[1, 2]
        )
        return rows.values_list("pk", flat=True)

    before = _kept_statements()
    with scope(organization=cast.ours.organization):
        assert rows_of(team=cast.ours.team) == []

    [kept] = [each for each in _kept_statements() if each not in before]
    assert "'it''s 100 %'" in kept
    assert "IN (1, 2)" in kept
    assert "$2" in kept
    assert "$3" not in kept


@_ON_POSTGRESQL
def test_query_that_fails_leaves_the_connection_as_it_was(cast: Cast) -> None:
    @written_once
    def named(*, name: str) -> Any:
        return Team.objects.filter(name=name).values_list("name", flat=True)

    usual = connection.connection.cursor_factory
    with (
        scope(organization=cast.ours.organization),
        pytest.raises(DataError),
    ):
        named(name="\0")

    assert connection.connection.cursor_factory is usual
    assert connection.connection.prepare_threshold is None


@written_once
def shares(*, team: Team) -> Any:
    rows = PortfolioRow.objects.filter(team=team).exclude(name__contains="100 % of it")
    said = rows.annotate(said=Value("5 % or %s"))
    return said.values_list("said").annotate(Count("pk"), Sum("number"))


def test_percent_signs_counts_and_sums_are_those_of_a_plain_query(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        rows = PortfolioRow.objects.filter(team=tenant.team)
        [found] = shares(team=tenant.team)
        numbers = list(rows.values_list("number", flat=True))

    assert found == ("5 % or %s", len(numbers), sum(numbers))
    assert [type(each) for each in found] == [str, int, int]
