"""A target that was typed is saved by every button that leads away from it."""

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from tests.pages import html_of
from tests.wizard.candidates.typed import page_of, post

pytestmark = pytest.mark.once

LEADS = {"candidate": ("candidate", "new"), "numbers": ("numbers",)}


@pytest.mark.parametrize("then", LEADS)
def test_target_is_saved_on_the_way_to_another_page(
    client: Client, draft: Audit, then: str
) -> None:
    name, *of = LEADS[then]
    page = html_of(client.get(page_of(draft)))
    assert f'value="{then}"' in page

    for _ in range(2):  # unchanged, it leads there as well
        saved = post(
            client, "candidates", draft.pk, share="92", limit_ms="900", then=then
        )

        assert saved.status_code == 302
        assert saved["Location"] == reverse(name, args=[draft.pk, *of])
        found = fresh_audit(draft).given_candidates
        assert (str(found.target), found.limit_ms) == ("0.92", 900)


def test_target_that_is_refused_stays_typed(client: Client, draft: Audit) -> None:
    refused = post(
        client, "candidates", draft.pk, share="920", limit_ms="", then="candidate"
    )

    assert refused.status_code == 422
    assert 'value="920"' in html_of(refused)
    assert fresh_audit(draft).given_candidates.target is None
