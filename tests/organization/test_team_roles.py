"""A role for one team holds for its use cases, and for nothing else."""

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import Settings

from audits.access.members import membership_of
from audits.models import (
    Audit,
    Event,
    Membership,
    Role,
    Team,
    TeamRole,
    UseCase,
    User,
)
from audits.models.organizations import stronger
from audits.services.discussion.answer_requests import colleagues_to_ask
from audits.services.organizations.members import (
    change_role,
    end_membership,
    set_team_role,
)
from audits.services.reviews.separation import signing_of, who_can_sign
from audits.services.use_cases.bulk.changes import start_change, undo_now, write_now
from audits.services.use_cases.bulk.plans import digest_of
from audits.services.use_cases.bulk.reading import plan_of
from tests.casting import Cast, register
from tests.imports.conftest import check, row, sheet, upload
from tests.pages import html_of
from tests.portfolio.rows_made import make_rows
from tests.signed_in import sign_in


@pytest.fixture
def viewer(in_ours: Cast) -> User:
    return in_ours.ours.people[Role.VIEWER]


@pytest.fixture
def inside(viewer: User) -> Client:
    client = Client()
    sign_in(client, viewer)
    return client


@pytest.fixture
def elsewhere(in_ours: Cast) -> Audit:
    """A draft of another team of ours."""
    ours = in_ours.ours
    other = Team.objects.create(organization=ours.organization, name="Northgate risk")
    return register(ours.organization, ours.contributor, other, "Northgate scoring")


def give(cast: Cast, boss: Membership, person: User, role: Role | None) -> Membership:
    member = person.memberships.get()
    set_team_role(member=member, by=boss, team=cast.ours.team, role=role)
    return member


@pytest.mark.on_both
def test_contributor_of_a_team_answers_for_it_alone_from_the_next_request(
    in_ours: Cast, boss: Membership, viewer: User, inside: Client, elsewhere: Audit
) -> None:
    own = reverse("tasks", args=[in_ours.ours.draft.pk])
    other = reverse("tasks", args=[elsewhere.pk])
    before = inside.get(own).status_code

    give(in_ours, boss, viewer, Role.CONTRIBUTOR)
    during = [inside.get(page).status_code for page in (own, other, reverse("packs"))]
    alike = [inside.get(reverse(n)).status_code for n in ("change_many", "members")]
    signers = who_can_sign(in_ours.ours.submitted)
    give(in_ours, boss, viewer, None)

    assert before == 403
    assert during == [200, 403, 200]
    assert alike == [403, 403]
    assert str(viewer) not in signers
    assert inside.get(own).status_code == 403
    asked = colleagues_to_ask(audit=in_ours.ours.draft, by=boss.user)
    assert viewer not in asked


def test_contributor_of_a_team_registers_and_moves_only_within_own_teams(
    in_ours: Cast, boss: Membership, viewer: User, inside: Client, elsewhere: Audit
) -> None:
    team, other = in_ours.ours.team, elsewhere.use_case.team
    give(in_ours, boss, viewer, Role.CONTRIBUTOR)
    form = {"name": "Northgate post", "summary": "Sorts post", "stage": "planned"}
    page = reverse("register")
    move = reverse("use_case_details", args=[in_ours.ours.draft.pk])

    refused = [
        inside.post(page, {**form, "team": other.public_id}),
        inside.post(page, {**form, "new_team": "A team of mine"}),
        inside.post(move, {"name": "Moved", "team": other.public_id}),
    ]
    taken = inside.post(page, {**form, "team": team.public_id})

    said = "Choose a team in which you may contribute"
    assert [said in html_of(answer) for answer in refused] == [True] * 3
    assert taken.status_code == 302
    assert not Team.objects.filter(name="A team of mine").exists()
    assert UseCase.objects.get(name="Northgate post").team == team
    assert UseCase.objects.get(pk=in_ours.ours.draft.use_case_id).team == team


@pytest.mark.on_both
def test_reviewer_of_a_team_signs_and_is_asked_for_it_alone(
    in_ours: Cast, boss: Membership, viewer: User, inside: Client
) -> None:
    submitted = in_ours.ours.submitted
    page = reverse("review", args=[submitted.pk])
    inbox = reverse("inbox")
    before = (inside.get(page).status_code, submitted.use_case.name in _of(inside))

    give(in_ours, boss, viewer, Role.REVIEWER)
    member = membership_of(viewer)

    assert member is not None
    assert before == (403, False)
    assert inside.get(page).status_code == 200
    assert submitted.use_case.name in html_of(inside.get(inbox))
    assert str(viewer) in who_can_sign(submitted)
    assert signing_of(submitted, member).said.startswith("You, ")
    assert viewer in colleagues_to_ask(audit=in_ours.ours.draft, by=boss.user)


def _of(client: Client) -> str:
    return html_of(client.get(reverse("inbox")))


def test_request_about_two_teams_has_the_own_role_alone(
    in_ours: Cast, boss: Membership, viewer: User, elsewhere: Audit
) -> None:
    give(in_ours, boss, viewer, Role.ADMIN)
    member = membership_of(viewer)
    assert member is not None

    roles = [member.acts_as]
    for audit in (in_ours.ours.draft, elsewhere, in_ours.ours.draft):
        member.look_at(audit.use_case.team_id)
        roles.append(member.acts_as)

    assert roles == [Role.VIEWER, Role.ADMIN, Role.VIEWER, Role.VIEWER]
    assert not member.administers
    assert stronger(Role.REVIEWER, Role.CONTRIBUTOR) == Role.REVIEWER


def test_membership_and_its_roles_are_one_query(
    in_ours: Cast, boss: Membership, viewer: User
) -> None:
    give(in_ours, boss, viewer, Role.CONTRIBUTOR)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        member = membership_of(viewer)
        assert member is not None
        roles = member.team_roles

    assert roles == {in_ours.ours.team.pk: Role.CONTRIBUTOR}
    assert len(asked) == 1


@pytest.mark.on_both
def test_reviewer_of_a_team_moves_nothing_judged_into_it_from_where_they_do_not_review(
    in_ours: Cast, boss: Membership, elsewhere: Audit, settings: Settings
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    ours, new = in_ours.ours, elsewhere.use_case.team
    [signed] = make_rows(ours, 1, team=ours.team, state=Audit.State.SIGNED_OFF)
    judged = {x.use_case_id for x in (ours.draft, ours.submitted, signed)}
    person, client, why = ours.contributor, Client(), "review in the new team but not"
    sign_in(client, person)
    member = person.memberships.get()
    at = reverse("use_case_details", args=[ours.submitted.pk])
    cases = [x.use_case_id.hex for x in (ours.draft, ours.submitted, signed)]
    wanted = {"team": new.pk}
    made = start_change(
        organization=ours.organization, by=person, cases=cases, wanted=wanted
    )

    def form() -> dict[str, object]:
        shown = html_of(client.get(at))
        [read] = re.findall(r'name="read" value="([^"]*)"', shown)
        return {"name": "Moved", "team": new.public_id, "read": unescape(read)}

    def stays() -> set[object]:
        return {x.case.reference for x in plan_of(made) if "team" in x.left}

    free = stays()
    set_team_role(member=member, by=boss, team=new, role=Role.REVIEWER)
    refused = client.post(at, form())
    asked = {x.reference for x in UseCase.objects.filter(pk__in=judged)}
    held = stays()
    file = sheet(row(ours.submitted.use_case.reference, Team=new.name))
    report = check(client, upload(client, file))

    assert (free, held) == (set(), asked)
    assert [why in html_of(refused), why in report] == [True, True]
    assert client.get(reverse("review", args=[ours.submitted.pk])).status_code == 403
    # They may still move it away, but no undo brings it back once it is judged there.
    UseCase.objects.filter(pk__in=judged).update(team=new)
    out = start_change(
        organization=ours.organization,
        by=person,
        cases=cases,
        wanted={"team": ours.team.pk},
    )
    write_now(change=out, shown=digest_of(plan_of(out)))
    undo_now(change=out)
    assert set(UseCase.objects.filter(team=ours.team, pk__in=judged)) == set(
        UseCase.objects.filter(pk__in=judged)
    )
    set_team_role(member=member, by=boss, team=ours.team, role=Role.REVIEWER)
    assert client.post(at, form()).status_code == 302
    assert UseCase.objects.get(pk=ours.submitted.use_case_id).team == new


def test_page_gives_and_takes_a_role_and_the_record_says_so(
    in_ours: Cast, admin: Client, boss: Membership, viewer: User
) -> None:
    team, page = in_ours.ours.team, reverse("member_team_role", args=[viewer.public_id])
    form = {"team": team.public_id, "team_role": "reviewer"}

    shown = html_of(admin.post(page, form, follow=True))
    listed = html_of(admin.get(reverse("members")))
    leaving = reverse("deactivate_member", args=[viewer.public_id])
    warned = html_of(admin.get(leaving))
    admin.post(page, form)
    admin.post(page, {**form, "team_role": "none"})
    foreign = {**form, "team": in_ours.theirs.team.public_id}
    refused = html_of(admin.post(page, foreign, follow=True))

    assert f"<bdi>{team}</bdi>: reviewer" in shown
    [role] = re.findall(
        r'data-label="Role">\s*<span>Viewer<span(.*?)</td>', listed, re.S
    )
    assert f"<bdi>{team}</bdi>: reviewer" in " ".join(role.split())
    assert f"<bdi>{team}</bdi> (reviewer)" in warned
    assert "Choose a team and a role." in refused
    lines = Event.objects.filter(verb="membership.team_role").order_by("number")
    assert [(line.subject, line.details) for line in lines] == [
        (str(viewer.pk), {"team": team.name, "after": "reviewer"}),
        (str(viewer.pk), {"team": team.name, "before": "reviewer"}),
    ]
    weak = html_of(
        admin.post(
            reverse("member_team_role", args=[in_ours.ours.contributor.public_id]),
            {**form, "team_role": "contributor"},
            follow=True,
        )
    )
    assert "It changes nothing as long as they are a contributor" in weak
    TeamRole.objects.all().delete()
    said = html_of(admin.get(reverse("record")))
    assert f"team: <bdi>{team.name}</bdi>" in said or f"team: {team.name}" in said
    assert not TeamRole.objects.exists()


@pytest.mark.on_both
def test_role_of_a_team_ends_with_the_membership_and_is_of_no_board_reader(
    in_ours: Cast, boss: Membership, viewer: User
) -> None:
    member = give(in_ours, boss, viewer, Role.REVIEWER)
    change_role(member=member, by=boss, role=Role.BOARD)
    left = TeamRole.objects.count()
    with pytest.raises(ValidationError):
        give(in_ours, boss, viewer, Role.REVIEWER)
    change_role(member=member, by=boss, role=Role.VIEWER)
    give(in_ours, boss, viewer, Role.REVIEWER)

    end_membership(member=member, by=boss)

    ended = Event.objects.filter(verb="membership.team_role", details__has_key="before")
    team = in_ours.ours.team.name
    assert [line.details for line in ended] == [
        {"team": team, "before": "reviewer"},
        {"team": team, "before": "reviewer"},
    ]
    assert left == 0
    assert not TeamRole.objects.exists()
    with pytest.raises(ValidationError):
        set_team_role(
            member=member, by=boss, team=in_ours.ours.team, role=Role.REVIEWER
        )
