"""Each use case has one portfolio row, which follows every change."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django_scopes import scope, scopes_disabled
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit, PortfolioRow, UseCase
from audits.scoring.calendars.payback import in_tenths
from audits.scoring.money.assumed import assumed_behind, assumed_numbers
from audits.scoring.money.of_assessment import money_of, todays_plan
from audits.services.answers.answers import (
    fresh_audit,
    locked_audit,
    save_answers,
    save_entries,
)
from audits.services.answers.merging import Sender, Sent
from audits.services.papers.covers import save_cover
from audits.services.portfolio.money.row_money import money_columns
from audits.services.portfolio.rows import (
    add_missing_portfolio_rows,
    follow_use_cases,
)
from audits.services.portfolio.snapshots import take_snapshots
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.proved import save_proved
from tests.scoring.costs.worked_decisions import assessed
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS


def portfolio_row(audit: Audit) -> PortfolioRow:
    return PortfolioRow.objects.get(use_case=audit.use_case_id)


def give_numbers(cast: Cast, audit: Audit, **numbers: Any) -> Audit:
    sent = {("number", key): Sent(value=value) for key, value in numbers.items()}
    audit = fresh_audit(audit)
    lead = cast.ours.contributor
    return save_entries(audit=audit, by=lead, sent=sent, sender=Sender()).audit


def test_row_of_a_new_use_case_has_no_verdict_and_no_money(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        found = portfolio_row(cast.ours.draft)

        assert (found.name, found.reference) == ("Northgate triage", "UC-0001")
        assert (found.state, found.verdict, found.strength) == ("draft", "", "")
        assert found.open_questions is None
        assert (found.spend, found.cost, found.saving) == (None, None, None)
        assert (found.at_risk, found.due_on, found.trend) == (False, None, "")


def test_row_repeats_verdict_and_money_of_the_assessment(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=RETRIEVAL_CASE
        )
        audit = give_numbers(cast, cast.ours.draft, **ON_OWN_GPUS)
        assessment = assessment_of(audit)
        money, today = money_of(assessment), todays_plan(assessment)
        found = portfolio_row(audit)

        assert money
        assert money.saving
        assert money.today
        assert today
        assert (found.verdict, found.provider) == (assessment.verdict, "Anthropic")
        cents = Decimal("0.01")
        assert found.spend == today.month.expected.quantize(cents)
        assert found.spend_low == today.month.low.quantize(cents)
        assert found.spend_high == today.month.high.quantize(cents)
        assert (found.since, found.once) == (assessment.on, today.once)
        assert assessment.costs
        plan, recommended = assessment.costs.plan, money_of(assessment)
        assert recommended
        way = recommended.chosen.technique
        assert found.assumed == assumed_numbers(assessment, today.technique) > 0
        assert found.assumed <= len(assumed_behind(assessment, money))
        assert found.cost_assumed == len(plan.of(way).defaults) > 0
        assert found.cost == money.chosen.month.expected.quantize(cents)
        assert found.saving == money.saving.quantize(cents)
        assert found.at_risk
        assert (found.year_low, found.year, found.year_high) == (
            *(today.year.low, today.year.expected, today.year.high),
        )
        assert (found.cost_year, found.saving_year) == (
            *(money.chosen.year.expected, money.saving_year),
        )
        assert (found.proposed, found.proposed_year) == (found.cost, found.cost_year)
        assert found.one_off == money.chosen.calendar.once
        assert found.spend_later == money.today.last_month.quantize(cents)
        assert found.spend_later_on is None
        assert (found.asked, found.asked_said) == (money.chosen.year.expected, "")
        assert found.payback_months == money.payback_months


@pytest.mark.parametrize(
    ("months", "stored"), [("0", "0.0"), ("0.02", "0.1"), ("1.64", "1.6"), ("12", "12")]
)
def test_only_what_never_costs_more_is_paid_back_at_once(
    months: str, stored: str
) -> None:
    assert in_tenths(Decimal(months)) == Decimal(stored)


@pytest.mark.parametrize(
    ("numbers", "provider"),
    [
        ({"tuned": "gpt-4o-mini", "today": "fine_tune_hosted"}, "OpenAI"),
        ({"smaller": "gpt-6-luna", "today": "prompt_smaller"}, "OpenAI"),
        ({"tuned": "gpt-4o-mini", "today": "prompt"}, "Anthropic"),
        ({"model": "", "tuned": "gpt-4o-mini"}, "OpenAI"),
    ],
)
def test_provider_is_that_of_the_model_that_the_current_plan_pays(
    numbers: dict[str, str], provider: str
) -> None:
    found = assessed(RETRIEVAL_CASE, **numbers)

    assert money_columns(found)["provider"] == provider


OFFER = {
    "proposal_by": "Nordlys",
    "proposal_currency": "EUR",
    "proposal_once": "118000",
    "proposal_requests": "100000",
}


@pytest.mark.parametrize(
    ("more", "over", "covers", "is_least"),
    [
        # 118,000 × 1.1172 = 131,830; less 164,782 and 45,884.
        ({"proposal_months": "12"}, (Decimal(-32_952), Decimal(85_946)), True, False),
        # Without a running price or a term, nobody knows what it costs to run.
        ({}, (None, Decimal(85_946)), True, True),
        # For a part, it costs at least so much more, or is not compared.
        ({"proposal_requests": "90000"}, (None, Decimal(85_946)), False, True),
        ({"proposal_months": "6"}, (None, Decimal(85_946)), False, True),
    ],
)
def test_offer_is_repeated_with_its_differences_and_whether_they_are_least(
    cast: Cast,
    more: dict[str, str],
    over: tuple[Decimal | None, Decimal | None],
    covers: bool,
    is_least: bool,
) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=RETRIEVAL_CASE
        )
        audit = give_numbers(cast, cast.ours.draft, **ON_OWN_GPUS, **OFFER | more)
        found = portfolio_row(audit)

        assert (found.offer_by, found.offer) == ("Nordlys", Decimal(131_830))
        assert (found.offer_over_today, found.offer_over_advised) == over
        assert (found.offer_covers, found.offer_is_least) == (covers, is_least)


def test_offer_that_is_taken_back_leaves_the_row(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = give_numbers(cast, cast.ours.draft, **OFFER)
        before = portfolio_row(audit).offer
        audit = give_numbers(cast, audit, **dict.fromkeys(OFFER))
        found = portfolio_row(audit)

        assert before == Decimal(131_830)
        assert (found.offer_by, found.offer, found.offer_covers) == ("", None, None)


def test_spend_on_what_is_recommended_is_not_at_risk_and_saves_nothing(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=RETRIEVAL_CASE
        )
        numbers = ON_OWN_GPUS | {"today": "rag"}
        found = portfolio_row(give_numbers(cast, cast.ours.draft, **numbers))

        assert found.spend
        assert (found.at_risk, found.saving) == (False, Decimal(0))
        assert (found.proposed, found.proposed_year) == (None, None)
        assert (found.saving_year, found.payback_months) == (Decimal(0), None)


def test_spend_on_training_that_is_justified_is_not_at_risk(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        save_proved(audit=cast.ours.draft, by=cast.ours.contributor)
        found = portfolio_row(give_numbers(cast, cast.ours.draft, **ON_OWN_GPUS))

        assert found.verdict == "fine_tune"
        assert not found.at_risk


def test_row_follows_submission_day_of_decision_and_reopening(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit, lead = cast.ours.submitted, cast.ours.contributor
        day = date(2026, 12, 9)
        save_cover(audit=audit, by=lead, fields={"decide_by": day})
        found = portfolio_row(audit)
        assert (found.state, found.due_on) == ("in_review", day)
        assert found.submitted_at == audit.submitted_at

        reopened = reopen_audit(audit=audit, by=lead)

        found = portfolio_row(audit)
        assert (found.state, found.due_on, found.submitted_at) == ("draft", None, None)
        assert reopened.strength_before == audit.strength


@pytest.mark.parametrize(
    ("before", "moved"),
    [
        *(("", ""), ("said", "stronger")),
        *(("solid_test", "steady"), ("live_outcomes", "weaker")),
    ],
)
def test_trend_tells_how_the_evidence_moved_since_the_submission_before(
    cast: Cast, before: str, moved: str
) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        audit = cast.ours.draft
        save_proved(audit=audit, by=lead)
        audit = fresh_audit(audit)
        audit.strength_before = before
        audit.save()

        submit_audit(audit=audit, by=lead)

        assert portfolio_row(audit).trend == moved


def test_save_that_moves_nothing_writes_no_row(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(organization=cast.ours.organization):
        lead = cast.ours.contributor
        save_answers(audit=cast.ours.draft, by=lead, answers=RETRIEVAL_CASE)
        audit = fresh_audit(cast.ours.draft)
        sent = {("note", "goal"): Sent(value="As of today")}
        before = portfolio_row(audit)

        with django_assert_num_queries(6) as queries:
            save_entries(audit=audit, by=lead, sent=sent, sender=Sender())

        assert not [q for q in queries.captured_queries if "portfolio_row" in q["sql"]]
        assert portfolio_row(audit).pk == before.pk


def test_housekeeping_writes_the_rows_that_an_upgrade_lacks(cast: Cast) -> None:
    with scopes_disabled():
        before = {row["use_case_id"]: row for row in PortfolioRow.objects.values()}
        PortfolioRow.objects.all().delete()

        call_command("housekeeping")

        after = {row["use_case_id"]: row for row in PortfolioRow.objects.values()}
        assert [{**row, "id": 0} for row in after.values()] == [
            {**before[key], "id": 0} for key in after
        ]
        assert before.keys() == after.keys()


def test_save_of_an_audit_that_was_read_before_a_rename_keeps_the_new_name(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        as_read = fresh_audit(cast.ours.draft)
        use_case = UseCase.objects.get(pk=as_read.use_case_id)
        use_case.name, use_case.stage = "Northgate sorting", "live"
        use_case.save()
        follow_use_cases([use_case])

        sent = {("answer", "goal"): Sent(value=["knowledge"])}
        lead = cast.ours.contributor
        save_entries(audit=as_read, by=lead, sent=sent, sender=Sender())

        found = portfolio_row(as_read)
        assert (found.name, found.stage) == ("Northgate sorting", "live")
        assert found.verdict


def test_row_of_a_locked_audit_is_read_after_the_wait_for_its_lock(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        locked = locked_audit(cast.ours.submitted)

        # What another transaction wrote until the lock was given.
        PortfolioRow.objects.filter(use_case=locked.use_case_id).update(state="draft")

        assert locked.portfolio_row.state == "draft"


def test_audit_of_a_framework_that_is_gone_does_not_keep_the_others_out(
    cast: Cast,
) -> None:
    with scopes_disabled():
        gone = cast.ours.submitted
        Audit.objects.filter(pk=gone.pk).update(framework="retired")
        PortfolioRow.objects.all().delete()

        assert add_missing_portfolio_rows() == Audit.objects.current().count() - 1
        assert not PortfolioRow.objects.filter(audit=gone).exists()


@pytest.mark.parametrize("requests", ["100000000000", "9e15"])
def test_numbers_beyond_all_reason_are_saved_and_stand_as_the_most(
    cast: Cast, requests: str
) -> None:
    large = {"requests": requests, "variable_tokens": "10000000", "today": "prompt"}
    with scope(organization=cast.ours.organization):
        save_answers(
            audit=cast.ours.draft, by=cast.ours.contributor, answers=RETRIEVAL_CASE
        )
        audit = give_numbers(cast, cast.ours.draft, **(ON_OWN_GPUS | large))

        assert audit.numbers["requests"]["value"] == requests
        found = portfolio_row(audit)
        assert found.spend == Decimal("999999999999.99")
        assert found.spend == found.spend_high
        assert take_snapshots(date(2026, 11, 25)) == 2
