"""A draft whose verdict is to measure first, and the pages of its steps."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.scoring.cards.card import Card
from audits.scoring.cards.cards import cards_of
from audits.services.answers.answers import save_answers
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast, Tenant
from tests.pages import html_of
from tests.replayed import replayed
from tests.scoring.money.test_measuring_money import UNTESTED

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


def file_of(client: Client, audit: Audit, name: str) -> Any:
    args = [audit.pk, "score_prompt", name]
    return client.get(reverse("experiment_file", args=args))
