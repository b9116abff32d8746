"""A reviewer, the page of a review, and its form."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.services.reviews.reviews import submission_of
from tests.casting import PASSWORD, Cast
from tests.conditions import decide
from tests.signed_in import sign_in


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast, Role.REVIEWER)


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("review", args=[cast.ours.submitted.pk])


@pytest.fixture
def read(cast: Cast) -> dict[str, str]:
    """Return what the form says of the submission that the page showed."""
    return {"submission": read_of(cast.ours.submitted)}


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return client


def signed(outcome: str, **fields: str) -> dict[str, str]:
    """Return the form of a review with the reviewer's password."""
    return {"outcome": outcome, "password": PASSWORD, **fields}


def state_of(audit: Audit) -> str:
    with scope(organization=audit.organization):
        audit.refresh_from_db()
    return str(audit.state)


def read_of(audit: Audit) -> str:
    """Return what a form says of a submission that was read."""
    with scope(organization=audit.organization):
        return submission_of(audit)


def send_back(cast: Cast, words: str = "Who counted?") -> None:
    with scope(organization=cast.ours.organization):
        reviewer = cast.ours.people[Role.REVIEWER]
        decide(cast.ours.submitted, reviewer, outcome="sent_back", words=words)
