"""Every page says that an answer that led to another verdict was changed."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from audits.models import Audit
from audits.scoring.days import in_words
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.answers.putting import earlier_answers
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.told_pages import told_pages

WAS = "“Part that fails” was “"


def answered(draft: Audit, **answers: Any) -> Audit:
    audit, _ = save_answers(audit=draft, by=draft.use_case.owner, answers=answers)
    return fresh_audit(audit)


def an_hour_later(draft: Audit) -> Audit:
    """Return a draft whose answers were given before this sitting."""
    audit = fresh_audit(draft)
    for entry in audit.answers.values():
        at = datetime.fromisoformat(entry["at"]) - timedelta(hours=1)
        entry["at"] = at.isoformat(timespec="seconds")
    audit.save(update_fields=["answers"])
    return audit


@pytest.mark.thorough
def test_everybody_sees_an_answer_that_led_to_another_verdict(
    draft: Audit, client: Client, cast: Cast
) -> None:
    was = assess_today(draft).named.name
    assert not draft.is_provisional

    answered(an_hour_later(draft), component="classifier")

    assert assess_today(fresh_audit(draft)).named.name != was
    told = (
        f"{WAS}The writing model” until {in_words(timezone.localdate())} "
        f"({draft.use_case.owner}). With it, the verdict would be “{was}”."
    )
    for name, page in told_pages(client, draft, cast).items():
        assert page.count(told) == 1, name


@pytest.mark.thorough
def test_team_reads_it_in_one_line_below_the_facts(
    draft: Audit, client: Client
) -> None:
    answered(an_hour_later(draft), component="classifier")
    answered(an_hour_later(draft), component="extractor")
    answered(draft, component="classifier")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    facts, note = page.index('class="facts"'), page.find("note note-warn")
    assert page.count("1 answer was changed after giving another verdict") == 1
    assert facts < page.index("1 answer was changed") < page.index(WAS)
    assert not 0 <= note < page.index(WAS) < page.find("</div>", note)


@pytest.mark.thorough
def test_changes_of_one_sitting_are_told_to_reviewers_alone(
    draft: Audit, client: Client, cast: Cast
) -> None:
    answered(draft, component="classifier")

    told = told_pages(client, draft, cast, are_all=True)

    assert {name for name, page in told.items() if WAS in page} == {"review", "paper"}


def test_answer_that_was_withdrawn_in_between_is_told_too(
    draft: Audit, client: Client
) -> None:
    answered(an_hour_later(draft), component=None)
    answered(draft, component="classifier")

    page = html_of(client.get(reverse("result", args=[draft.pk])))

    assert f"{WAS}The writing model”" in page


@pytest.mark.thorough
def test_answer_that_is_as_it_was_again_or_changes_no_verdict_is_not_told(
    draft: Audit, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    audit = answered(answered(draft, component="classifier"), component="generator")

    assert "led" not in audit.answers["component"]
    with django_assert_num_queries(0):
        assert earlier_answers(audit) == ()
    answered(audit, hosting="region_bound")
    page = html_of(client.get(reverse("result", args=[draft.pk])))
    assert "With it, the verdict would be" not in page


def test_answers_of_a_draft_without_a_settled_verdict_are_not_kept(
    draft: Audit,
) -> None:
    opened = answered(draft, component=None)
    assert opened.is_provisional

    audit = answered(answered(opened, task_shape="broad"), task_shape="narrow_stable")

    assert "led" not in audit.answers["task_shape"]
