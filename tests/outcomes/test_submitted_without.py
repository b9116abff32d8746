"""The old verdict is submitted against newer results on purpose, or not at all."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, ResultsCheck, Role
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import digest_of_audit
from tests.casting import Cast
from tests.outcomes.signed import begun_after_check
from tests.outcomes.test_against_verdict import NEWER, count, shown
from tests.outcomes.test_results_checks import sheet_of
from tests.signed_in import sign_in

TICK = "Submit without the newer results of"
CHOSEN = "This audit was submitted without them:"


@pytest.fixture
def lead(client: Client, cast: Cast) -> Client:
    sign_in(client, cast.ours.contributor)
    return client


@pytest.fixture
def new(cast: Cast, lead: Client) -> Audit:
    return begun_after_check(cast.ours, sheet_of(60))


def check_of(cast: Cast) -> ResultsCheck:
    with scope(organization=cast.ours.organization):
        found: ResultsCheck = ResultsCheck.objects.get()
        return found


def submitted(client: Client, audit: Audit, cast: Cast, **fields: str) -> int:
    with scope(organization=cast.ours.organization):
        read = digest_of_audit(fresh_audit(audit))
    sent = {"read": read} | fields
    return client.post(reverse("submit", args=[audit.pk]), sent).status_code


@pytest.mark.thorough
def test_check_says_first_that_newer_results_are_not_in_the_audit(
    cast: Cast, lead: Client, new: Audit
) -> None:
    page = shown(lead, "check", new)

    take = reverse("take_checked_results", args=[new.pk, check_of(cast).pk])
    assert NEWER in page
    assert page.index(NEWER) < page.index("What can still change the verdict")
    assert f'action="{take}"' in page
    assert TICK in page


def test_old_verdict_is_submitted_only_with_the_tick_that_its_reviewer_reads(
    cast: Cast, lead: Client, new: Audit
) -> None:
    digest = check_of(cast).digest

    refused = submitted(lead, new, cast)
    other = submitted(lead, new, cast, without="0" * 64)
    with scope(organization=cast.ours.organization):
        assert fresh_audit(new).is_draft
    accepted = submitted(lead, new, cast, without=digest)

    assert (refused, other, accepted) == (422, 422, 302)
    sign_in(lead, cast.ours.people[Role.REVIEWER])
    for name in ("review", "result"):
        page = shown(lead, name, new)
        assert CHOSEN in page
        assert f"<bdi>{cast.ours.contributor}</bdi> chose to" in page
        assert "(new.csv)" in page
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="audit.submitted", subject=str(new.pk))
    assert event.details["without"] == digest


@pytest.mark.thorough
def test_nothing_is_ticked_once_the_newer_results_count(
    cast: Cast, lead: Client, new: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        count(new, check_of(cast), cast)

    page = shown(lead, "check", new)
    status = submitted(lead, new, cast)

    assert TICK not in page
    assert status == 302
    assert CHOSEN not in shown(lead, "result", new)
