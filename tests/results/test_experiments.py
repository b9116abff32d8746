"""The steps of the evidence plan: who sees them, what they say, what they send."""

import re
from decimal import Decimal
from typing import Any

import pytest
import yaml
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Role
from audits.scoring.board.by_when import by_when
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.scoring.cards.target import SET_TARGET
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from audits.scoring.summary.plan import plan_of
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_candidates,
    with_target,
)
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.replayed import replayed
from tests.scoring.money.test_measuring_money import UNTESTED
from tests.signed_in import sign_in

NASTY = "=1+1 \"'{{ env.HOME }} <b>\n# x"


@pytest.fixture
def draft(cast: Cast) -> Audit:
    """Return a draft of ours whose verdict is to measure first."""
    return answered(cast, UNTESTED)


def answered(cast: Cast, answers: Any) -> Audit:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        _answer(tenant, answers=answers)
        return Audit.objects.with_use_case().get(pk=tenant.draft.pk)


@replayed
def _answer(tenant: Tenant, answers: Any) -> None:
    save_answers(audit=tenant.draft, by=tenant.contributor, answers=answers)


def cards(audit: Audit) -> tuple[Card, ...]:
    return cards_of(current(), assessment_of(audit))


def page_of(client: Client, name: str, audit: Audit, *args: str) -> str:
    return html_of(client.get(reverse(name, args=[audit.pk, *args])))


@pytest.mark.thorough
def test_step_says_by_when_it_is_done(client: Client, cast: Cast, draft: Audit) -> None:
    sign_in(client, cast.ours.contributor)
    with scope(organization=draft.organization):
        found, on = cards(draft), assessment_of(draft).on
    planned = by_when(found, found[0], on, timezone.localdate())
    assert planned.day

    page = page_of(client, "experiment", draft, found[0].id)

    told = page.partition("<dt>By when</dt>")[2].partition("</dd>")[0]
    assert f"{planned.day:%-d %B %Y}" in told
    assert "takes the steps in order" in told


def file_of(client: Client, audit: Audit, name: str) -> Any:
    args = [audit.pk, "score_prompt", name]
    return client.get(reverse("experiment_file", args=args))


def test_steps_are_listed_in_the_order_of_the_plan(
    client: Client, draft: Audit
) -> None:
    page = page_of(client, "experiments", draft)

    steps = plan_of(current(), assessment_of(draft)).cards
    links = [reverse("experiment", args=[draft.pk, card.id]) for card in steps]
    assert len(links) > 1
    places = [page.index(f'href="{link}"') for link in links]
    assert places == sorted(places)
    assert "1. Set the target" in page
    assert "Done when somebody has entered it" in page
    assert "A decision, no work" in page
    step = page_of(client, "experiment", draft, SET_TARGET)
    assert f'href="{reverse("candidates", args=[draft.pk])}#target"' in step
    assert "Where the result goes" not in step
    numbered = re.findall(r">([1-4]\. [^<,]+)", page)
    assert numbered[1:4] == [
        "2. Check when the base model retires",
        "3. Ask the lawyers about the data",
        "4. Test the strongest allowed model",
    ]


def test_pages_lead_only_who_may_enter_a_target_to_it(
    cast: Cast, client: Client, draft: Audit
) -> None:
    for role, is_led in ((Role.CONTRIBUTOR, True), (Role.VIEWER, False)):
        sign_in(client, cast.ours.people[role])
        for name in ("result", "experiments"):
            page = page_of(client, name, draft)
            assert ('candidates/#target"' in page) is is_led, (role, name)


def test_card_says_what_each_outcome_means_before_there_is_one(
    client: Client, draft: Audit
) -> None:
    card = cards(draft)[0]

    page = page_of(client, "experiment", draft, "score_prompt")

    assert card.asks in page
    assert f"<dd>{card.sample}</dd>" in page
    # Nobody entered a target, so the pass mark leads to where it is entered.
    assert f'candidates/#target">{card.pass_mark}</a>' in page
    assert f"{card.hours} hours of work in all" in page
    for outcome in card.outcomes:
        assert outcome.verdict_name in page
        for result in outcome.results:
            assert f'<span class="block">{result}</span>' in page
    assert f'href="{reverse("candidates", args=[draft.pk])}#upload"' in page


@pytest.mark.thorough
def test_step_in_review_says_where_the_target_is_entered(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, {"goal": ["knowledge"], "state": "none"})
    with scope(organization=cast.ours.organization):
        submit_audit(audit=fresh_audit(audit), by=cast.ours.contributor)

    page = " ".join(page_of(client, "experiment", audit, "tried").split())

    back = reverse("reopen", args=[audit.pk])
    said = "Its field is under “Add test results” of the draft, so "
    assert f'{said}<a href="{back}">take the audit back from review</a> first.' in page


@pytest.mark.thorough
def test_result_and_wizard_lead_to_the_steps(client: Client, draft: Audit) -> None:
    result = page_of(client, "result", draft)

    for card in cards(draft):
        assert f'href="../experiments/{card.id}/"' in result
    link = f'href="{reverse("experiments", args=[draft.pk])}"'
    assert link in page_of(client, "candidates", draft)
    assert link in page_of(client, "check", draft)


@pytest.mark.thorough
def test_candidates_that_were_scored_are_tested_again(
    cast: Cast, client: Client, draft: Audit
) -> None:
    row = ScoredCandidate(id="c1", kind="prompt", cases=8, passed=3, model=NASTY[:9])
    with scope(organization=cast.ours.organization):
        save_candidates(
            audit=draft,
            by=cast.ours.contributor,
            change=with_candidates(draft, [row]),
            seen=candidates_seen(draft),
        )

    page = page_of(client, "experiment", draft, "score_prompt")
    config = yaml.safe_load(file_of(client, draft, "promptfoo.yaml").content)

    assert "3 of 8 passed" in page
    labels = [each["label"] for each in config["providers"]]
    assert labels == ["=1+1 \"'{ { (Written prompt)", "Stronger model"]


@pytest.mark.thorough
def test_target_is_asked_for_before_the_test(
    cast: Cast, client: Client, draft: Audit
) -> None:
    told = (
        "Nobody has entered a target yet, and without one, a result answers fewer "
        "questions."
    )
    before = page_of(client, "experiment", draft, "score_prompt")
    with scope(organization=cast.ours.organization):
        save_candidates(
            audit=draft,
            by=cast.ours.contributor,
            change=with_target(Candidates(target=Decimal("0.9"))),
            seen=candidates_seen(draft),
        )

    after = page_of(client, "experiment", draft, "score_prompt")

    assert (told in before, told in after) == (True, False)


@pytest.mark.thorough
def test_verdicts_of_a_test_are_listed_once_there_is_a_target(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, {"goal": ["knowledge"], "state": "none"})
    asked = "depends on the target, and nobody has entered one yet"
    result = "Only “Prompt with examples” meets the target"
    also = "A results file also answers which approaches were tested"
    before = page_of(client, "experiment", audit, "tried")
    with scope(organization=cast.ours.organization):
        save_candidates(
            audit=audit,
            by=cast.ours.contributor,
            change=with_target(Candidates(target=Decimal("0.9"))),
            seen=candidates_seen(audit),
        )

    after = page_of(client, "experiment", audit, "tried")

    told = [(asked in page, result in page, also in page) for page in (before, after)]
    assert told == [(True, False, False), (False, True, True)]
    assert "All other answers stay as they are." not in after


def test_other_answers_stay_where_no_file_answers_them(
    client: Client, draft: Audit
) -> None:
    step = next(each for each in cards(draft) if each.outcomes and not each.kinds)

    page = page_of(client, "experiment", draft, step.id)

    assert "All other answers stay as they are." in page
    assert "A results file also answers" not in page


def test_colleagues_who_were_asked_are_named(
    cast: Cast, client: Client, draft: Audit
) -> None:
    section = current().question_by_id["quality_gap"].section
    colleague = cast.ours.people[Role.REVIEWER]
    with scope(organization=cast.ours.organization):
        ask_colleague(
            audit=draft,
            by=cast.ours.contributor,
            of=colleague,
            section=section,
            question="quality_gap",
            message="By 4 December, please",
        )

    page = page_of(client, "experiment", draft, "score_prompt")

    assert f"<bdi>{colleague}</bdi>, asked on" in page
    assert "<bdi>By 4 December, please</bdi>" in page
    assert "leads the work" not in page


@pytest.mark.once
def test_step_that_nobody_was_asked_about_names_the_owner_as_the_result_does(
    cast: Cast, client: Client, draft: Audit
) -> None:
    owner = f"<bdi>{draft.use_case.owner}</bdi> leads the work"
    link = f'<a href="{reverse("ask", args=[draft.pk])}?'

    page = page_of(client, "experiment", draft, "score_prompt")

    assert owner in page
    assert owner in page_of(client, "result", draft)
    assert link in page
    assert "Nobody has been asked" not in page


def test_viewer_reads_a_card_and_is_offered_nothing_to_enter(
    cast: Cast, draft: Audit
) -> None:
    viewer = Client()
    sign_in(viewer, cast.ours.people[Role.VIEWER])

    page = page_of(viewer, "experiment", draft, "score_prompt")

    assert "A colleague who may answer adds the result" in page
    assert reverse("candidates", args=[draft.pk]) not in page
    assert reverse("ask", args=[draft.pk]) not in page


def test_submitted_answers_take_no_result(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted

    page = page_of(client, "experiment", audit, "tried")

    assert "These answers are submitted, so they take no result." in page
    assert "Take them back from review" in page
    assert reverse("candidates", args=[audit.pk]) not in page


@pytest.mark.thorough
def test_signed_answers_are_not_said_to_be_taken_back(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        review_audit(
            audit=audit,
            by=cast.ours.people[Role.REVIEWER],
            outcome="approved",
            submission=submission_of(audit),
        )

    page = page_of(client, "experiment", audit, "tried")

    assert "These answers are signed off, so they take no result." in page
    assert f"{reverse('outcomes', args=[audit.pk])}#conditions" in page
    assert "Take them back" not in page


def test_step_out_of_the_plan_leads_to_those_in_it(
    client: Client, draft: Audit
) -> None:
    url = reverse("experiment", args=[draft.pk, "time_small"])

    page = html_of(client.get(url, follow=True))

    assert "That step is no longer in the plan." in page
    assert "<h1>What to find out next</h1>" in page


@pytest.mark.parametrize("step", ["no-such-step", "v2"])
def test_step_of_no_plan_is_not_found(client: Client, draft: Audit, step: str) -> None:
    url = reverse("experiment", args=[draft.pk, step])

    assert client.get(url).status_code == 404


def test_question_that_another_step_answers_leads_to_the_address_of_that(
    draft: Audit, cast: Cast
) -> None:
    found = cards(draft)
    ids = {card.id for card in found}
    card, answer = next(
        (card, each) for card in found for each in card.answers if each.id not in ids
    )

    client = Client()
    sign_in(client, cast.ours.contributor)
    told = client.get(reverse("experiment", args=[draft.pk, answer.id]))

    assert told["Location"] == reverse("experiment", args=[draft.pk, card.id])
