"""What a team lead reads at the questions and before submitting: once, and where to."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence
from audits.models.audits import values
from audits.scoring.scored.candidates import Candidates
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_target,
)
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.results.answered_drafts import answered
from tests.signed_in import sign_in
from tests.wizard.page_forms import send

pytestmark = pytest.mark.once
LINK = "https://wiki.northgate.example/test-set"


@pytest.fixture
def lead(cast: Cast, client: Client) -> Client:
    sign_in(client, cast.ours.contributor)
    return client


def page_of(cast: Cast, lead: Client, name: str, *more: str) -> str:
    address = reverse(name, args=[cast.ours.draft.pk, *more])
    return html_of(lead.get(address, follow=True))


def test_check_says_the_verdict_once_and_leads_back_to_the_use_case(
    cast: Cast, lead: Client
) -> None:
    answered(cast.ours)
    page = page_of(cast, lead, "check")
    panel = page.partition('<aside class="sheet panel')[2]

    assert len(re.findall(r"Provisional verdict|The verdict so far", page)) == 1
    assert "panel-verdict" not in panel
    assert '<h2 id="panel-h">Why this verdict</h2>' in panel
    tasks = reverse("tasks", args=[cast.ours.draft.pk])
    assert f'class="crumb" href="{tasks}"' in page


def test_check_leads_to_steps_and_not_to_page_one_which_there_is_not_yet(
    cast: Cast, lead: Client
) -> None:
    audit = answered(cast.ours)
    before = page_of(cast, lead, "check").partition("Submit and see the result")[0]

    steps, page_one = (reverse(x, args=[audit.pk]) for x in ("experiments", "cover"))
    assert f'href="{steps}"' in before
    assert page_one not in before
    assert lead.get(page_one).status_code == 302


def test_step_of_submitted_answers_takes_them_back_itself(
    cast: Cast, lead: Client
) -> None:
    audit = answered(cast.ours)
    steps = page_of(cast, lead, "experiments")
    [step, *_] = re.findall(r"/experiments/([a-z_]+)/", steps)
    with scope(organization=cast.ours.organization):
        submit_audit(audit=audit, by=cast.ours.contributor)

    page = page_of(cast, lead, "experiment", step)

    assert f'href="{reverse("reopen", args=[audit.pk])}"' in page


@pytest.mark.thorough
def test_check_says_the_target_with_the_gap_to_it(cast: Cast, lead: Client) -> None:
    audit = answered(cast.ours)
    with scope(organization=cast.ours.organization):
        save_candidates(
            audit=audit,
            by=cast.ours.contributor,
            change=with_target(Candidates(target=Decimal("0.85"))),
            seen=candidates_seen(audit),
        )

    assert "Large; the target is 85 of 100" in page_of(cast, lead, "check")


def test_every_question_in_turn_explains_the_levels(cast: Cast, lead: Client) -> None:
    assert "Asserted: someone said so." in page_of(cast, lead, "next")
    answered(cast.ours)

    assert "Asserted: someone said so." in page_of(cast, lead, "next_question", "state")


def test_failing_part_says_where_letters_and_photos_together_belong(
    cast: Cast, lead: Client
) -> None:
    page = page_of(cast, lead, "question", "component")

    assert page.count("letters with photos, but not images alone") == 1
    assert "A language model that returns only a category" in page


def test_results_lead_back_to_the_questions_and_begin_with_typing_one(
    cast: Cast, lead: Client
) -> None:
    answered(cast.ours)
    page = page_of(cast, lead, "candidates")
    middle = page.partition("</h1>")[2]

    # A button, which saves the target on the way.
    assert re.search(r'value="questions"\s*>\s*Back to the questions', middle)
    assert middle.index("Type a result") < middle.index("Upload a results file")


def test_question_asked_in_turn_leads_to_what_shows_its_answer(
    cast: Cast, lead: Client
) -> None:
    page = page_of(cast, lead, "next_question", "eval")

    add = reverse("add_evidence", args=[cast.ours.draft.pk, "eval"])
    bare = f'Or <a href="{add}">add a file</a>. Without either, the answer counts as'
    assert bare in " ".join(page.split())


def test_link_beside_a_level_is_saved_with_the_answer(cast: Cast, lead: Client) -> None:
    there = reverse("next_question", args=[cast.ours.draft.pk, "eval"])
    sent = {"eval": "small_set", "level__eval": "documented"}

    refused = send(lead, there, **sent, link__level__eval="no address")
    told = html_of(lead.get(refused["Location"], follow=True))
    added = [send(lead, there, **sent, link__level__eval=LINK) for _ in "ab"]

    assert "The answer is saved, but not its link." in told
    assert "You entered: no address" in told
    assert [each.status_code for each in added] == [302, 302]
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        assert [x.link for x in Evidence.objects.behind(audit, "eval")] == [LINK]
        assert values(audit.levels)["eval"] == "documented"
    page = html_of(lead.get(there))
    assert "counts as asserted" not in " ".join(page.split())
