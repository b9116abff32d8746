"""Nobody submits or reopens what they have not read: the page names what it showed."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role, User
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import (
    ChangedSinceRead,
    digest_of_audit,
    reopen_audit,
    submit_audit,
)
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.queued_mails import send_queued_mails
from tests.scoring.worked_cases import (
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.scoring.worked_numbers import CALLS
from tests.wizard.page_forms import hidden, sign_in

NOT_SUBMITTED = "after you opened the page, so it was not submitted."
NOT_REOPENED = "after you opened the page, so it was not taken back."
OPEN_ALREADY = "so its answers are open already."


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def draft(cast: Cast) -> Audit:
    ours = cast.ours
    save_answers(audit=ours.draft, by=ours.contributor, answers=RETRIEVAL_CASE)
    return Audit.objects.get(pk=ours.draft.pk)


def now(audit: Audit) -> Audit:
    return Audit.objects.get(pk=audit.pk)


def url(route: str, audit: Audit) -> str:
    return reverse(route, args=[audit.pk])


def read_on(client: Client, route: str, audit: Audit) -> dict[str, list[str]]:
    """Return what a page's button sends: every hidden field of the page."""
    return hidden(client, url(route, audit))


def message_of(page: str) -> str:
    found = re.findall(r'<p class="note note-warn" role="status">(.*?)</p>', page)
    return " ".join(found)


def send_back(audit: Audit, by: User) -> None:
    review_audit(
        audit=audit,
        by=by,
        outcome="sent_back",
        words="Who counted?",
        submission=submission_of(audit),
    )


def test_answers_as_the_check_showed_them_are_submitted(
    draft: Audit, client: Client
) -> None:
    check = html_of(client.get(url("check", draft)))
    assert "If you submit now, nobody can sign the verdict off while" in check
    assert "can sign it off" not in check

    response = client.post(url("submit", draft), read_on(client, "check", draft))

    assert response["Location"] == url("result", draft)
    assert now(draft).state == Audit.State.IN_REVIEW
    told = html_of(client.get(response["Location"]))
    # This one needs more answers before anybody can.
    assert re.search(r"<span>Submitted on [^<]*, \d\d:\d\d\.</span>", told)


def test_answer_that_a_colleague_changed_since_is_not_submitted(
    cast: Cast, draft: Audit, client: Client
) -> None:
    form = read_on(client, "check", draft)
    admin = cast.ours.people[Role.ADMIN]
    save_answers(audit=draft, by=admin, answers={"goal": ["style"]})

    response = client.post(url("submit", draft), form, follow=True)

    page = html_of(response)
    assert now(draft).is_draft
    assert NOT_SUBMITTED in message_of(page)
    assert "What is wrong</a></dt><dd>Style</dd>" in page
    again = client.post(url("submit", draft), read_on(client, "check", draft))
    assert again["Location"] == url("result", draft)
    assert now(draft).submitted_by == cast.ours.contributor


def test_old_check_does_not_submit_again_what_was_sent_back(
    cast: Cast, draft: Audit, client: Client
) -> None:
    form = read_on(client, "check", draft)
    client.post(url("submit", draft), form)
    send_back(now(draft), cast.ours.people[Role.REVIEWER])

    response = client.post(url("submit", draft), form, follow=True)

    assert now(draft).is_draft
    assert NOT_SUBMITTED in message_of(html_of(response))


def test_old_check_does_not_submit_what_was_submitted_and_reopened(
    cast: Cast, draft: Audit, client: Client
) -> None:
    form = read_on(client, "check", draft)
    admin = cast.ours.people[Role.ADMIN]
    reopen_audit(audit=submit_audit(audit=draft, by=admin), by=admin)

    response = client.post(url("submit", draft), form, follow=True)

    assert now(draft).is_draft
    assert NOT_SUBMITTED in message_of(html_of(response))


def test_page_that_names_nothing_submits_and_reopens_nothing(
    cast: Cast, draft: Audit, client: Client
) -> None:
    submitted = client.post(url("submit", draft), follow=True)
    reopened = client.post(url("reopen", cast.ours.submitted), follow=True)

    assert NOT_SUBMITTED in message_of(html_of(submitted))
    assert NOT_REOPENED in message_of(html_of(reopened))
    assert now(draft).is_draft
    assert now(cast.ours.submitted).state == Audit.State.IN_REVIEW


def test_second_click_of_the_same_person_says_nothing(
    draft: Audit, client: Client
) -> None:
    form = read_on(client, "check", draft)
    client.post(url("submit", draft), form)

    again = client.post(url("submit", draft), form, follow=True)

    assert message_of(html_of(again)) == ""
    assert html_of(again).count("Submitted on ") == 1
    assert now(draft).state == Audit.State.IN_REVIEW


def test_who_was_overtaken_by_a_colleague_is_told(
    cast: Cast, draft: Audit, client: Client
) -> None:
    form = read_on(client, "check", draft)
    submit_audit(audit=draft, by=cast.ours.people[Role.ADMIN])

    response = client.post(url("submit", draft), form, follow=True)

    page = html_of(response)
    assert NOT_SUBMITTED in message_of(page)
    assert 'id="headline"' in page
    assert now(draft).submitted_by == cast.ours.people[Role.ADMIN]


def test_result_asks_before_it_takes_an_audit_back_from_review(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted

    result = html_of(client.get(url("result", audit)))
    asked = html_of(client.get(url("reopen", audit)))

    assert f'href="{url("reopen", audit)}">Take back from review</a>' in result
    assert f'action="{url("reopen", audit)}"' not in result
    assert "Take this audit back from review?" in asked
    assert "nobody can sign it off" in asked
    assert "gets an email" not in asked  # the one who asks submitted it
    assert now(audit).state == Audit.State.IN_REVIEW


@pytest.mark.on_both
def test_taking_back_says_so_and_mails_the_submitter(
    cast: Cast, mailoutbox: list[EmailMessage]
) -> None:
    audit, client = cast.ours.submitted, Client()
    client.force_login(cast.ours.people[Role.ADMIN])

    asked = html_of(client.get(url("reopen", audit)))
    form = read_on(client, "reopen", audit)
    response = client.post(url("reopen", audit), form, follow=True)
    send_queued_mails()

    (mail,) = mailoutbox
    assert "<bdi>Northgate contributor</bdi> gets an email." in asked
    assert "You took this audit back from review." in html_of(response)
    assert mail.subject == "Taken back from review: Northgate handbook"
    assert mail.to == ["contributor@northgate.example"]
    assert "Northgate admin has taken back the audit you submitted" in mail.body


def test_taking_back_what_one_submitted_mails_nobody(
    cast: Cast, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    form = read_on(client, "reopen", cast.ours.submitted)

    client.post(url("reopen", cast.ours.submitted), form)
    send_queued_mails()

    assert now(cast.ours.submitted).is_draft
    assert mailoutbox == []


def test_old_button_does_not_reopen_a_later_submission(
    cast: Cast, client: Client
) -> None:
    audit, admin = cast.ours.submitted, cast.ours.people[Role.ADMIN]
    form = read_on(client, "reopen", audit)
    submit_audit(audit=reopen_audit(audit=audit, by=admin), by=admin)

    response = client.post(url("reopen", audit), form, follow=True)
    page = html_of(response)
    fresh = client.post(url("reopen", audit), read_on(client, "reopen", audit))

    assert NOT_REOPENED in message_of(page)
    assert 'id="headline"' in page
    assert fresh["Location"] == url("check", audit)
    assert now(audit).is_draft


def test_who_reopens_what_was_sent_back_reads_that_it_is_open(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    form = read_on(client, "reopen", audit)
    send_back(audit, cast.ours.people[Role.REVIEWER])

    response = client.post(url("reopen", audit), form, follow=True)

    page = html_of(response)
    assert OPEN_ALREADY in message_of(page)
    assert "Check your answers" in page


def test_who_reopens_what_was_signed_off_is_told(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted
    form = read_on(client, "reopen", audit)
    review_audit(
        audit=audit,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
    )

    response = client.post(url("reopen", audit), form, follow=True)

    assert NOT_REOPENED in message_of(html_of(response))
    assert now(audit).state == Audit.State.SIGNED_OFF


def test_page_1_that_changed_meanwhile_does_not_keep_anybody_from_reopening(
    cast: Cast, client: Client
) -> None:
    form = read_on(client, "reopen", cast.ours.submitted)
    page_1 = {"purpose": "discussion"}
    client.post(reverse("cover", args=[cast.ours.submitted.pk]), page_1)

    response = client.post(url("reopen", cast.ours.submitted), form)

    assert response["Location"] == url("check", cast.ours.submitted)


@pytest.mark.parametrize("has_changed", [False, True])
def test_who_was_signed_out_reads_the_check_before_submitting(
    cast: Cast, draft: Audit, client: Client, *, has_changed: bool
) -> None:
    lead, check = cast.ours.contributor, url("check", draft)
    form = read_on(client, "check", draft)
    client.logout()
    if has_changed:
        admin = cast.ours.people[Role.ADMIN]
        save_answers(audit=draft, by=admin, answers={"goal": ["style"]})

    asked = client.post(
        url("submit", draft), form, headers={"Referer": f"http://testserver{check}"}
    )
    signed_in = sign_in(client, asked, lead.email)
    untouched = now(draft).is_draft
    fresh = read_on(client, "check", draft)
    response = client.post(url("submit", draft), fresh)

    assert asked.status_code == 401
    assert signed_in["Location"].removeprefix("http://testserver") == check
    assert untouched
    assert response["Location"] == url("result", draft)
    # The form that was open before belongs to what the page showed then.
    assert (form["read"] == fresh["read"]) is not has_changed


def test_verdict_that_the_market_changed_is_read_again(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft, by = cast.ours.draft, cast.ours.contributor
    trained = {q: answer for q, answer in TRAINING_CASE.items() if q != "platform"}
    save_proved(audit=draft, by=by, answers=trained, levels=TRAINING_LEVELS)
    numbers = CALLS | {"tuned": "gpt-4o-mini"}
    sent = {("number", key): Sent(value=value) for key, value in numbers.items()}
    save_entries(audit=now(draft), by=by, sent=sent, sender=Sender())
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 25))
    form = read_on(client, "check", draft)
    same = read_on(client, "check", draft)["read"]

    # By this day, the model cannot be tuned any more.
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2027, 1, 7))
    response = client.post(url("submit", draft), form, follow=True)

    assert form["read"] == same
    assert NOT_SUBMITTED in message_of(html_of(response))
    assert now(draft).is_draft


def test_service_refuses_what_was_not_read(cast: Cast, draft: Audit) -> None:
    by = cast.ours.contributor
    with pytest.raises(ChangedSinceRead):
        submit_audit(audit=draft, by=by, read="0" * 64)
    sent = submit_audit(audit=draft, by=by, read=digest_of_audit(draft))
    with pytest.raises(ChangedSinceRead):
        reopen_audit(audit=sent, by=by, read=digest_of_audit(draft))

    assert reopen_audit(audit=sent, by=by, read=digest_of_audit(sent)).is_draft
