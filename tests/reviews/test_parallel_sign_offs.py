"""Of many sign-offs at the same moment, one counts: one signature, one line."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django_scopes import scope

from audits.models import Audit, Event, Membership, Review, Role, User
from audits.services.reviews.reviews import NotInReview, review_audit, submission_of
from tests.casting import Cast

SIGNERS = 20
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.on_both]


@pytest.fixture
def connection_each() -> Iterator[None]:
    """Let none wait for a connection: all sign at once, on a busy machine too."""
    if connection.vendor == "sqlite":
        yield
        return
    postgresql: Any = connection
    pool = postgresql.pool
    before = pool.min_size, pool.max_size
    pool.resize(1, SIGNERS + 1)
    yield
    pool.resize(*before)


@pytest.mark.usefixtures("connection_each")
def test_twenty_reviewers_who_sign_at_once_leave_one_signature(cast: Cast) -> None:
    ours, start = cast.ours, Barrier(SIGNERS)
    with scope(organization=ours.organization):
        people = [_reviewer(cast, number) for number in range(SIGNERS)]
        submission = submission_of(ours.submitted)

    def sign(person: User) -> str:
        connection.ensure_connection()
        start.wait()
        try:
            with scope(organization=ours.organization):
                review_audit(
                    audit=Audit.objects.get(pk=ours.submitted.pk),
                    by=person,
                    outcome="approved",
                    submission=submission,
                    opened=True,
                )
        except NotInReview:
            return "too late"
        else:
            return "signed"
        finally:
            connection.close()

    with ThreadPoolExecutor(SIGNERS) as threads:
        told = [*threads.map(sign, people)]

    assert sorted(told) == ["signed", *["too late"] * (SIGNERS - 1)]
    with scope(organization=ours.organization):
        review = Review.objects.get()
        assert review.by == people[told.index("signed")]
        verbs = Event.objects.filter(verb="audit.approved")
        assert [event.actor for event in verbs] == [review.by]
        assert Audit.objects.get(pk=ours.submitted.pk).signed_off_at == review.at


def _reviewer(cast: Cast, number: int) -> User:
    person = User.objects.create_user(
        f"r{number}@northgate.example", None, name=f"R{number}"
    )
    Membership.objects.create(
        user=person, organization=cast.ours.organization, role=Role.REVIEWER
    )
    return person
