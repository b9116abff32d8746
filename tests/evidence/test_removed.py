"""What was removed stays visible: to members, to a reviewer, and in what was signed."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Evidence, RemovedEvidence, Review, Role
from audits.models.evidence import MOST_SHOWN
from audits.services.answers.evidence import (
    add_link,
    digest_of_evidence,
    remove_evidence,
)
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import PASSWORD, Cast
from tests.evidence.conftest import Disk
from tests.evidence.pages import added, url, words
from tests.signed_in import sign_in
from tests.uploads.attachments import made_files as made
from tests.wizard.page_forms import hidden

RUN = "https://example.org/test-run-42"


def client_of(cast: Cast, role: Role) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return client


def linked(cast: Cast, audit: Audit) -> Evidence:
    with scope(organization=cast.ours.organization):
        return add_link(
            audit=audit,
            by=cast.ours.contributor,
            question="goal",
            link=RUN,
            name="Test run 42",
        )


def remove(client: Client, *evidence: Evidence) -> None:
    for item in evidence:
        client.post(reverse("remove_evidence", args=[item.pk]))


@pytest.mark.thorough
def test_members_read_who_removed_what_and_when(cast: Cast, disk: Disk) -> None:
    draft = cast.ours.draft
    file, link = added(cast, made.PDF, "Run of 12 May.pdf"), linked(cast, draft)

    remove(client_of(cast, Role.REVIEWER), file, link)

    pages = {
        Role.VIEWER: [url(draft)],
        Role.CONTRIBUTOR: [
            url(draft),
            reverse("question", args=[draft.pk, "goal"]),
            reverse("question_history", args=[draft.pk, "goal"]),
        ],
    }
    for role, addresses in pages.items():
        for address in addresses:
            page = words(client_of(cast, role).get(address))
            assert page.count("Removed by <bdi>Northgate reviewer</bdi> on") == 2
            assert page.count("Added by <bdi>Northgate contributor</bdi> on") == 2
            assert f'<a href="{RUN}" rel="noopener noreferrer">' in page
            assert "<bdi>Test run 42</bdi>" in page
            assert "<bdi>Run of 12 May.pdf</bdi>" in page
            assert file.digest in page
    submission = reverse("submission", args=[draft.pk])
    assert "2 removed links and files" in words(
        client_of(cast, Role.VIEWER).get(submission)
    )


@pytest.mark.on_both
def test_history_leads_to_all_that_was_removed(cast: Cast) -> None:
    draft = cast.ours.draft
    with scope(organization=cast.ours.organization):
        where = {"question": "goal", "link": RUN, "name": "R 0."}
        link = add_link(audit=draft, by=cast.ours.contributor, **where)
        remove_evidence(evidence=link, by=cast.ours.contributor)
        removed = RemovedEvidence.objects.get(was=link.pk)
        for number in range(1, MOST_SHOWN + 1):
            removed.pk, removed.was, removed.name = None, uuid4(), f"R {number}."
            removed.save(force_insert=True)
    client = client_of(cast, Role.CONTRIBUTOR)

    history = words(client.get(reverse("question_history", args=[draft.pk, "goal"])))
    older = words(client.get(f"{url(draft)}?page=2"))

    assert "R 0." not in history
    assert f'<a href="{url(draft)}#removed">Show all that was removed</a>' in history
    assert "R 0." in older


@pytest.fixture
def read(cast: Cast) -> dict[str, list[str]]:
    """The form of a review whose page showed a link behind an answer."""
    with scope(organization=cast.ours.organization):
        reopen(cast)
        linked(cast, cast.ours.submitted)
        submit_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    client = client_of(cast, Role.REVIEWER)
    page = reverse("review", args=[cast.ours.submitted.pk])
    assert f'<a href="{RUN}" rel="noopener noreferrer">' in words(client.get(page))
    return hidden(client, page)


def reopen(cast: Cast) -> None:
    reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)


@pytest.mark.thorough
def test_review_page_names_what_was_removed_since_it_was_read(
    cast: Cast, read: dict[str, list[str]]
) -> None:
    with scope(organization=cast.ours.organization):
        reopen(cast)
        link = Evidence.objects.get(link=RUN)
        remove_evidence(evidence=link, by=cast.ours.contributor)
        submit_audit(audit=cast.ours.submitted, by=cast.ours.contributor)
    client = client_of(cast, Role.REVIEWER)
    page = reverse("review", args=[cast.ours.submitted.pk])

    signed = {**read, "outcome": "approved", "password": PASSWORD}
    refused = client.post(page, signed, follow=True)
    shown = words(client.get(page))

    assert "It was changed, reopened or decided after you read it" in words(refused)
    assert RUN not in shown
    assert "1 link or file was removed" in shown
    assert f'href="{url(cast.ours.submitted)}#removed"' in shown


@pytest.mark.thorough
def test_evidence_alone_makes_another_submission(
    cast: Cast, read: dict[str, list[str]]
) -> None:
    with scope(organization=cast.ours.organization):
        before = submission_of(cast.ours.submitted)
        Evidence.objects.filter(link=RUN).update(link=f"{RUN}0")

        assert submission_of(cast.ours.submitted) != before


@pytest.mark.thorough
def test_signature_keeps_the_evidence_that_it_saw(
    cast: Cast, read: dict[str, list[str]], disk: Disk
) -> None:
    with scope(organization=cast.ours.organization):
        review = review_audit(
            audit=Audit.objects.get(pk=cast.ours.submitted.pk),
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(Audit.objects.get(pk=cast.ours.submitted.pk)),
        )
        kept = Review.objects.get(pk=review.pk).evidence
        line = Event.objects.get(verb="audit.approved")

    link = {item["question"]: item for item in kept}["goal"]
    assert (link["kind"], link["name"], link["link"]) == ("link", "Test run 42", RUN)
    assert line.details["evidence"] == digest_of_evidence(kept)


def test_colleague_whose_link_was_removed_still_worked_on_the_draft(cast: Cast) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=cast.ours.submitted,
            by=reviewer,
            outcome="approved",
            submission=submission_of(cast.ours.submitted),
        )
        draft = begin_again(audit=cast.ours.submitted, by=reviewer)
    client = client_of(cast, Role.REVIEWER)

    remove(client, linked(cast, draft))

    assert client.get(reverse("discard", args=[draft.pk])).status_code == 403
