"""One function says who a use case waits for, and filters agree with it."""

import pytest
from django_scopes import scope

from audits.models import Audit
from audits.models.portfolio.waits_for import WaitsFor, submitted_for, waits_for
from tests.casting import Cast

State = Audit.State


@pytest.mark.parametrize(
    ("state", "is_provisional", "asks_board", "whom"),
    [
        (State.DRAFT, True, False, WaitsFor.TEAM),
        (State.IN_REVIEW, True, False, WaitsFor.TEAM),
        (State.IN_REVIEW, False, False, WaitsFor.REVIEWER),
        (State.SIGNED_OFF, False, True, WaitsFor.BOARD),
        (State.SIGNED_OFF, False, False, WaitsFor.NOBODY),
        (State.SUPERSEDED, False, False, WaitsFor.NOBODY),
    ],
)
def test_who_acts_next_is_said_for_each_state(
    cast: Cast, state: State, whom: WaitsFor, *, is_provisional: bool, asks_board: bool
) -> None:
    said = waits_for(state, is_provisional=is_provisional, asks_board=asks_board)

    assert said == whom
    with scope(organization=cast.ours.organization):
        audits = Audit.objects.filter(pk=cast.ours.submitted.pk)
        audits.update(state=state, is_provisional=is_provisional)
        for each in (WaitsFor.TEAM, WaitsFor.REVIEWER):
            is_submitted = state == State.IN_REVIEW
            found = audits.filter(submitted_for(each)).exists()
            assert found is (is_submitted and each == whom)
