"""Packs whose stored file is lost, or whose papers are: made again, told of."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from audits.models import BoardPack, PackDecision
from audits.reports.tasks import make_pack
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Tenant
from tests.examples import some_of, thorough
from tests.lost_files import LOSSES, Loss, delete, replace
from tests.reports.made_files import (
    State,
    body,
    get,
    made_pack,
    page,
    path_of,
    verbs,
    with_worker,
)
from tests.reports.packs.made_packs import add_decision

pytestmark = [pytest.mark.once, pytest.mark.usefixtures("stand_ins")]


@pytest.mark.parametrize(
    ("lose", "state"), some_of(LOSSES, 1), ids=lambda x: getattr(x, "__name__", x)
)
def test_lost_pack_is_told_of_recorded_and_made_again_the_same(
    tenant: Tenant, client: Client, settings: Settings, lose: Loss, state: str
) -> None:
    pack = made_pack(tenant, settings)
    before = path_of(pack).read_bytes()
    lose(path_of(pack))

    answer = get(client, "pack_file", pack.pk)

    assert answer["Location"] == reverse("pack", args=[pack.pk])
    pack.refresh_from_db()
    assert pack.state == State.QUEUED
    said = f"The stored file was {state}. This is recorded, and the pack is being made"
    assert said in page(client, "pack", pack.pk)
    make_pack.func(str(tenant.organization.pk), str(pack.pk))
    assert body(get(client, "pack_file", pack.pk)) == before
    assert verbs(pack.pk)[-4:] == [
        *(f"file.{state}", "pack.requested", "pack.made", "file.right_again")
    ]


@pytest.mark.thorough
def test_asking_again_for_a_lost_pack_makes_it_again(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    pack = made_pack(tenant, settings)
    digest = pack.digest
    delete(path_of(pack))
    with_worker(settings)

    asked = client.post(reverse("packs"))

    assert asked["Location"] == reverse("pack", args=[pack.pk])
    pack.refresh_from_db()
    assert (pack.state, pack.digest) == (State.READY, digest)


def test_lost_pack_whose_decision_changed_is_not_made_again_and_says_so(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    pack = made_pack(tenant, settings)
    audit = reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    submit_audit(audit=audit, by=tenant.contributor)
    delete(path_of(pack))

    get(client, "pack_file", pack.pk)

    pack.refresh_from_db()
    assert pack.state == State.READY
    shown = page(client, "pack", pack.pk)
    assert "The same pack cannot be made again, because" in shown
    assert "Make the current pack" in shown


@pytest.fixture
def zipped(
    tenant: Tenant, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> BoardPack:
    """A pack that has a file for each of its two decisions."""
    monkeypatch.setattr(BoardPack, "MOST_IN_ONE", 1)
    add_decision(tenant, "Labels")
    return made_pack(tenant, settings)


@pytest.mark.parametrize("lose", [delete, thorough(replace)])
def test_lost_paper_of_a_zip_is_made_again_before_it_is_packed(
    tenant: Tenant, client: Client, settings: Settings, zipped: BoardPack, lose: Loss
) -> None:
    before = path_of(zipped).read_bytes()
    report = PackDecision.objects.filter(pack=zipped)[0].report
    assert report is not None
    lose(path_of(report))
    delete(path_of(zipped))
    with_worker(settings)

    get(client, "pack_file", zipped.pk)

    content = body(get(client, "pack_file", zipped.pk))
    assert content == before
    with ZipFile(BytesIO(content)) as files:
        assert len(files.namelist()) == 3


def test_paper_lost_while_its_zip_is_packed_is_never_packed(
    tenant: Tenant, client: Client, settings: Settings, zipped: BoardPack
) -> None:
    report = PackDecision.objects.filter(pack=zipped)[0].report
    assert report is not None
    replace(path_of(report))
    BoardPack.objects.update(state=State.QUEUED)

    make_pack.func(str(tenant.organization.pk), str(zipped.pk))

    zipped.refresh_from_db()
    assert zipped.state == State.FAILED
    assert "is missing or was altered. Try again" in zipped.failure
    with_worker(settings)
    client.post(reverse("packs"))
    zipped.refresh_from_db()
    assert zipped.state == State.READY
