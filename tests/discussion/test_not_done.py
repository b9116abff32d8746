"""The owner of a use case is told once what the board approved is overdue."""

import pytest
from django.urls import reverse
from django_scopes import scope

from audits.models import Role
from tests.board.boards import did, in_days, record, sign
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind, place


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (1, False)])
@pytest.mark.on_both
def test_owner_is_told_of_what_is_approved_and_overdue(
    cast: Cast, client_of: ClientOf, days: int, *, is_late: bool
) -> None:
    ours, due = cast.ours, in_days(days)
    with scope(organization=ours.organization):
        audit = sign(ours)
        decision = record(
            audit, ours.contributor, decided_on=in_days(-9), carry_out_by=due
        )
    owner = client_of(Role.CONTRIBUTOR)

    found = of_kind(owner, "not-done")

    assert bool(found) is is_late
    assert of_kind(client_of(Role.ADMIN), "not-done") == []
    if is_late:
        assert f"{due:%-d %B %Y}" in found[0]
        assert "Change the stage; Stop the training" in found[0]
        assert reverse("board", args=[audit.pk]) in str(
            place(owner, "not-done", audit.pk)
        )
    with scope(organization=ours.organization):
        for kind in ("stage", "training"):
            did(decision, ours.contributor, kind)
    assert of_kind(owner, "not-done") == []
