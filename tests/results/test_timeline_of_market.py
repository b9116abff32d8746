"""The timeline says which change of the market made a review due."""

import re
from datetime import date

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Role
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.drift import mark_due, watch_drift
from tests.casting import Cast
from tests.results.test_timeline import page_of
from tests.reviews.conftest import client_of
from tests.services.reviews.test_drift import ENDING, SHUT_DOWN, sign


@pytest.fixture(autouse=True)
def on_a_day_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 25))


@pytest.mark.thorough
def test_market_fact_that_made_a_review_due_is_named(cast: Cast) -> None:
    audit = sign(cast.ours, ENDING)
    assert watch_drift() == 1
    with scope(organization=cast.ours.organization):
        page = page_of(client_of(cast, Role.VIEWER), "timeline", audit)

    said = "A change of the market made a review of <a [^>]*>audit 1</a> due."
    found = re.search(f"{said}</strong> </span> <span[^>]*><bdi>([^<]+)</bdi>", page)
    assert found
    assert found[1] == SHUT_DOWN


def test_audit_that_follows_says_what_the_market_did(cast: Cast) -> None:
    signed = sign(cast.ours, ENDING)
    watch_drift()
    with scope(organization=cast.ours.organization):
        new = begin_again(audit=signed, by=cast.ours.contributor)
        page = page_of(client_of(cast, Role.CONTRIBUTOR), "tasks", new)

    said = f"{SHUT_DOWN[:1].lower()}{SHUT_DOWN[1:]}"
    assert f"Review due since 25 November 2026: {said}" in page


@pytest.mark.thorough
@pytest.mark.parametrize(
    "cause",
    [
        "The sign-off was valid until 25 November 2026.",
        "Version 3 of the method gives “Fine-tune” for the same answers.",
    ],
)
def test_what_is_no_change_of_the_market_is_not_called_one(
    cast: Cast, cause: str
) -> None:
    audit = sign(cast.ours, ENDING)
    with scope(organization=cast.ours.organization):
        assert mark_due(audit, cause)
        page = page_of(client_of(cast, Role.VIEWER), "timeline", audit)
        new = begin_again(audit=audit, by=cast.ours.contributor)
        tasks = page_of(client_of(cast, Role.CONTRIBUTOR), "tasks", new)

    assert "A change of the market" not in page
    assert cause in page
    assert "Review due since" not in tasks
