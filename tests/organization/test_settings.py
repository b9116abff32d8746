"""The settings, the sign-off rule and the record, as an administrator has them."""

import csv
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Event, Membership, Organization, Role
from audits.services.record import events
from tests.casting import Cast
from tests.pages import html_of
from tests.reports.test_budgets import PNG as LOGO

pytestmark = pytest.mark.on_both
SETTINGS = {
    "name": "Northgate Group",
    "currency": "EUR",
    "paper_size": "letter",
    "accent": "#0f5e5a",
    "archives_papers": "True",
}


def ours(cast: Cast) -> Organization:
    return Organization.objects.get(pk=cast.ours.organization.pk)


def told(verb: str) -> list[tuple[int | None, dict[str, Any]]]:
    found = Event.objects.filter(verb=verb).order_by("number")
    return [*found.values_list("actor", "details")]


def test_settings_are_saved_with_what_changed_in_the_record(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    logo = SimpleUploadedFile("logo.png", LOGO)

    response = admin.post(reverse("organization"), {**SETTINGS, "logo": logo})
    admin.post(reverse("organization"), SETTINGS)

    kept = ours(in_ours)
    assert response["Location"] == reverse("organization")
    assert (kept.name, kept.currency, kept.paper_size) == (
        "Northgate Group",
        "EUR",
        "letter",
    )
    assert (kept.accent, kept.archives_papers) == ("#0f5e5a", True)
    assert len(kept.logo_digest) == 64
    changed = ["accent", "archives_papers", "currency", "logo", "name", "paper_size"]
    # The second time nothing changed.
    assert told("organization.changed") == [(boss.user_id, {"fields": changed})]
    admin.post(reverse("organization"), {**SETTINGS, "remove_logo": "on"})
    assert (ours(in_ours).logo.name, ours(in_ours).logo_digest) == ("", "")


def test_settings_that_do_not_fit_are_refused_and_the_header_keeps_the_name(
    in_ours: Cast, admin: Client
) -> None:
    wrong = {**SETTINGS, "accent": "#ffffff", "currency": "XXX"}
    text = SimpleUploadedFile("logo.png", b"no picture")

    response = admin.post(reverse("organization"), {**wrong, "logo": text})

    page = html_of(response)
    assert response.status_code == 422
    assert {"accent", "currency", "logo"} == {*response.context["form"].errors}
    assert '<bdi class="organization">Northgate Mutual</bdi>' in page
    assert ours(in_ours).name == "Northgate Mutual"


def test_sign_off_rule_is_changed_and_recorded_once(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    for who in ("answerers", "answerers"):
        admin.post(reverse("sign_off_rules"), {"who": who})
    since = ours(in_ours).answerers_may_sign_since
    page = admin.post(reverse("sign_off_rules"), {"who": "others"}, follow=True)

    lead = " ".join(html_of(page).partition("Two people are behind")[2].split())
    assert "An override takes one signature more" in lead.partition("</p>")[0]
    assert "look at every verdict" not in html_of(page)
    assert since == timezone.localdate()
    assert ours(in_ours).answerers_may_sign_since is None
    assert told("organization.answerers_may_sign") == [
        (boss.user_id, {"allowed": True}),
        (boss.user_id, {"allowed": False}),
    ]


def rows(admin: Client, **query: str) -> list[list[str]]:
    text = admin.get(reverse("record_csv"), query).content.decode("utf-8-sig")
    return [*csv.reader(io.StringIO(text))][1:]


def test_record_is_filtered_by_person_kind_and_day_on_the_page_and_in_the_file(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    lead, today = in_ours.ours.contributor, timezone.localdate()
    admin.post(reverse("organization_teams"), {"name": "=1+1"})
    everything = Event.objects.count()
    both = {"person": str(boss.user.public_id), "kind": "team"}

    page = html_of(admin.get(reverse("record"), both))
    counts = [
        len(rows(admin)),
        len(rows(admin, **both, day=today.isoformat())),
        len(rows(admin, **both, day="2020-01-01")),
        len(rows(admin, person=str(lead.public_id), kind="team")),
    ]

    assert "Team added" in page
    assert "<bdi>=1+1</bdi>" in page
    assert "1 event<" in page.replace("\n", "").replace(" <", "<")
    # The downloads before add a line each.
    assert counts == [everything, 1, 0, 0]
    assert len(told("record.exported")) == 4
    refused = admin.get(reverse("record"), {"day": "soon"})
    assert refused.status_code == 422
    assert "Enter the day as 2026-11-30" in html_of(refused)


def test_cells_of_the_file_are_no_formulas_and_other_organizations_are_not_in_it(
    in_ours: Cast, admin: Client, boss: Membership
) -> None:
    events.record(
        organization=boss.organization, actor=None, verb="team.x", subject="=1+1"
    )
    with scope(organization=in_ours.theirs.organization):
        them = in_ours.theirs.people[Role.ADMIN]
        events.record(
            organization=in_ours.theirs.organization,
            actor=them,
            verb="team.theirs",
            subject="1",
        )

    found = rows(admin, kind="team")

    assert [line[2:6] for line in found] == [["", "team.x", "'=1+1", "'=1+1"]]
