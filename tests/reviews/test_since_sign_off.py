"""A review says what changed since the last sign-off, as the page of changes does."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.scoring.money.of_assessment import money_of
from audits.scoring.money.states import plan_state
from audits.services.answers.answers import save_answers, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.between_audits import since_sign_off
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.verdicts.assessments import assessment_of
from audits.templatetags.figures import dollars
from tests.casting import Cast
from tests.pages import html_of
from tests.reviews.test_background import decide
from tests.scoring.costs.worked_decisions import GIVEN

SECTION = re.compile(r'<section class="note" aria-labelledby="since-sign-off">.*?</sec')


def page_of(client: Client, name: str, audit: Audit) -> str:
    return re.sub(r"\s+", " ", html_of(client.get(reverse(name, args=[audit.pk]))))


def test_review_has_what_changed_since_the_sign_off(
    cast: Cast, reviewer: Client
) -> None:
    by, first = cast.ours.contributor, cast.ours.submitted
    assert "since-sign-off" not in page_of(reviewer, "review", first)
    with scope(organization=cast.ours.organization):
        decide(cast, first, "approved", "")
        new = begin_again(audit=first, by=by)
        answers = {"goal": ["style"], "examples": "few", "knowledge_size": "small"}
        save_answers(audit=new, by=by, answers=answers)
        sent = {("number", key): Sent(value=value) for key, value in GIVEN.items()}
        save_entries(audit=new, by=by, sent=sent, sender=Sender())
        where = "https://example.org/faults"
        add_link(audit=new, by=by, question="goal", link=where, name="Counted faults")
        new = submit_audit(audit=Audit.objects.get(pk=new.pk), by=by)
        between = since_sign_off(new)
        money = money_of(assessment_of(new), plan_state(new.use_case.stage))

    page, changes = (page_of(reviewer, name, new) for name in ("review", "changes"))

    assert between is not None
    [section] = SECTION.findall(page)
    assert "What changed since the sign-off of" in section
    assert f"<strong>{between.now.named.name}</strong> instead of" in section
    assert "<summary>" in section
    # The same comparison as that of the page of changes.
    table = re.compile(r"<table.*?</table>")
    assert table.findall(section) == table.findall(changes)[:1]
    for told in ("Style</strong> instead of", "Counted faults</bdi> added"):
        assert told in section
        assert told in changes
    panel = page.split("What you sign</h2>")[1].split("</dl>")[0]
    assert money
    for row in money.stated:
        year = row.year
        assert f"<strong>{dollars(year.expected)}</strong>" in panel
        assert f"{dollars(year.low)} to {dollars(year.high)}" in panel


@pytest.mark.thorough
def test_short_difference_is_not_folded(cast: Cast, reviewer: Client) -> None:
    by, first = cast.ours.contributor, cast.ours.submitted
    with scope(organization=cast.ours.organization):
        decide(cast, first, "approved", "")
        new = begin_again(audit=first, by=by)
        new = submit_audit(audit=Audit.objects.get(pk=new.pk), by=by)

    [section] = SECTION.findall(page_of(reviewer, "review", new))

    assert "<summary>" not in section
    assert ", as signed" in section
    assert "The links and files behind the answers are the same." in section
