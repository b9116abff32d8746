"""What `manage.py check --database default` and `migrate` say of Attune's role."""

from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004
from django.db.backends.base.validation import BaseDatabaseValidation

_ROLE = """
SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user
"""


class Validation(BaseDatabaseValidation):
    """Warns that the policies of the tables do not bind the role."""

    def check(self, **_: Any) -> list[CheckMessage]:
        with self.connection.cursor() as cursor:
            cursor.execute(_ROLE)
            name, is_free = cursor.fetchone()
        return warned_of(name) if is_free else []


def warned_of(role: str) -> list[CheckMessage]:
    """Return what to say of a role that no policy binds."""
    said = f"Attune connects as “{role}”, for whom PostgreSQL skips row-level security."
    hint = "Give DATABASE_URL a role without SUPERUSER and BYPASSRLS."
    return [Warning(said, hint=hint, id="attune.W002")]
