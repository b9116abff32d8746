"""Signed-off verdicts are held against the market once a day, and never changed."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.landscape.tunability import a_year_after
from audits.models import (
    Audit,
    Event,
    Organization,
    PortfolioRow,
    Role,
    Stage,
    UseCase,
    User,
    Version,
)
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drift import watch_drift
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.proved import save_proved
from tests.queued_mails import send_queued_mails
from tests.replayed import replayed
from tests.scoring.worked_cases import (
    FIRM_FIRST_TRAINING_CASE,
    FIRM_RETRIEVAL_CASE,
    RETRIEVAL_CASE,
    TRAINING_CASE,
    TRAINING_LEVELS,
)
from tests.scoring.worked_numbers import CALLS
from tests.signed_in import sign_in

ENDING = CALLS | {"model": "gpt-5"}
ENDS = date(2026, 12, 11)
SHUT_DOWN = (
    "On 11 December 2026 GPT-5 shuts down, and calls to it fail (OpenAI API: "
    "Deprecations)."
)


@pytest.fixture(autouse=True)
def on_a_day_before_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand on one day, whenever the tests run."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 25))


def sign(
    tenant: Tenant,
    numbers: dict[str, str],
    levels: dict[str, Any] = TRAINING_LEVELS,
    **answers: Any,
) -> Audit:
    """Sign our submitted audit off with these numbers."""
    with scope(organization=tenant.organization):
        given = answers or FIRM_RETRIEVAL_CASE
        _sign(tenant, numbers=numbers, levels=levels, answers=given)
        return fresh_audit(tenant.submitted)


@replayed
def _sign(
    tenant: Tenant,
    numbers: dict[str, str],
    levels: dict[str, Any],
    answers: dict[str, Any],
) -> None:
    lead = tenant.contributor
    audit = reopen_audit(audit=tenant.submitted, by=lead)
    save_proved(audit=audit, by=lead, answers=answers, levels=levels)
    sent = {("number", key): Sent(value=value) for key, value in numbers.items()}
    save_entries(audit=fresh_audit(audit), by=lead, sent=sent, sender=Sender())
    audit = submit_audit(audit=audit, by=lead)
    review_audit(
        audit=audit,
        by=tenant.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(audit),
        opened=True,
    )


def stored(audit: Audit) -> Audit:
    with scope(organization=audit.organization):
        return fresh_audit(audit)


@pytest.mark.thorough
def test_sign_off_is_good_until_the_model_ends(cast: Cast) -> None:
    audit = sign(cast.ours, ENDING)

    assert audit.valid_until == ENDS
    with scope(organization=audit.organization):
        assert PortfolioRow.objects.get(audit=audit).due_on == ENDS


@pytest.mark.thorough
def test_sign_off_without_numbers_is_good_for_a_year(cast: Cast) -> None:
    assert sign(cast.ours, {}).valid_until == a_year_after(date(2026, 11, 25))


@pytest.mark.thorough
def test_sign_off_is_good_until_the_market_changes_the_verdict(cast: Cast) -> None:
    numbers = CALLS | {"tuned": "gpt-4o-mini"}

    # The numbers say until when the model can be tuned, and nobody else does.
    trained = {q: answer for q, answer in TRAINING_CASE.items() if q != "platform"}
    audit = sign(cast.ours, numbers, **trained)

    assert audit.valid_until == date(2027, 1, 6)


@pytest.mark.thorough
def test_market_makes_a_verdict_due_and_leaves_it_as_it_is(
    cast: Cast,
    mailoutbox: list[EmailMessage],
) -> None:
    before = sign(cast.ours, ENDING)
    send_queued_mails()
    mailoutbox.clear()

    assert watch_drift() == 1
    send_queued_mails()

    after = stored(before)
    assert after.review_due_at
    assert after.review_cause == SHUT_DOWN
    same = ("state", "verdict", "strength", "assessment", "valid_until", "answers")
    assert [getattr(after, f) for f in same] == [getattr(before, f) for f in same]
    with scope(organization=after.organization):
        found = PortfolioRow.objects.get(audit=after)
        event = Event.objects.get(verb="audit.review_due")
    assert (found.review_cause, found.due_on) == (SHUT_DOWN, date(2026, 11, 25))
    assert (event.actor, event.details) == (None, {"cause": SHUT_DOWN})
    (mail,) = mailoutbox
    assert (mail.subject, mail.to) == (
        "Review due: Northgate handbook",
        ["contributor@northgate.example"],
    )
    assert mail.body.startswith("One of your signed-off verdicts is due for review.\n")
    assert f"Why: {SHUT_DOWN}\n" in mail.body
    assert f"/audits/{after.pk}/result/\n" in mail.body


@pytest.mark.parametrize(
    ("levels", "cause"),
    [
        (
            {},
            "Version 2 of the method gives “Gather evidence first” for the same "
            "answers. Start a new audit to check it.",
        ),
        (TRAINING_LEVELS, ""),
    ],
)
def test_sign_off_of_version_1_is_due_where_version_2_gives_another_verdict(
    cast: Cast, levels: dict[str, Any], cause: str
) -> None:
    with scope(organization=cast.ours.organization):
        submitted = Audit.objects.filter(pk=cast.ours.submitted.pk)
        submitted.update(framework_version=1, answers={})
        Version.objects.filter(audit=cast.ours.submitted).delete()
    answers = FIRM_FIRST_TRAINING_CASE
    known = {q: x for q, x in levels.items() if q in answers}
    before = sign(cast.ours, {}, known, **answers)

    assert watch_drift() == (1 if cause else 0)

    after = stored(before)
    assert after.review_cause == cause
    assert (after.verdict, after.framework_version) == (before.verdict, 1)


@pytest.mark.on_both
def test_it_is_looked_at_once_a_day_and_told_once(
    cast: Cast,
    mailoutbox: list[EmailMessage],
) -> None:
    audit = sign(cast.ours, ENDING)
    send_queued_mails()
    mailoutbox.clear()

    assert (watch_drift(), watch_drift()) == (1, 0)
    Organization.objects.update(watched_on=date(2026, 11, 24))
    assert watch_drift() == 0
    send_queued_mails()

    assert len(mailoutbox) == 1
    with scope(organization=audit.organization):
        assert Event.objects.filter(verb="audit.review_due").count() == 1
    watched = Organization.objects.values_list("watched_on", flat=True)
    assert set(watched) == {date(2026, 11, 25)}


def test_draft_and_submission_are_not_watched(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        sent = {("number", key): Sent(value=value) for key, value in ENDING.items()}
        audit = fresh_audit(cast.ours.draft)
        save_entries(audit=audit, by=lead, sent=sent, sender=Sender())

    assert watch_drift() == 0


@pytest.mark.on_both
def test_every_organization_is_watched_and_told_only_its_own(
    cast: Cast,
    mailoutbox: list[EmailMessage],
) -> None:
    for tenant in (cast.ours, cast.theirs):
        sign(tenant, ENDING)
    send_queued_mails()
    mailoutbox.clear()

    call_command("housekeeping")
    send_queued_mails()

    assert {(mail.subject, *mail.to) for mail in mailoutbox} == {
        ("Review due: Northgate handbook", "contributor@northgate.example"),
        ("Review due: Zanzibar handbook", "contributor@zanzibar.example"),
    }
    for tenant in (cast.ours, cast.theirs):
        with scope(organization=tenant.organization):
            assert Event.objects.filter(verb="audit.review_due").count() == 1


def test_sign_off_that_ran_out_is_due(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = sign(cast.ours, {})
    a_year_on = date(2026, 11, 25) + timedelta(days=366)
    monkeypatch.setattr(timezone, "localdate", lambda *_: a_year_on)

    watch_drift()

    said = "The sign-off was valid until 25 November 2027."
    assert stored(audit).review_cause == said


@pytest.mark.thorough
def test_closed_account_gets_no_mail(
    cast: Cast,
    mailoutbox: list[EmailMessage],
) -> None:
    sign(cast.ours, ENDING)
    User.objects.filter(pk=cast.ours.contributor.pk).update(is_active=False)

    assert watch_drift() == 1
    send_queued_mails()

    assert mailoutbox == []


def test_result_says_until_when_it_is_valid_or_what_made_it_due(cast: Cast) -> None:
    audit = sign(cast.ours, ENDING)
    client = Client()
    sign_in(client, cast.ours.people[Role.VIEWER])

    page = html_of(client.get(reverse("result", args=[audit.pk])))
    until = page.partition("<dt>Valid until</dt>")[2].partition("</dd>")[0]
    assert "11 December 2026" in until
    assert "shuts down" in until
    assert "Review due since" not in page

    watch_drift()
    page = html_of(client.get(reverse("result", args=[audit.pk])))

    said = SHUT_DOWN[:1].lower() + SHUT_DOWN[1:].rstrip(".")
    today = in_words(timezone.localdate())
    assert f"Review due since {today}: {said}." in page
    with scope(organization=cast.ours.organization):
        UseCase.objects.filter(pk=audit.use_case_id).update(stage=Stage.STOPPED)
    stopped = html_of(client.get(reverse("result", args=[audit.pk])))
    assert f"Review due before it resumes (since {today}): {said}." in stopped
    assert "Valid until" not in page
    assert "Start a new audit" not in page
    sign_in(client, cast.ours.contributor)
    page = html_of(client.get(reverse("result", args=[audit.pk])))
    [first] = re.findall(r"btn-primary[^>]*>\s*([^<]+)<", page)
    assert first == "Start a new audit"


@pytest.mark.thorough
def test_owner_sees_it_among_their_use_cases(cast: Cast) -> None:
    sign(cast.ours, ENDING)
    watch_drift()
    client = Client()
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("use_cases")))

    assert page.count(SHUT_DOWN) == 1
    assert '<span class="status-wait status">Start a new audit</span>' in page


@pytest.mark.on_both
def test_batches_leave_nothing_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audits.services.reviews.drift._BATCH", 1)
    sign(cast.ours, ENDING)
    with scope(organization=cast.ours.organization):
        first = cast.ours.submitted
        lead, draft = cast.ours.contributor, cast.ours.draft
        save_answers(audit=draft, by=lead, answers=RETRIEVAL_CASE)
        submit_audit(audit=draft, by=lead)
        Audit.objects.filter(pk=draft.pk).update(
            numbers=fresh_audit(first).numbers, state=Audit.State.SIGNED_OFF
        )

    assert watch_drift() == 2
