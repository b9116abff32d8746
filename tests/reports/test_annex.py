"""The annex of a paper: all answers with what is about them, as they were signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries, Settings

from audits.models import Audit, Comment, Evidence, Report, Role, UsageUpload, Version
from audits.reports import pdf_client
from audits.reports.annex import build_annex
from audits.reports.context import build_paper
from audits.reports.pdf_client import (
    manuscript_of,
    manuscript_of_annex,
    print_annex,
)
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.evidence import add_file, remove_evidence
from audits.services.answers.merging import Sender, Sent, Stored
from audits.services.discussion.comments import add_comment, resolve_comment
from audits.services.files.file_checks import check
from audits.services.papers import annexed, annexed_changes
from audits.services.papers.reports import NotSubmitted, is_current, request_report
from audits.services.reviews.audits import reopen_audit, submit_audit
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.printed import Printed
from tests.reports.papers import words_behind, words_of_parts
from tests.reports.test_tasks import IMMEDIATE
from tests.services.reviews.signing import sign

pytestmark = pytest.mark.once
HOSTILE = "<img src=http://127.0.0.1:9/x> & {{ 7 }}"


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def say(cast: Cast, audit: Audit, **values: object) -> Audit:
    """Save entries, each named by its kind and item, over what is there now."""
    audit = fresh_audit(audit)
    sent = {}
    for key, value in values.items():
        kind, item = key.split("__")
        seen = Stored.of(audit.entries(kind).get(item)).version
        sent[kind, item] = Sent(value=value, seen=seen)
    by = cast.ours.contributor
    return save_entries(audit=audit, by=by, sent=sent, sender=Sender()).audit


def comment(cast: Cast, audit: Audit, text: str, question: str = "goal") -> None:
    add_comment(audit=audit, by=cast.ours.contributor, question=question, text=text)


@pytest.fixture
def opened(cast: Cast) -> Audit:
    """Take our submitted audit back, to write more into it."""
    return reopen_audit(audit=cast.ours.submitted, by=cast.ours.contributor)


def submitted(cast: Cast, audit: Audit) -> Audit:
    submit_audit(audit=fresh_audit(audit), by=cast.ours.contributor)
    found: Audit = Audit.objects.get(pk=audit.pk)
    return found


def said_of(audit: Audit) -> str:
    return " ".join(words_of_parts(manuscript_of_annex(build_annex(audit))))


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


def test_annex_of_a_signed_audit_prints_what_was_signed(
    cast: Cast, opened: Audit
) -> None:
    comment(cast, opened, "Counted before the sign-off")
    audit = submitted(cast, opened)
    sign(cast, audit)
    audit = Audit.objects.get(pk=audit.pk)
    report, to_make = request_report(
        audit=audit, by=cast.ours.contributor, kind=Report.Kind.ANNEX
    )
    before = manuscript_of_annex(build_annex(audit))
    comment(cast, audit, "Counted after it")

    assert to_make
    assert is_current(report=report)
    assert manuscript_of_annex(build_annex(audit)) == before
    said = said_of(audit)
    assert "as they were signed off on" in said
    assert "Counted before the sign-off" in said
    assert "Counted after it" not in said


@pytest.mark.thorough
def test_annex_of_an_audit_in_review_is_out_of_date_after_a_comment(
    cast: Cast,
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    annex, _ = request_report(audit=audit, by=by, kind=Report.Kind.ANNEX)
    assert is_current(report=annex)

    comment(cast, audit, "Who counted it?")

    assert not is_current(report=annex)
    assert is_current(report=cast.ours.report)
    assert request_report(audit=audit, by=by, kind=Report.Kind.ANNEX)[0] != annex


def test_annex_of_a_draft_is_refused(cast: Cast) -> None:
    with pytest.raises(NotSubmitted):
        request_report(
            audit=cast.ours.draft, by=cast.ours.contributor, kind=Report.Kind.ANNEX
        )
    with pytest.raises(ValueError, match="made of a submitted audit"):
        build_annex(cast.ours.draft)


def test_what_is_cut_is_counted(
    cast: Cast, opened: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(annexed, "MOST_COMMENTS", 2)
    monkeypatch.setattr(annexed_changes, "MOST_CHANGES", 1)
    for text in ("Comment one", "Comment two", "Comment three"):
        comment(cast, opened, text)
    for note in ("First", "Second " * 60, "Third", "Fourth"):
        say(cast, opened, note__goal=note)

    said = said_of(submitted(cast, opened))

    assert "Comment one" not in said
    assert "Comment two" in said
    assert "Comment three" in said
    assert "1 older comment not printed; 2 older changes not printed." in said
    assert "from “Third” to “Fourth”" in said


def test_long_text_of_a_change_is_cut_and_the_note_is_whole(
    cast: Cast, opened: Audit
) -> None:
    note = "Second " * 60
    say(cast, opened, note__goal=note)
    say(cast, opened, note__goal="Third")
    say(cast, opened, note__goal=f"{note}end")

    said = said_of(submitted(cast, opened))

    assert "its texts are cut after 240 characters" in said
    assert "…” to “Third”" in said
    assert "Second Second end" in said


def test_three_hundred_comments_are_said_and_a_long_annex_is_printed_apart(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = cast.ours.submitted
    Comment.objects.bulk_create(
        Comment(
            organization=audit.organization,
            audit=audit,
            question="goal",
            text=f"Remark {number} of many",
            by=cast.ours.contributor,
        )
        for number in range(300)
    )

    said = said_of(audit)

    assert all(f"Remark {number} of many" in said for number in range(300))
    assert "not printed" not in said
    with monkeypatch.context() as patch:
        patch.setattr(annexed, "MOST_COMMENTS", 20)
        patch.setattr(pdf_client, "_SHORT_ANNEX", 0)
        printed = Printed(print_annex(build_annex(audit)).pdf)
    assert "Remark 299 of many" in " ".join(printed.words)


def test_comments_and_changes_take_no_more_queries(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audit = Audit.objects.get(pk=cast.ours.submitted.pk)
    annexed.annexed(audit)
    with django_assert_num_queries(9):
        annexed.annexed(audit)
    for number in range(20):
        comment(cast, audit, f"Remark {number}")
    with django_assert_num_queries(9):
        annexed.annexed(audit)


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


@pytest.mark.usefixtures("stand_ins")
def test_asked_for_annex_is_made_beside_the_paper(
    cast: Cast, settings: Settings
) -> None:
    settings.TASKS = {"default": {"BACKEND": IMMEDIATE}}
    client = Client()
    client.force_login(cast.ours.contributor)
    audit = cast.ours.submitted
    timeline = reverse("timeline", args=[audit.pk])
    papers = html_of(client.get(timeline)).count("aper made")

    asked = client.post(reverse("request_annex", args=[audit.pk]))
    page = html_of(client.get(asked["Location"]))

    assert "<h1>Annex: all answers</h1>" in page
    assert "The annex is ready." in page
    assert asked["Location"] != reverse("paper", args=[cast.ours.report.pk])
    file = client.get(asked["Location"] + "file/")
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert "Annex: all answers" in words_behind(content)[0]
    assert file["Content-Disposition"].startswith('attachment; filename="UC-0002-annex')
    again = client.post(reverse("request_annex", args=[audit.pk]))
    assert again["Location"] == asked["Location"]
    comment(cast, audit, "Who counted it?")
    assert "This annex is out of date" in html_of(client.get(asked["Location"]))
    assert html_of(client.get(timeline)).count("aper made") == papers


@pytest.mark.thorough
def test_annex_is_offered_of_what_was_submitted(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.ours.people[Role.REVIEWER])
    drafted, submitted = cast.ours.draft.pk, cast.ours.submitted.pk

    for name, audit, is_there in (
        ("result", submitted, True),
        ("review", submitted, True),
        ("submission", submitted, True),
        ("result", drafted, False),
        ("submission", drafted, False),
    ):
        page = html_of(client.get(reverse(name, args=[audit]), follow=True))
        assert (reverse("request_annex", args=[audit]) in page) == is_there, name


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
