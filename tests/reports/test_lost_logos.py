"""Papers and packs are made without a lost logo, and say so."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from pytest_django import Settings

from audits.models import FileProblem
from audits.reports.tasks import make_report, queue_report
from audits.services.files.logos import keep_digest
from tests.casting import Tenant
from tests.examples import some_of
from tests.lost_files import LOSSES, SILENT, Loss, replace
from tests.reports.made_files import State, get, made_pack, made_report, page, verbs
from tests.reports.test_budgets import PNG

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("stand_ins")]


def set_logo(tenant: Tenant) -> Path:
    """Give the organization a logo, as the back office does."""
    organization = tenant.organization
    organization.logo = ContentFile(PNG, "logo.png")
    keep_digest(organization)
    organization.save()
    tenant.submitted.organization.refresh_from_db()
    return Path(organization.logo.path)


@pytest.mark.parametrize(
    ("lose", "state"), some_of(LOSSES, 1), ids=lambda x: getattr(x, "__name__", x)
)
def test_paper_is_made_without_a_lost_logo_says_so_and_gets_it_back(
    tenant: Tenant, client: Client, settings: Settings, lose: Loss, state: str
) -> None:
    logo = set_logo(tenant)
    whole = made_report(tenant, settings)
    lose(logo)

    bare = made_report(tenant, settings)

    assert bare.pk != whole.pk
    assert bare.notice.startswith("It was made without the logo, because the stored")
    shown = page(client, "paper", bare.pk)
    assert bare.notice in shown
    assert "Nothing was cut" not in shown
    problem = FileProblem.objects.get()
    assert (problem.kind, problem.state) == ("logo", state)
    assert verbs(tenant.organization.pk) == [f"file.{state}"]
    if logo.is_dir():
        logo.rmdir()
    logo.write_bytes(PNG)
    again = made_report(tenant, settings)
    assert (again.pk, again.notice) == (whole.pk, "")
    assert not FileProblem.objects.open().exists()


@pytest.mark.thorough
def test_pack_is_made_without_a_lost_logo_and_says_so(
    tenant: Tenant, settings: Settings
) -> None:
    replace(set_logo(tenant))

    assert made_pack(tenant, settings).notice.startswith("It was made without the logo")


def test_paper_waits_for_a_logo_while_the_storage_is_silent(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    set_logo(tenant)
    report = queue_report(audit=tenant.submitted, by=tenant.contributor)
    right = settings.STORAGES
    settings.STORAGES = right | {"default": {"BACKEND": SILENT[1]}}

    make_report.func(str(tenant.organization.pk), str(report.pk))

    report.refresh_from_db()
    assert report.state == State.FAILED
    assert report.failure.startswith("The file storage is not responding.")
    # Page 1 is written all the same.
    assert get(client, "cover", tenant.submitted.pk).status_code == 200
    settings.STORAGES = right
    assert made_report(tenant, settings).pk == report.pk
