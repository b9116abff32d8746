"""How much travels to a browser: the first page, each one after it, and a save."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from audits.frameworks.loading import loader
from tests.casting import Cast
from tests.e2e.browser.sections import choose
from tests.e2e.browser.server import Server, sign_in_on
from tests.e2e.conftest import OpenPage
from tests.e2e.states.drafts import SAVED
from tests.e2e.states.wizard_states import numbers_given
from tests.examples import is_everyday

pytestmark = pytest.mark.once

FIRST, NEXT, SAVE = 150_000, 40_000, 10_000


class Scale:
    """Weighs what a page gets from the network; what it has cached weighs nothing."""

    def __init__(self, page: Page) -> None:
        self.page, self.bytes = page, 0
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.loadingFinished", self._add)

    def _add(self, loaded: dict[str, Any]) -> None:
        self.bytes += int(loaded["encodedDataLength"])

    def weigh(self, url: str = "") -> int:
        """Go to a page, if one is named, and return the bytes since the last time."""
        if url:
            self.page.goto(url)
            self.page.evaluate("document.fonts.ready.then(() => true)")
        weight, self.bytes = self.bytes, 0
        return weight


def test_pages_and_saves_are_light(
    cast: Cast, open_page: OpenPage, server: Server
) -> None:
    numbers_given(cast)
    draft = cast.ours.draft.pk
    pages = [reverse(name, args=[draft]) for name in ("numbers", "check")]
    pages += [
        reverse("section", args=[draft, section.id])
        for section in loader.current().sections[:: 3 if is_everyday() else 1]
    ]
    pages += [
        reverse("question", args=[draft, "goal"]),
        reverse("next_question", args=[draft, "goal"]),
        reverse("result", args=[draft]),
    ]
    page = open_page(None, "/")
    page.goto("about:blank")
    sign_in_on(server, page, cast.ours.contributor)
    scale = Scale(page)

    first = scale.weigh(server.url + reverse("tasks", args=[draft]))
    after = {path: scale.weigh(server.url + path) for path in pages}
    page.goto(server.url + reverse("section", args=[draft, "purpose"]))
    scale.weigh()
    choose(page, "state", "live_tuned")
    expect(page.locator("#save-status")).to_have_text(SAVED)
    save = scale.weigh()

    assert 10_000 < first <= FIRST
    assert {path: weight for path, weight in after.items() if weight > NEXT} == {}
    assert min(after.values()) > 1_000
    assert 1_000 < save <= SAVE
