"""An erased person is nowhere any more, and the record still verifies."""

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import (
    Audit,
    BulkChange,
    Comment,
    Cover,
    DirectoryGroup,
    Event,
    Invitation,
    Membership,
    ProviderAccount,
    Report,
    Review,
    Role,
    SavedView,
    User,
)
from audits.services.discussion.comments import add_comment
from audits.services.organizations.members import end_membership
from audits.services.privacy.erasure import CannotErase, erase_person, what_stays
from audits.services.record.record_checks import check_record
from tests.board.boards import sign
from tests.casting import Cast

NAME, ADDRESS = "Zelda Quarkwood", "zelda.quarkwood@northgate.example"
FORMER = "z.quarkwood@northgate.example"
CANARIES = ("zelda", "quarkwood")


def stored_text() -> Iterator[tuple[str, str]]:
    """Yield every row of every table as text, as JSON writes it and as people do."""
    for model in apps.get_models(include_auto_created=True):
        for row in model._base_manager.values():
            yield model.__name__, json.dumps(row, default=str, ensure_ascii=False)


def hits() -> list[str]:
    with scopes_disabled():
        found = [
            f"{name}: {text}"
            for name, text in stored_text()
            if any(canary in text.lower() for canary in CANARIES)
        ]
    files = (path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file())
    for path in files:
        content = path.read_bytes().lower()
        if any(canary.encode() in content for canary in CANARIES):
            found.append(str(path))
    sent = [f"{m.subject} {m.body} {m.to}" for m in getattr(mail, "outbox", [])]
    return found + [x for x in sent if any(c in x.lower() for c in CANARIES)]


def plant(cast: Cast) -> User:
    """Put a person's name and address into whatever holds words."""
    ours = cast.ours
    person = User.objects.get(pk=ours.contributor.pk)
    for address in (FORMER, ADDRESS):
        person.name, person.email = NAME, address
        person.save()
    admin = Membership.objects.get(user=ours.people[Role.ADMIN])
    member = Membership.objects.get(user=person)
    sign(ours)
    Review.objects.filter(audit=ours.submitted).update(words=f"Well asked, {NAME}.")
    add_comment(audit=ours.draft, by=admin.user, question="", text=f"Ask {NAME}!")
    Comment.objects.filter(audit=ours.draft).update(
        text=f"Ask {NAME.upper()}, or write to {ADDRESS}."
    )
    draft = ours.draft
    draft.notes = {"quality_gap": {"value": f"{NAME} counted.", "number": 1}}
    draft.save(update_fields=["notes"])
    Cover.objects.update_or_create(
        audit=ours.submitted,
        defaults={
            "organization": ours.organization,
            "sponsor": NAME,
            "risks": [{"text": "None", "owner": NAME}],
        },
    )
    Audit.objects.filter(pk=ours.submitted.pk).update(
        assessment={
            **(Audit.objects.get(pk=ours.submitted.pk).assessment or {}),
            "candidates": {"rows": [{"id": "c1", "run_by": NAME, "by": NAME}]},
        }
    )
    BulkChange.objects.create(
        organization=ours.organization,
        by=admin.user,
        cases=[],
        wanted={"sponsor": NAME, "own": {"legal": f"Ask {NAME}"}},
        written={"rows": [{"id": "0a", "changed": {"sponsor": [NAME, "The COO"]}}]},
    )
    for email in (FORMER, ADDRESS):
        Invitation.objects.create(
            organization=ours.organization,
            email=email,
            role=Role.VIEWER,
            expires_at=timezone.now(),
        )
    report = Report.objects.get(pk=ours.report.pk)
    report.file.save("paper.pdf", ContentFile(f"%PDF {NAME}".encode()))
    report.state, report.told = "ready", {"by": NAME}
    report.save()
    LogEntry.objects.create(
        user=admin.user, object_repr=NAME, action_flag=2, change_message=ADDRESS
    )
    ProviderAccount.objects.create(
        organization=ours.organization, user=person, subject=ADDRESS
    )
    group = DirectoryGroup.objects.create(organization=ours.organization, name="Staff")
    group.people.add(person)
    with pytest.raises(CannotErase, match="still yours"):
        erase_person(person=person, by=person)
    end_membership(member=member, by=admin, heir=ours.people[Role.REVIEWER])
    return person


def test_nothing_names_an_erased_person_and_the_record_verifies(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    ours = cast.ours
    with scope(organization=ours.organization):
        person = plant(cast)
        before = list(Event.objects.order_by("number").values_list("digest", flat=True))
    assert len(hits()) >= 9
    getattr(mail, "outbox", []).clear()  # what was sent is with its readers

    with caplog.at_level(logging.DEBUG):
        caplog.clear()
        call_command("erase_person", ADDRESS)

    assert hits() == []
    assert not any(canary in caplog.text.lower() for canary in CANARIES)
    person.refresh_from_db()
    assert (person.name, person.is_active) == ("Erased person", False)
    assert person.email == f"{person.public_id.hex}@erased.invalid"
    with scope(organization=ours.organization):
        lines = list(Event.objects.order_by("number"))
        assert [x.digest for x in lines][: len(before)] == before
        assert lines[-1].verb == "person.erased"
        assert str(ours.draft.pk) in lines[-1].details["audits"]
        assert not check_record(ours.organization).faults
        assert not DirectoryGroup.objects.get().people.exists()
        comment = Comment.objects.filter(audit=ours.draft).latest("pk")
        assert comment.text == "Ask Erased person, or write to Erased person."
        report = Report.objects.get(pk=ours.report.pk)
        assert (report.state, report.file.name) == ("failed", "")
    if connection.vendor == "sqlite":
        connection.check_constraints()


def test_views_that_colleagues_saved_stay_and_the_erasure_says_so(cast: Cast) -> None:
    ours = cast.ours
    person, by = ours.people[Role.VIEWER], ours.people[Role.ADMIN]
    person.name = NAME
    person.save()
    with scope(organization=ours.organization):
        view = SavedView.objects.create(
            organization=ours.organization,
            user=by,
            name="Hers",
            query="q=Zelda+Quarkwood",
        )

    told = what_stays(person)
    done = erase_person(person=person, by=person)

    assert told == [
        "your name in what views that colleagues saved search for, 1 in all"
    ]
    assert done.left == (f"savedview.query ({view.pk})",)


def test_short_and_former_names_go_from_any_writing_and_annexes_from_files(
    cast: Cast,
) -> None:
    ours = cast.ours
    person, admin = ours.people[Role.VIEWER], ours.people[Role.ADMIN]
    for name, address in (
        ("Bo", "bo@northgate.example"),
        ("Ruth Meyer", "ruth@northgate.example"),
        ("李娜", "na.li@northgate.example"),
    ):
        person.name, person.email = name, address
        person.save(update_fields=["name", "email"])
    admin.email = "ruth@northgate.example"  # given again
    admin.save()
    text = (
        "请问李娜的意见, Bo. A bo tree, Bob, and RUTH  MEYER said "
        "bo@northgate.example. Now ask ruth@northgate.example."
    )
    with scope(organization=ours.organization):
        add_comment(audit=ours.submitted, by=admin, question="", text="Asked.")
        Comment.objects.filter(audit=ours.submitted).update(text=text)
        annexes = [
            Report.objects.create(
                organization=ours.organization,
                audit=audit,
                key=f"annex-{audit.pk}",
                kind=Report.Kind.ANNEX,
                requested_by=admin,
                state=Report.State.READY,
            )
            for audit in (ours.submitted, ours.draft)
        ]
        for annex in annexes:
            annex.file.save("annex.pdf", ContentFile("Asked 李娜".encode()))

    erase_person(person=person, by=person)

    with scope(organization=ours.organization):
        assert Comment.objects.get(audit=ours.submitted).text == (
            "请问Erased person的意见, Erased person. A bo tree, Bob, and Erased person "
            "said Erased person. Now ask ruth@northgate.example."
        )
        for annex in annexes:
            annex.refresh_from_db()
        assert [annex.state for annex in annexes] == ["failed", "ready"]
        assert [bool(annex.file) for annex in annexes] == [False, True]
    person.refresh_from_db()
    assert (person.name, person.former) == ("Erased person", [])


def test_who_alone_looks_after_an_organization_is_not_erased(cast: Cast) -> None:
    admin = cast.ours.people[Role.ADMIN]

    with pytest.raises(CommandError, match="only administrator"):
        call_command("erase_person", admin.email)

    admin.refresh_from_db()
    assert admin.is_active
