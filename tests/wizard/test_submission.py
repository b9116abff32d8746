"""The answers, levels and notes of an audit, to read only."""

import json
from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.services.answers.answers import save_entries
from audits.services.answers.evidence import add_file, add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import CANARY, Cast
from tests.pages import html_of
from tests.reviews.discarding import discard
from tests.signed_in import sign_in

NOTE = "Counted in March.\nSee <b>the</b> list."


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


def page_of(cast: Cast, audit: Audit, role: Role = Role.REVIEWER) -> str:
    client = Client()
    sign_in(client, cast.ours.people[role])
    return html_of(client.get(reverse("submission", args=[audit.pk])))


def part_of(page: str, question: str) -> str:
    """Return what a page says about one question."""
    own = page.partition(f'id="q-{question}"')[2]
    return own.partition('<li id="q-')[0].partition("</section>")[0]


@pytest.fixture
def noted(cast: Cast) -> Audit:
    """Submit again with a note, a level, a number and a link."""
    lead = cast.ours.contributor
    audit = reopen_audit(audit=cast.ours.submitted, by=lead)
    sent = {
        ("note", "quality_gap"): Sent(value=NOTE),
        ("answer", "quality_gap"): Sent(value="small"),
        ("level", "quality_gap"): Sent(value="measured"),
        ("number", "requests"): Sent(value="120000"),
    }
    saved = save_entries(audit=audit, by=lead, sent=sent, sender=Sender())
    add_link(
        audit=saved.audit,
        by=lead,
        question="quality_gap",
        link="https://example.org/run",
        name="Test run",
    )
    return submit_audit(audit=saved.audit, by=lead)


def with_note(cast: Cast, audit: Audit, question: str, note: str) -> Audit:
    """Change the note of an answer in a draft."""
    seen = audit.notes[question]["version"]
    sent = {("note", question): Sent(value=note, seen=seen)}
    lead = cast.ours.contributor
    return save_entries(audit=audit, by=lead, sent=sent, sender=Sender()).audit


def reopened_with(cast: Cast, audit: Audit, question: str, note: str) -> Audit:
    """Take an audit back, change a note and submit it again."""
    lead = cast.ours.contributor
    opened = reopen_audit(audit=audit, by=lead)
    return submit_audit(audit=with_note(cast, opened, question, note), by=lead)


@pytest.mark.thorough
@pytest.mark.once
def test_page_shows_each_answer_with_its_level_its_note_and_who_gave_them(
    cast: Cast, noted: Audit
) -> None:
    page = page_of(cast, noted)
    gap = part_of(page, "quality_gap")

    assert "<title>Answers as submitted: Northgate handbook" in page
    assert (
        "Counted in March.\nSee &lt;b&gt;the&lt;/b&gt; list.".replace("\n", " ") in gap
    )
    assert "How you know: Measured" in gap
    assert gap.count("<bdi>Northgate contributor</bdi>") == 3
    assert "1 link or file" in gap
    assert reverse("add_evidence", args=[noted.pk, "quality_gap"]) in gap
    assert "120,000" in page
    forms = page[page.index("<main") : page.index("</main>")].split("<form")[1:]
    assert [reverse("request_annex", args=[noted.pk]) in form for form in forms] == [
        True
    ]
    assert CANARY not in page


@pytest.mark.once
def test_answer_without_a_level_says_that_it_is_asserted(cast: Cast) -> None:
    page = page_of(cast, cast.ours.submitted)

    rows = page.split('<li id="q-')[1:]
    silent = [row for row in rows if "How you know" not in row]
    assert silent
    assert all(
        ("Asserted: not stated" in row) != ("No answer" in row) for row in silent
    )


@pytest.mark.once
def test_answers_stand_under_the_list_that_the_result_stands_under(
    cast: Cast,
) -> None:
    audit, owner = cast.ours.submitted, cast.ours.contributor
    client = Client()
    sign_in(client, owner)
    current = 'aria-current="page"'
    marked = [
        html_of(client.get(reverse(name, args=[audit.pk]))).partition(current)[0][-80:]
        for name in ("result", "submission")
    ]

    assert marked[0] == marked[1]


@pytest.mark.once
def test_page_shows_questions_nobody_answered(cast: Cast) -> None:
    page = page_of(cast, cast.ours.submitted)

    assert "No answer" in page


@pytest.mark.thorough
@pytest.mark.once
def test_note_that_was_taken_back_is_not_shown(cast: Cast, noted: Audit) -> None:
    lead = cast.ours.contributor
    audit = reopen_audit(audit=noted, by=lead)
    seen = audit.notes["quality_gap"]["version"]
    sent = {("note", "quality_gap"): Sent(value=None, seen=seen)}
    saved = save_entries(audit=audit, by=lead, sent=sent, sender=Sender())

    page = page_of(cast, saved.audit)

    shown, _, history = part_of(page, "quality_gap").partition("<details")
    assert "Counted in March." not in shown
    assert "Counted in March." in history.partition("</details>")[0]
    assert "withdrawn" in history
    assert "<title>Answers so far" in page


@pytest.mark.thorough
@pytest.mark.once
def test_each_question_leads_to_its_comments(cast: Cast, noted: Audit) -> None:
    add_comment(audit=noted, by=cast.ours.contributor, question="goal", text="Why?")

    page = page_of(cast, noted)

    there = reverse("older_comments", args=[noted.pk, "goal"])
    assert f'<a href="{there}">1 comment<' in part_of(page, "goal")
    gap = reverse("older_comments", args=[noted.pk, "quality_gap"])
    assert f'<a href="{gap}">Comment<' in part_of(page, "quality_gap")


def test_only_who_may_answer_is_led_to_the_history(cast: Cast, noted: Audit) -> None:
    history = reverse("question_history", args=[noted.pk, "goal"])

    assert f'href="{history}"' in page_of(cast, noted)
    assert f'href="{history}"' not in page_of(cast, noted, Role.VIEWER)
    assert ">Comment<" not in page_of(cast, noted, Role.VIEWER)


@pytest.mark.thorough
@pytest.mark.once
def test_comments_and_history_stand_below_each_answer_for_every_reader(
    cast: Cast, noted: Audit
) -> None:
    lead = cast.ours.contributor
    add_comment(audit=noted, by=lead, question="goal", text="Why <that>?")
    changed = reopened_with(cast, noted, "quality_gap", "Counted in April.")

    page = page_of(cast, changed, Role.VIEWER)

    goal, gap = part_of(page, "goal"), part_of(page, "quality_gap")
    assert "Comment · <bdi>Northgate contributor</bdi>" in goal
    assert "Why &lt;that&gt;?" in goal
    assert "Note changed · <bdi>Northgate contributor</bdi>" in gap
    assert "to “Counted in April.”" in gap
    assert "<details" not in part_of(page, "knowledge_size")


@pytest.mark.once
def test_more_that_was_said_costs_the_page_no_query(cast: Cast, noted: Audit) -> None:
    viewer, lead = Client(), cast.ours.contributor
    sign_in(viewer, cast.ours.people[Role.VIEWER])
    there = reverse("submission", args=[noted.pk])
    add_comment(audit=noted, by=lead, question="goal", text="Why?")
    viewer.get(there)
    with CaptureQueriesContext(connection) as before:
        viewer.get(there)
    for question in ("quality_gap", "knowledge_size", "eval"):
        add_comment(audit=noted, by=lead, question=question, text="Why?")
    viewer.get(there)  # this one counts the inbox again
    with CaptureQueriesContext(connection) as after:
        viewer.get(there)

    assert len(after) == len(before)


@pytest.mark.once
def test_json_has_each_answer_with_all_that_is_about_it(
    cast: Cast, noted: Audit
) -> None:
    lead = cast.ours.contributor
    opened = reopen_audit(audit=noted, by=lead)
    run = ContentFile(b"12 of 40 right", "run.txt")
    file = add_file(audit=opened, by=lead, question="quality_gap", upload=run)
    add_comment(audit=opened, by=lead, question="quality_gap", text="Who counted?")
    changed = submit_audit(
        audit=with_note(cast, opened, "quality_gap", "Counted in April."), by=lead
    )
    reviewer = Client()
    sign_in(reviewer, cast.ours.people[Role.REVIEWER])

    response = reviewer.get(reverse("answers_json", args=[changed.pk]))

    found = json.loads(response.content)
    [gap] = [each for each in found["answers"] if each["id"] == "quality_gap"]
    name = str(lead)
    assert (gap["answer"]["value"], gap["answer"]["by"]) == ("small", name)
    assert gap["level"]["value"] == "measured"
    assert gap["note"]["words"] == "Counted in April."
    link, added = gap["evidence"]
    assert link["link"] == "https://example.org/run"
    assert (added["name"], added["sha256"]) == ("run.txt", file.digest)
    assert (added["size"], added["added_by"]) == (14, name)
    [said] = gap["comments"]
    assert (said["text"], said["by"]) == ("Who counted?", name)
    assert datetime.fromisoformat(said["at"])
    notes = [x for x in gap["history"] if x["kind"] == "note"]
    assert [each["value"] for each in notes] == [NOTE, "Counted in April."]
    assert {each["by"] for each in notes} == {name}
    assert [x["value"] for x in found["numbers"] if x["id"] == "requests"] == ["120000"]
    assert CANARY not in response.text
    assert response["Content-Disposition"] == (
        'attachment; filename="UC-0002-answers.json"'
    )
    page = page_of(cast, changed)
    assert reverse("answers_json", args=[changed.pk]) in page


@pytest.mark.thorough
@pytest.mark.once
def test_history_of_a_submitted_answer_leads_back_to_what_was_submitted(
    noted: Audit, ana: Client
) -> None:
    history = reverse("question_history", args=[noted.pk, "goal"])

    page = html_of(ana.get(history))

    assert f'href="{reverse("submission", args=[noted.pk])}"' in page


def test_discarded_draft_keeps_its_answers_readable(
    cast: Cast, noted: Audit, ana: Client
) -> None:
    review_audit(
        audit=noted,
        by=cast.ours.people[Role.REVIEWER],
        outcome="approved",
        submission=submission_of(noted),
    )
    draft = begin_again(audit=noted, by=cast.ours.contributor)
    discard(cast, draft)

    page = page_of(cast, draft)
    history = html_of(ana.get(reverse("question_history", args=[draft.pk, "goal"])))

    assert "<title>Answers of a discarded draft" in page
    assert "Counted in March." in page
    assert "These answers do not count" in page
    assert "This draft was discarded, so none of these count." in history


@pytest.mark.thorough
def test_answer_says_what_its_name_does_not(cast: Cast, noted: Audit) -> None:
    said = part_of(page_of(cast, noted), "quality_gap")

    assert "Small<span" in said
    assert 'muted">: Up to 5 points' in said
