"""Use cases have tags: entered on their form, found, shown, exported and imported."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import Settings

from audits.models import Event, PortfolioRow, UseCase
from audits.models.fields.tags import tags_of, tags_text
from tests.casting import Cast
from tests.imports.conftest import upload
from tests.pages import html_of
from tests.portfolio.portfolio_pages import names, page
from tests.wizard.page_forms import send


def tag(client: Client, cast: Cast, which: str, tags: str) -> str:
    """Save the tags of a use case on its page, and return the answer."""
    audit = getattr(cast.ours, which)
    url = reverse("use_case_details", args=[audit.pk])
    fields = {"name": audit.use_case.name, "team": str(cast.ours.team.public_id)}
    response = send(client, url, **fields, tags=tags)
    return html_of(response) if response.status_code == 422 else ""


@pytest.mark.on_both
def test_tags_are_saved_found_and_exported(cast: Cast, client: Client) -> None:
    tag(client, cast, "draft", " Pilot,  claims   desk; pilot")
    tag(client, cast, "submitted", "PILOT, Überblick")

    draft, submitted = cast.ours.draft.use_case, cast.ours.submitted.use_case
    with scope(organization=cast.ours.organization):
        # The second has the spelling of the first.
        stored = dict(UseCase.objects.values_list("pk", "tags"))
        assert stored[draft.pk] == "claims desk, Pilot"
        assert stored[submitted.pk] == "Pilot, Überblick"
        line = Event.objects.filter(verb="use_case.changed").latest("number")
        assert line.details["changed"] == ["tags"]
        assert line.details["tags"] == ["", "Pilot, Überblick"]
    shown = page(client)
    assert '<option value="überblick"' in shown
    assert shown.count('<option value="pilot"') == 2  # the wide form and the narrow
    assert "<bdi>claims desk, Pilot</bdi>" in shown
    assert len(names(page(client, tag="pilot"))) == 2
    assert names(page(client, tag="überblick")) == [submitted.name]
    assert names(page(client, tag="claims desk")) == [draft.name]
    assert names(page(client, tag="desk")) == []  # there is no such tag
    exported = client.get(reverse("portfolio_json"), {"tag": "überblick"})
    [row] = json.loads(b"".join(exported.streaming_content))["use_cases"]  # type: ignore[attr-defined]
    assert row["tags"] == "Pilot, Überblick"
    for name, audit in (("tasks", cast.ours.draft), ("result", cast.ours.submitted)):
        assert "Tags: <bdi>" in html_of(client.get(reverse(name, args=[audit.pk])))


@pytest.mark.once
def test_too_many_or_too_long_tags_are_refused_and_kept_in_the_form(
    cast: Cast, client: Client
) -> None:
    many = ", ".join(f"tag {number}" for number in range(11))

    refused = tag(client, cast, "draft", many)

    assert "Use 10 tags or fewer; these are 11" in refused
    assert f'value="{many}"' in refused
    with pytest.raises(ValidationError, match="40 characters or fewer"):
        tags_of("x" * 41)
    assert tags_text(tags_of("b, A, a, c")) == "A, b, c"


def test_import_gives_tags_and_its_undo_takes_them_back(
    cast: Cast, client: Client, settings: Settings
) -> None:
    backend = "django.tasks.backends.immediate.ImmediateBackend"
    settings.TASKS = {"default": {"BACKEND": backend}}
    tag(client, cast, "draft", "Pilot")
    reference = cast.ours.draft.use_case.reference
    columns = {
        "reference": "Reference",
        "name": "Name",
        "team": "Team",
        "summary": "What it does",
        "tags": "Tags",
    }
    raw = (
        "Reference,Name,Team,What it does,Tags\n"
        f'{reference},Sorts,Northgate claims,Sorts,"pilot, EU"\n'
        "A-1,New,Northgate claims,Sorts,eu\n"
    )
    there = upload(client, raw.encode())

    client.post(there, columns)
    checked = html_of(client.get(there))
    shown = checked.partition('name="shown" value="')[2][:64]
    client.post(f"{there}write/", {"shown": shown})

    with scope(organization=cast.ours.organization):
        rows = PortfolioRow.objects.filter(tags__gt="").order_by("number")
        assert list(rows.values_list("tags", flat=True)) == ["EU, Pilot", "EU"]
        client.post(f"{there}undo/")
        assert [row.tags for row in rows.all()] == ["Pilot"]
