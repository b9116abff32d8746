"""A lookup for rows by many ids: `any_of`, as `in`, with one parameter for all.

Ten thousand parameters are more than SQLite takes, and each of them costs PostgreSQL
time to read and plan. Ids are numbers or UUIDs, so as text they need no quotes; other
columns have no such lookup.
"""

import json
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignObject, IntegerField, Lookup, UUIDField
from django.db.models.sql.compiler import SQLCompiler


@UUIDField.register_lookup
@IntegerField.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup[Any]):
    """Whether an id is one of those in a list."""

    lookup_name = "any_of"
    prepare_rhs = False

    def get_prep_lookup(self) -> list[Any]:
        """Return the ids as a list: it is read again for each statement."""
        return [*self.rhs]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        ids = ",".join(str(each) for each in self._ids(connection))
        kind = self.lhs.output_field.rel_db_type(connection)
        return f"{lhs} = ANY(%s::{kind}[])", [*params, f"{{{ids}}}"]

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, list[Any]]:
        lhs, params = self.process_lhs(compiler, connection)
        given = "(SELECT value FROM json_each(%s))"
        return f"{lhs} IN {given}", [*params, json.dumps(self._ids(connection))]

    def _ids(self, connection: BaseDatabaseWrapper) -> list[Any]:
        field = self.lhs.output_field
        return [field.get_db_prep_value(each, connection) for each in self.rhs]
