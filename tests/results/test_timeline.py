"""What happened with a use case, and what changed between two of its audits."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Role, Submission, Version
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.papers.covers import save_cover
from audits.services.papers.sharing import end_share
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.condition_steps import meet_condition, take_back
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.opinions.overrides import override_verdict
from audits.services.reviews.opinions.second_opinions import give_second_opinion
from audits.services.timelines.timeline import timeline_of
from audits.services.verdicts.assessments import assess_today, framework_of
from tests.casting import Cast
from tests.conditions import condition_of
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.reviews.test_background import decide, submitted_again
from tests.wizard.page_forms import hidden, hidden_in, resend, send

# A live tuned model that meets its target.
SETTLED = {
    "goal": ["task_skill"],
    "state": "live_tuned",
    "platform": "open",
    "incumbent": "meets",
    "data_rights": "clear",
}


@pytest.fixture(autouse=True)
def inside(cast: Cast) -> Iterator[None]:
    with scope(organization=cast.ours.organization):
        yield


@pytest.fixture
def viewer(cast: Cast) -> Client:
    return client_of(cast, Role.VIEWER)


def follower(cast: Cast) -> Audit:
    """Sign the submitted audit off, and begin another."""
    decide(cast, cast.ours.submitted, "conditions", "Count again in March.")
    return begin_again(audit=cast.ours.submitted, by=cast.ours.contributor)


def page_of(client: Client, name: str, audit: Audit, **query: str) -> str:
    where = reverse(name, args=[audit.pk], query=query or None)
    return re.sub(r"\s+", " ", html_of(client.get(where)))


@pytest.mark.thorough
def test_timeline_has_what_happened_the_newest_first(
    cast: Cast, viewer: Client
) -> None:
    audit = cast.ours.submitted
    decide(cast, audit, "sent_back", "Who counted?")
    new = follower_of(cast, submitted_again(cast, audit))

    moments = timeline_of(audit.use_case)
    page = page_of(viewer, "timeline", audit)

    of_audits = [(m.kind, m.number) for m in moments if m.number]
    expected = ["submitted", "sent_back", "submitted", "approved"]
    told = [kind for kind, number in reversed(of_audits) if number == 1]
    assert [kind for kind in told if kind in expected] == expected
    assert ("started", 2) in of_audits
    assert [each.at for each in moments] == sorted(
        (each.at for each in moments), reverse=True
    )
    starter = cast.ours.contributor
    first, second = (reverse("result", args=[each.pk]) for each in (audit, new))
    assert f'sent <a href="{first}">audit 1</a> back.' in page
    assert "Who counted?" in page
    assert (
        f'<a href="{second}">Audit 2</a> was started by <bdi>{starter}</bdi>.' in page
    )
    assert page.index("was started") < page.index("Who counted?")


def follower_of(cast: Cast, audit: Audit) -> Audit:
    decide(cast, audit, "approved", "")
    return begin_again(audit=audit, by=cast.ours.contributor)


@pytest.mark.thorough
def test_timeline_names_no_file_of_another_use_case(cast: Cast) -> None:
    names = {each.name for each in timeline_of(cast.ours.submitted.use_case)}
    others = {each.name for each in timeline_of(cast.ours.draft.use_case)}

    assert (names & others) - {""} == set()


@pytest.mark.thorough
def test_changed_answer_is_named_with_what_it_was(cast: Cast, viewer: Client) -> None:
    new = follower(cast)
    before = values(new.answers)["goal"]
    save_answers(
        audit=new, by=cast.ours.contributor, answers={"goal": ["cost_latency"]}
    )

    page = page_of(viewer, "changes", new)

    assert before != ["cost_latency"]
    assert "What is wrong: <strong>Cost or speed</strong> instead of" in page
    assert "New verdict: " in page.partition("<h1")[2].partition("</h1>")[0]
    assert "Audit of" in page
    assert "All answers, numbers and test results are the same" not in page


@pytest.mark.thorough
def test_same_answers_are_said_to_be_the_same(cast: Cast, viewer: Client) -> None:
    new = follower(cast)

    page = page_of(viewer, "changes", new)
    back = page_of(viewer, "changes", cast.ours.submitted, since=str(new.pk))

    assert "All answers, numbers and test results are the same." in page
    assert "Same verdict" in page.partition("<h1")[2].partition("</h1>")[0]
    # The earlier one is the left column, from whichever audit somebody comes.
    assert page.partition("<table")[2] == back.partition("<table")[2]


def test_first_audit_has_nothing_to_be_compared_with(
    cast: Cast, viewer: Client
) -> None:
    page = page_of(viewer, "changes", cast.ours.submitted)

    assert "There is no earlier audit or submission of this use case" in page


@pytest.mark.parametrize("since", ["draft", "theirs", "x"])
def test_audit_of_another_use_case_is_not_found(
    cast: Cast, viewer: Client, since: str
) -> None:
    given = {"draft": cast.ours.draft.pk, "theirs": cast.theirs.draft.pk}.get(since)
    where = reverse("changes", args=[cast.ours.submitted.pk])

    answer = viewer.get(where, {"since": str(given or since)})

    assert answer.status_code == 404
    assert cast.theirs.draft.use_case.name not in html_of(answer)


@pytest.mark.thorough
def test_result_leads_to_both(cast: Cast, viewer: Client) -> None:
    new = submitted_again(cast, follower(cast))

    page = page_of(viewer, "result", new)

    assert f'href="{reverse("timeline", args=[new.pk])}"' in page
    assert f'href="{reverse("changes", args=[new.pk])}"' in page


def test_timeline_of_a_draft_names_who_asked_answered_and_chose(
    cast: Cast, viewer: Client
) -> None:
    draft, lead = cast.ours.draft, cast.ours.contributor
    ben = cast.ours.people[Role.REVIEWER]
    anas, bens = client_of(cast, Role.CONTRIBUTOR), client_of(cast, Role.REVIEWER)
    question = reverse("question", args=[draft.pk, "task_shape"])
    ask_colleague(
        audit=draft,
        by=lead,
        of=ben,
        section="purpose",
        question="task_shape",
        message="Nobody else may read this.",
    )
    opened = hidden(anas, question)
    send(bens, question, task_shape="broad")
    resend(anas, question, opened, task_shape="narrow_stable")
    conflicts = html_of(anas.get(reverse("conflicts", args=[draft.pk])))
    fields = {name: each[0] for name, each in hidden_in(conflicts).items()}
    [there, *_] = re.findall(r'action="(/conflicts/[^"]+)"', conflicts)
    waits = page_of(viewer, "timeline", draft)
    anas.post(there, {**fields, "keep": "mine"})

    page = page_of(viewer, "timeline", draft)

    label = "Shape of the job"
    assert f"<bdi>{lead}</bdi> asked <bdi>{ben}</bdi> to answer “{label}”." in page
    answered = f"<bdi>{ben}</bdi> answered “{label}”: <bdi>{lead}</bdi> had asked about"
    assert f"{answered} “{label}”." in page
    assert re.search(f"<bdi>{ben}</bdi> answered 1 question in", page)
    assert re.search(f"<bdi>{lead}</bdi> answered 1 question in", page)
    differently = f"and <bdi>{ben}</bdi> answered “{label}” differently."
    assert f"{differently} The answer of <bdi>{lead}</bdi> was kept." in page
    assert "differently" not in waits
    assert "Nobody else may read this." not in page


def test_timeline_has_numbers_and_an_offer(cast: Cast, viewer: Client) -> None:
    draft, by = cast.ours.draft, cast.ours.contributor
    given = {"requests": "40000", "output_tokens": "20", "proposal_once": "24000"}
    sent: Any = {("number", key): Sent(value=value) for key, value in given.items()}
    save_entries(audit=draft, by=by, sent=sent, sender=Sender())

    page = page_of(viewer, "timeline", draft)

    here = f'<a href="{reverse("result", args=[draft.pk])}">audit 1</a>.'
    assert re.search(rf"{by}</bdi> entered \d+ numbers in {re.escape(here)}", page)
    assert f"<bdi>{by}</bdi> entered an offer in {here}" in page


def test_correction_after_a_submission_is_told_apart(
    cast: Cast, viewer: Client
) -> None:
    audit, by = cast.ours.submitted, cast.ours.contributor

    def enter(seen: int = 0, **given: str) -> None:
        opened = reopen_audit(audit=fresh_audit(audit), by=by)
        sent: Any = {("number", k): Sent(value=x, seen=seen) for k, x in given.items()}
        save_entries(audit=opened, by=by, sent=sent, sender=Sender())
        submit_audit(audit=fresh_audit(audit), by=by)

    enter(requests="40000", output_tokens="20", prefix_tokens="900")
    ago = timezone.now() - timedelta(seconds=5)
    Version.objects.filter(audit=audit).update(at=ago)
    Submission.objects.filter(audit=audit).update(at=ago + timedelta(seconds=1))
    enter(seen=1, output_tokens="30")

    page = page_of(viewer, "timeline", audit)

    assert page.count(f"{by}</bdi> entered") == 2
    assert f"{by}</bdi> entered 1 number in" in page


@pytest.mark.thorough
def test_timeline_has_what_became_of_a_condition(cast: Cast, viewer: Client) -> None:
    audit = cast.ours.submitted
    decide(cast, audit, "conditions", "Count again in March.")
    by, found = cast.ours.people[Role.REVIEWER], condition_of(audit)
    meet_condition(condition=found, by=by, words="Counted 40.")
    take_back(condition=found, by=by, words="Of the old model.")

    moments = [(m.kind, m.words) for m in timeline_of(audit.use_case)][:2]
    page = page_of(viewer, "timeline", audit)

    assert moments == [
        ("condition_open", "Of the old model."),
        ("condition_met", "Counted 40."),
    ]
    assert f'href="{reverse("condition", args=[found.pk])}"' in page
    assert "Count again in March." in page


def test_page_one_that_is_saved_during_review_is_told(
    cast: Cast, viewer: Client
) -> None:
    audit = cast.ours.submitted
    words = {"sponsor": "Operations", "why_now": "It waits."}
    save_cover(audit=audit, by=cast.ours.contributor, fields=words)

    page = page_of(viewer, "timeline", audit)

    there = reverse("page_one_history", args=[audit.pk])
    assert (
        f'changed page 1 of the board paper of <a href="{there}">audit 1</a>: '
        "Sponsor and Why now."
    ) in page


@pytest.mark.on_both
def test_timeline_says_each_answer_and_what_it_led_to(
    cast: Cast, viewer: Client
) -> None:
    draft, me = cast.ours.draft, cast.ours.contributor
    given = {"goal": ["task_skill"], "state": "planned"}
    save_answers(audit=draft, by=me, answers=given)
    Version.objects.filter(audit=draft).update(at=timezone.now() - timedelta(days=3))
    draft = Audit.objects.get(pk=draft.pk)
    save_answers(audit=draft, by=me, answers={"state": "failed_or_paused"})

    later, first = (
        each for each in timeline_of(draft.use_case) if each.kind == "answered"
    )
    page = page_of(viewer, "timeline", draft)

    framework = framework_of(draft)
    label, other = (framework.question_by_id[q].label for q in ("state", "goal"))
    was, now = (
        framework.words("state", {"state": code})
        for code in ("planned", "failed_or_paused")
    )
    assert [(each.label, each.now, each.was) for each in later.answers] == [
        (label, now, was)
    ]
    assert {each.label for each in first.answers} == {label, other}
    assert all(each.was == "" for each in first.answers)
    assert f"<bdi>{now}</bdi></strong> instead of <bdi>{was}</bdi>" in page
    assert "Show the answers" in page
    assert first.verdict
    assert first.before is None
    if later.verdict:
        assert later.before == first.verdict != later.verdict
    assert "The verdict so far:" in page


@pytest.mark.thorough
def test_verdict_of_a_day_reads_what_was_entered_by_then(cast: Cast) -> None:
    draft, me = cast.ours.draft, cast.ours.contributor
    save_answers(audit=draft, by=me, answers=SETTLED)
    begun = timezone.now() - timedelta(days=3)
    Version.objects.filter(audit=draft).update(at=begun)
    draft = Audit.objects.get(pk=draft.pk)
    before = assess_today(draft).named
    save_answers(audit=draft, by=me, answers={"state": "none"})
    after = assess_today(Audit.objects.get(pk=draft.pk)).named

    later, first = (
        each for each in timeline_of(draft.use_case) if each.kind == "answered"
    )

    assert before != after
    assert first.verdict == before
    assert (later.before, later.verdict) == (before, after)


def test_what_happened_at_once_is_told_in_its_order(cast: Cast) -> None:
    draft, me = cast.ours.draft, cast.ours.contributor
    save_answers(audit=draft, by=me, answers={"goal": ["task_skill"]})
    at = timezone.now() - timedelta(days=1)
    Version.objects.filter(audit=draft).update(at=at)
    Audit.objects.filter(pk=draft.pk).update(created_at=at)

    kinds = [each.kind for each in timeline_of(draft.use_case) if each.at == at]

    assert kinds == ["answered", "started"]


def test_opinion_override_and_shares_are_in_order_and_shares_for_reviewers_alone(
    cast: Cast, viewer: Client
) -> None:
    ours, admin = cast.ours, cast.ours.people[Role.ADMIN]
    audit, reviewer = ours.submitted, ours.people[Role.REVIEWER]
    asked: dict[str, Any] = {"answers": {}, "read": str(audit.submitted_at)}
    give_second_opinion(audit=audit, by=admin, knew="verdict", **asked)
    decide(cast, audit, "approved", "")
    own: dict[str, Any] = {"audit": audit, "by": reviewer}
    override_verdict(**own, verdict="few_shot", words="It is cheaper.", read="")
    override_verdict(**own, verdict="", words="It is not.", read="few_shot")
    end_share(share=ours.share, by=reviewer)

    kinds = [each.kind for each in timeline_of(audit.use_case, with_shares=True)][::-1]
    page = page_of(client_of(cast, Role.REVIEWER), "timeline", audit)
    seen = page_of(viewer, "timeline", audit)

    expected = ["submitted", "opinion", "approved", "overridden", "override_ended"]
    assert [kind for kind in kinds if kind in (*expected, "share_ended")] == [
        *expected,
        "share_ended",
    ]
    assert kinds.index("shared") < kinds.index("share_ended")
    said = (
        f"{reviewer}</bdi> stopped sharing",
        "“Retrieval (RAG)”, as computed, counts again.",
        f"{reviewer}</bdi> overrode the verdict",
        f"{reviewer}</bdi> signed off",
        f"{admin}</bdi> gave a second opinion",
    )
    assert [*map(page.index, said)] == sorted(map(page.index, said))
    assert [each in seen for each in said] == [False, *(True for _ in said[1:])]
    assert "shared" not in seen.partition("<ol")[2].partition("</ol>")[0]
