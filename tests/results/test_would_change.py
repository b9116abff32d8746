"""A scenario that changes no verdict names the answers that alone would change it."""

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role
from audits.results import would_change as module
from audits.results.what_if import WhatIf
from audits.results.would_change import would_change
from tests.casting import Cast
from tests.examples import is_everyday
from tests.pages import html_of
from tests.results.answered_drafts import answered
from tests.signed_in import sign_in


@pytest.fixture
def draft(cast: Cast) -> Audit:
    return answered(cast.ours)


def page_of(audit: Audit, query: str) -> WhatIf:
    return WhatIf(audit, QueryDict(query.removeprefix("?")))


@pytest.mark.once
def test_each_answer_leads_to_a_scenario_with_another_verdict(
    cast: Cast, client: Client, draft: Audit, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, cast.ours.people[Role.VIEWER])
    query = "?a.number.requests=900000"
    there = reverse("what_if", args=[draft.pk]) + query
    with scope(organization=cast.ours.organization):
        page = page_of(draft, query)
        found = would_change(page, "a")
        verdict = page.comparison.original.named

        step = 3 if is_everyday() else 1
        for each in (*found.first, *found.later)[::step]:
            [then] = page_of(draft, each.query).comparison.scenarios
            assert "requests=900000" in each.query
            assert then.outcome.named != verdict
            if not each.flip.depends_on:
                assert each.flip.verdict_name.startswith(then.outcome.named.name)

    shown = html_of(client.get(there))
    assert found.later
    assert "Each of these answers alone would change it" in shown
    assert shown.count(">(now: ") == len((*found.first, *found.later))
    moved = html_of(client.get(reverse("what_if", args=[draft.pk]) + each.query))
    assert "alone would change it" not in moved
    monkeypatch.setattr(module, "changes_in_order", lambda *_: ())
    assert "no other answer alone would change it" in html_of(client.get(there))
