"""A record that somebody writes to for long."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from audits.models import Organization


@contextmanager
def locked_record(organization: Organization) -> Iterator[None]:
    """Lock a record in another connection, as somebody does who writes for long."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            locked = Organization.objects.select_for_update(no_key=True)
            locked.get(pk=organization.pk)
            held.set()
            done.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    held.wait(20)
    try:
        yield
    finally:
        done.set()
        thread.join()
