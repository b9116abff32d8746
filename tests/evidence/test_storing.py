"""Links and files behind an answer: what is stored, refused and recorded."""

import hashlib
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django_scopes import scope
from pytest_django import Settings

from audits.models import Audit, Event, Evidence, RemovedEvidence, Role, User
from audits.services.answers.answers import AuditLocked
from audits.services.answers.evidence import (
    NotStored,
    QuotaFull,
    add_file,
    add_link,
    remove_evidence,
)
from audits.uploads.attachments.contents import RefusedUploadError
from audits.uploads.attachments.links import RefusedLinkError
from tests.casting import Cast, register
from tests.evidence.conftest import Disk

MEGABYTE = 1024 * 1024
CONTENT = b"case,right\n1,yes\n"
LINK = "https://example.org/run"


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def add(cast: Cast, content: bytes = CONTENT, **changed: Any) -> Evidence:
    given: dict[str, Any] = {
        "audit": cast.ours.draft,
        "by": cast.ours.contributor,
        "question": "goal",
        "upload": ContentFile(content, "Run of 12 May.csv"),
    }
    return add_file(**given | changed)


def link(cast: Cast, **changed: Any) -> Evidence:
    given: dict[str, Any] = {
        "audit": cast.ours.draft,
        "by": cast.ours.contributor,
        "question": "goal",
        "link": LINK,
        "name": "",
    }
    return add_link(**given | changed)


def behind_goal() -> list[str]:
    return [item.name for item in Evidence.objects.filter(question="goal")]


def last_event() -> tuple[str, str, dict[str, Any]]:
    event = Event.objects.order_by("-number")[0]
    return event.verb, event.subject, event.details


@pytest.mark.thorough
def test_file_is_stored_under_a_name_that_tells_nothing(cast: Cast, disk: Disk) -> None:
    evidence = add(cast)

    evidence = Evidence.objects.behind(cast.ours.draft, "goal").get()
    assert (evidence.name, evidence.link) == ("Run of 12 May.csv", "")
    assert (evidence.media_type, evidence.size) == ("text/csv", len(CONTENT))
    assert evidence.digest == hashlib.sha256(CONTENT).hexdigest()
    assert evidence.added_by == cast.ours.contributor
    tenant = cast.ours.organization.pk
    assert re.fullmatch(rf"evidence/{tenant}/[0-9a-f]{{32}}", evidence.file.name or "")
    assert disk.files == [CONTENT]


def test_file_leaves_an_event_of_ids_alone(cast: Cast, disk: Disk) -> None:
    evidence = add(cast)

    assert last_event() == (
        "evidence.added",
        str(evidence.pk),
        {
            "audit": str(cast.ours.draft.pk),
            "question": "goal",
            "kind": "file",
            "sha256": evidence.digest,
        },
    )


def test_link_is_stored_and_leaves_an_event(cast: Cast) -> None:
    evidence = link(cast, name=" Run of\u202e 12 May\n")

    evidence.refresh_from_db()
    assert (evidence.link, evidence.name) == (LINK, "Run of 12 May")
    assert (evidence.file.name, evidence.size) == ("", 0)
    assert last_event() == (
        "evidence.added",
        str(evidence.pk),
        {"audit": str(cast.ours.draft.pk), "question": "goal", "kind": "link"},
    )


def test_link_without_a_name_is_called_by_its_address(cast: Cast) -> None:
    assert link(cast).name == "example.org/run"


def test_refused_link_stores_nothing(cast: Cast) -> None:
    with pytest.raises(RefusedLinkError):
        link(cast, link="javascript:alert(1)")

    assert behind_goal() == []


@pytest.mark.parametrize("adding", [add, link])
def test_nothing_is_added_to_a_submitted_audit(
    cast: Cast, disk: Disk, adding: Callable[..., Evidence]
) -> None:
    with pytest.raises(AuditLocked):
        adding(cast, audit=cast.ours.submitted)

    assert (behind_goal(), disk.files) == ([], [])


@pytest.mark.parametrize("adding", [add, link])
def test_question_must_be_one_of_the_framework(
    cast: Cast, disk: Disk, adding: Callable[..., Evidence]
) -> None:
    with pytest.raises(LookupError, match="no such question: gaol"):
        adding(cast, question="gaol")

    assert disk.files == []
    assert Evidence.objects.count() == 1


def test_refused_file_stores_nothing(cast: Cast, disk: Disk) -> None:
    with pytest.raises(RefusedUploadError, match="its content is PDF"):
        add(cast, b"%PDF-1.7")

    assert (behind_goal(), disk.files) == ([], [])


def test_file_over_the_quota_is_refused_and_says_whom_to_ask(
    cast: Cast, disk: Disk, settings: Settings
) -> None:
    settings.EVIDENCE_QUOTA = 3 * MEGABYTE
    add(cast, b"a" * 2 * MEGABYTE)

    with pytest.raises(QuotaFull) as full:
        add(cast, b"a" * (3 * MEGABYTE // 2))

    assert str(full.value) == (
        "Your organization uses 2 of its 3 MB for files, and this file needs "
        "1.5 MB. Ask an administrator for more space, or remove files you no longer "
        "need"
    )
    assert (len(behind_goal()), len(disk.files)) == (1, 1)


@pytest.mark.on_both
def test_file_that_fits_the_quota_to_the_byte_is_taken(
    cast: Cast, disk: Disk, settings: Settings
) -> None:
    settings.EVIDENCE_QUOTA = Evidence.objects.all().total_size() + len(CONTENT)

    add(cast)

    assert disk.files == [CONTENT]


@pytest.mark.on_both
def test_quota_counts_the_files_of_one_organization(
    cast: Cast, disk: Disk, settings: Settings
) -> None:
    with scope(organization=cast.theirs.organization):
        theirs = {"audit": cast.theirs.draft, "by": cast.theirs.contributor}
        add(cast, b"a" * MEGABYTE, **theirs)
    settings.EVIDENCE_QUOTA = MEGABYTE

    add(cast)

    assert len(behind_goal()) == 1


@pytest.mark.on_both
def test_full_disk_leaves_no_row_and_no_file(cast: Cast, disk: Disk) -> None:
    disk("FullDisk")
    before = last_event()

    with pytest.raises(NotStored, match="could not be stored, so nothing was added"):
        add(cast)

    assert (behind_goal(), disk.files) == ([], [])
    assert last_event() == before


@pytest.mark.on_both
def test_audit_submitted_while_the_file_is_written_gets_none(
    cast: Cast, disk: Disk
) -> None:
    disk("SlowDisk")

    with pytest.raises(AuditLocked):
        add(cast)

    assert (behind_goal(), disk.files) == ([], [])


@pytest.mark.on_both
def test_row_that_cannot_be_written_leaves_no_file(cast: Cast, disk: Disk) -> None:
    with pytest.raises(ValueError, match="unsaved related object"):
        add(cast, by=User(email="nobody@example.org"))

    assert (behind_goal(), disk.files) == ([], [])


@pytest.mark.thorough
def test_removed_file_is_gone_with_its_row(
    cast: Cast,
    disk: Disk,
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    kept, removed = add(cast, b"kept"), add(cast, b"removed")

    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence=removed, by=cast.ours.contributor)
        assert disk.files == [b"kept", b"removed"]

    assert disk.files == [b"kept"]
    assert list(Evidence.objects.filter(question="goal")) == [kept]
    assert last_event() == (
        "evidence.removed",
        str(removed.pk),
        {
            "audit": str(cast.ours.draft.pk),
            "question": "goal",
            "kind": "file",
            "name": "Run of 12 May.csv",
            "sha256": removed.digest,
            "added_by": cast.ours.contributor.pk,
        },
    )


def test_removed_link_stays_known_with_who_removed_it(cast: Cast) -> None:
    evidence, by = link(cast), cast.ours.people[Role.REVIEWER]

    remove_evidence(evidence=evidence, by=by)

    [gone] = RemovedEvidence.objects.behind(cast.ours.draft, "goal")
    assert (gone.was, gone.link, gone.name) == (evidence.pk, LINK, evidence.name)
    assert (gone.added_by, gone.added_at) == (evidence.added_by, evidence.added_at)
    assert gone.removed_by == by
    assert last_event() == (
        "evidence.removed",
        str(evidence.pk),
        {
            "audit": str(cast.ours.draft.pk),
            "question": "goal",
            "kind": "link",
            "name": evidence.name,
            "link": LINK,
            "added_by": cast.ours.contributor.pk,
        },
    )


@pytest.mark.on_both
def test_removing_twice_is_as_good_as_once(cast: Cast) -> None:
    evidence, again = link(cast), Evidence.objects.get(question="goal")
    remove_evidence(evidence=evidence, by=cast.ours.contributor)
    lines = Event.objects.count()

    remove_evidence(evidence=again, by=cast.ours.contributor)

    assert (behind_goal(), Event.objects.count()) == ([], lines)


def test_nothing_is_removed_from_a_submitted_audit(cast: Cast) -> None:
    evidence = link(cast)
    Audit.objects.update(state=Audit.State.IN_REVIEW)

    with pytest.raises(AuditLocked):
        remove_evidence(evidence=evidence, by=cast.ours.contributor)

    assert behind_goal() == ["example.org/run"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.on_both
def test_two_uploads_at_once_keep_the_quota_together(
    cast: Cast, disk: Disk, settings: Settings
) -> None:
    tenant = cast.ours
    second = register(tenant.organization, tenant.contributor, tenant.team, "Second")
    settings.EVIDENCE_QUOTA = 3 * MEGABYTE
    disk("TwoAtOnce")
    outcomes: list[str] = []

    def upload(audit: Audit) -> None:
        try:
            with scope(organization=tenant.organization):
                add(cast, b"a" * 2 * MEGABYTE, audit=audit)
            outcomes.append("added")
        except QuotaFull:
            outcomes.append("full")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=upload, args=(a,)) for a in (tenant.draft, second)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["added", "full"]
    assert (len(behind_goal()), len(disk.files)) == (1, 1)


@pytest.mark.on_both
def test_answer_has_so_many_links_and_files_and_no_more(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("audits.services.answers.evidence.MOST_BEHIND", 2)
    audit, by = cast.ours.draft, cast.ours.contributor
    file = ContentFile(CONTENT, "run.csv")
    kept = [
        add_link(audit=audit, by=by, question="goal", link=f"{LINK}/{each}", name="")
        for each in range(2)
    ]

    with pytest.raises(QuotaFull, match="has 2 links and files, which is as many"):
        add_link(audit=audit, by=by, question="goal", link=LINK, name="")
    with pytest.raises(QuotaFull, match="Remove one that you no longer need"):
        add_file(audit=audit, by=by, question="goal", upload=file)

    add_link(audit=audit, by=by, question="eval", link=LINK, name="")
    remove_evidence(evidence=kept[0], by=by)
    add_file(audit=audit, by=by, question="goal", upload=file)
    assert Evidence.objects.filter(audit=audit, question="goal").count() == 2
