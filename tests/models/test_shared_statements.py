"""A query that is written once has one text in a process, whoever prepares it."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django_scopes import scope

from audits.models import PortfolioRow
from audits.models.queries.written_once import written_once
from tests.casting import Cast


@written_once
def rows_of(*, audit: Any) -> Any:
    return PortfolioRow.objects.filter(audit=audit).values_list("name", "number")


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite keeps statements by itself"
)
def test_connections_share_the_text_of_what_they_prepared(cast: Cast) -> None:
    first, second = connections["default"], connection.copy()
    with scope(organization=cast.ours.organization):
        assert rows_of(audit=cast.ours.draft.pk)
        connections["default"] = second
        try:
            assert rows_of(audit=uuid4()) == []
            one, other = _prepared(first)[-1], _prepared(second)[-1]
        finally:
            connections["default"] = first
            second.close()

    assert b'"audits_portfoliorow"."number"' in one
    assert one is other


def _prepared(of: Any) -> list[bytes]:
    return [text for text, _ in of.connection._prepared._names]
