"""A target that was typed saves itself, and with every button that leads away."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.answers import fresh_audit
from audits.wizard.forms.senders import new_tab
from tests.pages import html_of
from tests.wizard.candidates.typed import page_of, post
from tests.wizard.page_forms import hidden, hidden_in, resend, send

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


def test_target_saves_itself_and_the_page_may_save_again(
    client: Client, draft: Audit
) -> None:
    opened = hidden(client, page_of(draft))

    first = html_of(
        resend(client, page_of(draft), opened, htmx=True, share="92", limit_ms="")
    )
    [seen] = hidden_in(first)["seen"]
    again = {**opened, "seen": [seen]}
    resend(client, page_of(draft), again, htmx=True, share="92,5 %", limit_ms="900")

    assert re.search(r'id="save-status"[^>]*>\s*<span[^>]*>.*Saved \d\d:\d\d', first)
    assert 'id="panel-h"' in first
    found = fresh_audit(draft).given_candidates
    assert (str(found.target), found.limit_ms) == ("0.925", 900)


def test_target_sent_once_more_is_saved_and_no_conflict(
    client: Client, draft: Audit
) -> None:
    opened = hidden(client, page_of(draft))

    for _ in range(2):  # the first answer was lost on its way
        sent = {"htmx": True, "share": "92", "limit_ms": ""}
        saved = resend(client, page_of(draft), opened, **sent)

        assert saved.status_code == 200
        assert "Saved" in html_of(saved)


def test_wrong_target_is_not_saved_and_says_why_beside_its_field(
    client: Client, draft: Audit
) -> None:
    sent = {"htmx": True, "share": "920", "limit_ms": "900"}
    said = html_of(send(client, page_of(draft), **sent))

    assert 'id="problem-share" hx-swap-oob="innerHTML"' in said
    assert 'id="id_share_error">The target must be from 1 to 99.9' in said
    assert "Not saved: 1 entry" in said
    assert "Saved" not in said
    found = fresh_audit(draft).given_candidates
    assert (found.target, found.limit_ms) == (None, 900)  # what is right is saved


def test_target_of_somebody_else_is_not_replaced_by_an_autosave(
    client: Client, draft: Audit
) -> None:
    opened = hidden(client, page_of(draft))
    post(client, "candidates", draft.pk, share="80", limit_ms="")

    sent = {"htmx": True, "share": "92", "limit_ms": ""}
    refused = resend(client, page_of(draft), opened, **sent)

    assert refused.status_code == 409
    assert html_of(refused).startswith("Somebody else changed the candidates")
    assert str(fresh_audit(draft).given_candidates.target) == "0.8"


def test_button_beside_a_target_that_saves_itself_is_no_conflict(
    client: Client, draft: Audit
) -> None:
    opened = hidden(client, page_of(draft))
    typed = {"limit_ms": "", "seq": "1"}
    resend(client, page_of(draft), opened, htmx=True, share="9", **typed)

    pressed = resend(client, page_of(draft), opened, share="92", limit_ms="", seq="3")
    late = resend(
        client, page_of(draft), opened, htmx=True, share="93", limit_ms="", seq="2"
    )

    assert (pressed.status_code, late.status_code) == (302, 200)
    assert str(fresh_audit(draft).given_candidates.target) == "0.92"


def test_button_of_another_window_replaces_no_target(
    client: Client, draft: Audit
) -> None:
    opened = hidden(client, page_of(draft))
    resend(client, page_of(draft), opened, htmx=True, share="91", limit_ms="", seq="1")
    other = {**opened, "tab": [new_tab()]}

    refused = resend(client, page_of(draft), other, share="92", limit_ms="", seq="2")
    same = resend(client, page_of(draft), other, share="91", limit_ms="", seq="3")

    assert (refused.status_code, same.status_code) == (409, 302)
    assert str(fresh_audit(draft).given_candidates.target) == "0.91"
