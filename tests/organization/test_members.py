"""What an administrator may change of a member, and what leaving hands over."""

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.access.members import membership_of
from audits.models import (
    AnswerRequest,
    Audit,
    Event,
    Feed,
    Membership,
    PortfolioRow,
    Role,
    SignOffCondition,
    Team,
    TeamRole,
    UseCase,
    User,
)
from audits.scoring.days import in_words
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.organizations.members import (
    LastAdministrator,
    OwnMembership,
    change_role,
    end_membership,
    may_inherit,
    take_back_ending,
)
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.conditions import sign_with, term
from tests.pages import html_of
from tests.signed_in import sign_in

pytestmark = pytest.mark.on_both


def page_of(person: User) -> str:
    return reverse("member", args=[person.public_id])


def deactivate(admin: Client, person: User, heir: User | None = None) -> Any:
    form = {"heir": str(heir.public_id)} if heir else {}
    return admin.post(reverse("deactivate_member", args=[person.public_id]), form)


def lines(verb: str) -> list[tuple[int | None, str, dict[str, object]]]:
    found = Event.objects.filter(verb=verb).order_by("number")
    return [*found.values_list("actor", "subject", "details")]


def test_role_acts_on_the_next_request(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    viewer, client = in_ours.ours.people[Role.VIEWER], Client()
    sign_in(client, viewer)
    before = client.get(reverse("register")).status_code

    response = admin.post(page_of(viewer), {"role": "contributor"})

    assert response["Location"] == reverse("members")
    assert (before, client.get(reverse("register")).status_code) == (403, 200)
    roles = {"before": "viewer", "after": "contributor"}
    assert lines("membership.changed") == [(boss.user_id, str(viewer.pk), roles)]


def test_nobody_changes_their_own_membership(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    response = admin.post(page_of(boss.user), {"role": "viewer"})

    assert response.status_code == 422
    assert "You are the only administrator of" in html_of(response)
    assert "Ask another administrator" not in html_of(response)
    other = in_ours.ours.people[Role.REVIEWER].memberships.get()
    change_role(member=other, by=boss, role=Role.ADMIN)
    page = html_of(admin.get(page_of(boss.user)))
    assert "Ask another administrator" in page
    assert "You are the only administrator of" not in page
    with pytest.raises(OwnMembership):
        end_membership(member=boss, by=boss)
    boss.refresh_from_db()
    assert (boss.role, boss.ended_at) == (Role.ADMIN, None)


def test_organization_keeps_an_administrator(in_ours: Cast, boss: Membership) -> None:
    """Of two who change each other, the second is none any more."""
    other = in_ours.ours.people[Role.REVIEWER].memberships.get()
    change_role(member=other, by=boss, role=Role.ADMIN)
    other.refresh_from_db()
    change_role(member=boss, by=other, role=Role.VIEWER)

    with pytest.raises(LastAdministrator):
        change_role(member=other, by=boss, role=Role.VIEWER)
    with pytest.raises(LastAdministrator):
        end_membership(member=other, by=boss)
    with pytest.raises(LastAdministrator):
        take_back_ending(member=other, by=boss)
    User.objects.filter(pk=other.user_id).update(is_active=False)
    with pytest.raises(LastAdministrator):
        change_role(member=boss, by=other, role=Role.CONTRIBUTOR)

    admins = Membership.objects.filter(role=Role.ADMIN)
    assert [member.user for member in admins] == [other.user]


def test_leaving_hands_everything_over_and_ends_sessions_and_calendars(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    lead, heir = in_ours.ours.contributor, in_ours.ours.people[Role.REVIEWER]
    draft, client = in_ours.ours.draft, Client()
    ask = ask_colleague(
        audit=draft, by=boss.user, of=lead, section="purpose", question="goal"
    )
    sign_in(client, lead)
    own = [*UseCase.objects.filter(owner=lead).order_by("pk")]

    response = deactivate(admin, lead, heir)

    assert response["Location"] == reverse("members")
    said = f"{lead} is deactivated. {heir} has their {len(own)} use cases and "
    assert f"{said}1 answer request now." in html_of(admin.get(response["Location"]))
    assert membership_of(lead) is None
    # The session is gone, so they are asked to sign in.
    assert client.get(reverse("use_cases"))["Location"].startswith("/sign-in/")
    assert not Feed.objects.filter(user=lead).exists()
    assert {*UseCase.objects.values_list("owner", "given_by")} == {
        (heir.pk, boss.user_id)
    }
    assert {*PortfolioRow.objects.values_list("owner", flat=True)} == {heir.pk}
    assert [(actor, subject) for actor, subject, _ in lines("use_case.changed")] == [
        (boss.user_id, use_case.reference) for use_case in own
    ]
    ask.refresh_from_db()
    assert (ask.of, ask.is_open) == (heir, True)
    both = {"before": lead.pk, "after": heir.pk}
    assert lines("ask.handed_over") == [(boss.user_id, str(ask.pk), both)]
    got = {"person": heir.pk, "use_cases": len(own), "requests": 1}
    ended = {"before": "contributor", "got": [got]}
    assert lines("membership.ended") == [(boss.user_id, str(lead.pk), ended)]
    assert len(lines("feed.removed")) == 1
    # Their name stays in what they did, and among those who left.
    assert str(lead) in html_of(admin.get(reverse("members")))
    assert Event.objects.filter(actor=lead).exists()


def test_owner_becomes_a_viewer_only_with_a_colleague_who_takes_over(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    lead, heir = in_ours.ours.contributor, in_ours.ours.people[Role.REVIEWER]
    own = [*UseCase.objects.filter(owner=lead).order_by("pk")]
    form = {"role": "viewer", "heir": str(heir.public_id)}

    page = html_of(admin.get(page_of(lead)))
    refused = admin.post(page_of(lead), {"role": "viewer"})
    role, owned = lead.memberships.get().role, UseCase.objects.filter(owner=lead)
    kept = (role, owned.count())
    useless = admin.post(page_of(lead), {**form, "role": "reviewer"})
    still = owned.count()
    same = admin.post(page_of(lead), {"role": "contributor"}, follow=True)
    done = admin.post(page_of(lead), form, follow=True)

    assert f"{len(own)} use cases that they own" in page
    assert "Who takes over, if the new role answers no questions?" in page
    assert "This role answers questions, so they keep what they have." in html_of(
        useless
    )
    assert f"{lead} stays a contributor." in html_of(same)
    assert "Choose who takes over" in html_of(refused)
    assert (refused.status_code, kept) == (422, (Role.CONTRIBUTOR, len(own)))
    assert still == len(own)
    said = f"{lead} is a viewer now. {heir} has their {len(own)} use cases"
    [(_, _, told)] = lines("membership.changed")
    assert told["got"] == [{"person": heir.pk, "use_cases": len(own)}]
    assert said in html_of(done)
    assert lead.memberships.get().role == Role.VIEWER
    assert {*UseCase.objects.values_list("owner", flat=True)} == {heir.pk}
    assert [(actor, subject) for actor, subject, _ in lines("use_case.changed")] == [
        (boss.user_id, use_case.reference) for use_case in own
    ]


def test_request_that_the_heir_has_or_made_is_closed(
    in_ours: Cast, boss: Membership
) -> None:
    lead, heir = in_ours.ours.contributor, in_ours.ours.people[Role.REVIEWER]
    own = ask_colleague(audit=in_ours.ours.draft, by=heir, of=lead, section="purpose")

    end_membership(member=lead.memberships.get(), by=boss, heir=heir)

    own.refresh_from_db()
    assert (own.of, own.is_open) == (lead, False)
    open_ones = AnswerRequest.objects.open().filter(of=heir)
    assert [ask.pk for ask in open_ones] == [in_ours.ours.ask.pk]


def test_condition_goes_to_the_heir_and_the_sign_off_still_names_its_owner(
    in_ours: Cast, boss: Membership
) -> None:
    audit, lead = in_ours.ours.submitted, in_ours.ours.contributor
    heir = in_ours.ours.people[Role.REVIEWER]
    sign_with(audit, heir, term(audit, "Measure again"))
    condition = SignOffCondition.objects.get()

    inbox, theirs = Client(), reverse("inbox")
    sign_in(inbox, heir)
    inbox.post(reverse("read_inbox"), follow=True)
    assert "Measure again" not in html_of(inbox.get(theirs, {"show": "unread"}))

    end_membership(member=lead.memberships.get(), by=boss, heir=heir)

    told = " ".join(html_of(inbox.get(theirs, {"show": "unread"})).split())
    day = in_words(condition.due_on)
    assert (
        f"<bdi>{heir}</bdi> signed off with a condition, to be met by {day}; "
        f"<bdi>{boss.user}</bdi> handed it to you"
    ) in told
    condition.refresh_from_db()
    assert (condition.owner, condition.asked) == (lead, heir)
    assert [*SignOffCondition.objects.asked_of(heir.pk)] == [condition]
    assert lines("condition.handed_over")[0][1] == str(condition.pk)


def test_who_has_work_leaves_only_with_an_heir_who_may_answer(
    in_ours: Cast, admin: Client
) -> None:
    lead, viewer = in_ours.ours.contributor, in_ours.ours.people[Role.VIEWER]

    refused = [deactivate(admin, lead), deactivate(admin, lead, viewer)]

    assert [each.status_code for each in refused] == [422, 422]
    assert "Choose who takes over" in html_of(refused[0])
    assert membership_of(lead) is not None
    assert UseCase.objects.filter(owner=lead).exists()


def test_deactivation_names_what_nobody_else_could_sign_off(
    in_ours: Cast, admin: Client
) -> None:
    reviewer, boss = (in_ours.ours.people[x] for x in (Role.REVIEWER, Role.ADMIN))
    page = reverse("deactivate_member", args=[reviewer.public_id])
    name = in_ours.ours.submitted.use_case.name
    before = html_of(admin.get(page))
    # The only other one who may sign off submitted it.
    Audit.objects.filter(pk=in_ours.ours.submitted.pk).update(submitted_by=boss)

    after = [html_of(admin.get(page))]
    review_for_a_team_alone(in_ours, reviewer)
    after.append(html_of(admin.get(page)))

    assert "Then nobody can sign off" not in before
    for each in after:
        said = each.partition("Then nobody can sign off 1 use case in review:")[2]
        assert re.findall(r"<li><bdi>(.*?)</bdi></li>", said) == [name]


def review_for_a_team_alone(cast: Cast, person: User) -> None:
    member = person.memberships.get()
    person.memberships.update(role=Role.VIEWER)
    TeamRole.objects.create(
        organization=cast.ours.organization,
        membership=member,
        team=cast.ours.submitted.use_case.team,
        role=Role.REVIEWER,
    )


def test_who_takes_over_is_an_active_colleague_who_may_answer(in_ours: Cast) -> None:
    ours, theirs = in_ours.ours, in_ours.theirs
    lead, reviewer = ours.contributor, ours.people[Role.REVIEWER]
    member = lead.memberships.get()
    people = (None, lead, ours.people[Role.VIEWER], theirs.contributor, reviewer)

    told = [may_inherit(member, each) for each in people]
    User.objects.filter(pk=reviewer.pk).update(is_active=False)

    assert told == [False, False, False, False, True]
    assert not may_inherit(member, reviewer)


def test_what_a_member_has_is_split_by_team(in_ours: Cast, admin: Client) -> None:
    ours, person = in_ours.ours, in_ours.ours.contributor
    heir, other = ours.people[Role.REVIEWER], ours.people[Role.ADMIN]
    sales = Team.objects.create(organization=ours.organization, name="Sales")
    for name in ("Letters", "Offers"):
        register_use_case(
            organization=ours.organization,
            by=person,
            owner=person,
            team=sales,
            name=name,
            summary="Writes.",
        )
    page = reverse("deactivate_member", args=[person.public_id])
    before = UseCase.objects.filter(owner=person).exclude(team=sales).count()

    shown = html_of(admin.get(page))
    split = {"heir": heir.public_id, f"team-{sales.pk}": other.public_id}
    said = html_of(admin.post(page, split, follow=True))

    assert "What is of Sales (2 use cases)" in shown
    assert before
    assert not UseCase.objects.filter(owner=person).exists()
    assert {x.owner for x in UseCase.objects.filter(team=sales)} == {other}
    rows = PortfolioRow.objects.filter(use_case__team=sales)
    assert {row.owner for row in rows} == {other}
    told = [x[2] for x in lines("use_case.changed")]
    theirs = [x["owner"] for x in told].count([person.pk, other.pk])
    assert (theirs, len(told)) == (2, before + 2)
    assert f"{heir} has their {before} use case" in said
    assert f"{other} has their 2 use cases now." in said
    [(_, _, gone)] = lines("membership.ended")
    parts: Any = gone["got"]
    assert {x["person"]: x["use_cases"] for x in parts} == {
        heir.pk: before,
        other.pk: 2,
    }


def test_deactivation_can_be_taken_back(in_ours: Cast, admin: Client) -> None:
    viewer = in_ours.ours.people[Role.VIEWER]
    deactivate(admin, viewer)
    gone = membership_of(viewer)

    admin.post(page_of(viewer), {"do": "restore"})

    back = membership_of(viewer)
    assert gone is None
    assert back is not None
    assert back.role == Role.VIEWER
    assert [line[2] for line in lines("membership.resumed")] == [{"after": "viewer"}]


def test_who_joined_another_organization_goes_on_with_that_one(
    in_ours: Cast, admin: Client
) -> None:
    viewer = in_ours.ours.people[Role.VIEWER]
    deactivate(admin, viewer)
    theirs = in_ours.theirs.organization
    with scope(organization=theirs):
        Membership.objects.create(user=viewer, organization=theirs, role=Role.ADMIN)

    page = html_of(admin.post(page_of(viewer), {"do": "restore"}, follow=True))

    assert f"{viewer} is a member again, as viewer." in page
    now = membership_of(viewer)
    assert now is not None
    assert now.organization == theirs
    assert [each.role for each in now.others] == [Role.VIEWER]


def test_who_left_is_offered_nowhere_and_the_record_knows_their_sign_in(
    in_ours: Cast, admin: Client
) -> None:
    viewer = in_ours.ours.people[Role.VIEWER]
    deactivate(admin, viewer)

    Client().force_login(viewer)

    line = Event.objects.latest("number")
    assert (line.verb, line.subject) == ("person.signed_in", str(viewer.pk))
    assert line.details == {"deactivated": True}
    assert not Membership.objects.filter(user=viewer).exists()
    ended = Membership.ever.get(user=viewer).ended_at
    assert ended is not None
    assert ended <= timezone.now()


def test_other_organizations_members_stay(in_ours: Cast, admin: Client) -> None:
    theirs = in_ours.theirs.contributor

    assert deactivate(admin, theirs).status_code == 404

    with scope(organization=in_ours.theirs.organization):
        assert theirs.memberships.get().ended_at is None


def test_list_says_who_has_a_second_factor(in_ours: Cast, admin: Client) -> None:
    people = in_ours.ours.people
    viewer, reviewer = people[Role.VIEWER], people[Role.REVIEWER]
    Authenticator.objects.create(user=viewer, type=Authenticator.Type.TOTP, data={})

    rows = html_of(admin.get(reverse("members"))).split("<tr>")

    told = {
        str(person): ">Yes<" in row
        for person in (viewer, reviewer)
        for row in rows
        if f"<bdi>{person}</bdi>" in row
    }
    assert told == {str(viewer): True, str(reviewer): False}
