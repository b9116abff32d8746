"""A copy of a use case says what it was copied from, wherever its history is told."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.copying import copy_use_case
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.use_cases.changing import delete_use_case
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.reviews.test_background import decide

SAID = "This use case was copied from"


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def copied(cast: Cast, audit: Audit) -> Audit:
    """Copy a use case, and submit the copy."""
    by = cast.ours.contributor
    new = copy_use_case(audit=audit, by=by)
    return submit_audit(audit=fresh_audit(new), by=by)


def told(client: Client, audit: Audit, *names: str) -> dict[str, str]:
    return {n: html_of(client.get(reverse(n, args=[audit.pk]))) for n in names}


@pytest.mark.thorough
def test_pages_of_a_copy_lead_to_the_original(cast: Cast) -> None:
    old = cast.ours.submitted
    new = copied(cast, old)
    reviewer = client_of(cast, Role.REVIEWER)
    link = f'<a href="{reverse("result", args=[old.pk])}">{old.use_case.reference} '

    for name, page in told(reviewer, new, "timeline", "review", "result").items():
        said = page.partition(SAID)[2]
        assert link in said, name
    origin = build_paper(new).signed.origin
    assert origin is not None
    assert (origin.reference, origin.audit) == (old.use_case.reference, old.pk)


@pytest.mark.thorough
def test_use_case_that_is_no_copy_says_nothing(cast: Cast) -> None:
    reviewer = client_of(cast, Role.REVIEWER)

    pages = told(reviewer, cast.ours.submitted, "timeline", "review", "result")

    assert SAID not in "".join(pages.values())
    assert build_paper(cast.ours.submitted).signed.origin is None


def test_number_of_a_deleted_original_stays(cast: Cast) -> None:
    old, by = cast.ours.draft, cast.ours.contributor
    save_answers(audit=old, by=by, answers={"goal": ["style"]})
    new = copied(cast, fresh_audit(old))
    delete_use_case(use_case=old.use_case, by=by)

    page = told(client_of(cast, Role.REVIEWER), new, "review")["review"]

    assert f"{SAID} {old.use_case.reference}, which has been deleted." in page


@pytest.mark.on_both
def test_later_audit_of_a_copy_says_it_too(cast: Cast) -> None:
    old = cast.ours.submitted
    first = copied(cast, old)
    decide(cast, first, "approved", "")
    new = begin_again(audit=fresh_audit(first), by=cast.ours.contributor)

    pages = told(client_of(cast, Role.CONTRIBUTOR), new, "timeline", "result")

    for name, page in pages.items():
        assert page.count(SAID) == 1, name
        assert old.use_case.reference in page.partition(SAID)[2], name
