"""What a result says before any fold is what pure code chose, in its words."""

import html
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Role
from audits.results import explained_audits
from audits.results.explained import Explained
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs, codes_of
from audits.scoring.sums.year_parts import year_in_short
from audits.scoring.told.without_price import missing_numbers
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.replayed import replayed
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.costs.worked_moves import ENDS, MOVES
from tests.scoring.live_prompts import LIVE_FACTS, LIVE_PROMPT
from tests.scoring.money.test_measuring_money import UNTESTED
from tests.scoring.summary.test_first_steps import STOPPED
from tests.signed_in import sign_in

pytestmark = pytest.mark.once
OF_CALLS = ("requests", "prefix_tokens", "variable_tokens", "output_tokens")


def answered(cast: Cast, answers: Mapping[str, Any]) -> Audit:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        _answer(tenant, answers=answers)
        return Audit.objects.with_use_case().get(pk=tenant.draft.pk)


@replayed
def _answer(tenant: Tenant, answers: Mapping[str, Any]) -> None:
    save_answers(audit=tenant.draft, by=tenant.contributor, answers=answers)


def save_numbers(cast: Cast, **numbers: str) -> None:
    tenant = cast.ours
    sent = {("number", key): Sent(value=x) for key, x in numbers.items()}
    with scope(organization=tenant.organization):
        audit = Audit.objects.get(pk=tenant.draft.pk)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())


def explained_of(audit: Audit) -> Explained:
    with scope(organization=audit.organization):
        return explained_audits.explained_of(audit, assessment_of(audit))


def before_folds(client: Client, audit: Audit) -> str:
    page = html_of(client.get(reverse("result", args=[audit.pk])))
    return page[page.index('id="why"') : page.index('class="folds"')]


def shown(client: Client, audit: Audit) -> str:
    """Return the text of the page before its folds, a space between its parts."""
    text = re.sub(r"<[^>]+>", " ", before_folds(client, audit))
    return re.sub(r"\s+", " ", html.unescape(text))


def test_page_says_why_and_what_each_step_leads_to(cast: Cast, client: Client) -> None:
    audit = answered(cast, UNTESTED)
    told = explained_of(audit)
    assert told.why
    assert told.steps

    page = shown(client, audit)

    for line in told.why:
        assert line.row.condition in page
        assert f"{line.row.better or line.row.found}." in page
        assert (line.basis or line.row.known) in page
    for number, (step, _) in enumerate(told.steps, start=1):
        assert f"{number}. {step.card.name}" in page
        said = [each for row in step.rows for each in (row.results, row.says)]
        assert all(each in page for each in said or [step.then])
        assert step.card.time in page
    assert told.sure.tally.says in page
    steps = {each.id for step, _ in told.steps for each in step.card.answers}
    for flip in told.actions:
        [change] = flip.changes[:1]
        if change.question in steps:
            continue  # its step says where each answer leads
        assert f"{change.label}: {change.then} " in page
        assert f" {change.now} {flip.verdict_name} " in page
    assert "Not known: no numbers are entered" in page


def test_step_leads_to_its_card(cast: Cast, client: Client) -> None:
    audit = answered(cast, UNTESTED)
    step = explained_of(audit).steps[0][0].card.id
    there = reverse("result", args=[audit.pk])
    link = f"../experiments/{step}/"
    assert f'href="{link}"' in before_folds(client, audit)

    leads = there.removesuffix("result/") + link.removeprefix("../")

    assert leads == reverse("experiment", args=[audit.pk, step])


@pytest.mark.thorough
def test_question_that_could_come_first_is_a_link_for_who_may_answer_it(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, {"goal": ["style"], "state": "planned"})
    first, *_ = explained_of(audit).sure.could_come_first
    asked = reverse("question", args=[audit.pk, first.question])
    place = reverse("result", args=[audit.pk]).removesuffix("result/")
    link = f'href="../{asked.removeprefix(place)}">{first.label}</a>'

    assert link in before_folds(client, audit)
    sign_in(client, cast.ours.people[Role.VIEWER])
    assert link not in before_folds(client, audit)
    assert f"“{first.label}”" in shown(client, audit)


@pytest.mark.thorough
def test_owner_takes_a_step_until_a_colleague_is_asked(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, UNTESTED)
    owner, asked = str(audit.use_case.owner), cast.ours.people[Role.REVIEWER]
    page = shown(client, audit)
    assert page.count(f"{owner} leads the work.") == 1
    assert "Who" not in page
    # The first step is to set the target, which answers no question.
    (_, *cards) = (step.card for step, _ in explained_of(audit).steps)
    question = cards[0].answers[0]

    with scope(organization=audit.organization):
        ask_colleague(
            audit=audit,
            by=cast.ours.contributor,
            of=asked,
            section=question.section,
            question=question.id,
        )

    assert f"Who {asked} , asked" in shown(client, audit)


@pytest.mark.thorough
def test_moot_steps_are_in_a_fold_alone(cast: Cast, client: Client) -> None:
    audit = answered(cast, STOPPED)
    plan = assessment_of(audit).evidence_plan
    assert plan

    page = shown(client, audit)

    assert "1. Set the target" in page
    assert "2. Test a prompt with all the facts in it on 30 cases" in page
    whole = html_of(client.get(reverse("result", args=[audit.pk])))
    for finding in plan:
        name = finding.experiment.name if finding.experiment else finding.label
        assert name not in page
        assert name in whole


@pytest.mark.thorough
def test_more_cases_that_may_settle_it_are_a_step(cast: Cast, client: Client) -> None:
    audit = answered(cast, STOPPED)
    file = {"sha256": "f" * 64, "run": 0, "model": "gpt-5"}
    sent = {
        ("candidate", "target"): Sent(value={"share": "0.8"}),
        ("candidate", "c1"): Sent(
            value={"kind": "prompt", "cases": 30, "passed": 27, **file}
        ),
    }
    with scope(organization=audit.organization):
        lead = cast.ours.contributor
        save_entries(audit=audit, by=lead, sent=sent, sender=Sender())

    page = shown(client, audit)

    assert "Test “gpt-5 (Written prompt)” on about 78 more cases" in page


def test_what_is_signed_or_stopped_is_not_asked_for_again(
    cast: Cast, client: Client
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = Audit.objects.get(pk=tenant.submitted.pk)
        audit.state = Audit.State.SIGNED_OFF
        audit.save(update_fields=["state"])
        audit.use_case.stage = "stopped"
        audit.use_case.save(update_fields=["stage"])

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    _, _, monday = page.partition('id="monday"')
    said, _, _ = monday.partition("</section>")
    assert "Stopped:</strong> nothing is spent now." in said
    assert "Signed off. " in said


@pytest.mark.thorough
def test_provisional_verdict_offers_no_sign_off(cast: Cast, client: Client) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        save_answers(
            audit=tenant.draft, by=tenant.contributor, answers={"goal": ["knowledge"]}
        )
        audit = submit_audit(audit=tenant.draft, by=tenant.contributor)
    reviewer = Client()
    sign_in(reviewer, tenant.people[Role.REVIEWER])

    page = html_of(reviewer.get(reverse("result", args=[audit.pk])))

    assert "Review and send back" in page
    assert "Review and sign off" not in page
    assert "can sign this audit off" not in page


@pytest.mark.thorough
def test_target_is_a_link_while_it_can_be_entered(cast: Cast, client: Client) -> None:
    tenant = cast.ours
    audit = answered(cast, LIVE_FACTS | {"quality_gap": "unknown"})
    sign_in(client, tenant.contributor)
    asked = '">Set the target first</a>'
    assert f'<a href="../candidates/#target{asked}' in before_folds(client, audit)

    with scope(organization=tenant.organization):
        submit_audit(audit=audit, by=tenant.contributor)

    asked = '">Set the target before the test</a>'
    told = f'<a href="../reopen/{asked} (this takes the audit back)'
    assert told in before_folds(client, audit)
    sign_in(client, tenant.people[Role.VIEWER])
    assert asked not in before_folds(client, audit)


@pytest.mark.thorough
def test_page_says_what_is_asked_for_and_why_the_plan_costs_so_little(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, MOVES)
    sent = {("number", key): Sent(value=x) for key, x in (GIVEN | ENDS).items()}
    with scope(organization=audit.organization):
        save_entries(audit=audit, by=cast.ours.contributor, sent=sent, sender=Sender())
        audit = Audit.objects.with_use_case().get(pk=audit.pk)
    money = explained_of(audit).money
    assert money
    assert money.today
    assert money.today.ends

    page = shown(client, audit)

    assert f"Asked for: {money.asks_now}" in page
    assert f"Planned: {year_in_short(money.today)}" in page
    assert f"at first, then {money.today.then}" in page
    assert "when its model retires" in money.today.then
    # No reason to train holds, and yet the move pays for training.
    assert "The move still trains one successor, to compare it." in page


@pytest.mark.thorough
def test_page_names_the_way_to_training_or_says_there_is_none(
    cast: Cast, client: Client
) -> None:
    sign_in(client, cast.ours.contributor)
    far = LIVE_PROMPT | {"goal": ["task_skill"], "examples": "few", "checker": "none"}

    led = shown(client, answered(cast, far))
    page = html_of(client.get(reverse("result", args=[cast.ours.draft.pk])))
    none = shown(client, answered(cast, LIVE_FACTS | {"examples": "unknown"}))

    assert "One way to training: 4 answers together" in led
    assert "What it would take to train" in page
    assert "This way needs each of them." in page
    assert "Other answers may lead there too." in page
    assert "Without any one of them" not in page
    assert "Good examples: <strong>50 to 999</strong>" in page
    assert "Nothing that your team could test or build would lead to training" in none


@pytest.mark.thorough
def test_missing_numbers_are_named_beside_the_money(cast: Cast, client: Client) -> None:
    sign_in(client, cast.ours.contributor)
    audit = answered(cast, LIVE_PROMPT)
    nothing = before_folds(client, audit)
    save_numbers(cast, model="claude-haiku-5-5", requests="20000")

    page = re.sub(r"\s+", " ", before_folds(client, audit))
    sign_in(client, cast.ours.people[Role.VIEWER])
    read = re.sub(r"\s+", " ", before_folds(client, audit))

    assert "Not known: no numbers are entered" in nothing
    assert "The recommended step has no price yet. Missing:" in page
    for field, label in (
        ("prefix_tokens", "Text repeated in every call"),
        ("variable_tokens", "Text that changes with each call"),
        ("output_tokens", "Length of an answer"),
    ):
        assert f'<a href="../numbers/#row-{field}">{label}</a>' in page
        assert label in read
    assert "Model calls a month" not in page
    assert '<a href="../usage/"' in page
    assert "../numbers/" not in read


@pytest.mark.parametrize("lacks", ["model", *OF_CALLS])
def test_with_the_numbers_that_are_named_there_is_a_price(lacks: str) -> None:
    given = dict.fromkeys(OF_CALLS, "500") | {"model": "claude-haiku-5-5"}
    rest = {key: number for key, number in given.items() if key != lacks}
    codes = codes_of(LIVE_PROMPT)

    priced, unpriced = (
        assess_on(current(), Inputs(codes=codes, numbers=numbers), date(2026, 11, 28))
        for numbers in (given, rest)
    )

    assert missing_numbers(priced) == ()
    assert [field for field, _ in missing_numbers(unpriced)] == [lacks]
