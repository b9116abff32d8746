"""What tests do first with the cast is done once, and then written again."""

import pytest
from django.db import connection, transaction

from audits.models import Organization
from tests.casting import Cast, Tenant
from tests.replayed import mark_as_cast, replayed


@pytest.mark.once
def test_work_is_done_once_and_again_only_where_something_was_written(
    cast: Cast,
) -> None:
    done: list[str] = []
    ours = Organization.objects.filter(pk=cast.ours.organization.pk)

    @replayed
    def rename(tenant: Tenant, name: str) -> None:
        done.append(name)
        Organization.objects.filter(pk=tenant.organization.pk).update(name=name)

    for _ in range(2):
        with transaction.atomic():
            rename(cast.ours, name="First")
            assert ours.get().name == "First"
            rename(cast.ours, name="Second")
            assert ours.get().name == "Second"
            transaction.set_rollback(True)
        mark_as_cast()  # what was written was taken back

    # Only SQLite says whether anything was written; elsewhere all is done again.
    again = [] if connection.vendor == "sqlite" else ["First"]
    assert done == ["First", "Second", *again, "Second"]
    rename(cast.ours, name="Third")
    assert (done[-1], ours.get().name) == ("Third", "Third")
