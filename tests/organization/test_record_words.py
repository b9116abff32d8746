"""The record of events says what happened in the words and days of its reader."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Event, Membership, Role
from audits.services.organizations.members import change_role, end_membership
from audits.services.organizations.teams import add_team, merge_teams, rename_team
from audits.services.record import events
from tests.casting import Cast
from tests.pages import html_of

pytestmark = pytest.mark.on_both


def lines(page: str) -> list[tuple[str, ...]]:
    """Return the event, the subject and the details of each row, the latest first."""
    rows = page.partition("<tbody>")[2].split("<tr>")[1:]
    return [tuple(_cell(row, name) for name in _CELLS) for row in rows]


_CELLS = ("Event", "About", "Details")


def _cell(row: str, name: str) -> str:
    inside = row.partition(f'data-label="{name}"')[2].partition(">")[2]
    text = re.sub(r"<[^>]*>", "", inside.partition("</td>")[0])
    return " ".join(text.split())


def record(boss: Membership, verb: str, subject: str, **details: Any) -> None:
    events.record(
        organization=boss.organization,
        actor=boss.user,
        verb=verb,
        subject=subject,
        **details,
    )


def test_record_names_teams_and_people_in_the_words_of_the_pages(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    ours, by = in_ours.ours, boss.user
    lead, heir = ours.contributor, ours.people[Role.REVIEWER]
    old = add_team(organization=ours.organization, by=by, name="Actuarial")
    rename_team(team=old, by=by, name="Actuaries")
    merge_teams(team=old, into=ours.team, by=by)
    before = {"into": str(ours.team.pk), "use_cases": 0}  # as lines were until now
    record(boss, "team.merged", "4711", **before)
    viewer = ours.people[Role.VIEWER]
    change_role(member=viewer.memberships.get(), by=boss, role=Role.REVIEWER)
    end_membership(member=lead.memberships.get(), by=boss, heir=heir)
    team, name = ours.team.name, ours.organization.name
    record(boss, "organization.factor_required", str(ours.organization.pk))

    shown = lines(html_of(admin.get(reverse("record"))))

    ended = f"role: Contributor, handed over to: {heir}"
    roles = "role before: Viewer, role now: Reviewer"
    for line in (
        ("Team added", "Actuaries", ""),
        ("Team renamed", "Actuaries", "name before: Actuarial"),
        ("Team merged", "Actuaries", f"into: {team}, use cases: 0"),
        ("Team merged", "4711", f"into: {team}, use cases: 0"),
        ("Role changed", str(viewer), roles),
        ("Member deactivated", str(lead), ended),
        ("Second factor required", name, ""),
    ):
        assert line in shown, (line, shown)
    owner = f"changed: owner, owner: {lead} → {heir}"
    assert any(details.startswith(owner) for *_, details in shown)


@pytest.mark.parametrize(
    ("zone", "days"),
    [
        pytest.param("Europe/Berlin", [0, 1], id="Berlin"),
        pytest.param("", [1, 0], id="as installed, UTC"),
    ],
)
def test_day_of_the_filter_is_that_of_the_page(
    in_ours: Cast, admin: Client, boss: Membership, zone: str, days: list[int]
) -> None:
    late = datetime(2026, 6, 1, 22, 30, tzinfo=UTC)
    last = Event.objects.latest("number")
    Event.objects.create(
        organization=boss.organization,
        number=last.number + 1,
        at=late,
        actor=boss.user,
        verb="team.founded",
        subject="A team",
        details={},
        digest="0" * 64,
    )
    boss.user.time_zone = zone
    boss.user.save(update_fields=["time_zone"])

    pages = [
        html_of(admin.get(reverse("record"), {"day": day}))
        for day in ("2026-06-01", "2026-06-02", "9999-12-31", "0001-01-01")
    ]

    counts = [len(lines(page)) for page in pages]
    assert counts == [*days, 0, 0]
