"""The owner of a use case is told once its decision is overdue."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, PortfolioRow, Role
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind, place
from tests.pages import html_of


@pytest.mark.parametrize(("days", "is_late"), [(-1, True), (0, False), (1, False)])
@pytest.mark.on_both
def test_owner_is_told_of_a_decision_that_is_overdue(
    cast: Cast, client_of: ClientOf, days: int, *, is_late: bool
) -> None:
    due = timezone.localdate() + timedelta(days=days)
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(due_on=due)
    owner = client_of(Role.CONTRIBUTOR)

    found = of_kind(owner, "late")

    assert bool(found) is is_late
    if is_late:
        by = f"The board was to decide by {due:%-d %B %Y}"
        said = f"{by}, but it is still in review"
        assert said in found[0]
        assert place(owner, "late", cast.ours.submitted.pk)
    assert of_kind(client_of(Role.ADMIN), "late") == []


def test_owner_of_what_nobody_can_sign_is_told_to_answer_it(
    cast: Cast, client_of: ClientOf
) -> None:
    due = timezone.localdate() - timedelta(days=1)
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=cast.ours.submitted)
        rows.update(due_on=due, is_provisional=True)

    [row] = of_kind(client_of(Role.CONTRIBUTOR), "late")

    assert "it is still in review: take it back and answer what is missing" in row
    assert "Waits for you: Take back and answer" in row


def test_overdue_one_that_nobody_can_sign_is_told_once(
    cast: Cast, client_of: ClientOf
) -> None:
    due, submitted = timezone.localdate() - timedelta(days=1), cast.ours.submitted
    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(audit=submitted)
        rows.update(due_on=due, is_provisional=True)
        Audit.objects.filter(pk=submitted.pk).update(is_provisional=True)
    owner = client_of(Role.CONTRIBUTOR)

    home = html_of(owner.get(reverse("use_cases")))

    assert len(of_kind(owner, "late")) == 1
    assert of_kind(owner, "not-ready") == []
    assert home.count("Take back and answer") == 1
    assert "1 thing waits for you." in " ".join(home.split())
    assert "needs more answers from <bdi>you</bdi>" in home
