"""Every address as every role, with ids of both organizations."""

from collections import deque
from http import HTTPStatus

from django.urls import reverse

from audits.models import Role, User
from tests.access.rows.row import ids_in
from tests.access.rows.rows import ROWS
from tests.siege.browser import Browser, Page
from tests.siege.figures import Figures
from tests.siege.instance import Instance
from tests.siege.people import the_cast, the_operator

# What one role looks at by following links.
MOST_PAGES = 120
_REFUSED = (
    *(HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN, HTTPStatus.FOUND),
    HTTPStatus.UNAUTHORIZED,  # the sign-in page, with what was sent
)


def walk(instance: Instance) -> Figures:
    """Ask for every route and follow every link, as every role."""
    figures, cast = Figures("walk"), the_cast()
    actors: dict[str, User | None] = {
        **{str(role): cast.ours.people[role] for role in Role},
        "unassigned": cast.unassigned,
        "anonymous": None,
    }
    for name, user in actors.items():
        browser = Browser(instance.port, user)
        _ask_every_route(browser, name, figures)
        _follow_links(browser, name, figures)
    _open_back_office(Browser(instance.port, the_operator()), figures)
    return figures


def _ask_every_route(browser: Browser, who: str, figures: Figures) -> None:
    for row in ROWS:
        name, kwargs = row.url
        if row.method == "GET":
            url = reverse(name, kwargs=ids_in(the_cast().ours, kwargs))
            answer = browser.get(url)
            figures.answered(f"{who} GET {url}", answer.status, answer.body)
        theirs = ids_in(the_cast().theirs, kwargs)
        if theirs == kwargs:
            continue
        url = reverse(name, kwargs=theirs)
        answer = browser.get(url) if row.method == "GET" else browser.post(url)
        figures.answered(f"{who} {row.method} {url}", answer.status, answer.body)
        if answer.status not in _REFUSED:
            figures.leaked += 1
            figures.tell(f"{who} {row.method} {url}: {answer.status} for a foreign id")


def _follow_links(browser: Browser, who: str, figures: Figures) -> None:
    start = reverse("use_cases")
    seen, queue = {start}, deque([start])
    asked = 0
    while queue and asked < MOST_PAGES:
        path = queue.popleft()
        answer = browser.get(path)
        asked += 1
        figures.answered(f"{who} GET {path}", answer.status, answer.body)
        links = Page(path, answer.page).links
        links += [answer.place] if answer.place.startswith("/") else []
        new = [link for link in links if link not in seen]
        seen.update(new)
        queue.extend(new)


def _open_back_office(browser: Browser, figures: Figures) -> None:
    """Look for broken pages only: an operator sees every organization."""
    index = browser.get("/back-office/")
    links = [
        link for link in Page("/back-office/", index.page).links if "logout" not in link
    ]
    for link in dict.fromkeys(links):
        figures.answered(f"operator GET {link}", browser.get(link).status)
