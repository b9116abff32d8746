"""What the pages cost that people open most, beside a page that does next to nothing.

Each takes turns with a bare page of Django alone for a member, in this process: how
many times its processor time, and its time by the clock. It takes turns with our own
bare page and with Django's for any person, too, which have no limit. Then the list of
use cases and our bare page are served by gunicorn to eight connections, in turns too.
"""

import os
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.db import connection
from django.urls import reverse
from django_scopes import scope

from audits.models import Organization, User
from audits.services.answers.answers import save_answers
from audits.services.demo import demo, sample
from tests.bench import bare_page, django_page
from tests.bench.browser import Browser, unpacked
from tests.bench.measure import Result
from tests.bench.tenants import founded, site
from tests.load.server import WORKERS, serving
from tests.scoring.worked_cases import TRAINING_CASE

ROUNDS = 60
# How many times the time of Django's bare page for a member a page may take.
BARS = {
    "section": 2.5,
    "result": 2.5,
    "portfolio": 4,
    "time machine": 4,
    "use cases": 3,
}
CONNECTIONS, SECONDS, TURNS = 8, 3, 4
_SITE = "tests.bench.bare_site"
_OURS = "a bare page"
_DJANGOS = "a bare page of Django alone, which knows no membership"
_MEMBERS = "a bare page of Django alone, for a member"
MOST_MEMORY = 110  # MiB of a worker


def pages() -> Iterator[Result]:
    with site(ROOT_URLCONF=bare_page.__name__):
        readers = _readers()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as a database in use does by itself
        for name, (user, url) in readers.items():
            yield from _in_process(name, Browser(user), url)
        yield from _served(readers)


def _readers() -> dict[str, tuple[User, str]]:
    """Return each page with who opens it."""
    tenant = founded("pages", "Pages")
    lead = tenant.contributor
    with scope(organization=tenant.organization):
        save_answers(audit=tenant.draft, by=lead, answers=TRAINING_CASE)
    demo.load_demo()
    sample.load_sample()
    head, owner = _person(demo.HEAD.email), _person(demo.LEAD.email)
    return {
        "section": (lead, reverse("section", args=[tenant.draft.pk, "purpose"])),
        "result": (lead, reverse("result", args=[tenant.submitted.pk])),
        "result with money": (_person(sample.HEAD.email), _priced()),
        "portfolio": (head, reverse("portfolio")),
        "time machine": (head, reverse("time_machine")),
        "use cases": (owner, reverse("use_cases")),
    }


def _person(email: str) -> User:
    return User.objects.get(email=email)


def _priced() -> str:
    """Return the result of an audit with numbers of its own."""
    organization = Organization.objects.get(slug=sample.SLUG)
    with scope(organization=organization):
        audit = organization.audits.exclude(submitted_at=None).earliest("created_at")
    return reverse("result", args=[audit.pk])


def _in_process(name: str, browser: Browser, url: str) -> Iterator[Result]:
    """Measure a page and the bare ones turn by turn."""
    own, plain = browser.site, django_page.site()
    asked = {
        "page": (own, url),
        _OURS: (own, bare_page.URL),
        _DJANGOS: (plain, django_page.URL),
        _MEMBERS: (plain, django_page.MEMBERS_URL),
    }
    assert b"<h1" in unpacked(browser.answer(browser.request(url))), name
    spent: dict[str, list[tuple[float, float]]] = {which: [] for which in asked}
    for number in range(ROUNDS + 2):
        for which, (handler, address) in asked.items():
            browser.site, request = handler, browser.request(address)
            start = time.process_time(), time.perf_counter()
            browser.answer(request)
            end = time.process_time(), time.perf_counter()
            if number > 1:  # the first warm up
                spent[which].append((end[0] - start[0], end[1] - start[1]))
    for place, of in enumerate(("processor", "clock")):
        page, *bare = (
            1000 * statistics.median(one[place] for one in kept)
            for kept in spent.values()
        )
        for which, took in zip((_OURS, _DJANGOS, _MEMBERS), bare, strict=True):
            # What makes our own bare page quicker must not move a bar (decision 0156).
            is_floor = which == _MEMBERS
            bar = BARS.get(name.removesuffix(" with money")) if is_floor else None
            said = f"{name} on {connection.vendor}, {of}"
            yield Result(said, page, "ms", f"{which}, {took:.2f} ms", page / took, bar)


def _served(readers: dict[str, tuple[User, str]]) -> Iterator[Result]:
    """Measure how many requests a second two workers answer, and their memory then."""
    user, url = readers["use cases"]
    cookie = _cookie(user)
    rates: dict[str, list[float]] = {url: [], bare_page.URL: []}
    with _server() as port:
        for turn in range(TURNS + 1):
            for path, kept in rates.items():
                rate = _rate(port, path, cookie)
                if turn:
                    kept.append(rate)
        for reader, path in readers.values():
            _rate(port, path, _cookie(reader))
        memory = max(_memory_of_workers())
    page, bare = (statistics.median(kept) for kept in rates.values())
    yield Result(
        f"use cases on {connection.vendor} at {CONNECTIONS} connections",
        page,
        "requests/s",
        f"a bare page, {bare:.0f} requests/s; the ratio is that one's to this",
        bare / page,
        BARS["use cases"],
    )
    yield Result(
        "memory of a worker once it has served them all",
        memory,
        "MiB",
        f"the bar of {MOST_MEMORY}",
        memory / MOST_MEMORY,
        1,
    )


def _cookie(user: User) -> str:
    """Return the cookies of somebody signed in."""
    cookies = Browser(user).cookies
    return "; ".join(f"{name}={value}" for name, value in cookies.items())


@contextmanager
def _server() -> Iterator[int]:
    """Serve the site of this benchmark, on its database."""
    name = str(connection.settings_dict["NAME"])
    url = os.environ["DATABASE_URL"]
    if connection.vendor == "postgresql":
        url = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    more = {
        "DATABASE_URL": url,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECURE_SSL_REDIRECT": "no",  # there is no proxy before it
        "LOG_LEVEL": "WARNING",
        "BENCH_STATIC": str(settings.STATIC_ROOT),
    }
    os.environ |= more
    with serving(Path(os.environ["MEDIA_ROOT"]), _SITE) as port:
        yield port


def _rate(port: int, path: str, cookie: str) -> float:
    """Return how many requests a second are answered."""
    end = time.perf_counter() + SECONDS

    def ask() -> int:
        server = HTTPConnection("127.0.0.1", port, timeout=30)
        count = 0
        while time.perf_counter() < end:
            headers = {"Cookie": cookie, "Accept-Encoding": "gzip"}
            server.request("GET", path, headers=headers)
            response = server.getresponse()
            body = response.read()
            assert response.status == HTTPStatus.OK, (response.status, body[:300])
            count += 1
        server.close()
        return count

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = [pool.submit(ask) for _ in range(CONNECTIONS)]
        return sum(count.result() for count in counts) / SECONDS


def _memory_of_workers() -> list[float]:
    """Return the MiB that each worker of the server has in memory."""
    found: list[float] = []
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            lines = dict(
                line.split(":\t", 1) for line in status.read_text().splitlines()
            )
            command = status.with_name("cmdline").read_text()
        except OSError:  # it has ended
            continue
        if _SITE in command and "VmRSS" in lines:
            found.append(int(lines["VmRSS"].split()[0]) / 1024)
    assert len(found) == 1 + WORKERS, found
    return found


BENCHMARKS = (pages,)
