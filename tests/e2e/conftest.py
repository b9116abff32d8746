"""A real browser on a real server; whatever the browser complains of fails the test."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Request,
    Response,
    ViewportSize,
    expect,
)
from pytest_django.live_server_helper import LiveServer

from audits.models import User
from audits.services.demo import sample
from tests.e2e.browser.server import Server
from tests.loaded_demo import SAMPLE

# Playwright's event loop runs in the thread of the test, where Django would refuse to
# work with the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Slow machines are no failure, so a page, a click and a sentence have a minute each.
PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)

# The shell draws no window, and so takes a fifth less of the processor.
DISTRIBUTION_CHROMIUM = tuple(
    Path("/usr/bin", name) for name in ("chromium-headless-shell", "chromium")
)

DESK: ViewportSize = {"width": 1280, "height": 720}

# The console repeats every refused answer, which on_response judges, tells of the
# network that a test took away, and of a request that the next one replaced.
NETWORK_ERRORS = (
    "Failed to load",
    "Response Status Error Code",
    "htmx:sendError",
    "htmx:timeout",
    "htmx:sendAbort",
    "htmx:afterRequest",
)


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
) -> dict[str, Any]:
    """Take the system's Chromium where there is one, and let it keep to itself."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        # It would start a renderer for each page in advance, and few are taken.
        "--disable-features=SpareRendererForSitePerProcess",
        "--disable-gpu",
        "--disable-sync",
        # Each page is new: what would be optimized for later runs is thrown away, and
        # larger, less frequent collections by one thread take less than many.
        "--js-flags=--no-opt,--max-semi-space-size=64,--single-threaded-gc",
        "--no-first-run",
    ]
    browsers = [path for path in DISTRIBUTION_CHROMIUM if path.exists()]
    if browsers:
        browser_type_launch_args["executable_path"] = browsers[0]
    return browser_type_launch_args | {"args": arguments}


def _watch(context: BrowserContext, complaints: list[str]) -> None:
    context.set_default_timeout(PATIENCE)

    def on_request(request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob"} and url.hostname != "127.0.0.1":
            complaints.append(f"left this machine: {request.url}")

    def on_response(response: Response) -> None:
        # A page may rightly be refused, but not the styles and scripts it asks for.
        kind = response.request.resource_type
        if response.status >= 400 and kind not in {"document", "fetch", "xhr"}:
            complaints.append(f"{response.status} for the {kind} {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith(NETWORK_ERRORS):
            complaints.append(f"console: {message.text}")

    context.on("request", on_request)
    context.on("response", on_response)
    context.on("console", on_console)
    context.on("weberror", lambda error: complaints.append(f"script: {error.error}"))


@pytest.fixture
def head(transactional_db: None) -> User:
    """The head of AI of the sample company."""
    SAMPLE.put()
    return User.objects.get(email=sample.HEAD.email)


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> Iterator[Callable[..., BrowserContext]]:
    """Make contexts, and so pages, that are watched."""
    complaints: list[str] = []
    contexts = []

    def new_watched_context(**options: Any) -> BrowserContext:
        context = new_context(**options)
        _watch(context, complaints)
        contexts.append(context)
        return context

    yield new_watched_context
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture(scope="session")
def kept_server(django_db_setup: None) -> Iterator[Server]:
    """Attune on the database of the tests, in a process that may be killed."""
    server = Server()
    yield server
    server.kill()


@pytest.fixture
def server(transactional_db: None, kept_server: Server) -> Server:
    """Attune on the data of the test; who kills it starts it again."""
    return kept_server


class OpenPage(Protocol):
    """Open a page as someone, in a browser of its own with these options."""

    def __call__(self, user: User | None, path: str, **options: Any) -> Page: ...


@pytest.fixture
def open_page(
    new_context: Callable[..., BrowserContext], live_server: LiveServer
) -> OpenPage:
    def open_page(user: User | None, path: str, **options: Any) -> Page:
        context = new_context(**options)
        if user is not None:
            _sign_in(context, user)
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    return open_page


# Nothing is sent any more, as the page is left or later. To go to an empty page would
# be a third of opening one, and with about:blank the renderer would end.
FORGET = """() => {
    [localStorage, sessionStorage].forEach(kept => kept.clear());
    stop();
    document.open();
    document.close();
    for (let timer = setTimeout(() => {}); timer; timer--) clearTimeout(timer);
    // Else its address with another fragment would not be loaded.
    history.replaceState(null, '', '/livez');
}"""


class _KeptPage:
    """A page that tests share, and what the browser complained of there."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        _watch(context, self.complaints)
        self.page = context.new_page()

    def forget(self) -> list[str]:
        """Let nothing of a test stay, and return the complaints it brought."""
        page, context = self.page, self.page.context
        context.set_offline(offline=False)
        page.unroute_all()
        for other in context.pages:
            if other != page:
                other.close()
        told = self.complaints.copy()
        page.evaluate(FORGET)
        context.clear_cookies()
        page.emulate_media(media="null", color_scheme="null")
        self.complaints.clear()
        return told


@pytest.fixture(scope="session")
def kept_pages(
    browser: Browser, browser_context_args: dict[str, Any]
) -> Iterator[Callable[[bool], _KeptPage]]:
    """A page with scripts and one without, each made when it is first asked for."""

    @cache
    def kept(has_script: bool) -> _KeptPage:
        options = browser_context_args | {"java_script_enabled": has_script}
        contexts.append(browser.new_context(**options))
        return _KeptPage(contexts[-1])

    contexts: list[BrowserContext] = []
    yield kept
    for context in contexts:
        context.close()


@pytest.fixture
def turn_page(
    kept_pages: Callable[[bool], _KeptPage], live_server: LiveServer
) -> Iterator[OpenPage]:
    """Open pages as `open_page` does, but in one tab, which forgets the test before.

    Its renderer stays, with all that the tests run in it compiled.
    """
    used: set[_KeptPage] = set()

    def open_page(
        user: User | None,
        path: str,
        *,
        java_script_enabled: bool = True,
        viewport: ViewportSize = DESK,
        **media: Any,
    ) -> Page:
        kept = kept_pages(java_script_enabled)
        used.add(kept)
        kept.page.set_viewport_size(viewport)
        kept.page.emulate_media(**{"forced_colors": "none", **media})
        if user is not None:
            # What the page before still asks for must not end the new session. With
            # about:blank the renderer would end, as our pages keep to themselves.
            _leave(kept.page, f"{live_server.url}/livez")
            _sign_in(kept.page.context, user)
        kept.page.goto(live_server.url + path)
        return kept.page

    yield open_page
    told = [said for kept in used for said in kept.forget()]
    assert not told, "\n".join(told)


def _leave(page: Page, there: str) -> None:
    """Go there, also where a download that just began ends the first try."""
    try:
        page.goto(there)
    except Error as error:
        if "ERR_ABORTED" not in error.message:
            raise
        page.goto(there)


def _sign_in(context: BrowserContext, user: User) -> None:
    client = Client()
    client.force_login(user)
    # To put a __Host- cookie into its store, Chromium asks for an https address. It
    # then sends the cookie to the live server too: cookies know no ports, and it
    # trusts this machine without TLS.
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": "https://127.0.0.1",
                "secure": True,
                "httpOnly": True,
            }
        ]
    )
