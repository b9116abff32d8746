"""What the role of the database may do with lines of records."""

import logging
from typing import Literal

from django.db import connection

from audits.models import Event

logger = logging.getLogger(__name__)


def may_on_record(right: Literal["UPDATE", "DELETE"]) -> bool:
    """Return whether lines may be changed, or removed; `restrict_record` forbids it."""
    if connection.vendor != "postgresql":
        return True
    sql = "SELECT has_table_privilege(current_user, %s, %s)"
    with connection.cursor() as cursor:
        cursor.execute(sql, [Event._meta.db_table, right])
        [may] = cursor.fetchone()
    if not may:
        logger.warning("lines of records stay: this role has no right to %s", right)
    return bool(may)
