import html
import json
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.landscape.in_force import current as market
from audits.landscape.price_age import price_age
from audits.models import Role
from audits.scoring.costs.rounding import as_printed
from audits.scoring.exchange import document
from audits.scoring.explaining.advice_rows import (
    advised_rows,
    conditions,
    in_a_row,
)
from audits.scoring.explaining.trace_shapes import ReasonStep, Step
from audits.scoring.money.of_assessment import money_of
from audits.scoring.summary.head import title_of
from audits.scoring.summary.sureness import sureness
from audits.scoring.sums.calendar import months_of
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.verdicts.assessments import assessment_of, framework_of
from audits.templatetags.figures import dollars, less_or_more
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.scoring.worked_cases import TRAINING_CASE
from tests.signed_in import sign_in


@pytest.mark.once
def test_result_says_the_verdict_and_all_that_made_it(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    assessment = assessment_of(audit)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    title = title_of(assessment.headline)
    assert f'<h1 id="headline">{title.says}</h1>' in page
    assert title.rest in page
    named = f'<strong class="vword">{assessment.named.name}</strong>'
    assert page.index(named) < page.index('id="headline"')
    assert "There is no reason to train" in page
    trace = assessment.trace
    names = [reason.name for reason in trace.reasons]
    names += [step.name for step in (*trace.blockers, *trace.verdict_rules)]
    for name in names:
        assert name in page
    for unknown in assessment.unknowns:
        assert unknown.label in page
    # It may have been asked and answered before another answer made it useless.
    [unneeded, *_] = [row.not_asked for row in trace.blockers if row.not_asked]
    assert f"Does not matter here: {'; '.join(unneeded)}." in html.unescape(page)
    assert "Not asked, since" not in page
    for step in trace.verdict_rules:
        said = re.search(rf"Rule:</span>\s+{re.escape(step.text)}", page)
        assert bool(said) is (step.outcome != "fired")
    steps: list[ReasonStep | Step] = [*trace.reasons, *trace.blockers]
    steps += trace.context_rules
    for each in [*steps, *trace.verdict_rules]:
        before = page.partition(f'id="rule-{each.id}"')[0]
        fold = before[before.rindex("<details") :].partition(">")[0]
        assert fold.endswith("open") is (each.outcome == "fired")


@pytest.mark.thorough
@pytest.mark.once
def test_result_tells_what_they_did_and_links_only_https(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        audit.use_case.source = "javascript:alert(1) https://example.org/<b> http://x"
        audit.use_case.save(update_fields=["source"])

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    assert "What they did, and what happened" in page
    assert "What Northgate handbook did" in page
    assert 'href="javascript' not in page
    assert 'href="http:' not in page
    assert 'href="https://example.org/&lt;b&gt;"' in page


@pytest.mark.thorough
@pytest.mark.once
def test_draft_is_called_a_draft_and_has_no_paper(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        save_proved(audit=cast.ours.draft, by=cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[cast.ours.draft.pk])))

    assert "Prepare fine-tuning; do not approve it yet" in page
    assert "<dd>Draft, provisional</dd>" in page
    assert "Make the board paper" not in page


@pytest.mark.on_both
def test_export_is_the_frozen_assessment(cast: Cast, client: Client) -> None:
    audit = cast.ours.submitted

    response = client.get(reverse("result_json", args=[audit.pk]))

    content = json.loads(response.content)
    assert content.pop("standing") == {
        "state": "in_review",
        "sign_off": None,
        "review_due": None,
        "board": None,
        "override": None,
        "override_ended": None,
    }
    content.pop("as_printed", None)
    assert content == document.dump(assessment_of(audit))
    assert response["Content-Disposition"] == (
        'attachment; filename="UC-0002-assessment.json"'
    )


@pytest.mark.once
def test_audit_without_an_answer_has_no_verdict_to_show(
    cast: Cast, client: Client
) -> None:
    draft = reverse("result", args=[cast.ours.draft.pk])
    viewer = Client()
    sign_in(viewer, cast.ours.people[Role.VIEWER])

    assert client.get(draft)["Location"] == reverse("resume", args=[cast.ours.draft.pk])
    assert "Not scored yet" in html_of(viewer.get(draft))


@pytest.mark.thorough
@pytest.mark.once
def test_result_prices_the_plan_beside_what_is_recommended(
    cast: Cast, client: Client
) -> None:
    tenant = cast.ours
    numbers = {
        "requests": "100000",
        "prefix_tokens": "6000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "model": "claude-sonnet-5-5",
        "today": "fine_tune_own",
    }
    sent = {("answer", "goal"): Sent(value=["knowledge"])}
    sent |= {("number", name): Sent(value=value) for name, value in numbers.items()}
    with scope(organization=tenant.organization):
        save_entries(
            audit=tenant.draft, by=tenant.contributor, sent=sent, sender=Sender()
        )
    assessment = assessment_of(tenant.draft)
    money = money_of(assessment, "planned")
    assert money is not None

    page = html_of(client.get(reverse("result", args=[tenant.draft.pk])))

    assert money.message in page
    assert money.note in page
    assert money.crossing is not None
    assert money.crossing.message in page
    spread = "a twelfth of 12 months, one-off and interim costs included, and rounded"
    assert f"Each amount is {spread}" in " ".join(page.split())
    drawn = re.findall(
        '<svg xmlns="http://www.w3.org/2000/svg" class="(plot[^"]*)"', page
    )
    both = ["plot plot-wide", "plot plot-narrow"]  # money, where it pays, its months
    ladder, in_brief = "plot rungs", "plot plot-small"
    assert drawn == [ladder, in_brief, ladder, *both, *both, *both]
    months = months_of(money)
    assert months.message in page
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))
    for happening in months.happenings:
        assert happening.text in plain
    for month, today in months.pairs:
        assert today
        amounts = (month.running, month.once, month.amount, today.amount)
        row = f"{month.start.day} {month.start:%b %Y}"
        assert f"{row} {' '.join(dollars(each) for each in amounts)}" in plain
    assert "Which assumption changes the cost most" in page
    assert assessment.costs
    swing = assessment.costs.swings[0]
    assert swing.against == "fine_tune_own"
    assert f"cost {less_or_more(assessment.costs.lead)} than" in page
    assert money.basis in page
    lead = assessment.costs.lead
    for end in (lead + as_printed(swing.at_low), lead + as_printed(swing.at_high)):
        assert f">{dollars(abs(end))} {'more' if end < 0 else 'less'}</td>" in page
    assert "No smaller model is known to pass the test" in page
    age = price_age(market().prices_checked, timezone.localdate())
    assert f'<span class="price-age price-age-{age.grade}">{age.words}</span>' in page


@pytest.mark.thorough
@pytest.mark.once
def test_result_says_beside_the_verdict_what_to_do_and_what_is_open(
    cast: Cast, client: Client
) -> None:
    open_checks = TRAINING_CASE | {"data_rights": "unclear", "platform": "closing"}
    with scope(organization=cast.ours.organization):
        audit = save_proved(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=open_checks
        )
    assessment = assessment_of(audit)
    assert assessment.advice

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    assert "Strength of evidence" in page
    assert assessment.advice.strength.says in page
    assert sureness(framework_of(audit), assessment).says_complete in page
    assert "Before training can be approved" in page
    assert len(assessment.advice.subject_to) == 2
    # The cards below are steps, so each check names the one that answers it.
    beside = " ".join(page.split("Before training can be approved")[1].split())
    first, other = conditions(assessment)
    said = in_a_row([f"{first} (step 1)", f"{other} (no step below)"])
    assert f"2 checks</a>. {said}." in beside
    for gate in (f"{first} (step 1)", f"{other} (no step below)"):
        assert f"<li>{gate}</li>" in page
    for row in advised_rows(current(), assessment):
        assert row.says in html.unescape(page)
    assert "Confidence" not in page


@pytest.mark.thorough
@pytest.mark.once
def test_approval_without_a_price_names_no_check(cast: Cast, client: Client) -> None:
    with scope(organization=cast.ours.organization):
        audit = save_proved(audit=cast.ours.draft, by=cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    assert "Do not approve yet: training has no price." in page
    assert "Before training can be approved" not in page
    assert "Points for (+) or against" not in page


@pytest.mark.thorough
@pytest.mark.once
def test_technique_that_is_ruled_out_has_one_reason(cast: Cast, client: Client) -> None:
    numbers = {
        "requests": "100000",
        "prefix_tokens": "6000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "model": "claude-sonnet-5-5",
    }
    with scope(organization=cast.ours.organization):
        save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent={
                ("number", name): Sent(value=value) for name, value in numbers.items()
            },
            sender=Sender(),
        )
        audit = save_proved(audit=cast.ours.draft, by=cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))
    rows = re.findall(r'<th scope="row">(.*?)</th>', page, re.DOTALL)
    [smaller] = [row for row in rows if ">Smaller model, " in row]

    assert re.findall(r'class="small">([^<]+)</span>', smaller) == [
        "Ruled out: the larger model missed the target"
    ]
    assert 'class="mark v-' in smaller


@pytest.mark.thorough
@pytest.mark.once
def test_stopping_comes_before_the_next_step(cast: Cast, client: Client) -> None:
    training = TRAINING_CASE | {"state": "in_cycle", "example_quality": "inconsistent"}
    with scope(organization=cast.ours.organization):
        audit = save_proved(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=training
        )
    assert audit.verdict == "stop_fine_tuning"

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    stop = "Agree to spend nothing more on training, and to use"
    assert stop in page.partition('id="monday"')[2].partition("</section>")[0]
    # What is said there is not said again among what else is advised.
    advice = page.partition('id="advice"')[2].partition("</section>")[0]
    assert "Instead" in advice
    assert stop not in advice


@pytest.mark.thorough
@pytest.mark.once
def test_result_says_what_to_measure_first_and_what_would_follow(
    cast: Cast, client: Client
) -> None:
    unscored = TRAINING_CASE | {"tried": ["demo"], "eval": "none"}
    with scope(organization=cast.ours.organization):
        audit = save_proved(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=unscored
        )

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    # The target is set first.
    assert "Measure first: step 2, 28 hours" in page
    assert "Next step" not in page
    card = page[page.index('<table class="outcomes">') :]
    lines = " ".join(re.sub(r"<[^>]+>", " ", card[: card.index("</table>")]).split())
    assert "Gap to the target: Large Fine-tune" in lines


@pytest.mark.thorough
@pytest.mark.once
def test_result_sets_an_offer_beside_today_and_the_recommendation(
    cast: Cast, client: Client
) -> None:
    given = {
        "requests": "60000",
        "prefix_tokens": "6000",
        "variable_tokens": "500",
        "output_tokens": "300",
        "model": "claude-sonnet-5-5",
        "today": "prompt",
        "proposal_by": "Nordlys <AS>",
        "proposal_once": "100000",
        "proposal_currency": "EUR",
        "proposal_document": "javascript:alert(1) https://offers.example.org/7",
    }
    sent = {("number", key): Sent(value=value) for key, value in given.items()}
    sent["answer", "goal"] = Sent(value=["knowledge"])
    page = reverse("result", args=[cast.ours.draft.pk])
    before = html_of(client.get(page, follow=True))
    with scope(organization=cast.ours.organization):
        save_entries(
            audit=cast.ours.draft,
            by=cast.ours.contributor,
            sent=sent,
            sender=Sender(),
        )

    shown = html_of(client.get(page))

    section = shown.partition('aria-labelledby="offer"')[2].partition("</section>")[0]
    assert 'aria-labelledby="offer"' not in before
    assert "Offered by Nordlys &lt;AS&gt;" in section
    assert "$111,720" in section
    assert "€100,000" in section
    assert "Current plan" in section
    assert "1 EUR was 1.1172 US dollars on 30 October 2026" in section
    assert 'href="https://offers.example.org/7"' in section
    assert 'href="javascript' not in section


@pytest.mark.once
def test_result_leads_back_to_the_list_that_its_reader_works_from(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    reader = Client()
    sign_in(reader, cast.ours.people[Role.REVIEWER])

    said = [
        html_of(one.get(reverse("result", args=[audit.pk]))) for one in (client, reader)
    ]

    back = [re.findall(r'<a class="crumb" href="([^"]+)"', page) for page in said]
    assert back == [[reverse("use_cases")], [reverse("portfolio")]]


@pytest.mark.thorough
def test_result_has_its_link_for_colleagues_who_belong_to_the_organization(
    cast: Cast, client: Client, settings: Any
) -> None:
    there = reverse("result", args=[cast.ours.submitted.pk])
    reader, stranger = Client(), Client()
    sign_in(reader, cast.ours.people[Role.VIEWER])
    sign_in(stranger, cast.theirs.contributor)

    page = html_of(client.get(there))
    [field] = re.findall(r"<input[^>]* readonly[^>]*>", page)

    address = f"{settings.SITE_URL}{there}"
    assert f'value="{address}"' in field
    fold = page.partition("Link for colleagues</summary>")[2].partition("</details>")[0]
    assert field in fold
    whose = f"<bdi>{cast.ours.organization.name}</bdi>"
    assert f"Members of {whose} can open it after they sign in." in fold
    assert address in html_of(reader.get(there))
    assert stranger.get(there).status_code == 404
    assert Client().get(there).status_code == 302


@pytest.mark.once
def test_result_lists_every_change_that_would_turn_it(
    cast: Cast, client: Client
) -> None:
    audit = cast.ours.submitted
    changes = [change for flip in assessment_of(audit).flips for change in flip.changes]
    assert len(changes) > 6

    page = html.unescape(html_of(client.get(reverse("result", args=[audit.pk]))))

    for change in changes:
        assert f'<th scope="row">{change.label}: {change.then}</th>' in page
    assert "more, which" not in page
