"""A signed verdict stays in force until its successor is signed off."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit, PortfolioRow, Role
from audits.scoring.explaining.completeness import OpenQuestion
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.portfolio.filters import passing
from audits.services.portfolio.rows import rebuild_portfolio_rows
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.services.reviews.signing import row_of, sign
from tests.signed_in import sign_in

_UNMARKED = {"renewal_id": None, "renewal_state": ""}


@pytest.mark.thorough
def test_verdict_in_force_changes_only_when_the_new_one_is_signed_off(
    cast: Cast, signed: Audit
) -> None:
    lead, before = cast.ours.contributor, row_of(signed)
    new = begin_again(audit=signed, by=lead)

    save_answers(audit=new, by=lead, answers={"goal": ["style"], "state": "planned"})
    waiting = submit_audit(audit=new, by=lead)

    marks = {"renewal_id": new.pk, "renewal_state": "in_review"}
    assert row_of(signed) == before | marks
    assert waiting.verdict != signed.verdict
    reopen_audit(audit=new, by=lead)
    assert row_of(signed) == before | marks | {"renewal_state": "draft"}
    rebuild_portfolio_rows()
    assert row_of(signed) == before | marks | {"renewal_state": "draft"}
    asked = dict.fromkeys((q.question for q in _missing(new)), "unknown")
    save_answers(audit=new, by=lead, answers=asked)
    submitted = submit_audit(audit=new, by=lead)
    assert row_of(signed) == before | marks
    sign(cast, submitted)
    after = row_of(signed)
    assert (after["audit_id"], after["verdict"]) == (new.pk, submitted.verdict)
    assert {key: after[key] for key in _UNMARKED} == _UNMARKED
    assert fresh_audit(signed).state == Audit.State.SUPERSEDED


def _missing(audit: Audit) -> tuple[OpenQuestion, ...]:
    found = assess_today(fresh_audit(audit)).provisional
    return found.questions if found else ()


def test_reviewer_finds_a_renewal_among_what_is_in_review(
    cast: Cast, signed: Audit
) -> None:
    lead, reviewer = cast.ours.contributor, cast.ours.people[Role.REVIEWER]
    rows = PortfolioRow.objects.all()
    assert rows.number_awaiting(reviewer) == (0, 0)

    submit_audit(audit=begin_again(audit=signed, by=lead), by=lead)

    assert rows.number_awaiting(reviewer) == (1, 0)
    assert rows.number_awaiting(lead) == (1, 1)
    found = passing(rows, {"state": "in_review"})
    assert [row.audit_id for row in found] == [signed.pk]
    assert [row.audit_id for row in passing(rows, {"state": "signed_off"})] == [
        signed.pk
    ]
    assert list(rows.awaiting()) == []


@pytest.mark.thorough
def test_own_list_shows_the_verdict_in_force_and_the_draft(
    cast: Cast, signed: Audit
) -> None:
    new = begin_again(audit=signed, by=cast.ours.contributor)
    client = Client()
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("use_cases")))
    portfolio = html_of(client.get(reverse("portfolio")))

    assert f'href="{reverse("tasks", args=[new.pk])}"' in page
    assert f'href="{reverse("result", args=[signed.pk])}"' in page
    assert "in force, renewal started" in page
    assert f'href="{reverse("result", args=[signed.pk])}"' in portfolio
    renewal = f'<a href="{reverse("result", args=[new.pk])}">Renewal started</a>'
    assert renewal in portfolio
