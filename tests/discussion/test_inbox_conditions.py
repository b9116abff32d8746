"""An open condition of a sign-off waits in the inbox and mails of its owner."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.access.inbox import forget_numbers, number_unread
from audits.discussion.digests import digest_of
from audits.models import Membership, Review, Role, SignOffCondition
from audits.services.reviews.condition_steps import meet_condition, take_back
from tests.casting import Cast
from tests.conditions import condition_of, in_days, sign_with, term
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import lead_of, mark_all, of_kind, place
from tests.pages import html_of

pytestmark = pytest.mark.on_both


def asked_of(cast: Cast, role: Role) -> SignOffCondition:
    audit, owner = cast.ours.submitted, cast.ours.people[role]
    with scope(organization=cast.ours.organization):
        asked = term(audit, "Test it on 30 cases.", owner=owner, days=10)
        sign_with(audit, cast.ours.people[Role.REVIEWER], asked)
        return condition_of(audit)


def make_late(found: SignOffCondition) -> None:
    day = in_days(-1)
    now = timezone.now()
    late = now.replace(hour=0, minute=0, second=0, microsecond=0)
    with scope(organization=found.organization):
        rows = SignOffCondition.objects.filter(pk=found.pk)
        rows.update(due_on=day, late_from=late - timedelta(hours=12))
    forget_numbers()


def member_of(cast: Cast, role: Role) -> Membership:
    with scope(organization=cast.ours.organization):
        return Membership.objects.get(user=cast.ours.people[role])


def test_condition_waits_for_its_owner_until_it_is_met(
    cast: Cast, client_of: ClientOf
) -> None:
    found, viewer = asked_of(cast, Role.VIEWER), client_of(Role.VIEWER)

    [row] = of_kind(viewer, "condition")
    assert "signed off with a condition, to be met by" in row
    assert "Test it on 30 cases." in row
    assert "1 thing waits for you" in lead_of(viewer)
    assert not of_kind(client_of(Role.ADMIN), "condition")
    url = reverse("condition", args=[found.pk])
    assert place(viewer, "condition", found) == url
    with scope(organization=cast.ours.organization):
        meet_condition(condition=found, by=cast.ours.people[Role.VIEWER], words="Done")
    assert not of_kind(viewer, "condition")
    assert "Nothing waits for you" in lead_of(viewer)
    with scope(organization=cast.ours.organization):
        take_back(condition=found, by=cast.ours.people[Role.REVIEWER], words="No")
    assert len(of_kind(viewer, "condition")) == 1


def test_who_asked_for_a_condition_reads_that_others_met_it(
    cast: Cast, client_of: ClientOf
) -> None:
    found, reviewer = asked_of(cast, Role.VIEWER), client_of(Role.REVIEWER)
    by, own = cast.ours.people[Role.VIEWER], cast.ours.people[Role.REVIEWER]

    assert not of_kind(reviewer, "met")
    with scope(organization=cast.ours.organization):
        meet_condition(condition=found, by=by, words="30 of 30 passed")
    [row] = of_kind(reviewer, "met")
    said = f"{by} says that a condition that you asked for is met, with no file or link"
    assert said in row
    assert "2 things wait for you" in lead_of(reviewer)
    assert "Test it on 30 cases." in row
    there = reverse("condition", args=[found.pk])
    assert place(reviewer, "met", found) == there
    assert not of_kind(client_of(Role.ADMIN), "met")
    page = html_of(reviewer.get("/inbox/?show=met"))
    confirm = reverse("condition_confirmed", args=[found.pk])
    assert f'<form method="post" action="{confirm}">' in page
    reviewer.post(confirm)
    assert "1 thing waits for you" in lead_of(reviewer)
    with scope(organization=cast.ours.organization):
        take_back(condition=found, by=own, words="Of the old model")
        meet_condition(condition=found, by=own, words="Seen")
    assert not of_kind(reviewer, "met")


def test_condition_that_is_overdue_is_unread_again_and_says_so(
    cast: Cast, client_of: ClientOf
) -> None:
    found, viewer = asked_of(cast, Role.VIEWER), client_of(Role.VIEWER)
    member = member_of(cast, Role.VIEWER)
    with scope(organization=cast.ours.organization):
        Review.objects.update(at=timezone.now() - timedelta(days=20))
    mark_all(viewer, (timezone.now() - timedelta(days=5)).isoformat())
    with scope(organization=cast.ours.organization):
        member.refresh_from_db()
        forget_numbers()
        before = number_unread(member)

    make_late(found)

    [row] = of_kind(viewer, "condition")
    assert "has been overdue since" in row
    with scope(organization=cast.ours.organization):
        assert number_unread(member) == before + 1


def test_digest_has_the_condition_with_its_day(cast: Cast) -> None:
    asked_of(cast, Role.VIEWER)
    member, now = member_of(cast, Role.VIEWER), timezone.now()

    with scope(organization=cast.ours.organization):
        mail = digest_of(member, now - timedelta(days=1), now + timedelta(minutes=1))

    assert mail
    assert (
        "Conditions: Northgate reviewer signed off with a condition, to be met by"
        in (mail.body)
    )
    assert "> Test it on 30 cases." in mail.body
