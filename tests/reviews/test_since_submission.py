"""What changed between two submissions of one audit is read by both sides."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django_scopes import scope

from audits.models import Audit, Role, Submission
from audits.models.audits import values
from audits.reports.context import build_paper
from audits.scoring.costs.rounding import written
from audits.scoring.days import in_words
from audits.scoring.money.of_assessment import money_of
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.comments import add_comment
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.resubmissions import inputs_of, since_submission
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.timelines.timeline import timeline_of
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast, Tenant
from tests.examples import some_of
from tests.pages import html_of
from tests.replayed import replayed
from tests.reviews.conftest import client_of
from tests.reviews.test_background import decide
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.letters import LETTERS


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def reviewer(cast: Cast) -> Client:
    return client_of(cast, Role.REVIEWER)


def sent_back(cast: Cast) -> Audit:
    _send_back(cast.ours)
    return Audit.objects.get(pk=cast.ours.submitted.pk)


@replayed
def _send_back(tenant: Tenant) -> None:
    review_audit(
        audit=tenant.submitted,
        by=tenant.people[Role.REVIEWER],
        outcome="sent_back",
        words="Who counted the faults?",
        submission=submission_of(tenant.submitted),
    )


def changed_and_submitted(cast: Cast, audit: Audit) -> Audit:
    by = cast.ours.contributor
    save_answers(audit=audit, by=by, answers={"goal": ["style"], "examples": "few"})
    where = "https://example.org/faults"
    add_link(audit=audit, by=by, question="goal", link=where, name="Counted faults")
    return submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)


def test_note_that_answers_the_reviewer_is_among_what_changed(
    cast: Cast, reviewer: Client
) -> None:
    by, audit = cast.ours.contributor, sent_back(cast)
    said = "Two experts counted 150 cases"
    sent = {("note", "goal"): Sent(value=said)}
    save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    audit = submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)

    since = since_submission(audit, assessment_of(audit))
    page = html_of(reviewer.get(reverse("review", args=[audit.pk])))
    line = html_of(reviewer.get(reverse("timeline", args=[audit.pk])))

    assert since is not None
    [(label, text)] = since.notes
    assert (text, since.changes) == (said, 1)
    assert re.search(rf"Note on {label}: <bdi[^>]*>{said}", page)
    assert "wrote notes on 1 answer in" in re.sub(r"\s+", " ", line)


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("where", "told", "when"),
    [
        ("use_cases", "sent the audit back, ", "just now"),
        ("portfolio", "sent back on ", "{day}"),
    ],
)
def test_lists_say_that_a_draft_was_sent_back_and_when(
    cast: Cast, where: str, told: str, when: str
) -> None:
    client = client_of(cast, Role.CONTRIBUTOR)
    assert told not in html_of(client.get(reverse(where))).lower()
    audit = sent_back(cast)
    day = date_format(audit.reviews.get().at, "j F Y")

    shown = re.sub(r"\s+", " ", html_of(client.get(reverse(where))))

    assert told + when.format(day=day).lower() in shown.lower()
    audit = changed_and_submitted(cast, audit)
    assert told not in html_of(client.get(reverse(where))).lower()


def page_of(client: Client, name: str, audit: Audit) -> str:
    return re.sub(r"\s+", " ", html_of(client.get(reverse(name, args=[audit.pk]))))


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["review", "result"])
def test_reader_sees_what_changed_since_it_was_sent_back(
    cast: Cast, reviewer: Client, name: str
) -> None:
    audit = sent_back(cast)
    was = assessment_of(audit).named.name
    audit = changed_and_submitted(cast, audit)

    page = page_of(reviewer, name, audit)

    since = page[page.index("What changed since the submission of") :]
    assert "It was sent back on" in since
    assert "What is wrong: <strong>Style</strong> instead of Facts" in since
    now = assessment_of(audit).named.name
    assert now != was
    assert f"New verdict: {now}; to decide now:" in since
    assert f"It is <strong>{now}</strong> instead of {was}." in since
    assert "as before" not in since
    assert "Counted faults</bdi> added" in since


def priced(cast: Cast, audit: Audit, **numbers: str) -> Audit:
    by, sender = cast.ours.contributor, Sender()
    sent = {("number", key): Sent(value=value) for key, value in numbers.items()}
    save_entries(audit=audit, by=by, sent=sent, sender=sender)
    return submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)


@pytest.mark.parametrize("name", some_of(["review", "result"], 1))
def test_reader_sees_what_12_months_cost_then_and_now(
    cast: Cast, reviewer: Client, name: str
) -> None:
    audit = priced(cast, sent_back(cast), **GIVEN)
    then = money_of(assessment_of(audit))
    decide(cast, audit, "sent_back", "Is that all of the prompt?")
    audit = priced(cast, Audit.objects.get(pk=audit.pk), prefix_tokens="90000")
    now = money_of(assessment_of(audit))
    assert then
    assert now
    assert then.chosen.technique == now.chosen.technique
    was, costs = (written(money.chosen.year.expected) for money in (then, now))
    assert was != costs

    page = page_of(reviewer, name, audit)

    since = page[page.index("What changed since the submission of") :]
    assert f"” cost ${costs} instead of ${was}." in since


def test_cost_that_is_the_same_or_not_known_is_not_told(cast: Cast) -> None:
    audit = sent_back(cast)
    unpriced = since_submission(audit, assessment_of(audit))
    audit = priced(cast, audit, **GIVEN)
    decide(cast, audit, "sent_back", "Who says so?")
    audit = Audit.objects.get(pk=audit.pk)
    same = since_submission(audit, assessment_of(audit))

    assert unpriced
    assert same
    assert (unpriced.cost, same.cost) == ("", "")
    assert (unpriced.finding, same.finding) == ("Same verdict", "Same verdict")
    assert same.in_short == "Nothing changed since"
    earlier = timezone.now() - timedelta(days=400)
    Submission.objects.filter(audit=audit).update(at=earlier)
    moved = since_submission(audit, assessment_of(audit))
    assert moved
    # Another day alone is said only where it changes what 12 months cost.
    assert (moved.begins is None, moved.in_short) == (not moved.cost, same.in_short)
    said = "Only the day of its prices changed: its 12 months begin on 1 December 2026"
    assert replace(moved, begins=date(2026, 12, 1)).in_short == said


@pytest.mark.thorough
def test_sum_that_the_board_is_asked_for_leads_what_changed(
    cast: Cast, reviewer: Client
) -> None:
    audit = priced(cast, sent_back(cast), **GIVEN)
    decide(cast, audit, "sent_back", "Who says so?")
    audit = priced(cast, fresh_audit(audit), **GIVEN | {"requests": "900000"})

    since = since_submission(audit, assessment_of(audit))
    pages = [page_of(reviewer, name, audit) for name in ("review", "changes")]

    assert since
    asks = r"Same verdict, but it asks for \$[\d,]+ over 12 months instead of \$[\d,]+"
    assert re.fullmatch(asks, since.finding)
    assert f"<strong>{since.finding}.</strong>" in pages[0].replace("\u00a0", " ")
    [title] = re.findall(r"<h1>\s*(.*?)\s*</h1>", pages[1])
    assert title.replace("\u00a0", " ") == since.finding


def test_draft_that_nobody_changed_says_so(cast: Cast, reviewer: Client) -> None:
    page = page_of(reviewer, "result", sent_back(cast))

    assert "All answers, numbers and test results are the same." in page
    assert "as before" in page
    assert "No link or file was added or removed." in page
    link = re.search(r'<a href="#since-submission">\s*([^<]*?)\s*</a>', page)
    assert link
    assert link[1].split() == ["Nothing", "changed", "since"]


@pytest.mark.thorough
def test_first_submission_has_nothing_to_be_compared_with(
    cast: Cast, reviewer: Client
) -> None:
    for name in ("review", "result"):
        page = page_of(reviewer, name, cast.ours.submitted)
        assert "What changed since the submission" not in page


def test_note_that_it_was_sent_back_goes_once_it_is_submitted_again(
    cast: Cast, reviewer: Client
) -> None:
    audit = sent_back(cast)
    draft = page_of(reviewer, "result", audit)
    audit = changed_and_submitted(cast, audit)

    again = page_of(reviewer, "result", audit)

    top = '<aside class="actions"'
    assert "Who counted the faults?" in draft.partition(top)[0]
    assert "Who counted the faults?" not in again.partition(top)[0]
    assert "Who counted the faults?" in again


def test_inputs_of_a_submission_are_those_that_were_submitted(cast: Cast) -> None:
    was = cast.ours.submitted.inputs
    audit = changed_and_submitted(cast, sent_back(cast))

    first, second = Submission.objects.filter(audit=audit)

    assert inputs_of(first) == was
    assert inputs_of(second) == audit.inputs
    assert was != audit.inputs
    assert values(audit.answers)["goal"] == ["style"]


@pytest.mark.thorough
def test_timeline_has_each_verdict_and_what_was_taken_back(
    cast: Cast, reviewer: Client
) -> None:
    audit = cast.ours.submitted
    reopen_audit(audit=audit, by=cast.ours.contributor)
    audit = changed_and_submitted(cast, Audit.objects.get(pk=audit.pk))

    moments = timeline_of(audit.use_case)
    page = page_of(reviewer, "timeline", audit)

    told = [each for each in moments if each.kind in ("submitted", "taken_back")]
    assert [each.kind for each in told] == ["submitted", "taken_back", "submitted"]
    first, second = (each.verdict for each in (told[2], told[0]))
    assert first
    assert second
    assert first != second
    assert f"<span>{first.name}</span>" in page
    assert "back from review." in page
    assert "took it back on" in page_of(reviewer, "review", audit)


@pytest.mark.thorough
def test_paper_says_that_it_was_submitted_before_and_taken_back(cast: Cast) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor
    was = assessment_of(audit).named.name
    reopen_audit(audit=audit, by=by)
    audit = changed_and_submitted(cast, Audit.objects.get(pk=audit.pk))
    since = since_submission(audit, assessment_of(audit))
    [_, first, last, _] = build_paper(audit).signoffs

    on = in_words(timezone.localdate())
    assert since is not None
    assert since.changes > 1
    assert first.name == last.name == str(by)
    assert first.said == (
        f"Submitted before, took it back on {on}; {since.changes} entries changed "
        f"since; the verdict was “{was}”"
    )
    assert first.at is not None
    assert last.at is not None
    assert first.at < last.at


@pytest.mark.thorough
def test_draft_that_was_sent_back_leads_to_the_comments(
    cast: Cast, reviewer: Client
) -> None:
    audit = sent_back(cast)
    asker = cast.ours.people[Role.REVIEWER]
    add_comment(audit=audit, by=asker, question="goal", text="Who counted them?")
    lead = client_of(cast, Role.CONTRIBUTOR)
    link = f'href="{reverse("older_comments", args=[audit.pk, "goal"])}"'

    assert link in page_of(lead, "tasks", audit)
    assert 'href="#commented">Read the comments' in page_of(lead, "result", audit)


@pytest.mark.thorough
def test_result_of_a_renewal_leads_to_what_changed(
    cast: Cast, reviewer: Client
) -> None:
    decide(cast, cast.ours.submitted, "approved", "")
    new = begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)

    page = page_of(reviewer, "result", new)

    aside = page[page.index('<aside class="actions"') : page.index("</aside>")]
    assert f'href="{reverse("changes", args=[new.pk])}"' in aside


@pytest.mark.thorough
def test_other_step_of_the_same_verdict_is_told(cast: Cast, reviewer: Client) -> None:
    audit, by = sent_back(cast), cast.ours.contributor
    save_answers(audit=audit, by=by, answers=dict(LETTERS))
    audit = submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)
    decide(cast, audit, "sent_back", "Test the examples.")
    audit = Audit.objects.get(pk=audit.pk)
    tested = {"tried": ["instructions", "examples"], "quality_gap": "some_wrong"}
    save_answers(audit=audit, by=by, answers=tested)
    audit = submit_audit(audit=Audit.objects.get(pk=audit.pk), by=by)

    told = page_of(reviewer, "review", audit)

    assert "<strong>Few-shot</strong>, as before." in told
    assert (
        "The next step was “add 10 to 20 reviewed examples and test them”, and is now "
        "“look up the most similar examples for each input”."
    ) in told
