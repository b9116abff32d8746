"""The inbox of a reviewer, of an audit that is to replace a signed one."""

import pytest
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind, place


def submitted_renewal(cast: Cast, by: User) -> Audit:
    """Sign the submitted audit off, and submit the one that follows."""
    first = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=first,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(first),
        )
        first.refresh_from_db()
        renewal = begin_again(audit=first, by=by)
        renewal.refresh_from_db()
        return submit_audit(audit=renewal, by=by)


@pytest.mark.on_both
def test_review_of_a_renewal_waits_as_that_of_a_first_audit_does(
    cast: Cast, client_of: ClientOf
) -> None:
    renewal = submitted_renewal(cast, cast.ours.contributor)

    client = client_of(Role.REVIEWER)
    [row] = of_kind(client, "to-review")
    assert "Northgate contributor submitted the answers for review" in row
    assert place(client, "to-review", renewal.pk) == f"/audits/{renewal.pk}/review/"
    for role in (Role.CONTRIBUTOR, Role.VIEWER):
        assert of_kind(client_of(role), "to-review") == []


@pytest.mark.thorough
def test_who_submitted_a_renewal_is_not_asked_to_review_it(
    cast: Cast, client_of: ClientOf
) -> None:
    submitted_renewal(cast, cast.ours.people[Role.REVIEWER])

    assert of_kind(client_of(Role.REVIEWER), "to-review") == []
    assert len(of_kind(client_of(Role.ADMIN), "to-review")) == 1
