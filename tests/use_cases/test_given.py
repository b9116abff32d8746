"""Who gets use cases, and whose they were, are told: in the inbox, at home, by mail."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.discussion.digests import digest_of
from audits.models import Membership, PortfolioRow, Role, UseCase, User
from audits.models.clock import database_now
from audits.services.organizations.members import end_membership
from audits.services.use_cases.bulk.changes import (
    change_one,
    start_change,
    undo_now,
    write_now,
)
from audits.services.use_cases.bulk.plans import digest_of as digest_of_plan
from audits.services.use_cases.bulk.reading import plan_of
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in

pytestmark = pytest.mark.once


def said(person: User, page: str) -> str:
    client = Client()
    sign_in(client, person)
    return " ".join(strip_tags(html_of(client.get(reverse(page)))).split())


def test_both_owners_are_told_of_what_went_and_neither_of_what_is_back(
    cast: Cast,
) -> None:
    ours = cast.ours
    lead, heir = ours.contributor, ours.people[Role.REVIEWER]
    boss = ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        cases = [pk.hex for pk in UseCase.objects.values_list("pk", flat=True)]
        change = start_change(
            organization=ours.organization,
            by=boss,
            cases=cases,
            wanted={"owner": heir.pk},
        )
        write_now(change=change, shown=digest_of_plan(plan_of(change)))
        first = PortfolioRow.objects.order_by("number").first()
        assert first
    many = len(cases)

    got = f"{boss} made you the owner of {many} use cases, including this one, just now"
    assert got in said(heir, "inbox")
    lost = (
        f"{boss} made {heir} the owner of this one, and gave away {many} use cases of "
        "yours in all, just now"
    )
    assert lost in said(lead, "inbox")
    assert "the owner of this one" not in said(boss, "inbox")
    home = said(lead, "use_cases")
    assert "You have no use cases now." in home
    assert f"{boss} gave {many} use cases of yours to others on" in home
    assert f"See {first.name}, which {heir} has now." in home
    assert "Your next verdict" in home
    with scope(organization=ours.organization):
        for person in (lead, heir):
            member = Membership.objects.get(user=person)
            mail = digest_of(member, None, database_now())
            assert mail
            told = {lead: "No longer yours: ", heir: "Yours now: "}[person]
            assert f"- {told}{boss} made" in mail.body

        undo_now(change=change)
    assert "No longer yours" not in said(lead, "inbox")
    assert "You have no use cases now." not in said(lead, "use_cases")


def test_undo_gives_nothing_to_who_was_deactivated_since(cast: Cast) -> None:
    ours = cast.ours
    lead, heir = ours.contributor, ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        boss = Membership.objects.get(user=ours.people[Role.ADMIN])
        use_case = UseCase.objects.filter(owner=lead).order_by("number")[0]
        change = change_one(use_case=use_case, by=boss.user, wanted={"owner": heir.pk})
        member = Membership.objects.get(user=lead)
        end_membership(member=member, by=boss, heir=heir)

        undo_now(change=change)

        use_case.refresh_from_db()
        change.refresh_from_db()
        assert use_case.owner == heir
        [left] = change.written["left"]
        assert left["why"] == "its owner before may answer nothing now"


@pytest.mark.thorough
def test_who_gives_one_away_is_told_at_home_and_not_in_the_inbox(cast: Cast) -> None:
    ours = cast.ours
    lead, heir = ours.contributor, ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        for use_case in UseCase.objects.order_by("number"):
            change_one(use_case=use_case, by=lead, wanted={"owner": heir.pk})

    assert f"You gave your use case to {heir} on" in said(lead, "use_cases")
    assert "No longer yours" not in said(lead, "inbox")
