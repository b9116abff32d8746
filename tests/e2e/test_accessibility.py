"""What axe-core finds, and reflow on narrow screens."""

from collections.abc import Callable, Mapping
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect
from pytest_django import Settings

from tests.casting import Cast
from tests.e2e.browser.axe import load_axe, violations
from tests.e2e.browser.sight import sideways_scroll
from tests.e2e.conftest import OpenPage
from tests.e2e.states.every_run import IN_EVERY_RUN
from tests.e2e.states.states import STATES
from tests.examples import all_but, is_everyday

pytestmark = pytest.mark.once

WIDE, PHONE, SMALL_PHONE, HEIGHT = 1280, 375, 320, 667
EVERYTHING: Mapping[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}},
}
COLOURS: Mapping[str, Any] = {
    "resultTypes": ["violations"],
    "runOnly": ["color-contrast", "link-in-text-block"],
}

ALL_BUT_COLOURS: Mapping[str, Any] = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},
}

type Look = tuple[Literal["light", "dark"], int, Mapping[str, Any]]
# What a look before it finds is not looked for again.
EVERY_LOOK: tuple[Look, ...] = (
    ("light", WIDE, EVERYTHING),
    ("dark", WIDE, COLOURS),
    ("dark", PHONE, ALL_BUT_COLOURS),
)
IN_TURN: tuple[Look, ...] = (
    ("light", WIDE, EVERYTHING),
    ("dark", WIDE, EVERYTHING),
    ("light", PHONE, EVERYTHING),
)

# To axe-core, a text that is not there may be yet to come.
NAMED_BUT_NOT_THERE = """() => ['aria-describedby', 'aria-labelledby', 'for'].flatMap(
    name => [...document.querySelectorAll(`[${name}]`)].flatMap(
        element => element.getAttribute(name).split(' ').filter(
            id => !document.getElementById(id)).map(
            id => `${name} of ${element.outerHTML} is nowhere`)))"""


@pytest.mark.parametrize("name", all_but(STATES, IN_EVERY_RUN))
def test_page_keeps_nobody_out(
    cast: Cast, turn_page: OpenPage, settings: Settings, name: str
) -> None:
    state = STATES[name]
    settings.DEMO = state.demo_mode
    state.before(cast)
    looks = looks_at(name)
    page = turn_page(
        state.user(cast),
        state.path(cast),
        viewport={"width": WIDE, "height": HEIGHT},
        color_scheme=looks[0][0],
    )
    state.act(page)
    expect(page.locator("main")).to_contain_text(state.shows)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

    load_axe(page)
    barriers = page.evaluate(NAMED_BUT_NOT_THERE)
    for scheme, width, options in looks:
        page.emulate_media(color_scheme=scheme)
        barriers += axe_finds(page, width, options)
    # What fits the narrowest phone nearly always fits a wider one, too.
    for width in (SMALL_PHONE,) if is_everyday() else (PHONE, SMALL_PHONE):
        set_width(page, width)
        barriers += filter(None, [sideways_scroll(page)])

    assert not barriers, "\n".join(barriers)


def looks_at(name: str) -> tuple[Look, ...]:
    """Return how this run looks at a state: each in another way, or in every way."""
    if is_everyday() and name in IN_EVERY_RUN:
        return (IN_TURN[sorted(IN_EVERY_RUN).index(name) % len(IN_TURN)],)
    return EVERY_LOOK


def test_every_page_is_looked_at_in_every_run(cast: Cast) -> None:
    pages = pages_of_states(cast)

    looked_at = {pages[name] for name in IN_EVERY_RUN}
    assert pages.keys() == STATES.keys()
    assert set(pages.values()) - looked_at == set()


def pages_of_states(cast: Cast) -> dict[str, str | None]:
    """Return the names of the pages, of all states that begin alike at once."""
    pages = {}
    later: dict[Callable[[Cast], None], list[str]] = {}
    for name, state in STATES.items():
        try:
            pages[name] = page_at(state.path(cast))
        except ObjectDoesNotExist:
            later.setdefault(state.before, []).append(name)
    for before, names in later.items():
        with transaction.atomic():
            before(cast)
            pages |= {name: page_at(STATES[name].path(cast)) for name in names}
            transaction.set_rollback(True)
    return pages


def page_at(path: str) -> str | None:
    """Return the name of a page, or None of one that is not there."""
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def set_width(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": HEIGHT})


def axe_finds(page: Page, width: int, options: Mapping[str, Any]) -> list[str]:
    set_width(page, width)
    # A bar at the foot of the screen covers nothing there, as nobody has to leave it.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    return [
        f"{width} px, {violation['impact']}, {violation['id']}: {node['target']} "
        f"{node['failureSummary']}"
        for violation in violations(page, options)
        for node in violation["nodes"]
    ]
