"""A server that is killed while somebody answers, and started again."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.casting import Cast
from tests.e2e.browser.sections import choose
from tests.e2e.browser.server import Server, sign_in_on
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED, answers, notes

# A page waits for 30 seconds between two tries, at most; then it saves.
LONGEST_PAUSE = 40_000
WORDS = "Counted on 12 May: 212 of 1,000 claims went to the wrong desk."


@pytest.mark.once
def test_what_is_answered_while_the_server_is_away_is_saved_when_it_is_back(
    cast: Cast, open_page: OpenPage, server: Server
) -> None:
    page = open_page(None, "/")
    sign_in_on(server, page, cast.ours.contributor)
    page.goto(server.url + reverse("question", args=[cast.ours.draft.pk, "eval"]))
    status, note = page.locator("#save-status"), page.get_by_label("Note (optional)")
    choose(page, "eval", "solid_set")
    expect(status).to_have_text(SAVED)

    server.kill()
    note.fill(WORDS)
    expect(status).to_have_text("Not saved yet: trying again. Stay on this page.")
    expect(note).to_have_value(WORDS)
    assert notes(cast) == {}
    server.start()

    expect(status).to_have_text(SAVED, timeout=LONGEST_PAUSE)
    assert answers(cast) == {"eval": "solid_set"}
    assert notes(cast) == {"eval": WORDS}
