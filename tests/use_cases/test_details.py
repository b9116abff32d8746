"""A use case is renamed, moved to a team, and deleted while nothing was submitted."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import (
    Audit,
    BulkChange,
    Comment,
    Cover,
    Event,
    Evidence,
    PortfolioRow,
    Role,
    UseCase,
)
from audits.services.use_cases.bulk.changes import undo_now
from audits.services.use_cases.use_cases import register_use_case
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once


def at(cast: Cast, name: str, which: str = "draft") -> str:
    return reverse(name, args=[getattr(cast.ours, which).pk])


@pytest.mark.parametrize("which", ["draft", "submitted"])
def test_use_case_gets_another_name_and_a_new_team(
    cast: Cast, client: Client, which: str
) -> None:
    url = at(cast, "use_case_details", which)
    was = getattr(cast.ours, which).use_case.name

    # The page opens with the team of today chosen.
    today = str(cast.ours.team.public_id)
    response = send(client, url, name="Claims sorter", team=today, new_team="Fraud")

    assert response["Location"] == at(
        cast, "tasks" if which == "draft" else "result", which
    )
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(audits=getattr(cast.ours, which).pk)
        assert (use_case.name, use_case.team.name) == ("Claims sorter", "Fraud")
        row = PortfolioRow.objects.get(use_case=use_case)
        assert (row.name, row.team.name) == ("Claims sorter", "Fraud")
        line = Event.objects.get(verb="use_case.changed")
        assert line.subject == use_case.reference
        assert line.details == {
            "changed": ["name", "team"],
            "name": [was, "Claims sorter"],
            "team": ["Northgate claims", "Fraud"],
        }


def test_page_opens_with_the_name_and_the_team(cast: Cast, client: Client) -> None:
    page = html_of(client.get(at(cast, "use_case_details")))

    assert f'value="{cast.ours.draft.use_case.name}"' in page
    assert f'<option value="{cast.ours.team.public_id}" selected>' in page
    assert at(cast, "use_case_details") in html_of(client.get(at(cast, "tasks")))


def test_stage_people_and_days_are_changed_at_once_and_lead_back(
    cast: Cast, client: Client
) -> None:
    draft, reviewer = cast.ours.draft, cast.ours.people[Role.REVIEWER]
    at_once = f"{at(cast, 'use_case_details')}?back=check"
    name, team = draft.use_case.name, cast.ours.team.public_id
    typed = {"name": name, "team": team, "stage": "building", "sponsor": "CFO"}
    day = timezone.localdate() + timedelta(days=9)

    owner = reviewer.public_id
    answer = send(client, at_once, **typed, owner=owner, decide_by=day.isoformat())

    assert answer["Location"] == at(cast, "check")
    said = f"{reviewer} signs verdicts off. As owner they may sign off this one too"
    assert said in html_of(client.get(answer["Location"]))
    with scope(organization=cast.ours.organization):
        row = PortfolioRow.objects.get(use_case=draft.use_case)
        assert (row.stage, row.owner) == ("building", reviewer)
        cover = Cover.objects.get(audit=draft)
        assert (cover.sponsor, cover.decide_by) == ("CFO", day)
        # What a change of many writes can be undone; page 1 keeps its versions.
        change = BulkChange.objects.get(state=BulkChange.State.DONE)
        undo_now(change=change)
        row.refresh_from_db()
        assert (row.stage, row.owner) == ("planned", cast.ours.contributor)
    page = html_of(client.get(at_once))
    assert f'<input type="date" name="decide_by" value="{day.isoformat()}"' in page
    assert 'name="review"' not in page, "nothing is signed off that could be reviewed"


def test_sponsor_agreed_on_a_day_until_another_one_is_named(
    cast: Cast, client: Client
) -> None:
    url, draft = at(cast, "use_case_details"), cast.ours.draft
    today = timezone.localdate()
    typed = {"name": draft.use_case.name, "team": cast.ours.team.public_id}

    def stored(**sent: str) -> tuple[str, date | None]:
        answer = send(client, url, **typed, **sent)
        assert answer.status_code == 302
        with scope(organization=cast.ours.organization):
            cover = Cover.objects.get(audit=draft)
            line = Event.objects.filter(verb="cover.saved").latest("number")
            assert line.details["words"] == cover.words_digest
            return cover.sponsor, cover.sponsor_agreed_on

    agreed = {"sponsor_agreed_on": today.isoformat()}
    for sponsor, day, said in (
        ("CFO", today + timedelta(days=1), "this day is still to come"),
        ("", today, "Enter the sponsor who agreed, or leave the day empty"),
    ):
        sent = {"sponsor": sponsor, "sponsor_agreed_on": day.isoformat()}
        answer = send(client, url, **typed, **sent)
        assert (answer.status_code, said in html_of(answer)) == (422, True)
    assert stored(sponsor="CFO", **agreed) == ("CFO", today)
    assert stored(sponsor="CFO") == ("CFO", today), "what is not sent stays"
    assert stored(sponsor="CEO", **agreed) == ("CEO", None)
    assert stored(sponsor="CEO", **agreed) == ("CEO", today)


def test_day_that_has_passed_is_refused_and_nothing_is_saved(
    cast: Cast, client: Client
) -> None:
    url, draft = at(cast, "use_case_details"), cast.ours.draft
    typed = {"name": "Other", "team": cast.ours.team.public_id, "stage": "live"}

    answer = send(client, url, **typed, decide_by="2020-02-03")

    assert answer.status_code == 422
    said = "Enter a day that is still to come: 3 February 2020 has passed"
    assert said in html_of(answer)
    with scope(organization=cast.ours.organization):
        use_case = UseCase.objects.get(pk=draft.use_case_id)
        assert (use_case.name, use_case.stage) == (draft.use_case.name, "planned")


def test_same_name_and_team_are_no_line_in_the_record(
    cast: Cast, client: Client
) -> None:
    draft = cast.ours.draft
    name, team = draft.use_case.name, cast.ours.team.public_id

    send(client, at(cast, "use_case_details"), name=name, team=team, new_team="")

    with scope(organization=cast.ours.organization):
        assert not Event.objects.filter(verb="use_case.changed").exists()


def test_name_that_somebody_changed_meanwhile_is_not_overwritten_unseen(
    cast: Cast, client: Client
) -> None:
    url, team = at(cast, "use_case_details"), cast.ours.team.public_id
    typed = {"name": "Mine", "team": str(team), "new_team": "", "read": "1 Opened"}

    response = client.post(url, typed)

    assert response.status_code == 422
    page = html_of(response)
    assert "Somebody else changed this while your page was open" in page
    assert 'value="Mine"' in page
    again = send(client, url, name="Mine", team=str(team), new_team="")
    assert again.status_code == 302


@pytest.mark.thorough
def test_use_case_that_was_never_submitted_is_deleted_with_all_it_holds(
    cast: Cast, client: Client
) -> None:
    draft = cast.ours.draft
    reference = draft.use_case.reference
    page = html_of(client.get(at(cast, "delete_use_case")))

    response = client.post(at(cast, "delete_use_case"))

    assert f"Delete {reference} “" in page
    assert "<li>1 link or file of evidence</li>" in page
    assert "<li>0 " not in page
    assert "1 links" not in page
    assert response["Location"] == reverse("use_cases")
    home = html_of(client.get(response["Location"]))
    assert f"{reference} “{draft.use_case.name}” is deleted." in home
    with scope(organization=cast.ours.organization):
        assert not UseCase.objects.filter(pk=draft.use_case_id).exists()
        assert not Audit.objects.filter(pk=draft.pk).exists()
        assert not Comment.objects.filter(audit=draft.pk).exists()
        assert not Evidence.objects.filter(audit=draft.pk).exists()
        line = Event.objects.get(verb="use_case.deleted")
        assert (line.subject, line.details["number"]) == (
            reference,
            draft.use_case.number,
        )
    assert client.get(at(cast, "tasks")).status_code == 404


def test_number_of_a_deleted_use_case_is_never_given_again(
    cast: Cast, client: Client
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        given: dict[str, Any] = {
            "organization": tenant.organization,
            "by": tenant.contributor,
            "owner": tenant.contributor,
            "team": tenant.team,
            "summary": "Sorts",
        }
        last = register_use_case(name="Last", **given)
    page = html_of(client.get(reverse("delete_use_case", args=[last.pk])))
    assert "Nothing was entered in it yet." in page
    assert "These go with it:" not in page
    client.post(reverse("delete_use_case", args=[last.pk]))

    with scope(organization=tenant.organization):
        following = register_use_case(name="Next", **given)

    assert following.use_case.number == last.use_case.number + 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_use_case_that_was_submitted_is_kept(
    cast: Cast, client: Client, method: str
) -> None:
    response = getattr(client, method)(at(cast, "delete_use_case", "submitted"))

    assert response["Location"] == at(cast, "result", "submitted")
    with scope(organization=cast.ours.organization):
        assert Audit.objects.filter(pk=cast.ours.submitted.pk).exists()
    details = html_of(client.get(at(cast, "use_case_details", "submitted")))
    assert at(cast, "delete_use_case", "submitted") not in details


def test_use_case_that_was_taken_back_from_review_is_kept(
    cast: Cast, client: Client
) -> None:
    client.post(at(cast, "reopen", "submitted"))

    response = client.post(at(cast, "delete_use_case", "submitted"))

    assert response["Location"] == at(cast, "result", "submitted")
    with scope(organization=cast.ours.organization):
        assert Audit.objects.filter(pk=cast.ours.submitted.pk).exists()
