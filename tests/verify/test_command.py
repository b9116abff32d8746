import os
import subprocess
import sys
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from audits.landscape.loader import built_in
from audits.models import Audit, Report
from tests.casting import Cast
from tests.examples import thorough
from tests.landscape.made_files import DEARER
from tests.pages import html_of
from tests.scoring.exchange.made_attachments import CASES, attachment
from tests.scoring.worked_numbers import CALLS
from tests.verify.changed_pages import Amount, amounts
from tests.verify.made_papers import RAW, bytes_of, paper, with_files
from tests.verify.stored_papers import stored_paper

pytestmark = pytest.mark.django_db


def run(file: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str]]:
    """Return the exit code and the lines of the output."""
    code = 0
    try:
        call_command("verify", str(file))
    except SystemExit as end:
        code = int(str(end.code))
    return code, capsys.readouterr().out.splitlines()


@pytest.mark.thorough
def test_reproduced_paper_is_told_part_by_part(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(stored_paper(cast.ours).pdf)

    code, lines = run(file, capsys)

    assert code == 0
    assert lines[:3] == ["matches  Framework", "matches  Answers", "matches  Verdict"]
    assert (
        "All 6 pages are byte for byte what Attune made on 24 November 2026." in lines
    )
    assert lines[-1].startswith("Reproduced: the answers give this verdict, and every")
    assert not any(line.startswith("DIFFERS") for line in lines)


@pytest.mark.on_both
def test_newer_verdict_is_told_before_the_result(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = stored_paper(cast.ours)
    file = tmp_path / "paper.pdf"
    file.write_bytes(made.pdf)
    later = made.report.requested_at + timedelta(days=3)
    with scopes_disabled():
        Audit.objects.filter(pk=made.report.audit_id).update(submitted_at=later)

    code, lines = run(file, capsys)

    assert code == 0
    day = timezone.localdate(later)
    assert lines[-3].startswith(
        "This use case has a newer verdict than this paper, submitted on "
        f"{day.day} {day:%B %Y}"
    )


@pytest.mark.thorough
def test_paper_that_is_not_from_here_says_what_page_1_must_say(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = stored_paper(cast.ours).pdf
    with scope(organization=cast.ours.organization):
        Report.objects.all().delete()
    file = tmp_path / "paper.pdf"
    file.write_bytes(made)

    code, lines = run(file, capsys)

    assert code == 3
    assert any(line.startswith("The printed pages were not compared") for line in lines)
    said = " ".join(lines[lines.index("Page 1 must say:") :])
    assert "Decision needed: " in said
    assert largest_amount_of_page_one(made).digits in said
    assert lines[-1].startswith("Verdict reproduced, pages not compared")


@pytest.mark.once
def test_paper_of_before_says_what_the_file_states(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper())

    code, lines = run(file, capsys)

    assert code == 3
    assert "Report, as stated in the file: UC-0007, 2026-11-24T12:30:00+00:00" in lines


def largest_amount_of_page_one(made: bytes) -> Amount:
    of_page_one = [a for a in amounts(made) if a.page == 0 and "," in a.digits]
    return max(of_page_one, key=lambda a: int(a.digits.replace(",", "")))


@pytest.mark.thorough
@pytest.mark.once
def test_difference_is_named_and_is_exit_code_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper(RAW.replace(b'"context_name": "', b'"context_name": "x')))

    code, lines = run(file, capsys)

    assert code == 1
    place = lines.index("DIFFERS  What goes into the prompt")
    assert lines[place + 1].startswith(
        "         assessment.context_name: The file says"
    )
    assert lines[-1].startswith("Not reproduced: see what differs above.")


@pytest.mark.once
def test_framework_that_is_not_here_is_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper(RAW.replace(b'"version": 2', b'"version": 7')))

    code, lines = run(file, capsys)

    assert code == 2
    assert lines[0] == "Not recomputed."
    assert lines[1].startswith("framework.version: This installation has no framework")


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text", "is not a PDF"),
        (bytes_of(with_files()), "has no assessment.json"),
        (None, "cannot be read: No such file"),
    ],
)
def test_file_that_is_no_paper_is_exit_code_2(
    tmp_path: Path, content: bytes | None, said: str
) -> None:
    file = tmp_path / "paper.pdf"
    if content is not None:
        file.write_bytes(content)

    with pytest.raises(CommandError, match=said) as refused:
        call_command("verify", str(file))

    assert refused.value.returncode == 2
    assert str(refused.value).startswith(f"{file}: ")


@pytest.mark.thorough
@pytest.mark.once
@pytest.mark.parametrize("database", [thorough("empty.sqlite3"), "none/none.sqlite3"])
def test_paper_is_recomputed_without_a_site(database: str, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(paper())

    done = subprocess.run(
        [sys.executable, "manage.py", "verify", str(file)],
        capture_output=True,
        text=True,
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / database}"},
        check=False,
    )

    assert (done.returncode, done.stderr) == (3, "")
    assert "the database of this installation cannot be read" in done.stdout


@pytest.mark.thorough
def test_paper_made_with_other_facts_says_so_in_a_sentence(
    cast: Cast,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *_: date(2026, 11, 29))
    file, facts = tmp_path / "paper.pdf", tmp_path / "facts.yaml"
    file.write_bytes(paper(attachment(CASES[0], {}, CALLS)))
    facts.write_text(DEARER, "utf-8")
    assert run(file, capsys)[0] == 3
    call_command("landscape", str(facts), "--apply")
    capsys.readouterr()

    code, lines = run(file, capsys)
    page = Client().post(reverse("verify"), {"paper": file.open("rb")})

    assert code == 2
    assert lines[0] == "Not recomputed."
    [sentence] = lines[1:]
    assert sentence.startswith(
        "assessment.landscape: The paper was made with other market facts (of 27 "
        f"November 2026, {built_in().sha256[:12]}…) than those in force here now (of"
    )
    assert sentence.partition(": ")[2] in unescape(html_of(page))
