"""What imports take in the database is bounded, and goes early."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Event, Import, Role
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, row, sheet, upload
from tests.pages import html_of


def test_organization_keeps_a_quota_of_imports(
    cast: Cast, client: Client, settings: Settings
) -> None:
    rows = [row(f"A-{n}", Name="é" * 70) for n in range(30)]
    settings.IMPORT_QUOTA = 10_000
    there = upload(client, sheet(*rows))

    def again(client: Client) -> tuple[int, str]:
        file = SimpleUploadedFile("more.csv", sheet(*rows))
        response = client.post(reverse("import_upload"), {"file": file})
        return response.status_code, html_of(response)

    status, page = again(client)
    assert status == 422
    assert "Imports of your organization take up all 0 MB that they may." in page
    stranger = Client()
    stranger.force_login(cast.theirs.contributor)
    assert again(stranger)[0] == 302
    settings.IMPORT_QUOTA = 20_000
    check(client, there)
    settings.IMPORT_QUOTA = 18_000
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        assert Import.objects.get(file_name="inventory.csv", state="done")
    assert again(client)[0] == 302


@pytest.mark.thorough
def test_table_of_a_finished_import_goes_and_its_report_stays(
    cast: Cast, client: Client
) -> None:
    summary = {"What it does": "Sorts letters. " * 20}
    there = upload(client, sheet(row("A-1", **summary), row("A-2", **summary)))
    check(client, there)
    with scope(organization=cast.ours.organization):
        before = Import.objects.get(state="checked")
    import_rows(client, there)

    page = html_of(client.get(there))
    report = client.get(reverse("import_report", args=[before.pk]))

    assert "2 rows in 6 columns." in " ".join(page.split())
    assert "Case A-2" in page
    assert b"A-2" in report.content
    with scope(organization=cast.ours.organization):
        after = Import.objects.get(pk=before.pk)
    assert (after.state, after.rows, after.lines) == ("done", [], [])
    assert 0 < after.size < before.size


@pytest.mark.thorough
def test_import_that_nobody_goes_on_with_is_removed(cast: Cast) -> None:
    kept = {"read": 1, "checked": 7, "failed": 7, "done": 30}
    minutes = timedelta(minutes=5)
    with scopes_disabled():
        own = Import.objects.get(pk=cast.ours.inventory.pk)
        now, left = timezone.now(), set()
        for state, days in kept.items():
            for since in (
                timedelta(days=days) - minutes,
                timedelta(days=days) + minutes,
            ):
                own.pk, own._state.adding = uuid4(), True
                own.state, own.leased_until = state, now - since
                own.save()
                left |= {own.pk} if since < timedelta(days=days) else set()
        made = Import.objects.exclude(
            pk__in=[cast.ours.inventory.pk, cast.theirs.inventory.pk]
        )
        assert made.count() == 2 * len(kept)

        call_command("housekeeping", verbosity=0)

        assert {each.pk for each in made} == left


def send(client: Client, name: str) -> int:
    raw = sheet(*[row(f"A-{n}", Name="é" * 70) for n in range(30)])
    file = SimpleUploadedFile(name, raw)
    return client.post(reverse("import_upload"), {"file": file}).status_code


def names(cast: Cast) -> list[str]:
    with scope(organization=cast.ours.organization):
        others = Import.objects.exclude(pk=cast.ours.inventory.pk)
        return list(others.order_by("at").values_list("file_name", flat=True))


@pytest.mark.on_both
def test_uploads_of_one_person_leave_room_for_the_imports_of_colleagues(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.IMPORT_QUOTA, settings.IMPORT_QUOTA_OF_A_PERSON = 40_000, 15_000
    admin = Client()
    admin.force_login(cast.ours.people[Role.ADMIN])

    uploaded = [send(client, f"{number}.csv") for number in range(8)]

    assert uploaded == [302] * 8
    assert names(cast) == ["6.csv", "7.csv"]
    assert send(admin, "of the admin.csv") == 302
    with scope(organization=cast.ours.organization):
        removed = Event.objects.filter(verb="import.removed")
        # Also the one that the cast had uploaded before.
        assert removed.count() == 7
        assert {line.details["by"] for line in removed} == {cast.ours.contributor.pk}


def test_checked_files_of_a_person_are_not_replaced(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.IMPORT_QUOTA_OF_A_PERSON = 15_000
    there = upload(client, sheet(*[row(f"A-{n}", Name="é" * 70) for n in range(30)]))
    check(client, there)
    with scope(organization=cast.ours.organization):
        settings.IMPORT_QUOTA_OF_A_PERSON = Import.objects.get(state="checked").size

    assert send(client, "more.csv") == 422
    assert names(cast) == ["inventory.csv"]
    with scope(organization=cast.ours.organization):
        assert Import.objects.filter(pk=cast.ours.inventory.pk).exists()


@pytest.mark.thorough
def test_administrator_sees_and_removes_the_files_of_a_colleague(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("A-1")), "greedy.csv")
    admin = Client()
    admin.force_login(cast.ours.people[Role.ADMIN])
    page = html_of(admin.get(reverse("import_upload")))

    answer = admin.post(f"{there}remove/", follow=True)

    assert "greedy.csv" in page
    assert "Northgate contributor" in page
    assert "greedy.csv" not in html_of(answer)
    assert "greedy.csv" not in names(cast)
    with scope(organization=cast.ours.organization):
        line = Event.objects.get(verb="import.removed")
    assert line.actor == cast.ours.people[Role.ADMIN]
    assert line.details["by"] == cast.ours.contributor.pk
    colleague = Client()
    colleague.force_login(cast.ours.people[Role.REVIEWER])
    assert "Northgate.csv" not in html_of(colleague.get(reverse("import_upload")))


@pytest.mark.thorough
def test_file_that_nobody_imported_leaves_a_line_when_it_goes(cast: Cast) -> None:
    with scopes_disabled():
        since = timezone.now() - timedelta(days=2)
        Import.objects.filter(pk=cast.ours.inventory.pk).update(leased_until=since)
        call_command("housekeeping", verbosity=0)

    with scope(organization=cast.ours.organization):
        line = Event.objects.get(verb="import.removed")
    assert (line.actor, line.subject) == (None, str(cast.ours.inventory.pk))


def test_import_that_a_worker_has_is_not_removed(cast: Cast, client: Client) -> None:
    own = cast.ours.inventory
    with scope(organization=cast.ours.organization):
        Import.objects.filter(pk=own.pk).update(state="writing")

    answer = client.post(reverse("import_remove", args=[own.pk]), follow=True)

    assert "The file was not removed" in html_of(answer)
    with scope(organization=cast.ours.organization):
        assert Import.objects.filter(pk=own.pk).exists()
