"""What every connection to SQLite is told."""

import pytest
from django.db import connection

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite"),
]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),  # FULL
        ("foreign_keys", 1),
        ("cache_size", -512),  # KiB
    ],
)
@pytest.mark.on_both
def test_connection_is_durable_checked_and_small(
    setting: str, value: str | int
) -> None:
    with connection.cursor() as cursor:
        found = cursor.execute(f"PRAGMA {setting}").fetchone()

    assert found == (value,)
