"""A condition of the board stays open until somebody says how it is met."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, BoardDecision, Role
from tests.board.boards import in_days, sign
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of


@pytest.fixture
def audit(cast: Cast) -> Audit:
    with scope(organization=cast.ours.organization):
        return sign(cast.ours)


def decided(client: Client, audit: Audit, outcome: str, **more: str) -> str:
    form: dict[str, Any] = {
        "read": "0",
        "outcome": outcome,
        "decided_on": in_days(0).isoformat(),
        "meeting": "Board, winter",
        "words": "Half of it now.",
        "carry_out_by": in_days(30).isoformat(),
        **more,
    }
    url = reverse("board_decided", args=[audit.pk])
    return html_of(client.post(url, form, follow=True))


def test_condition_is_open_until_its_proof_is_told(cast: Cast, audit: Audit) -> None:
    client, words = client_of(cast, Role.CONTRIBUTOR), "90 of 100 cases pass"

    page = decided(client, audit, "amended", condition=words)

    assert f"Meet the condition of the board: “{words}”" in page
    assert "Approved with changes, 0 of 3 steps done" in page
    url = reverse("board_step", args=[audit.pk, "condition"])
    how = {"day": in_days(0).isoformat(), "words": "94 of 100 passed."}
    page = html_of(client.post(url, how, follow=True))
    assert f"Condition of the board met: “{words}” on " in page
    assert "1 of 3 steps done" in page


def test_another_condition_is_not_met_by_what_met_the_first(
    cast: Cast, audit: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    decided(client, audit, "amended", condition="90 of 100 cases pass")
    url = reverse("board_step", args=[audit.pk, "condition"])
    how = {"day": in_days(0).isoformat(), "words": "94 of 100 passed."}
    client.post(url, how)

    page = decided(client, audit, "amended", read="1", condition="No name is told")

    assert "Approved with changes, 0 of 3 steps done" in page
    assert "94 of 100 passed." not in page


def test_condition_counts_only_where_the_board_approved(
    cast: Cast, audit: Audit
) -> None:
    decided(client_of(cast, Role.CONTRIBUTOR), audit, "refused", condition="More tests")

    with scope(organization=cast.ours.organization):
        assert BoardDecision.objects.get(audit=audit).condition == ""
