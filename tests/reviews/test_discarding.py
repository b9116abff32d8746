"""Discarding a draft leaves an earlier sign-off in force, and never in silence."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Membership, Role, User
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.answers.evidence import add_link
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.discussion.comments import add_comment
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast, Tenant
from tests.examples import some_of
from tests.pages import html_of
from tests.queued_mails import send_queued_mails
from tests.replayed import replayed
from tests.reviews.conftest import client_of, state_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def draft(cast: Cast) -> Audit:
    """A draft of the contributor that follows an audit the reviewer signed off."""
    _begin(cast.ours, signer=Role.REVIEWER, by=Role.CONTRIBUTOR, goes_on=True)
    send_queued_mails()
    mail.outbox.clear()
    return following(cast)


def begun_by(cast: Cast, signer: Role) -> Audit:
    """Return a draft that follows an audit of somebody, who signed that one off."""
    _begin(cast.ours, signer=signer, by=signer, goes_on=False)
    return following(cast)


@replayed
def _begin(tenant: Tenant, signer: Role, by: Role, goes_on: bool) -> None:
    """Sign an audit off, begin the one that follows, and change an answer of that."""
    review_audit(
        audit=tenant.submitted,
        by=tenant.people[signer],
        outcome="approved",
        submission=submission_of(tenant.submitted),
    )
    draft = begin_again(audit=tenant.submitted, by=tenant.people[by])
    if goes_on:
        answers = {"change_rate": "daily"}
        save_answers(audit=draft, by=tenant.people[by], answers=answers)


def following(cast: Cast) -> Audit:
    return fresh_audit(Audit.objects.get(supersedes=cast.ours.submitted.pk))


def submitted_and_open_again(draft: Audit, cast: Cast) -> None:
    by = cast.ours.people[Role.REVIEWER]
    reopen_audit(audit=submit_audit(audit=draft, by=cast.ours.contributor), by=by)


def page_of(cast: Cast, role: Role, route: str, *of: object) -> str:
    return html_of(client_of(cast, role).get(reverse(route, args=of)))


@pytest.mark.thorough
def test_reviewer_alone_does_not_bring_their_own_sign_off_back(
    cast: Cast, draft: Audit
) -> None:
    submitted_and_open_again(draft, cast)
    client = client_of(cast, Role.REVIEWER)
    url = reverse("discard", args=[draft.pk])
    reviewer = cast.ours.people[Role.REVIEWER]

    refused = [client.get(url), client.post(url, {"read": ""})]
    save_answers(audit=fresh_audit(draft), by=reviewer, answers={"latency": "relaxed"})
    reopen_audit(audit=submit_audit(audit=draft, by=reviewer), by=reviewer)
    refused.append(client.get(url))

    assert [response.status_code for response in refused] == [403] * 3
    assert (
        "You signed off the audit before this draft, and Northgate contributor worked "
        "on the draft or submitted it. So only somebody else can discard it."
    ) in html_of(refused[0])
    assert "Discard this draft" not in page_of(cast, Role.REVIEWER, "tasks", draft.pk)
    assert "Discard this draft" in page_of(cast, Role.CONTRIBUTOR, "tasks", draft.pk)
    assert state_of(draft) == Audit.State.DRAFT


@pytest.mark.thorough
@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_who_signed_and_submitted_first_does_not_discard_what_others_did_since(
    cast: Cast, role: Role
) -> None:
    signer, draft = cast.ours.people[role], begun_by(cast, role)
    reopen_audit(audit=submit_audit(audit=draft, by=signer), by=signer)
    save_answers(
        audit=draft, by=cast.ours.contributor, answers={"change_rate": "daily"}
    )
    worked = client_of(cast, role).get(reverse("discard", args=[draft.pk]))
    reopen_audit(audit=submit_audit(audit=draft, by=cast.ours.contributor), by=signer)

    client, url = client_of(cast, role), reverse("discard", args=[draft.pk])
    refused = [worked, client.get(url), client.post(url, {"read": ""})]

    assert [response.status_code for response in refused] == [403] * 3
    assert state_of(draft) == Audit.State.DRAFT
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


@pytest.mark.parametrize("how", ["answer", "comment", "link", "submission"])
def test_who_signed_discards_nothing_that_a_colleague_did(cast: Cast, how: str) -> None:
    reviewer = cast.ours.people[Role.REVIEWER]
    draft = begun_by(cast, Role.REVIEWER)
    url = reverse("discard", args=[draft.pk])
    alone = client_of(cast, Role.REVIEWER).get(url).status_code
    if how == "submission":
        admin = cast.ours.people[Role.ADMIN]
        reopen_audit(audit=submit_audit(audit=draft, by=admin), by=reviewer)
    else:
        work_on(cast, draft, how)

    refused = client_of(cast, Role.REVIEWER).get(url)

    assert (alone, refused.status_code) == (200, 403)
    assert "and Northgate admin worked on the draft or submitted it." in html_of(
        refused
    )


def test_who_submitted_first_does_not_discard_what_others_submitted(
    cast: Cast, draft: Audit
) -> None:
    submitted_and_open_again(draft, cast)
    url = reverse("discard", args=[draft.pk])
    alone = client_of(cast, Role.CONTRIBUTOR).get(url).status_code
    admin = cast.ours.people[Role.ADMIN]
    reopen_audit(audit=submit_audit(audit=draft, by=admin), by=admin)

    refused = client_of(cast, Role.CONTRIBUTOR).get(url)

    assert (alone, refused.status_code) == (200, 403)
    assert "so only an administrator can discard it" in html_of(refused)
    assert client_of(cast, Role.ADMIN).get(url).status_code == 200


@pytest.mark.parametrize("role", some_of([Role.CONTRIBUTOR, Role.ADMIN]))
def test_discarded_renewal_is_named_on_both_results(
    cast: Cast, draft: Audit, role: Role
) -> None:
    submitted_and_open_again(draft, cast)
    client = client_of(cast, role)
    url = reverse("discard", args=[draft.pk])

    earlier = html_of(client.post(url, hidden(client, url), follow=True))
    gone = page_of(cast, Role.REVIEWER, "result", draft.pk)
    to_read = page_of(cast, Role.VIEWER, "result", draft.pk)

    by = cast.ours.people[role]
    assert f"A newer audit was discarded by <bdi>{by}</bdi> on" in earlier
    assert reverse("result", args=[draft.pk]) in earlier
    assert f"Discarded by <bdi>{by}</bdi> on" in gone
    history = reverse("question_history", args=[draft.pk, "change_rate"])
    assert f'<bdi>Northgate contributor</bdi>: <a href="{history}">' in gone
    assert reverse("question_history", args=[draft.pk, "goal"]) not in gone
    assert history not in to_read
    assert state_of(cast.ours.submitted) == Audit.State.SIGNED_OFF


def work_on(cast: Cast, draft: Audit, how: str) -> None:
    admin = cast.ours.people[Role.ADMIN]
    if how == "answer":
        save_answers(audit=fresh_audit(draft), by=admin, answers={"goal": ["style"]})
    elif how == "comment":
        add_comment(audit=draft, by=admin, question="goal", text="Who counted?")
    else:
        where = {"question": "goal", "link": "https://wiki.example/x", "name": ""}
        add_link(audit=draft, by=admin, **where)


def test_work_of_a_colleague_that_was_not_read_is_not_discarded(
    cast: Cast, draft: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("discard", args=[draft.pk])
    for how in ("answer", "comment", "link"):
        read = hidden(client, url)
        work_on(cast, draft, how)
        again = client.post(url, read)

        assert (again.status_code, state_of(draft)) == (409, Audit.State.DRAFT), how
        said = "Somebody worked on this draft after you opened the page."
        assert said in html_of(again)
        assert "<bdi>Northgate admin</bdi>: What" in html_of(again)

    client.post(url, hidden(client, url))
    send_queued_mails()

    assert state_of(draft) == Audit.State.SUPERSEDED
    [sent] = mail.outbox
    assert sent.to == [cast.ours.people[Role.ADMIN].email]
    assert (
        "Northgate contributor has discarded a draft that you worked on." in sent.body
    )
    assert reverse("result", args=[draft.pk]) in sent.body
    inbox = page_of(cast, Role.ADMIN, "inbox")
    assert "The draft that you worked on was discarded by" in inbox
    assert reverse("notice", args=["discarded", draft.pk]) in inbox
    for role in (Role.CONTRIBUTOR, Role.REVIEWER):
        assert "was discarded by" not in page_of(cast, role, "inbox")


@pytest.mark.thorough
def test_draft_that_was_submitted_meanwhile_is_not_discarded_unread(
    cast: Cast, draft: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("discard", args=[draft.pk])
    read = hidden(client, url)
    submitted_and_open_again(draft, cast)

    assert client.post(url, read).status_code == 409
    assert state_of(draft) == Audit.State.DRAFT


@pytest.mark.on_both
def test_who_only_answered_before_the_draft_is_told_nothing(
    cast: Cast,
    draft: Audit,
) -> None:
    client = client_of(cast, Role.ADMIN)
    url = reverse("discard", args=[draft.pk])

    page = html_of(client.get(url))
    client.post(url, hidden(client, url))
    send_queued_mails()

    assert page.count("<bdi>Northgate contributor</bdi>:") == 1
    assert [sent.to for sent in mail.outbox] == [[cast.ours.contributor.email]]


def written_on_page_1(cast: Cast) -> Audit:
    """Return a draft of the signer, on whose page 1 only the contributor wrote."""
    signer = cast.ours.people[Role.ADMIN]
    new = begun_by(cast, Role.ADMIN)
    submitted = submit_audit(audit=new, by=signer)
    words = {"decision_asked": "Stop the project", "why_now": "The data is wrong."}
    save_cover(audit=submitted, by=cast.ours.contributor, fields=words)
    return fresh_audit(reopen_audit(audit=submitted, by=signer))


def test_signer_does_not_bring_their_sign_off_back_over_a_colleagues_page_1(
    cast: Cast,
) -> None:
    draft = written_on_page_1(cast)

    page = client_of(cast, Role.ADMIN).post(reverse("discard", args=[draft.pk]))

    assert page.status_code == 403
    assert "Northgate contributor worked on the draft" in html_of(page)
    assert state_of(draft) == "draft"


def test_writer_of_page_1_of_a_discarded_draft_is_told_and_reads_their_words(
    cast: Cast,
) -> None:
    draft = written_on_page_1(cast)
    assert "Stop the project" in page_of(
        cast, Role.VIEWER, "page_one_history", draft.pk
    )
    other = User.objects.create_user("second@example.org", "a b c d", name="Second")
    Membership.objects.create(
        user=other, organization=cast.ours.organization, role=Role.ADMIN
    )
    client = Client()
    sign_in(client, other)
    url = reverse("discard", args=[draft.pk])
    before = html_of(client.get(url))
    send_queued_mails()
    mail.outbox.clear()

    client.post(url, hidden(client, url))
    send_queued_mails()

    assert "Northgate contributor</bdi>: Page 1 of the board paper" in before
    assert cast.ours.contributor.email in [to for m in mail.outbox for to in m.to]
    history = reverse("page_one_history", args=[draft.pk])
    assert history in page_of(cast, Role.CONTRIBUTOR, "result", draft.pk)
    assert "The data is wrong." in page_of(
        cast, Role.VIEWER, "page_one_history", draft.pk
    )
    inbox = html_of(client_of(cast, Role.CONTRIBUTOR).get(reverse("inbox")))
    assert reverse("notice", args=["discarded", draft.pk]) in inbox


def test_page_of_discarding_is_shown_again_after_new_words_on_page_1(
    cast: Cast, draft: Audit
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    url = reverse("discard", args=[draft.pk])
    sent = hidden(client, url)
    words = {"why_now": "The data is wrong."}
    save_cover(audit=draft, by=cast.ours.people[Role.ADMIN], fields=words)

    assert client.post(url, sent).status_code == 409


def test_signer_does_not_discard_what_a_colleague_asked_others(cast: Cast) -> None:
    signer = cast.ours.people[Role.ADMIN]
    draft = begun_by(cast, Role.ADMIN)
    ask_colleague(
        audit=draft, by=cast.ours.contributor, of=signer, section="cost", message="Why?"
    )

    page = client_of(cast, Role.ADMIN).get(reverse("discard", args=[draft.pk]))

    assert page.status_code == 403
