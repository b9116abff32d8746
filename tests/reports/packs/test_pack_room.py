"""Packs take so much room and no more; what can do without its file gives it up."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from audits.models import BoardPack, Event, Role, UseCase
from audits.services.jobs import jobs
from audits.services.papers.packs import pack_room
from audits.services.papers.packs.pack_room import NoRoomForPacks, expire_packs
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.reports.packs.made_packs import ask_for_pack, date_back
from tests.signed_in import sign_in

State = BoardPack.State
MEGABYTE = 1024 * 1024


@pytest.fixture
def tenant(cast: Cast, settings: Settings, tmp_path: Path) -> Iterator[Tenant]:
    settings.MEDIA_ROOT = tmp_path
    settings.JOBS_PER_PERSON = settings.JOBS_PER_ORGANIZATION = 100
    with scope(organization=cast.ours.organization):
        # The pack of the cast stands aside, with the file that it had elsewhere.
        BoardPack.objects.update(state=State.FAILED, file="", size=0)
        yield cast.ours


def made(tenant: Tenant, meeting: str, filters: str = "", size: int = 10) -> BoardPack:
    """Have a pack made as a worker does, a second after the one before."""
    pack = ask_for_pack(tenant, filters=filters, meeting=meeting)
    content = ContentFile(b"x" * size, "pack.pdf")
    assert jobs.complete_job(job=pack, content=content)
    second = timedelta(seconds=BoardPack.objects.count())
    pack.finished_at = timezone.now() + second
    pack.save(update_fields=["finished_at"])
    return pack


def states(*packs: BoardPack) -> list[str]:
    for pack in packs:
        pack.refresh_from_db()
    return [pack.state for pack in packs]


@pytest.mark.thorough
def test_last_packs_of_the_same_decisions_keep_their_files(
    tenant: Tenant,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(pack_room, "KEPT", 2)
    packs = [
        made(tenant, f"Meeting {each}", filters="q=a" if each % 2 else "")
        for each in range(4)
    ]
    files = [str(pack.file) for pack in packs]

    with django_capture_on_commit_callbacks(execute=True):
        assert expire_packs() == 2
    assert expire_packs() == 0

    assert states(*packs) == [State.EXPIRED] * 2 + [State.READY] * 2
    assert [default_storage.exists(file) for file in files] == [False] * 2 + [True] * 2
    lines = Event.objects.filter(verb="pack.expired").order_by("number")
    assert [(line.subject, line.details["sha256"]) for line in lines] == [
        (str(pack.pk), pack.digest) for pack in packs[:2]
    ]


@pytest.mark.thorough
def test_packs_of_other_decisions_keep_theirs(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_room, "KEPT", 1)
    tenant.submitted.use_case.name = "Letters"
    first = made(tenant, "May")
    tenant.submitted.use_case.save(update_fields=["name"])
    second = made(tenant, "May")

    assert expire_packs() == 0
    assert states(first, second) == [State.READY] * 2


@pytest.mark.thorough
def test_removed_file_is_told_and_made_again_when_asked(
    tenant: Tenant, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_room, "KEPT", 1)
    sign_in(client, tenant.people[Role.VIEWER])
    first, _ = made(tenant, "May"), made(tenant, "June")
    expire_packs()
    there = reverse("pack", args=[first.pk])

    page = html_of(client.get(there))
    download = client.get(reverse("pack_file", args=[first.pk]))
    listed = html_of(client.get(reverse("packs")))
    again = client.post(reverse("packs"), {"meeting": "May"})

    assert "The file was removed to make room." in page
    assert ">Make it again</button>" in page
    assert (download.status_code, download["Location"]) == (302, there)
    assert "File removed" in listed
    assert again["Location"] == there
    assert states(first) == [State.QUEUED]


@pytest.mark.on_both
def test_oldest_that_can_be_made_again_goes_while_room_is_short(
    tenant: Tenant, settings: Settings
) -> None:
    settings.PACK_QUOTA = 100
    changed = made(tenant, "May", size=30)
    reopen_audit(audit=tenant.submitted, by=tenant.contributor)
    submit_again(tenant)
    packs = [made(tenant, name, size=30) for name in ("June", "July")]

    assert expire_packs() == 1
    assert expire_packs() == 0

    assert states(changed, *packs) == [State.READY, State.EXPIRED, State.READY]


def submit_again(tenant: Tenant) -> None:
    tenant.submitted.refresh_from_db()
    submit_audit(audit=tenant.submitted, by=tenant.contributor)


def test_pack_above_the_quota_is_refused_and_can_be_asked_for_again(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    made(tenant, "May", size=2 * MEGABYTE)
    settings.PACK_QUOTA = 2 * MEGABYTE
    sign_in(client, tenant.people[Role.VIEWER])

    with pytest.raises(NoRoomForPacks):
        ask_for_pack(tenant, meeting="June")
    refused = client.post(reverse("packs"), {"meeting": "June"})

    assert refused.status_code == 429
    page = html_of(refused)
    assert "The board packs of your organization take all of its 2 MB." in page
    assert 'value="June"' in page
    assert not BoardPack.objects.filter(meeting="June").exists()
    same = client.post(reverse("packs"), {"meeting": "May"})
    assert same.status_code == 302


@pytest.mark.thorough
def test_housekeeping_makes_room(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pack_room, "KEPT", 1)
    made(tenant, "May")
    made(tenant, "June")

    call_command("housekeeping")

    assert "Files of packs removed to make room: 1" in capsys.readouterr().out


@pytest.mark.thorough
def test_next_pack_is_compared_with_one_whose_file_was_removed(
    tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack_room, "KEPT", 1)
    first = made(tenant, "May", filters="q=a")
    date_back(first, 1)
    made(tenant, "June")
    expire_packs()

    assert ask_for_pack(tenant, filters="q=a", meeting="July").previous == first


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("PACKS_PER_HOUR", "You can ask for 2 board packs an hour. Try again in 60 m"),
        ("PACKS_PER_DAY", "You can ask for 2 board packs a day. Try again in 24 hours"),
        (
            "ORGANIZATION_PACKS_PER_DAY",
            "Your organization can ask for 2 board packs a day. Try again in 24 hours",
        ),
    ],
)
def test_packs_have_limits_that_give_the_form_back(
    tenant: Tenant, client: Client, settings: Settings, setting: str, said: str
) -> None:
    setattr(settings, setting, 2)
    sign_in(client, tenant.people[Role.VIEWER])

    answers = [
        client.post(reverse("packs"), {"meeting": f"Meeting {each}"})
        for each in range(3)
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    page = html_of(answers[2])
    assert said in page
    assert 'value="Meeting 2"' in page
    assert int(answers[2]["Retry-After"]) > 3500
    colleague = Client()
    sign_in(colleague, tenant.people[Role.REVIEWER])
    other = colleague.post(reverse("packs"), {"meeting": "Another"})
    assert other.status_code == (429 if "ORGANIZATION" in setting else 302)


@pytest.mark.thorough
def test_one_person_leaves_the_colleagues_papers_of_the_day(
    tenant: Tenant, client: Client, settings: Settings
) -> None:
    settings.PAPERS_PER_DAY = 1
    url = reverse("request_paper", args=[tenant.submitted.pk])

    def ask(role: Role, name: str) -> int:
        UseCase.objects.update(name=name)
        sign_in(client, tenant.people[role])
        return client.post(url).status_code

    greedy = [ask(Role.VIEWER, name) for name in ("One", "Two")]

    assert greedy == [302, 429]
    assert ask(Role.REVIEWER, "Three") == 302


@pytest.mark.parametrize(
    "setting", ["PAPERS_PER_HOUR", "PAPERS_PER_DAY", "ORGANIZATION_PAPERS_PER_DAY"]
)
def test_papers_have_limits(
    tenant: Tenant, client: Client, settings: Settings, setting: str
) -> None:
    setattr(settings, setting, 1)
    sign_in(client, tenant.people[Role.VIEWER])
    url = reverse("request_paper", args=[tenant.submitted.pk])

    answers = []
    for name in ("As before", "Renamed since"):
        UseCase.objects.update(name=name)
        answers += [client.post(url) for _ in range(3)]

    # A paper that exists, or is being made, costs nothing more.
    assert [a.status_code for a in answers] == [302, 302, 302, 429, 429, 429]
    assert "can ask for 1 board papers" in html_of(answers[-1])
