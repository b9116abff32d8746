"""What the portfolio takes in an organization of 20,000 among a million use cases.

It is measured beside one of 1,000 use cases, page by page in turns, on PostgreSQL. To
make the million takes about fifteen minutes; BENCH_USE_CASES makes fewer.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.models import Membership, Organization, PortfolioRow, Role
from audits.services.demo.demo import load_demo
from audits.services.demo.sample import load_sample
from audits.services.demo.scale import load_scale
from tests.bench.browser import Browser, unpacked
from tests.bench.measure import Result
from tests.bench.tenants import site

USE_CASES = int(os.environ.get("BENCH_USE_CASES", "1000000"))
LARGEST, SMALL, ORGANIZATIONS = 20_000, 1_000, 200
MOST_QUERIES, MOST_TIMES = 12, 2
ROUNDS = 15


def portfolio() -> list[Result]:
    small, large = _organizations()
    return measured(small, large)


def measured(small: Organization, large: Organization) -> list[Result]:
    """Measure every page of both, and hold each to its bounds."""
    with site():
        people = [_Reader(small), _Reader(large)]
        return [_page(name, people) for name in _pages(large)]


class _Reader:
    """An administrator of one organization, who opens its pages."""

    def __init__(self, organization: Organization) -> None:
        with scope(organization=organization):
            found = Membership.objects.select_related("user")
            admin = found.filter(role=Role.ADMIN).earliest("pk")
            self.size = PortfolioRow.objects.count()
        self.browser = Browser(admin.user)
        self.pages = _pages(organization)

    def open(self, name: str) -> float:
        """Open a page; return the milliseconds."""
        request = self.browser.request(self.pages[name])
        start = time.perf_counter()
        body = self.browser.answer(request)
        spent = (time.perf_counter() - start) * 1000
        assert b"<h1>" in unpacked(body)
        return spent

    def queries(self, name: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            self.open(name)
        return len(queries)


def _pages(organization: Organization) -> dict[str, str]:
    """Return the addresses of the page, of each filter and order, and of the teams."""
    with scope(organization=organization):
        one = PortfolioRow.objects.exclude(verdict="").order_by("name")[10]
        asked = {
            "team": one.team.public_id,
            "owner": one.owner.public_id,
            "stage": one.stage,
            "state": one.state,
            "verdict": one.verdict,
            "strength": one.strength,
            "provider": "Anthropic",
            "needs": "overdue",
            "q": "claims",
        }
    path = reverse("portfolio")
    pages = {"portfolio": path, "teams compared": reverse("teams")}
    pages |= {f"filter by {k}": f"{path}?{urlencode({k: v})}" for k, v in asked.items()}
    sorts = ("name", "team", "stage", "strength", "spend", "saving", "due_on")
    return pages | {f"order by {sort}": f"{path}?sort={sort}" for sort in sorts}


def _page(name: str, people: list[_Reader]) -> Result:
    times: list[list[float]] = [[], []]
    for number in range(ROUNDS + 1):
        for person, kept in zip(people, times, strict=True):
            spent = person.open(name)
            if number:  # the first warms up
                kept.append(spent)
    small, large = (statistics.median(kept) for kept in times)
    counts = {person.queries(name) for person in people}
    assert len(counts) == 1, (name, counts)
    assert max(counts) <= MOST_QUERIES, (name, counts)
    if large > MOST_TIMES * small:
        sys.stderr.write(f"{name}: more than {MOST_TIMES} times\n")
    against = f"{people[0].size:,} use cases, {small:.1f} ms; {max(counts)} queries"
    return Result(
        f"{name}, {people[1].size:,} of {USE_CASES:,} use cases",
        large,
        "ms",
        against,
        large / small,
    )


def _organizations() -> tuple[Organization, Organization]:
    assert connection.vendor == "postgresql", "set TEST_DATABASE_URL"
    call_command("migrate", verbosity=0)
    load_demo()
    load_sample()
    [small] = _made(SMALL, 1, 0)
    rest = USE_CASES - SMALL
    large, *_ = _made(rest, min(ORGANIZATIONS - 1, rest // 100), LARGEST)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return small, large


def _made(use_cases: int, organizations: int, largest: int) -> Iterator[Organization]:
    known = set(Organization.objects.values_list("pk", flat=True))
    for _ in load_scale(
        use_cases=use_cases, organizations=organizations, largest=largest
    ):
        pass
    made = Organization.objects.exclude(pk__in=known).order_by("created_at")
    yield from made


BENCHMARKS = (portfolio,)
