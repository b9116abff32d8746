"""What was taken back from review can go back, while nothing has changed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, Event, PortfolioRow, Role, Submission
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import (
    ChangedSinceRead,
    digest_of_audit,
    reopen_audit,
    submit_audit,
)
from audits.services.reviews.drafts.withdrawals import (
    NotWithdrawn,
    SubmissionNeeded,
    put_back,
    withdrawal_of,
)
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.timelines.timeline import timeline_of
from tests.casting import Cast
from tests.discussion.inboxes import INBOX, mark_all, of_kind, rows
from tests.pages import html_of
from tests.wizard.page_forms import hidden

_DIFFERS = ("revision", "put_back_at")
BUTTON = "Put it back into review</button>"
NEEDED = "has changed since, so it needs a new submission."

pytestmark = pytest.mark.usefixtures("inside")


def now(audit: Audit) -> Audit:
    return Audit.objects.get(pk=audit.pk)


def url(route: str, audit: Audit) -> str:
    return reverse(route, args=[audit.pk])


def stored(audit: Audit) -> dict[str, Any]:
    """Return all that is stored of a submission, but for how often it was saved."""
    found = Audit.objects.filter(pk=audit.pk).values()[0]
    row = PortfolioRow.objects.filter(audit=audit).values()[0]
    return {
        "audit": {
            k: v for k, v in found.items() if k not in ("revision", "put_back_at")
        },
        "row": row,
        "signed": submission_of(now(audit)),
    }


@pytest.fixture
def taken(cast: Cast) -> Audit:
    """A submission that its author took back, and nobody changed."""
    return reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)


@pytest.mark.on_both
def test_submission_is_as_it_was_once_it_is_put_back(
    cast: Cast, client: Client, ben: Client
) -> None:
    audit = cast.ours.submitted
    before, queue = stored(audit), of_kind(ben, "to-review")
    asked = html_of(client.get(url("reopen", audit)))
    client.post(url("reopen", audit), hidden(client, url("reopen", audit)))
    waiting = of_kind(ben, "to-review")
    check = html_of(client.get(url("check", audit)))
    form = hidden(client, url("check", audit))

    done = client.post(url("put_back", audit), form, follow=True)

    assert "You can put it back into review as it was submitted, until" in asked
    assert BUTTON in check
    assert "Nothing has changed since, so it can go back as it was submitted" in check
    assert done.redirect_chain[-1][0] == url("result", audit)
    assert "Back in review, as submitted on " in html_of(done)
    assert stored(audit) == before
    [submission] = Submission.objects.filter(audit=audit)
    assert (submission.returned_at, submission.frozen) == (None, None)
    assert Event.objects.get(verb="audit.put_back").subject == str(audit.pk)
    assert (len(queue), len(waiting)) == (len(waiting) + 1, len(queue) - 1)
    [told] = [row for row in of_kind(ben, "to-review") if "in review again" in row]
    assert "were taken back and are in review again, as they were, just now" in told


def test_reviewer_who_had_read_of_it_reads_that_it_is_back(
    cast: Cast, ben: Client, taken: Audit
) -> None:
    mark_all(ben)

    put_back(audit=taken, by=cast.ours.contributor)

    [unread] = rows(ben, f"{INBOX}?show=unread")
    assert "in review again" in unread


def test_timeline_tells_each_time(cast: Cast, taken: Audit) -> None:
    ours = cast.ours
    put_back(audit=taken, by=ours.people[Role.ADMIN])
    again = reopen_audit(audit=now(taken), by=ours.contributor)
    put_back(audit=again, by=ours.contributor)

    kinds = ("submitted", "taken_back", "put_back")
    told = [each for each in timeline_of(taken.use_case) if each.kind in kinds]

    assert [(each.kind, each.by) for each in told[::-1]] == [
        ("submitted", ours.contributor),
        ("taken_back", ours.contributor),
        ("put_back", ours.people[Role.ADMIN]),
        ("taken_back", ours.contributor),
        ("put_back", ours.contributor),
    ]


def change_an_answer(cast: Cast, audit: Audit) -> None:
    save_answers(audit=audit, by=cast.ours.contributor, answers={"goal": ["style"]})


def change_a_number(cast: Cast, audit: Audit) -> None:
    sent = {("number", "requests"): Sent(value="777")}
    save_entries(audit=audit, by=cast.ours.contributor, sent=sent, sender=Sender())


def change_a_note(cast: Cast, audit: Audit) -> None:
    sent = {("note", "goal"): Sent(value="Asked again")}
    save_entries(audit=audit, by=cast.ours.contributor, sent=sent, sender=Sender())


def add_evidence(cast: Cast, audit: Audit) -> None:
    link = {"link": "https://wiki.example/b", "name": "Wiki"}
    add_link(audit=audit, by=cast.ours.contributor, question="goal", **link)


@pytest.mark.parametrize(
    "change", [change_an_answer, change_a_number, change_a_note, add_evidence]
)
def test_what_has_changed_needs_a_new_submission(
    cast: Cast, client: Client, taken: Audit, change: Any
) -> None:
    change(cast, now(taken))

    check = html_of(client.get(url("check", taken)))
    form = hidden(client, url("check", taken))
    refused = client.post(url("put_back", taken), form, follow=True)

    assert NEEDED in check
    assert BUTTON not in check
    assert "so it cannot be put back. Submit it again." in html_of(refused)
    assert now(taken).is_draft
    with pytest.raises(SubmissionNeeded):
        put_back(audit=taken, by=cast.ours.contributor)
    again = submit_audit(audit=now(taken), by=cast.ours.contributor)
    assert not Submission.objects.filter(audit=again, frozen__isnull=False).exists()


def test_old_page_puts_nothing_back(cast: Cast, client: Client, taken: Audit) -> None:
    form = hidden(client, url("check", taken))
    by = cast.ours.contributor
    reopen_audit(audit=put_back(audit=taken, by=by), by=by)

    response = client.post(url("put_back", taken), form, follow=True)

    assert "so it was not put back." in html_of(response)
    assert now(taken).is_draft
    with pytest.raises(ChangedSinceRead):
        put_back(audit=taken, by=by, read="0" * 64)


def test_second_click_does_nothing_more(
    cast: Cast, client: Client, taken: Audit
) -> None:
    form = hidden(client, url("check", taken))
    client.post(url("put_back", taken), form)
    revision = now(taken).revision

    again = client.post(url("put_back", taken), form, follow=True)

    assert now(taken).revision == revision
    assert html_of(again).count("Back in review, as submitted on ") == 1
    assert Event.objects.filter(verb="audit.put_back").count() == 1


def test_what_was_sent_back_is_submitted_again(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="sent_back",
        words="Who counted?",
        submission=submission_of(audit),
    )

    check = html_of(client.get(url("check", audit)))

    assert "took this audit back from review" not in check
    assert withdrawal_of(now(audit)) is None
    with pytest.raises(NotWithdrawn):
        put_back(
            audit=now(audit),
            by=cast.ours.contributor,
            read=digest_of_audit(now(audit)),
        )
