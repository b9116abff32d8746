"""An exported organization is imported elsewhere with the same content and record."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.models import (
    Comment,
    DirectoryGroup,
    Event,
    Organization,
    Role,
    Share,
    SignOnProvider,
    User,
)
from audits.services.privacy.files import MANIFEST, content_hash
from audits.services.privacy.organization_export import write_organization
from audits.services.privacy.organization_import import (
    CannotImport,
    import_organization,
)
from audits.services.privacy.rows import own_models, people_of
from audits.services.record.record_checks import check_record
from tests.board.boards import sign
from tests.casting import Cast


def forget(organization: Organization) -> None:
    """Remove all rows of an organization, as if it had never been here."""
    people = [each.pk for each in people_of(organization)]
    own = Comment.mentioned.through._base_manager.filter(
        comment__organization=organization
    )
    own._raw_delete("default")
    for model in own_models():
        rows = model._base_manager.filter(organization=organization)
        rows._raw_delete("default")
    User.objects.filter(pk__in=people)._raw_delete("default")
    Organization.objects.filter(pk=organization.pk)._raw_delete("default")


def exported(organization: Organization) -> tuple[bytes, str]:
    file = io.BytesIO()
    content = write_organization(organization, file)
    return file.getvalue(), content


def with_line(archive: bytes, name: str, line: bytes) -> bytes:
    """Return an export in which one file has another content."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(made, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, line if entry == name else old.read(entry))
    return made.getvalue()


def pointing(archive: bytes, name: str, column: str, key: object) -> bytes:
    """Return an export whose first row of a file names another, with hashes to fit."""
    with zipfile.ZipFile(io.BytesIO(archive)) as old:
        first, _, rest = old.read(name).partition(b"\n")
        manifest = json.loads(old.read(MANIFEST))
    line = json.dumps({**json.loads(first), column: key}).encode() + b"\n" + rest
    manifest["files"][name] = hashlib.sha256(line).hexdigest()
    manifest["content"] = content_hash(manifest["files"])
    changed = with_line(archive, name, line)
    return with_line(changed, MANIFEST, json.dumps(manifest).encode())


def test_what_no_import_takes_is_in_the_export_without_its_secrets(cast: Cast) -> None:
    ours = cast.ours
    organization, admin = ours.organization, ours.people[Role.ADMIN]
    with scope(organization=organization):
        Share.objects.create(
            organization=organization,
            report=ours.report,
            words="Chair of audit",
            digest="d" * 64,
            passphrase="hash-of-a-word",  # noqa: S106 - no passphrase
            by=admin,
            expires_at=timezone.now(),
        )
        SignOnProvider.objects.create(
            organization=organization,
            issuer="https://login.example",
            secret="sealed",  # noqa: S106
        )
        DirectoryGroup.objects.create(
            organization=organization, name="Staff"
        ).people.add(admin)
    archive, _ = exported(organization)
    with zipfile.ZipFile(io.BytesIO(archive)) as zipped:
        aside = {
            name.partition("/")[2]: [*map(json.loads, zipped.read(name).splitlines())]
            for name in zipped.namelist()
            if name.startswith("not-imported/")
        }
    shares, [provider], [group] = (
        aside[f"{name}.jsonl"] for name in ("share", "signonprovider", "directorygroup")
    )
    assert "Chair of audit" in {each["words"] for each in shares}
    assert all(x.keys().isdisjoint({"digest", "passphrase"}) for x in shares)
    assert provider["issuer"] == "https://login.example"
    assert "secret" not in provider
    assert group["people"] == [admin.pk]


def test_organization_moves_with_equal_hashes_and_a_record_that_verifies(
    cast: Cast, tmp_path: Path
) -> None:
    ours = cast.ours
    organization, admin = ours.organization, ours.people[Role.ADMIN]
    with scope(organization=organization):
        sign(ours)
        ours.evidence.file.save("minutes.txt", ContentFile(b"Ten were right."))
        name = str(ours.evidence.file.name)
    archive, content = exported(organization)
    again, same = exported(organization)
    assert (again, same) == (archive, content)
    told = zipfile.ZipFile(io.BytesIO(archive)).read("rows/people.jsonl").decode()
    assert admin.email in told
    assert "password" not in told
    # What opens something is set up again where it is imported.
    rows = {
        x.removeprefix("rows/") for x in zipfile.ZipFile(io.BytesIO(archive)).namelist()
    }
    assert rows.isdisjoint({"signonprovider.jsonl", "share.jsonl", "feed.jsonl"})
    assert cast.theirs.organization.name not in str(archive)

    with pytest.raises(CannotImport, match="is there already"):
        import_organization(file=io.BytesIO(archive))
    changed = with_line(archive, "rows/event.jsonl", b"{}\n")
    with pytest.raises(CannotImport, match=r"rows/event.jsonl was changed"):
        import_organization(file=io.BytesIO(changed))
    no_list = with_line(archive, MANIFEST, json.dumps({"kind": "other"}).encode())
    with pytest.raises(CannotImport, match="no export of the kind"):
        import_organization(file=io.BytesIO(no_list))

    file = tmp_path / "northgate.zip"
    file.write_bytes(archive)
    with scopes_disabled():
        lines = Event.objects.filter(organization=organization).count()
        forget(organization)
    for entry in zipfile.ZipFile(file).namelist():
        if entry.startswith("files/"):
            default_storage.delete(entry.removeprefix("files/"))
    theirs = cast.theirs
    for table, column, key in (
        ("usecase", "team_id", theirs.team.pk),
        ("version", "by_id", theirs.contributor.pk),
        ("membership", "organization_id", str(theirs.organization.pk)),
    ):
        with pytest.raises(CannotImport, match=f"points to .*{key}, which it does not"):
            import_organization(
                file=io.BytesIO(pointing(archive, f"rows/{table}.jsonl", column, key))
            )
    call_command("import_organization", file)

    organization = Organization.objects.get(pk=organization.pk)
    with scope(organization=organization):
        heads = list(Event.objects.order_by("number"))
        assert [x.number for x in heads] == list(range(1, lines + 2))
        assert all(x.digest == x.compute_digest() for x in heads)
        assert heads[-1].verb == "organization.imported"
        assert heads[-1].details == {"content": content}
        checked = check_record(organization)
    assert not checked.faults
    with default_storage.open(name) as stored:
        assert stored.read() == b"Ten were right."
    person = User.objects.get(pk=admin.pk)
    assert (person.email, person.has_usable_password()) == (admin.email, False)
    with pytest.raises(CommandError, match="is there already"):
        call_command("import_organization", file)
