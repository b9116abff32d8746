"""A request that is still open when its audit is signed off is closed with it."""

from django_scopes import scope

from audits.models import AnswerRequest, Role
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.discussion.conftest import ClientOf
from tests.discussion.inboxes import of_kind, place


def test_request_of_an_audit_that_is_signed_off_is_closed_with_it(
    cast: Cast, client_of: ClientOf
) -> None:
    owner = client_of(Role.CONTRIBUTOR)
    submitted, admin = cast.ours.submitted, client_of(Role.ADMIN)
    with scope(organization=cast.ours.organization):
        ask = AnswerRequest.objects.create(
            organization=cast.ours.organization,
            audit=submitted,
            section="purpose",
            of=cast.ours.people[Role.ADMIN],
            by=cast.ours.contributor,
        )
        assert (
            "Waits for you: Answer Done : Northgate handbook"
            in of_kind(admin, "asked")[0]
        )
        review_audit(
            audit=submitted,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(submitted),
        )

    [row] = of_kind(admin, "asked")
    assert "Closed with the sign-off just now" in row
    assert "Done" not in row
    assert place(admin, "asked", ask) == f"/audits/{submitted.pk}/submission/"
    [told] = of_kind(owner, "answered")
    assert "Northgate reviewer signed off the verdict, so your request is" in told
