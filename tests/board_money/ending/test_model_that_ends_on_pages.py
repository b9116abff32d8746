"""Pages say first that a model retires, and keep it beside what is written."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, Cover
from audits.reports.page_one import page_one
from audits.scoring import Assessment
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.ends import ends_said
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.page_one_words import words_of_page_one
from tests.board_money.ending.test_model_that_ends_is_said_first import LIVE, MET, SAID
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.costs.worked_decisions import DAY, GIVEN, assessed
from tests.scoring.twelve_verdicts import ANSWERS
from tests.signed_in import sign_in

RISK = {"text": "Nobody keeps the handbook up to date.", "owner": "M. Okafor"}


@pytest.mark.once
@pytest.mark.parametrize("verdict", ["prompt_long_context", "rag", "few_shot"])
def test_risks_that_somebody_writes_leave_it_on_page_1(verdict: str) -> None:
    found = assessed(ANSWERS[verdict], **LIVE)
    money = money_of(found)
    written = Cover(risks=[RISK])

    alone = page_one(current(), found, Cover(), "A case", money, on=DAY)
    beside = page_one(current(), found, written, "A case", money, on=DAY)

    assert alone.without_risks.count("GPT-4.1 retires on 14 January 2027") == 1
    assert beside.risks == ((RISK["text"], RISK["owner"]),)
    assert beside.dated_risks.startswith("GPT-4.1 retires on 14 January 2027; ")


@pytest.mark.once
@pytest.mark.parametrize("nothing", ["", "The plan goes ahead all the same."])
def test_end_of_a_plan_is_no_risk_of_its_own_beside_doing_nothing(nothing: str) -> None:
    tuned = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
    found = assessed(ANSWERS["stop_fine_tuning"], **tuned)
    money, cover = money_of(found, "planned"), Cover(risks=[RISK], if_nothing=nothing)

    one = page_one(current(), found, cover, "A case", money, on=DAY, state="planned")

    base = "The base model of “Tuned hosted model” retires on 14 January 2027."
    assert base in ends_said(money)
    assert one.dated_risks == (base if nothing else "")
    assert ("retires on 14 January 2027" in one.if_nothing) is not bool(nothing)


@pytest.mark.once
def test_end_that_its_provider_does_not_confirm_is_named_as_reported() -> None:
    said = "The end of GPT-4o mini is reported, not confirmed by OpenAI."
    tuned = {"today": "fine_tune_hosted", "tuned": "gpt-4o-mini"}
    found = assessed(ANSWERS["stop_fine_tuning"], **tuned)
    other = assessed(ANSWERS["stop_fine_tuning"], **tuned | {"today": "prompt"})

    def not_known(of: Assessment) -> str:
        money = money_of(of, "planned")
        return page_one(current(), of, Cover(), "A case", money, on=DAY).not_checked

    assert not_known(found).count(said) == 1
    # No sum rests on the end of a model that is not in the plan.
    assert "is reported" not in not_known(other)


def live_draft(cast: Cast, **own: str) -> Audit:
    tenant = cast.ours
    numbers = {**GIVEN, **LIVE, **own}
    sent = {("number", key): Sent(value=x) for key, x in numbers.items()}
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=tenant.contributor, answers=MET)
        save_entries(
            audit=tenant.draft, by=tenant.contributor, sent=sent, sender=Sender()
        )
        tenant.draft.use_case.stage = "live"
        tenant.draft.use_case.save()
        return Audit.objects.with_use_case().get(pk=tenant.draft.pk)


@pytest.mark.once
def test_result_says_it_before_any_fold_and_among_what_to_watch_for(
    cast: Cast, client: Client
) -> None:
    audit = live_draft(cast)
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    first, _, rest = page.partition('class="folds"')
    assert "Date to watch:" in first
    assert "Choose the successor of GPT-4.1 before 14 January 2027</h3>" in first
    assert "Run the same test cases with GPT-6 Luna, its named replacement" in first
    assert "GPT-4.1 retires on 14 January 2027; “Prompt” then moves to" in first
    assert "when its model retires" in first
    assert first.count(f"<bdi>{audit.use_case.owner}</bdi> leads the ") == 1
    assert "All that is advised" not in page
    assert "Watch these dates" in rest


@pytest.mark.once
def test_announced_price_is_among_the_dates_to_watch(
    cast: Cast, client: Client
) -> None:
    audit = live_draft(cast, model="gemini-3.8-flash")
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    _, _, rest = page.partition('class="folds"')
    said = "<li>The price of Gemini 3.8 Flash changes on 1 January 2027.</li>"
    assert said in " ".join(rest.partition("Watch these dates")[2].split())
    assert "thing to watch for" in " ".join(rest.split())
    assert "All that is advised" not in page


@pytest.mark.once
def test_editor_of_page_1_shows_it_beside_the_risks_of_the_author(cast: Cast) -> None:
    audit = cast.ours.submitted
    found = assessed(MET, **LIVE)
    with scope(organization=cast.ours.organization):
        page = words_of_page_one(audit, found, Cover(audit=audit, risks=[RISK]))
    [risks] = [
        x for x in replace(page, plan_state="running").fields if x.label == "Risks"
    ]

    assert risks.lines == (
        f"{RISK['text']} ({RISK['owner']})",
        f"{SAID} (Attune computes this and always prints it)",
    )
