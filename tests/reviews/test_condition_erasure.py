"""What is left of conditions when a use case or a person is erased; who sees them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import SEE_ALL, ConditionStep, Role, SignOffCondition, UseCase, User
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.condition_steps import meet_condition, take_back
from audits.services.use_cases.changing import SubmittedBefore, delete_use_case
from tests.casting import CANARY, PASSWORD, Cast, Tenant
from tests.conditions import condition_of, sign_with, term
from tests.examples import all_but
from tests.pages import html_of
from tests.reviews.conftest import read_of, signed
from tests.signed_in import let_prove, sign_in


def tell(found: SignOffCondition, by: User) -> None:
    """Let a person say that a condition is met."""
    link = "https://example.org/run"
    meet_condition(condition=found, by=by, words="30 passed.", link=link)


def asked_and_told(tenant: Tenant, *, owner: User, by: User) -> SignOffCondition:
    """Sign off with a condition that was met, and is open again."""
    audit, reviewer = tenant.submitted, tenant.people[Role.REVIEWER]
    asked = term(audit, f"{tenant.team} tests it.", owner=owner)
    sign_with(fresh_audit(audit), reviewer, asked)
    found = condition_of(audit)
    tell(found, by)
    take_back(condition=found, by=reviewer, words="Of the old model.")
    return found


@pytest.mark.on_both
def test_use_case_takes_all_its_conditions_and_their_steps_with_it(cast: Cast) -> None:
    ours, theirs = cast.ours, cast.theirs
    with scope(organization=theirs.organization):
        asked_and_told(theirs, owner=theirs.contributor, by=theirs.contributor)
    with scope(organization=ours.organization):
        asked_and_told(ours, owner=ours.contributor, by=ours.contributor)
        use_case = UseCase.objects.get(pk=ours.submitted.use_case_id)
        with pytest.raises(SubmittedBefore):
            delete_use_case(use_case=use_case, by=ours.contributor)
        assert SignOffCondition.objects.count() == 1

        use_case.delete()

        assert not SignOffCondition.objects.exists()
        assert not ConditionStep.objects.exists()
    with scope(organization=theirs.organization):
        assert SignOffCondition.objects.count() == 1
        assert ConditionStep.objects.count() == 2


def owns_it(ours: Tenant, person: User) -> None:
    asked_and_told(ours, owner=person, by=ours.contributor)


def told_of_it(ours: Tenant, person: User) -> None:
    asked_and_told(ours, owner=ours.contributor, by=person)


@pytest.mark.parametrize(
    ("happened", "is_erased_later"),
    [(owns_it, True), pytest.param(told_of_it, False, marks=pytest.mark.once)],
)
@pytest.mark.on_both
def test_person_of_a_condition_is_not_erased_while_it_is_there(
    cast: Cast,
    client: Client,
    happened: Callable[[Tenant, User], None],
    *,
    is_erased_later: bool,
) -> None:
    ours, person = cast.ours, cast.ours.people[Role.VIEWER]
    root = User.objects.create_superuser(email="root@example.com", password=PASSWORD)
    sign_in(client, root)
    let_prove(client, root)
    url = reverse("admin:audits_user_delete", args=[person.pk])
    with scope(organization=ours.organization):
        happened(ours, person)

    page = html_of(client.get(url))
    client.post(url, {"post": "yes"})

    assert "Cannot delete user" in page
    assert User.objects.filter(pk=person.pk).exists()
    with scope(organization=ours.organization):
        assert ConditionStep.objects.count() == 2
        ours.submitted.use_case.delete()
    client.post(url, {"post": "yes"})
    # The record keeps who told of it.
    assert User.objects.filter(pk=person.pk).exists() is not is_erased_later


@pytest.mark.parametrize("role", all_but(list(SEE_ALL), [Role.ADMIN]))
def test_no_page_of_a_condition_has_a_word_of_the_other_organization(
    cast: Cast, role: Role
) -> None:
    client, found = Client(), []
    for tenant in (cast.theirs, cast.ours):
        with scope(organization=tenant.organization):
            owner = tenant.people[role]
            found.append(asked_and_told(tenant, owner=owner, by=owner))
    theirs, ours = found
    sign_in(client, cast.ours.people[role])
    shown = reverse("condition", args=[ours.pk])
    met, back = (
        reverse(name, args=[ours.pk]) for name in ("condition_met", "condition_open")
    )
    done = {"words": "30 passed.", "link": "https://example.org/run"}

    answers = [
        client.get(shown),
        client.post(met, {"words": ""}),
        client.post(met, {"words": "30", "link": "javascript:x"}),
        client.post(met, done, follow=True),
        client.post(met, done, follow=True),
        client.post(back, {"words": ""}),
        client.post(back, {"words": "No."}, follow=True),
        client.get(reverse("notice", args=["condition", ours.pk]), follow=True),
        *(client.get(reverse(name)) for name in ("inbox", "portfolio", "calendars")),
        client.get(reverse("result", args=[ours.audit_id])),
        client.get(reverse("timeline", args=[ours.audit_id])),
    ]

    assert [answer.status_code for answer in answers] == [
        *(200, 422, 422, 200, 200, 422, 200),
        *([200] * 6),
    ]
    for number, answer in enumerate(answers):
        assert CANARY not in html_of(answer), number
    for url in (
        reverse("condition", args=[theirs.pk]),
        reverse("notice", args=["condition", theirs.pk]),
    ):
        assert client.get(url).status_code == 404


def test_form_of_conditions_names_nobody_of_the_other_organization(cast: Cast) -> None:
    client, audit = Client(), cast.ours.submitted
    sign_in(client, cast.ours.people[Role.REVIEWER])
    url = reverse("review", args=[audit.pk])
    form = signed("conditions", submission=read_of(audit)) | {"shown": "5"}

    pages = [html_of(client.get(url)), html_of(client.post(url, form))]

    assert "condition_5_owner" in pages[1]
    for page in pages:
        assert CANARY not in page
