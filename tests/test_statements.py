"""Which statements of a test count, and which a normal run misses."""

import sys
from pathlib import Path
from typing import Any

from tests.statements import Statements, is_of_the_site, shape_of

TESTS = Path(__file__).parent


def test_statements_are_alike_whatever_their_values() -> None:
    one = 'SELECT "a" FROM "b" WHERE "b"."c" IN (%s, %s) AND "d" = \'it\'\'s\' LIMIT 21'
    other = 'SELECT "a" FROM "b" WHERE "b"."c" IN (%s) AND "d" = %s LIMIT 5'
    rows = 'INSERT INTO "b" ("c", "d") VALUES (%s, %s), (%s, NULL) RETURNING "b"."id"'

    assert shape_of(one) == shape_of(other)
    assert shape_of(rows) == shape_of(rows.replace(", (%s, NULL)", ""))
    assert shape_of('SAVEPOINT "s12_x3"') == shape_of('SAVEPOINT "s7_x1"')
    assert shape_of(other) != shape_of(other.replace('"d"', '"e"'))


def test_what_a_test_sends_by_itself_needs_no_other_database() -> None:
    called: dict[str, Any] = {"sys": sys}
    look = "frame = sys._getframe()"
    exec(compile(look, str(TESTS.parent / "audits" / "x.py"), "exec"), called)  # noqa: S102 - as our code

    assert is_of_the_site(called["frame"])
    assert not is_of_the_site(sys._getframe())
    assert not is_of_the_site(None)


def test_each_statement_is_sent_by_a_test_that_runs_on_both() -> None:
    often, seldom = ("SELECT ?", "0", ""), ("SELECT ?", "1", "")
    found = Statements()
    found.sent |= {"a": {often, seldom}, "b": {often}, "c": {often, seldom}}

    assert found.missing() == {}
    found.left_out = {"c"}
    assert found.missing() == {}
    found.left_out = {"a", "c"}
    assert found.missing() == {seldom: ["a", "c"]}
