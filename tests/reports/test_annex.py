"""The annex of a paper: all answers with what is about them, as they were signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django_scopes import scope

from audits.models import Audit, Evidence, UsageUpload, Version
from audits.reports.annex import build_annex
from audits.reports.context import build_paper
from audits.reports.pdf_client import manuscript_of, print_annex
from audits.services.answers.evidence import add_file, remove_evidence
from audits.services.discussion.comments import add_comment, resolve_comment
from audits.services.files.file_checks import check
from audits.services.papers import annexed
from tests.casting import CANARY, Cast
from tests.printed import Printed
from tests.reports.annexes import comment, said_of, say, submitted
from tests.reports.annexes import opened as _opened

pytestmark = pytest.mark.once
opened = _opened
HOSTILE = "<img src=http://127.0.0.1:9/x> & {{ 7 }}"


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.thorough
def test_annex_prints_each_answer_with_all_that_is_about_it(
    cast: Cast, opened: Audit
) -> None:
    lead = cast.ours.contributor
    say(cast, opened, answer__knowledge_size="small", note__knowledge_size="Nine files")
    say(cast, opened, note__knowledge_size="Ten files", level__eval="documented")
    say(cast, opened, number__requests="120000")
    say(cast, opened, number__requests="140000")
    run = ContentFile(b"12 of 40 right", "run of March.txt")
    file = add_file(audit=opened, by=lead, question="eval", upload=run)
    first = add_comment(audit=opened, by=lead, question="eval", text="Who counted it?")
    resolve_comment(comment=first, by=lead)
    comment(cast, opened, "Is that all?", "eval")

    audit = submitted(cast, opened)
    # In print, lines of a cell are apart.
    said = " ".join(Printed(print_annex(build_annex(audit)).pdf).words)

    assert "Ten files" in said
    assert f"Note {lead}, " in said
    assert f"Note changed {lead}, " in said
    assert "from “Nine files” to “Ten files”" in said
    assert "to “Small”" in said
    assert f"“run of March.txt” SHA-256 {file.digest[:12]}, added by {lead}" in said
    assert "Documented" in said
    assert f"Comment, resolved {lead}, " in said
    assert said.index("Who counted it?") < said.index("Is that all?")
    assert "from “120,000 calls a month” to “140,000 calls a month”" in said
    assert "Not asked, because other answers make" in said
    assert "No answer" in said
    assert "No test results." in said
    assert "Nobody has signed them off." in said
    paper = build_paper(audit)
    assert paper.provenance.answers_hash in said


def test_withdrawn_answer_and_removed_file_are_in_the_history(
    cast: Cast, opened: Audit
) -> None:
    lead = cast.ours.contributor
    run = ContentFile(b"12 of 40 right", "run.txt")
    file = add_file(audit=opened, by=lead, question="goal", upload=run)
    remove_evidence(evidence=file, by=lead)
    say(cast, opened, note__goal="Nine files")
    say(cast, opened, note__goal=None)

    said = said_of(submitted(cast, opened))

    assert squeezed(f"File removed {lead}, ") in squeezed(said)
    assert f"“run.txt” (SHA-256 {file.digest[:12]}), added by {lead}" in said
    assert "“Nine files” withdrawn" in said


@pytest.mark.thorough
def test_text_of_users_is_text(cast: Cast, opened: Audit) -> None:
    say(cast, opened, note__goal=HOSTILE)
    comment(cast, opened, HOSTILE + "W" * 1900)

    annex = build_annex(submitted(cast, opened))
    said = Printed(print_annex(replace(annex, team=HOSTILE)).pdf)

    assert " ".join(said.words).count("<img src=http://127.0.0.1:9/x> & {{ 7 }}") == 3
    assert list(said.attachments) == []


def test_every_page_is_marked_with_the_hash_and_equal_annexes_have_equal_bytes(
    cast: Cast, opened: Audit
) -> None:
    withdrawn = {f"answer__{question}": None for question in ("component", "eval")}
    audit = submitted(cast, say(cast, opened, **withdrawn))

    annex = build_annex(audit)
    assert annex.is_provisional
    pdf = print_annex(annex).pdf
    pages = Printed(pdf).words

    assert print_annex(annex).pdf == pdf
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert "Provisional · Annex: all answers · UC-0002" in page
        assert f"answers hash {annex.provenance.answers_hash[:12]}" in page
        assert f"Page {number} of {len(pages)}" in page


def test_results_and_usage_are_told_in_short(cast: Cast, opened: Audit) -> None:
    scored = {"kind": "prompt", "model": "p1", "cases": 40, "passed": 30}
    say(cast, opened, candidate__c1=scored, number__requests="120000")
    day = date(2026, 9, 1)
    UsageUpload.objects.create(
        organization=opened.organization,
        use_case=opened.use_case,
        name="september.csv",
        digest="ab" * 32,
        format="CSV",
        first=day,
        last=date(2026, 9, 30),
        content=[],
        measured={"requests": "120000"},
        size=0,
        added_by=cast.ours.contributor,
    )

    said = said_of(submitted(cast, opened))

    assert "30 of 40 passed" in said
    period = "CSV, 1 September to 30 September 2026"
    assert f"120,000 calls a month (measured: {period})" in said
    assert squeezed(f"september.csv SHA-256 {'ab' * 6}") in squeezed(said)
    assert squeezed(f"{period} Model calls a month") in squeezed(said)


@pytest.mark.thorough
def test_paper_names_the_annex(cast: Cast) -> None:
    said = " ".join(manuscript_of(build_paper(cast.ours.submitted)).html.split())

    assert "; Attune can print all answers as its annex" in said


def test_lost_file_is_said(cast: Cast, opened: Audit) -> None:
    run = ContentFile(b"12 of 40 right", "run.txt")
    add_file(audit=opened, by=cast.ours.contributor, question="eval", upload=run)
    audit = submitted(cast, opened)
    Evidence.objects.get(audit=audit).file.delete(save=False)
    check(Evidence.objects.get(audit=audit))

    assert "“run.txt”, file missing" in said_of(audit)


def test_annex_has_no_word_of_the_other_organization(cast: Cast) -> None:
    with scope(organization=cast.theirs.organization):
        theirs = cast.theirs.submitted
        add_comment(
            audit=theirs, by=cast.theirs.contributor, question="goal", text=CANARY
        )
        assert CANARY in said_of(theirs)

    assert CANARY not in said_of(cast.ours.submitted)


def test_change_of_the_target_is_not_called_one_of_a_candidate(
    cast: Cast, opened: Audit
) -> None:
    say(cast, opened, candidate__target={"share": "0.95"})
    say(cast, opened, candidate__target={"share": "0.8"})

    content = annexed.annexed(submitted(cast, opened))

    told = [line.what for entry in content.candidates for line in entry.changes]
    assert told == ["Target changed"]


def test_what_nobody_changed_has_no_history(cast: Cast) -> None:
    audit = cast.ours.submitted
    assert Version.objects.filter(audit=audit, set_aside=False).exists()

    content = annexed.annexed(audit)

    told = [line for part in content.parts for e in part.entries for line in e.changes]
    assert told == []
