"""Reads of one state of the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import db
from django.db import transaction


@contextmanager
def consistent_read() -> Iterator[None]:
    """Let every read of a block see one state, whatever others commit meanwhile.

    Nothing is written in it. Inside a transaction it changes nothing, because that one
    has read already.
    """
    connection: Any = db.connection
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
            yield
    else:
        connection.ensure_connection()
        usual = connection.transaction_mode
        # It takes no lock, so writers go on meanwhile.
        connection.transaction_mode = "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            connection.transaction_mode = usual
