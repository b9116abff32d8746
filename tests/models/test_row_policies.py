"""PostgreSQL shows rows of the organization in scope alone, whatever a query asks."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.apps import apps
from django.db import (
    ProgrammingError,
    close_old_connections,
    connection,
    models,
    transaction,
)
from django_scopes import scope, scopes_disabled

from audits.models import Team
from audits.models.queries.consistent_reads import consistent_read
from config.scoped_postgresql.validation import warned_of
from tests.casting import Cast

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="it has policies"),
    pytest.mark.on_both,
]
CURRENT = "SELECT current_setting('attune.organization', true)"
LIKE_OURS = CURRENT.join(('SELECT "q"."x" FROM (', ' AS "x") "q"'))
OWNED: list[type[models.Model]] = [
    model
    for model in apps.get_models()
    if any(field.name == "organization" for field in model._meta.local_fields)
]


def asked(sql: str, values: Any = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def seen() -> dict[str, set[int]]:
    """Return by table of which organizations plain SQL finds rows, if of any."""
    found = {}
    for table in (model._meta.db_table for model in OWNED):
        rows = asked(f"SELECT DISTINCT organization_id FROM {table}")  # noqa: S608
        if rows:
            found[table] = {of for (of,) in rows}
    return found


def test_role_of_these_tests_is_one_that_policies_bind(db: None) -> None:
    assert connection.validation.check() == []
    [said] = warned_of("postgres")
    assert "“postgres”, for whom PostgreSQL skips row-level security" in said.msg


def test_each_table_of_an_organization_is_protected_from_its_owner_too(
    db: None,
) -> None:
    """By one rule, so what a table with rows shows is what each of them shows."""
    sql = (
        "SELECT c.relname, p.qual, p.with_check"
        " FROM pg_class c JOIN pg_policies p ON p.tablename = c.relname"
        " WHERE c.relrowsecurity AND c.relforcerowsecurity AND p.cmd = 'ALL'"
    )

    protected = {table: rules for table, *rules in asked(sql)}
    assert {model._meta.db_table for model in OWNED} == protected.keys()
    [(reads, writes)] = {tuple(rules) for rules in protected.values()}
    assert "attune.organization" in reads
    # As text, it would have no statistics: every table would be expected to show a row.
    assert "(organization_id = " in reads
    assert writes in {None, reads}


def test_plain_sql_finds_rows_of_the_scope_alone(cast: Cast) -> None:
    ours, theirs = cast.ours.organization, cast.theirs.organization
    with scopes_disabled():
        both = seen()
    assert len(both) > 15
    assert both["audits_evidence"] == {ours.pk, theirs.pk}

    assert seen() == {}
    with scope(organization=ours):
        assert seen() == {name: {ours.pk} for name in both if ours.pk in both[name]}
        with scopes_disabled():
            assert seen() == both
    with scope(organization=0):  # there is none
        assert seen() == {}
    assert seen() == {}


def test_rows_of_another_organization_are_neither_written_nor_changed(
    cast: Cast,
) -> None:
    theirs = cast.theirs.organization
    with scope(organization=cast.ours.organization):
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            Team.objects.create(organization=theirs, name="Intruders")
        assert Team._base_manager.filter(organization=theirs).update(name="X") == 0
        assert Team._base_manager.filter(organization=theirs).delete()[0] == 0
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            Team.objects.update(organization=theirs)
    with scope(organization=theirs):
        assert set(Team.objects.values_list("name", flat=True)) == {
            cast.theirs.team.name
        }


class UndoneError(Exception):
    """What a block is left with."""


def leave_in(organization: int) -> None:
    """Leave a block that was told of an organization by an error."""
    with transaction.atomic(), scope(organization=organization):
        assert asked(CURRENT) == [(str(organization),)]
        raise UndoneError


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("outer", [nullcontext, transaction.atomic])
def test_what_was_told_in_a_block_that_is_undone_is_told_again(outer: Any) -> None:
    with scope(organization=7):
        assert asked(CURRENT) == [("7",)]
        with outer():
            with pytest.raises(UndoneError):
                leave_in(8)
            assert asked(CURRENT) == [("7",)]
            with scope(organization=8):
                assert asked(CURRENT) == [("8",)]


@pytest.mark.django_db(transaction=True)
def test_connection_of_a_pool_keeps_nothing_of_the_last_scope() -> None:
    with scope(organization=7):
        asked("SELECT 1")
    connection.close()

    assert asked(CURRENT) == [("",)]


@pytest.mark.django_db(transaction=True)
def test_what_a_statement_told_itself_does_not_outlast_it_or_a_request() -> None:
    with scope(organization=7):
        asked("SELECT 1")
        for sql in (
            "SELECT Set_Config('attune.organization', '*', false)",
            r"""SELECT U&"set\005fconfig"('attune.organization', '*', false)""",
            "SELECT query_to_xml('select set_' || "
            "'config(''attune.organization'', ''*'', false)', true, true, '')",
        ):
            asked(sql)
            assert asked(CURRENT) == [("7",)]
            # Neither does one that begins as Django's do.
            asked(sql.join(('SELECT "x" FROM (', ' AS "x") "q"')))
            assert asked(LIKE_OURS) == [("7",)]
        with connection.cursor() as cursor:
            cursor.execute("SET attune.organization = '*'")
        assert asked(CURRENT) == [("7",)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 AS \"a\"; SET attune.organization = '*'")
        assert asked(LIKE_OURS) == [("7",)]
        # Past this backend, as no statement of ours is, after one that was told.
        list(Team.objects.all())
        connection.connection.execute("SET attune.organization = '*'")
        close_old_connections()  # as each request does at its start
        assert asked(CURRENT) == [("7",)]


@pytest.mark.django_db(transaction=True)
def test_a_read_of_one_state_begins_before_anything_is_told() -> None:
    with scope(organization=7):
        asked("SHOW server_version")  # after which nothing is believed to be told
        with consistent_read():
            assert asked(CURRENT) == [("7",)]
            assert asked("SHOW transaction_isolation") == [("repeatable read",)]
