"""A condition is met, and this is taken back, by those who may say so."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import (
    SEE_ALL,
    Audit,
    ConditionStep,
    Event,
    PortfolioRow,
    Role,
    SignOffCondition,
)
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import CANARY, Cast, Tenant
from tests.conditions import condition_of, in_days, sign_with, term
from tests.pages import html_of
from tests.replayed import replayed
from tests.reviews.conftest import client_of
from tests.reviews.test_background import submitted_again
from tests.signed_in import sign_in


def asked_of(
    tenant: Tenant, role: Role = Role.CONTRIBUTOR, days: int = 10
) -> SignOffCondition:
    """Sign an audit off with one condition of a member."""
    with scope(organization=tenant.organization):
        _ask(tenant, role=role, days=days)
        return condition_of(tenant.submitted)


@replayed
def _ask(tenant: Tenant, role: Role, days: int) -> None:
    audit, owner = tenant.submitted, tenant.people[role]
    asked = term(audit, "Test it on 30 cases.", owner=owner, days=days)
    sign_with(audit, tenant.people[Role.REVIEWER], asked)


def post(client: Client, view: str, found: SignOffCondition, **form: str) -> str:
    response = client.post(reverse(view, args=[found.pk]), form, follow=True)
    return html_of(response)


def page_of(client: Client, found: SignOffCondition) -> str:
    return html_of(client.get(reverse("condition", args=[found.pk])))


def fresh(found: SignOffCondition) -> SignOffCondition:
    with scope(organization=found.organization):
        return SignOffCondition.objects.get(pk=found.pk)


def tried(found: SignOffCondition, client: Client) -> tuple[bool, int, int]:
    """Return whether one may say that it is met, and the answers to two tries."""
    page = page_of(client, found)
    url = reverse("condition_met", args=[found.pk])
    response = client.post(url, {"words": "Tested on 30."})
    back = client.post(reverse("condition_open", args=[found.pk]), {"words": "No"})
    return "Mark as met" in page, response.status_code, back.status_code


def test_owners_and_reviewers_may_say_that_it_is_met(cast: Cast) -> None:
    found = asked_of(cast.ours, Role.VIEWER)

    # The contributor owns the use case.
    for number, role in enumerate(SEE_ALL, start=1):
        assert tried(found, client_of(cast, role)) == (True, 302, 302), role
        with scope(organization=cast.ours.organization):
            assert ConditionStep.objects.count() == 2 * number


def test_reader_who_does_not_own_it_may_not_say_that_it_is_met(cast: Cast) -> None:
    found = asked_of(cast.ours, Role.ADMIN)

    assert tried(found, client_of(cast, Role.VIEWER)) == (False, 403, 403)
    with scope(organization=cast.ours.organization):
        assert not ConditionStep.objects.exists()


@pytest.mark.on_both
def test_condition_is_met_with_a_note_and_a_proof_that_stay(cast: Cast) -> None:
    found, client = asked_of(cast.ours), client_of(cast, Role.CONTRIBUTOR)

    page = post(
        client,
        "condition_met",
        found,
        words="30 of 30 passed.",
        link="https://example.org/run",
        name="The run",
    )

    assert fresh(found).is_said
    assert "says that it is met, with the link “The run”" in page
    assert "30 of 30 passed." in page
    assert 'href="https://example.org/run"' in page
    assert "The run" in page
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="condition.met")
        assert (event.actor, event.subject) == (cast.ours.contributor, str(found.pk))
        assert event.details["link"] == "https://example.org/run"
        row = PortfolioRow.objects.get(audit=found.audit_id)
        assert row.condition_due_on is None
        assert row.due_on == Audit.objects.get(pk=found.audit_id).valid_until


@pytest.mark.thorough
def test_what_was_met_is_open_again_with_a_reason(cast: Cast) -> None:
    found, client = asked_of(cast.ours), client_of(cast, Role.REVIEWER)
    post(client, "condition_met", found, words="30 of 30 passed.")

    nothing = post(client, "condition_open", found, words=" ")
    page = post(client, "condition_open", found, words="It was the old model.")

    assert "Enter the reason" in nothing
    assert not fresh(found).is_met
    assert "30 of 30 passed." in page
    assert "It was the old model." in page
    with scope(organization=cast.ours.organization):
        assert Event.objects.filter(verb="condition.taken_back").count() == 1
        row = PortfolioRow.objects.get(audit=found.audit_id)
        assert row.due_on == row.condition_due_on == in_days(10)


def test_nothing_is_met_without_a_note_or_with_a_link_that_runs(cast: Cast) -> None:
    found, client = asked_of(cast.ours), client_of(cast, Role.CONTRIBUTOR)

    without = post(client, "condition_met", found, words="")
    script = post(client, "condition_met", found, words="Done", link="javascript:x")

    assert "Say how it was met" in without
    assert "Done</textarea>" in script
    assert not fresh(found).is_met


@pytest.mark.thorough
def test_second_who_says_so_gets_their_words_back(cast: Cast) -> None:
    found, client = asked_of(cast.ours), client_of(cast, Role.CONTRIBUTOR)
    post(client, "condition_met", found, words="30 of 30 passed.")

    page = post(
        client_of(cast, Role.REVIEWER), "condition_met", found, words="I saw it"
    )

    assert "Your words were not stored: “I saw it”" in page
    with scope(organization=cast.ours.organization):
        assert ConditionStep.objects.count() == 1


def test_new_sign_off_replaces_the_condition(cast: Cast) -> None:
    found, tenant = asked_of(cast.ours), cast.ours
    with scope(organization=tenant.organization):
        new = begin_again(audit=tenant.submitted, by=tenant.contributor)
        new = submitted_again(cast, new)
        review_audit(
            audit=new,
            by=tenant.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(new),
        )
    client = client_of(cast, Role.CONTRIBUTOR)

    page = page_of(client, found)
    told = post(client, "condition_met", found, words="30 of 30 passed.")

    assert "no longer in force" in page
    assert "Mark as met" not in page
    assert "A newer sign-off has replaced this one" in told
    assert not fresh(found).is_met


def test_nobody_of_another_organization_finds_it(cast: Cast) -> None:
    theirs = asked_of(cast.theirs)
    ours, client = asked_of(cast.ours), Client()

    for role in Role:
        sign_in(client, cast.ours.people[role])
        answers = [
            client.get(reverse("condition", args=[theirs.pk])),
            client.post(reverse("condition_met", args=[theirs.pk]), {"words": "x"}),
            client.post(reverse("condition_open", args=[theirs.pk]), {"words": "x"}),
        ]

        assert [answer.status_code for answer in answers] == [404] * 3
        assert not fresh(theirs).is_met
        assert CANARY not in page_of(client, ours)


@pytest.mark.thorough
@pytest.mark.once
def test_export_says_who_must_meet_a_condition_and_if_it_is_met(cast: Cast) -> None:
    found = asked_of(cast.ours)
    client = client_of(cast, Role.CONTRIBUTOR)

    def exported() -> list[dict[str, object]]:
        export = client.get(reverse("result_json", args=[found.audit_id])).json()
        said: list[dict[str, object]] = export["standing"]["sign_off"]["conditions"]
        return said

    owner = str(cast.ours.contributor)
    told: dict[str, object] = {
        "words": "Test it on 30 cases.",
        "holds_money": True,
        "owner": str(cast.ours.contributor),
        "due_on": in_days(10).isoformat(),
    }
    assert exported() == [told | {"state": "open", "became": "", "proof": ""}]
    link = "https://example.org/run"
    post(client, "condition_met", found, words="58 of 60 pass.", link=link)
    became = f"{owner} says that it is met, with the link “example.org/run”"
    assert exported() == [told | {"state": "said", "became": became, "proof": link}]
    post(client_of(cast, Role.REVIEWER), "condition_confirmed", found)
    assert exported()[0]["state"] == "met"


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.ADMIN])
def test_only_who_may_sign_off_confirms_with_one_click(cast: Cast, role: Role) -> None:
    found = asked_of(cast.ours)
    post(client_of(cast, Role.CONTRIBUTOR), "condition_met", found, words="Done.")
    there = reverse("condition_confirmed", args=[found.pk])
    for other in (Role.VIEWER, Role.CONTRIBUTOR):
        client = client_of(cast, other)
        assert "Confirm that it is met" not in page_of(client, found)
        assert client.post(there).status_code == 403
        assert not fresh(found).is_met

    client = client_of(cast, role)
    before = page_of(client, found)
    response = client.post(there)

    assert "Confirm that it is met" in before
    assert response.status_code == 302
    assert fresh(found).is_met
    page = page_of(client, found)
    assert f"It is met, confirmed by {cast.ours.people[role]} on" in page
    assert "Confirm that it is met" not in page
    with scope(organization=cast.ours.organization):
        event = Event.objects.get(verb="condition.confirmed")
        assert event.subject == str(found.pk)


@pytest.mark.thorough
def test_owner_of_a_condition_does_not_confirm_it(cast: Cast) -> None:
    found, client = asked_of(cast.ours, Role.ADMIN), client_of(cast, Role.ADMIN)
    page = post(client, "condition_met", found, words="I did it.")

    response = client.post(reverse("condition_confirmed", args=[found.pk]))

    assert "says that it is met, with no file or link" in page
    assert response.status_code == 403
    assert not fresh(found).is_met


def test_nothing_is_confirmed_that_nobody_says_is_met(cast: Cast) -> None:
    found, client = asked_of(cast.ours), client_of(cast, Role.REVIEWER)

    page = post(client, "condition_confirmed", found)

    assert "Nobody says that this condition is met" in page
    assert not fresh(found).is_met
