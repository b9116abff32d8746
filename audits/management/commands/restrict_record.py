"""Gives a database role the rights that the app needs, but none to rewrite the record.

Run it as the owner of the tables, after every migrate; the site then connects as the
role. The role may add lines to the record and read it: not change, remove or truncate.
PostgreSQL only.
"""

import re
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction

from audits.models import Event

_NAME = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_WHO = """
SELECT rolsuper, pg_has_role(oid, current_user, 'MEMBER')
FROM pg_roles WHERE rolname = %s
"""


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--role",
            required=True,
            help="the role the site connects as; created if it does not exist",
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="print the SQL, and change nothing"
        )

    def handle(self, *_: Any, role: str, dry_run: bool, **__: Any) -> None:
        if connection.vendor != "postgresql":
            message = (
                "SQLite has no roles, so nothing there can keep the app from changing "
                "the record. Use PostgreSQL (DATABASE_URL)."
            )
            raise CommandError(message, returncode=2)
        if not _NAME.fullmatch(role):
            message = "--role: use small letters, digits and “_”, such as attune_app."
            raise CommandError(message, returncode=2)
        statements = _statements(role, is_new=_is_new(role))
        if dry_run:
            self.stdout.write("\n".join(f"{statement};" for statement in statements))
            return
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        self.stdout.write(
            f"{role} may add to the record and read it, but may not change or remove a "
            f"line."
        )


def _is_new(role: str) -> bool:
    """Return whether to create the role; refuse one that grants cannot restrict."""
    with connection.cursor() as cursor:
        cursor.execute(_WHO, [role])
        found = cursor.fetchone()
    if found and any(found):
        message = (
            f"{role} is a superuser, owns the tables, or may act for their owner, so "
            f"its rights cannot be restricted. Choose another role."
        )
        raise CommandError(message, returncode=2)
    return found is None


def _statements(role: str, *, is_new: bool) -> list[str]:
    """Return the grants: all tables, but only reading and adding for the record."""
    quote = connection.ops.quote_name
    to, record = quote(role), quote(Event._meta.db_table)
    database = quote(str(connection.settings_dict["NAME"]))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_schema()")
        schema = quote(cursor.fetchone()[0])
    rows, counters = "SELECT, INSERT, UPDATE, DELETE", "USAGE, SELECT"
    return [
        *([f"CREATE ROLE {to} LOGIN"] if is_new else []),
        f"GRANT CONNECT ON DATABASE {database} TO {to}",
        f"GRANT USAGE ON SCHEMA {schema} TO {to}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA {schema} TO {to}",
        f"GRANT {counters} ON ALL SEQUENCES IN SCHEMA {schema} TO {to}",
        # Tables of later migrations.
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT {rows} ON TABLES TO {to}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} "
        f"GRANT {counters} ON SEQUENCES TO {to}",
        f"REVOKE ALL ON TABLE {record} FROM PUBLIC, {to}",
        f"GRANT SELECT, INSERT ON TABLE {record} TO {to}",
    ]
