"""The next audit is told what the months after the earlier paper were like."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Outcome, Role
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from tests.casting import Cast, Tenant
from tests.outcomes.signed import month_after, signed_and_counted
from tests.pages import html_of
from tests.replayed import replayed
from tests.signed_in import sign_in

MODEL_SAID = "It ran on Claude Sonnet 5.5; these numbers assume Claude Haiku 4.5."


@pytest.fixture
def following(cast: Cast) -> Audit:
    """Return a draft of half the calls on another model, after a month was compared."""
    with scope(organization=cast.ours.organization):
        _follow(cast.ours)
        return fresh_audit(Audit.objects.get(supersedes=cast.ours.draft.pk))


@replayed
def _follow(tenant: Tenant) -> None:
    audit, lead = signed_and_counted(tenant, "9000"), tenant.contributor
    new = begin_again(audit=audit, by=lead)
    sent = {
        ("number", "requests"): Sent(value="100000"),
        ("number", "model"): Sent(value="claude-haiku-4-5"),
    }
    save_entries(audit=fresh_audit(new), by=lead, sent=sent, sender=Sender())


def submitted(cast: Cast, draft: Audit) -> Audit:
    with scope(organization=cast.ours.organization):
        return submit_audit(audit=fresh_audit(draft), by=cast.ours.contributor)


def outcome_of(cast: Cast, draft: Audit) -> Outcome:
    with scope(organization=cast.ours.organization):
        found: Outcome = Outcome.objects.get(audit=draft.supersedes_id)
    return found


@pytest.mark.thorough
def test_draft_says_what_the_month_was_like(
    client: Client, cast: Cast, following: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    outcome = outcome_of(cast, following)
    [month] = outcome.months

    for name in ("numbers", "check"):
        shown = html_of(client.get(reverse(name, args=[following.pk])))

        had = f"{month_after():%B %Y} had 200,000 calls and cost $9,750; these"
        assert had in shown
        assert "these numbers assume 100,000 calls and $" in shown
        assert MODEL_SAID in shown
        assert reverse("outcomes", args=[outcome.audit_id]) in shown
        assert reverse("usage_file", args=[following.pk, month["file"]]) in shown


def test_review_says_it_and_is_not_kept_from_signing(
    client: Client, cast: Cast, following: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.REVIEWER])
    audit = submitted(cast, following)

    shown = html_of(client.get(reverse("review", args=[audit.pk])))

    assert MODEL_SAID in shown
    assert reverse("outcomes", args=[outcome_of(cast, audit).audit_id]) in shown
    assert "/usage/" not in shown
    assert "Send your review" in shown


def without_months(cast: Cast, draft: Audit) -> None:
    with scope(organization=cast.ours.organization):
        Outcome.objects.filter(audit=draft.supersedes_id).update(months=[])


def synthetic(cast: Cast, draft: Audit) -> None:
    outcome = outcome_of(cast, draft)
    outcome.months = [{**month, "is_synthetic": True} for month in outcome.months]
    with scope(organization=cast.ours.organization):
        outcome.save()


@pytest.mark.thorough
def test_months_that_are_none_or_synthetic(
    client: Client, cast: Cast, following: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    told = {}

    for change in (synthetic, without_months):
        change(cast, following)
        shown = html_of(client.get(reverse("numbers", args=[following.pk])))
        told[change] = MODEL_SAID in shown, "This usage is synthetic" in shown

    assert told == {synthetic: (True, True), without_months: (False, False)}


def test_saved_numbers_tell_it_again(
    client: Client, cast: Cast, following: Audit
) -> None:
    sign_in(client, cast.ours.contributor)
    there = reverse("numbers", args=[following.pk])
    headers = {"HX-Request": "true"}

    shown = html_of(client.post(there, {"requests": "150000"}, headers=headers))

    _, _, again = shown.partition('id="seen-months"')
    assert "had 200,000 calls" in again
