"""What imports take in the database is bounded, and goes early."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled
from pytest_django import Settings

from audits.models import Import
from tests.casting import Cast
from tests.imports.conftest import check, import_rows, row, sheet, upload
from tests.pages import html_of


def test_organization_keeps_a_quota_of_imports(
    cast: Cast, client: Client, settings: Settings
) -> None:
    rows = [row(f"A-{n}", Name="é" * 70) for n in range(300)]
    settings.IMPORT_QUOTA = 100_000
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
    settings.IMPORT_QUOTA = 200_000
    check(client, there)
    settings.IMPORT_QUOTA = 150_000
    import_rows(client, there)
    with scope(organization=cast.ours.organization):
        assert Import.objects.get(file_name="inventory.csv", state="done")
    assert again(client)[0] == 302


def test_table_of_a_finished_import_goes_and_its_report_stays(
    cast: Cast, client: Client
) -> None:
    there = upload(client, sheet(row("A-1"), row("A-2")))
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


@pytest.mark.parametrize(
    ("state", "days"), [("read", 1), ("checked", 7), ("failed", 7), ("done", 30)]
)
def test_import_that_nobody_goes_on_with_is_removed(
    cast: Cast, state: str, days: int
) -> None:
    own = cast.ours.inventory

    def house_kept(after: timedelta) -> bool:
        with scopes_disabled():
            since = timezone.now() - after
            Import.objects.filter(pk=own.pk).update(state=state, leased_until=since)
            call_command("housekeeping", verbosity=0)
            return Import.objects.filter(pk=own.pk).exists()

    assert house_kept(timedelta(days=days, minutes=-5))
    assert not house_kept(timedelta(days=days, minutes=5))
