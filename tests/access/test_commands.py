"""Commands: who has a shell runs them, and one of an organization reads it alone."""

import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command, get_commands

from tests.access.commands import COMMANDS
from tests.access.written_out import FILE, text
from tests.casting import CANARY, Cast


def test_every_command_has_a_row() -> None:
    ours = {name for name, of in get_commands().items() if of == "audits"}

    assert ours == COMMANDS.keys()


def test_page_of_permissions_says_what_is_asked_for() -> None:
    written = FILE.read_text()

    assert written == text(), "python -m tests.access.written_out writes it again"


@pytest.mark.once
def test_command_of_one_organization_tells_nothing_of_another(
    cast: Cast, tmp_path: Path
) -> None:
    slug, out, file = cast.ours.organization.slug, StringIO(), tmp_path / "ours.zip"

    call_command("export_organization", slug, str(file), stdout=out)
    call_command("rebuild_portfolio", organization=slug, stdout=out)
    call_command("verify_files", organization=slug, stdout=out)
    call_command("verify_record", organization=slug, stdout=out)
    call_command("invite", "ada@northgate.example", slug, stdout=out)

    with zipfile.ZipFile(file) as archive:
        held = b"".join(map(archive.read, archive.namelist()))
    assert (b"Northgate triage" in held, CANARY.encode() in held) == (True, False)
    assert CANARY.lower() not in out.getvalue().lower()
