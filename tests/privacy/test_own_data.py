"""A person exports and erases themselves, after they proved who they are."""

import io
import json
import zipfile
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.access.opened_pages import ticket_of
from audits.models import (
    BoardPack,
    Event,
    Evidence,
    Membership,
    Role,
    Share,
    UseCase,
    User,
)
from audits.services.discussion.comments import add_comment
from audits.services.privacy.export_words import NOUNS, ROLES, in_words
from audits.services.privacy.rows import own_models, people_in
from tests.casting import PASSWORD, Cast
from tests.pages import html_of
from tests.signed_in import sign_in


def proved(person: User) -> Client:
    """Return a browser in which a person has just proved who they are."""
    client = Client()
    sign_in(client, person)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def zip_of(response: Any) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))


def lines_of(archive: zipfile.ZipFile, ending: str) -> list[dict[str, Any]]:
    [name] = [each for each in archive.namelist() if each.endswith(ending)]
    return [json.loads(line) for line in archive.read(name).splitlines()]


def test_an_export_is_offered_after_the_proof_as_the_download_that_it_is(
    cast: Cast,
) -> None:
    person, client = cast.ours.contributor, Client()
    sign_in(client, person)
    export, form = reverse("export_person"), {"page-of": ticket_of(person)}
    asked = client.post(export, form)["Location"]
    asks, (here, _, page) = html_of(client.get(asked)), asked.partition("?next=")
    proof = {"next": unquote(page), "password": PASSWORD}
    offer = client.post(here, proof)["Location"]

    before = html_of(client.get(offer))
    looks_again = html_of(client.get(offer, headers={"HX-Request": "true"}))
    name = before.partition('name="held_form" value="')[2].partition('"')[0]
    zip_of(client.post(export, {**form, "held_form": name}))
    after = html_of(client.get(offer))
    came = html_of(client.get(offer, headers={"HX-Request": "true"}))

    # The page looks once after the click, and then until the file came.
    pages = before, looks_again, after, came
    assert ["load delay" in told for told in pages] == [False, True, False, False]
    assert "takes data out" in asks
    assert "Download what you asked for" in before
    for told in (before, after):
        assert "Where it goes" not in told
        assert "nothing has happened" not in told
        assert f'href="{reverse("own_data")}"' in told
    assert ("Downloaded" in before, "Downloaded" in after) == (False, True)
    assert "Discard it" not in after
    assert client.get(reverse("send_held"))["Location"] == reverse("home")


def test_export_has_what_is_a_persons_and_nothing_that_opens_or_is_anothers(
    cast: Cast,
) -> None:
    ours = cast.ours
    person, other = ours.contributor, ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        ours.evidence.added_by = person
        ours.evidence.file.save("counted.txt", ContentFile(b"Ten were right."))
        ours.evidence.save()
        Share.objects.create(
            organization=ours.organization,
            report=ours.report,
            words="Chair of audit",
            digest="d" * 64,
            passphrase="hash-of-a-word",  # noqa: S106 - no passphrase
            by=person,
            expires_at=timezone.now(),
        )
        began = Membership.objects.get(user=person).began_at
        assert began
    User.objects.filter(pk=person.pk).update(former=["Cam Former"])
    day = f"{began.day} {began:%B %Y}"
    unproved = Client()
    sign_in(unproved, person)
    refused = unproved.post(reverse("export_person"))
    assert refused.headers["Location"].startswith(reverse("account_reauthenticate"))

    archive = zip_of(proved(person).post(reverse("export_person")))

    assert lines_of(archive, "person.jsonl")[0]["email"] == person.email
    assert lines_of(archive, "membership.jsonl")[0]["role"] == "contributor"
    assert {x["by_id"] for x in lines_of(archive, "/version.by.jsonl")} == {person.pk}
    own = lines_of(archive, "/usecase.owner.jsonl")
    assert own
    assert all(x.keys() == {"id", "you_are"} for x in own)
    assert archive.read(f"files/{ours.evidence.file.name}") == b"Ten were right."
    everything = b"".join(map(archive.read, archive.namelist())).decode()
    assert other.email not in everything
    assert person.password not in everything
    assert cast.theirs.organization.name not in everything
    assert all(archive.read(name) for name in archive.namelist())
    read_me = archive.read("read-me.txt").decode()
    assert f"Email address: {person.email}\n" in read_me
    assert "Earlier names and addresses: Cam Former\n" in read_me
    folder = f"organizations/{ours.organization.slug}"
    assert f"- your role, contributor, since {day}: {folder}/membership" in read_me
    assert f"\n- {len(own)} use case" in read_me
    assert "\n- 1 shared paper or pack by you: " in read_me
    assert lines_of(archive, "/share.by.jsonl")[0]["words"] == "Chair of audit"
    assert "hash-of-a-word" not in everything
    assert "\nFiles\n- 1 that you uploaded: files/\n" in read_me
    with scope(organization=ours.organization):
        assert Event.objects.filter(verb="person.exported", actor=person).count() == 1


@pytest.mark.on_both
def test_export_has_all_organizations_of_a_person_whichever_is_chosen(
    cast: Cast,
) -> None:
    ours, theirs, person = cast.ours, cast.theirs, cast.ours.contributor
    with scope(organization=theirs.organization):
        Membership.objects.create(
            user=person, organization=theirs.organization, role=Role.VIEWER
        )
        add_comment(audit=theirs.draft, by=person, question="", text="Seen by me.")

    archive = zip_of(proved(person).post(reverse("export_person")))

    folders = {name.split("/")[1] for name in archive.namelist() if "/" in name}
    assert {ours.organization.slug, theirs.organization.slug} <= folders
    [said] = lines_of(archive, f"{theirs.organization.slug}/comment.by.jsonl")
    assert said["text"] == "Seen by me."
    with scopes_disabled():
        told = Event.objects.filter(verb="person.exported", actor=person)
        assert {x.organization for x in told} == {
            ours.organization,
            theirs.organization,
        }


def test_export_of_who_asked_for_a_pack_and_is_a_board_reader_has_not_its_text(
    cast: Cast,
) -> None:
    ours, reader = cast.ours, cast.ours.people[Role.VIEWER]
    with scope(organization=ours.organization):
        made = BoardPack.objects.create(
            organization=ours.organization,
            key="asked-before",
            requested_by=reader,
            told={"text": "words of all use cases"},
            verdicts={"UC-0007": {"verdict": "words of all use cases"}},
            outcomes={"lines": ["words of all use cases"]},
        )
        Membership.objects.filter(user=reader).update(role=Role.BOARD)

    archive = zip_of(proved(reader).post(reverse("export_person")))

    [row] = lines_of(archive, "/boardpack.requested_by.jsonl")
    assert (row["id"], row["key"]) == (str(made.pk), "asked-before")
    everything = b"".join(map(archive.read, archive.namelist())).decode()
    assert "words of all use cases" not in everything


def test_person_erases_themselves_once_nothing_is_in_their_hands(cast: Cast) -> None:
    ours = cast.ours
    viewer, holder = ours.people[Role.VIEWER], ours.contributor
    page = html_of(proved(holder).get(reverse("erase_person")))
    assert "Ask an administrator to hand them over" in page
    client = proved(viewer)
    theirs = ours.people[Role.REVIEWER]
    User.objects.filter(pk=theirs.pk).update(name=viewer.name)  # a namesake
    with scope(organization=ours.organization):
        own = ours.evidence
        own.added_by, own.name = viewer, "cv.txt"
        own.file.save("cv.txt", ContentFile(b"Ten were right."))
        own.save()
        other = Evidence.objects.get(pk=own.pk)
        other.pk, other._state.adding, other.added_by = uuid4(), True, theirs
        other.file.save("b.txt", ContentFile(f"Ask {viewer.email}".encode()))
        other.save()
    reference = own.audit.use_case.reference
    stays = (
        f"he name “{viewer.name}”, which others have or mean, too",
        f"he file “cv.txt” at {reference} of {ours.organization}, which you uploaded",
    )
    asked = html_of(client.get(reverse("erase_person")))
    read_me = zip_of(client.post(reverse("export_person"))).read("read-me.txt").decode()
    assert all(f"T{each}" in asked for each in stays)
    assert all(f"- t{each}\n" in read_me for each in stays)

    unsure = client.post(reverse("erase_person"))
    assert unsure.status_code == 422
    assert User.objects.get(pk=viewer.pk).is_active
    done = client.post(reverse("erase_person"), {"sure": "on"})

    told = html_of(done)
    assert all(f"T{each}" in told for each in stays)
    assert "1 file of colleagues, in which your name or address is" in told
    gone = User.objects.get(pk=viewer.pk)
    assert (str(gone), gone.is_active) == ("Erased person", False)
    assert client.get(reverse("own_data")).status_code == 302
    with scope(organization=ours.organization):
        assert not Membership.objects.filter(user=viewer).exists()
        last = Event.objects.latest("number")
        assert (last.verb, last.actor, last.subject) == (
            "person.erased",
            viewer,
            str(viewer.pk),
        )


def test_page_of_an_export_has_words_for_every_column_that_names_a_person() -> None:
    columns = {column for model in own_models() for column in people_in(model)}

    assert columns - ROLES.keys() == set()
    names = {model._meta.model_name for model in own_models()}
    assert NOUNS.keys() - names == set()
    assert in_words(UseCase, "owner", 1) == "use case that you own"
    assert in_words(Evidence, "added_by", 2) == "pieces of evidence that you added"


def test_administrator_exports_the_organization_and_chooses_what_is_kept(
    cast: Cast,
) -> None:
    ours = cast.ours
    client = proved(ours.people[Role.ADMIN])
    data = reverse("organization_data")

    assert client.post(data, {"signed_years": "0"}).status_code == 422
    client.post(data, {"signed_years": "10", "drafts_months": "24"})
    archive = zip_of(client.post(reverse("export_organization")))

    [kept] = lines_of(archive, "rows/organization.jsonl")
    assert (kept["keep_signed_years"], kept["keep_drafts_months"]) == (10, 24)
    content = json.loads(archive.read("manifest.json"))["content"]
    with scope(organization=ours.organization):
        last = Event.objects.latest("number")
    assert (last.verb, last.details) == ("organization.exported", {"content": content})
