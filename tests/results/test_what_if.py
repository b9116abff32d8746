"""A scenario changes nothing, and says what would follow."""

from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Organization, Role, Version
from audits.results.explained_audits import explained_of
from audits.results.what_if import WhatIf
from audits.scoring.sentences.once_resumed import once_resumed
from audits.services.answers.answers import fresh_audit, save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.demo import sample
from audits.services.verdicts.assessments import assess_inputs, assessment_of
from tests.casting import Cast
from tests.examples import is_everyday
from tests.loaded_demo import SAMPLE
from tests.pages import html_of
from tests.results.scenarios import address
from tests.results.scenarios import draft as _draft
from tests.results.test_currency import without_rates
from tests.scoring.deciding.test_documents_in_the_prompt import MAILS
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import CALLS
from tests.signed_in import sign_in

pytestmark = pytest.mark.once
draft = _draft


@pytest.mark.thorough
def test_nothing_changed_is_the_original_for_every_sample_audit(
    transactional_db: None,
) -> None:
    SAMPLE.put()
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        audits = Audit.objects.with_use_case().order_by("state", "pk")
        every = [audit for audit in audits if audit.codes]
        tried = every[:: 3 if is_everyday() else 1]
        assert {audit.state for audit in tried} >= {"signed_off", "in_review"}
        stopped = set[bool]()
        for audit in tried:
            page, stored = WhatIf(audit, QueryDict()), assessment_of(audit)
            again = assess_inputs(page.framework, page.inputs, page.on)
            assert page.is_as_stored
            assert again == stored, audit
            has_stopped = audit.use_case.has_stopped
            said = once_resumed(stored.headline, has_stopped=has_stopped)
            assert page.comparison.original.headline == said
            stopped |= {has_stopped}
            assert page.comparison.scenarios == ()
        assert is_everyday() or stopped == {True, False}


@pytest.mark.thorough
def test_scenario_stands_beside_the_original_and_nothing_is_stored(
    cast: Cast, client: Client, draft: Audit
) -> None:
    sign_in(client, cast.ours.people[Role.VIEWER])
    with scope(organization=cast.ours.organization):
        stored = Version.objects.count(), Event.objects.count()
    plan = {"a__number__today": "fine_tune_own", "b__number__today": "fine_tune_own"}
    changed = {"a__quality_gap": "met", "b__number__requests": "90000000"}
    there = address(draft, **changed, **plan)

    page = html_of(client.get(there))

    with scope(organization=cast.ours.organization):
        found = WhatIf(draft, QueryDict(there.partition("?")[2])).comparison
        assert fresh_audit(draft).revision == draft.revision
        assert (Version.objects.count(), Event.objects.count()) == stored
    for outcome in (found.original, *(each.outcome for each in found.scenarios)):
        assert f"<span>{outcome.named.name}</span>" in page
        assert outcome.headline in page
        assert outcome.money in page
        assert f"${outcome.year:,.0f}" in page
        if outcome.plan_year is not None:
            assert f"Current plan: ${outcome.plan_year:,.0f}</span>" in page
        for step in outcome.steps:
            assert f"<li>{step}</li>" in page
    assert found.original.plan_year is None  # it names no plan
    assert all(each.outcome.plan_year is not None for each in found.scenarios)
    assert page.count("Current plan: ") == 2
    assert "<strong>No gap</strong> (asserted) instead of Large" in page
    assert "<strong>90,000,000 calls a month</strong> instead of 100,000 calls" in page
    assert "Keep as a new draft" not in page
    assert "Replace in the draft" not in page


@pytest.mark.thorough
def test_original_alone_is_named_once_and_the_rest_is_one_line(
    cast: Cast, client: Client, draft: Audit
) -> None:
    there = address(draft, a__quality_gap="met")
    alone, beside = (html_of(client.get(at)) for at in (address(draft), there))
    sign_in(client, cast.ours.people[Role.VIEWER])
    viewed = html_of(client.get(there))

    assert alone.count("The original</h2>") == 1
    assert 'data-label="Original"' not in alone
    assert "stay as they are" not in alone
    assert "as in the original" not in alone
    assert 'data-label="Original"' in beside
    assert beside.count("and blockers stay as they are.") == 1
    assert ["Replace in the draft" in page for page in (beside, viewed)] == [
        True,
        False,
    ]
    # The first column has a heading, so one rule runs below all of them.
    assert "<td></td>" not in beside


@pytest.mark.thorough
def test_verdict_that_changes_without_a_reason_says_what_it_follows_from(
    client: Client, draft: Audit
) -> None:
    page = html_of(client.get(address(draft, a__state="live_tuned")))

    with scope(organization=draft.organization):
        query = QueryDict("a.state=live_tuned")
        found = WhatIf(draft, query).comparison
    assert found.reasons == ()
    assert found.scenarios[0].outcome.named != found.original.named
    assert "The reasons to train and the blockers are as in the original." in page
    assert "The verdict follows from other rules, too." in page


@pytest.mark.thorough
def test_name_of_a_model_never_breaks_at_its_hyphen(
    client: Client, draft: Audit
) -> None:
    there = address(draft, a__number__tuned="gpt-4.1-mini")
    page = client.get(there).content.decode()  # with what keeps a line together

    changes = page.partition("Scenario A changes</h3>")[2].partition("</ul>")[0]
    assert "GPT-\u20604.1\xa0mini" in changes


@pytest.mark.thorough
def test_ticks_are_offered_as_the_option_that_they_add_up_to(
    client: Client, cast: Cast, draft: Audit
) -> None:
    with scope(organization=cast.ours.organization):
        ticked = {**TRAINING_CASE, "mlops": ["rollback"]}
        save_answers(audit=draft, by=cast.ours.contributor, answers=ticked)

    page = html_of(client.get(address(draft)))

    assert "At most one (as answered)" in page
    assert "rollback (as answered)" not in page


def test_other_market_facts_are_told_and_both_columns_have_them(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    said = "The market facts or the method have changed since this audit was assessed"
    there = reverse("what_if", args=[audit.pk])
    assert said not in html_of(client.get(there))

    with scope(organization=cast.ours.organization), without_rates():
        page = WhatIf(audit, QueryDict())
        assert not page.is_as_stored
        assert page.comparison.original.named == assessment_of(audit).named


@pytest.mark.thorough
def test_result_leads_to_scenarios_that_have_the_verdict_it_says(
    cast: Cast, client: Client, draft: Audit
) -> None:
    result = html_of(client.get(reverse("result", args=[draft.pk])))
    assert f'href="{reverse("what_if", args=[draft.pk])}">What if?</a>' in result

    with scope(organization=cast.ours.organization):
        explained = explained_of(draft, assessment_of(draft))
        assert explained.scenarios
        for each in explained.scenarios:
            flip, query = each.flip, each.query
            escaped = query.replace("&", "&amp;")
            assert f'href="../what-if/{escaped}"' in result
            found = WhatIf(draft, QueryDict(query[1:])).comparison
            named = explained.framework.verdicts[flip.verdict].name
            assert found.scenarios[0].outcome.named.name == named


def test_audit_without_answers_has_no_scenario(cast: Cast, client: Client) -> None:
    empty = cast.ours.draft
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=empty.pk).update(answers={})

    response = client.get(reverse("what_if", args=[empty.pk]))

    assert response["Location"] == reverse("result", args=[empty.pk])


@pytest.mark.thorough
def test_what_results_answer_is_supposed_and_only_the_rest_is_offered_to_keep(
    cast: Cast, client: Client, draft: Audit
) -> None:
    given = {"kind": "prompt", "cases": 100, "passed": 65, "day": "2026-11-24"}
    known = {"run_by": "Rosa", "by": "Rosa", "link": "https://example.org"}
    sent: Any = {
        ("candidate", "target"): Sent(value={"share": "0.9"}),
        ("candidate", "c1"): Sent(value=given | known),
    }
    with scope(organization=cast.ours.organization):
        audit = fresh_audit(draft)
        save_entries(audit=audit, by=cast.ours.contributor, sent=sent, sender=Sender())
    sign_in(client, cast.ours.people[Role.CONTRIBUTOR])

    alone = html_of(client.get(address(draft, a__quality_gap="met")))
    both = html_of(
        client.get(address(draft, a__quality_gap="met", a__data_rights="unclear"))
    )

    assert "instead of what the results say, Large" in " ".join(alone.split())
    assert "What you choose counts instead." in alone
    assert "Replace in the draft" not in alone
    assert "They replace 1 entry of the" in " ".join(both.split())
    assert "What the test results answer stays as it is." in both


@pytest.mark.thorough
def test_documents_in_the_prompt_are_updated_or_kept_and_never_called_a_search(
    cast: Cast, client: Client
) -> None:
    given = {"kind": "documents", "cases": 60, "passed": 44, "day": "2026-11-24"}
    known = {"run_by": "Rosa", "by": "Rosa", "link": "https://example.org"}
    sent: Any = {
        ("candidate", "target"): Sent(value={"share": "0.9"}),
        ("candidate", "c1"): Sent(value=given | known),
    }
    with scope(organization=cast.ours.organization):
        draft, by = cast.ours.draft, cast.ours.contributor
        save_answers(audit=draft, by=by, answers=MAILS)
        audit = fresh_audit(draft)
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())
    sign_in(client, cast.ours.people[Role.CONTRIBUTOR])

    result = html_of(client.get(reverse("result", args=[draft.pk])))
    met = html_of(client.get(address(draft, a__quality_gap="met")))

    assert "bring them up to date, name who keeps them up to date" in result
    assert "Use retrieval" not in result
    assert "Use the prompt that holds all its documents" in met
    assert "keep retrieval" not in met.lower()


@pytest.mark.thorough
@pytest.mark.parametrize(("currency", "is_said"), [("EUR", True), ("USD", False)])
def test_amounts_and_results_say_their_currency_where_they_differ(
    cast: Cast, client: Client, currency: str, is_said: bool
) -> None:
    tenant = cast.ours
    numbers = dict(CALLS) | {"currency": currency}
    sent = {("number", key): Sent(value=x) for key, x in numbers.items()}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE)
        audit = fresh_audit(tenant.draft)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())
    sign_in(client, tenant.contributor)

    page = html_of(client.get(reverse("what_if", args=[tenant.draft.pk])))

    assert ("Assumptions about costs, amounts in euros" in page) is is_said
    assert ("12 months, in US dollars" in page) is is_said


@pytest.mark.thorough
def test_scenario_of_a_submitted_case_says_how_to_keep_it(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    there = address(audit, a__number__requests="90000000")
    back = reverse("reopen", args=[audit.pk])
    sign_in(client, cast.ours.contributor)

    page = " ".join(html_of(client.get(there)).split())
    alone = html_of(client.get(address(audit)))

    assert f'To keep this scenario, copy <a href="{there}">this link</a>' in page
    assert f'<a href="{back}">take the audit back from review</a> first.' in page
    assert "To keep this" not in alone
    sign_in(client, cast.ours.people[Role.VIEWER])
    viewed = html_of(client.get(there))
    assert "To keep this scenario, copy" in viewed
    assert back not in viewed
