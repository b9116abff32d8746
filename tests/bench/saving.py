"""How long it takes to save one answer, with the verdict and the panel anew.

It is measured beside a bare view: the same request through the same middleware, the
person loaded, one row read and one row written. Rounds of both take turns.
"""

from collections.abc import Callable
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST
from django_scopes import scope

from audits.access.members import members_only
from audits.models import Audit
from audits.services.answers.answers import save_answers
from tests.bench.browser import Browser, unpacked
from tests.bench.measure import Result, in_turns
from tests.bench.tenants import founded, site
from tests.casting import Tenant
from tests.scoring.worked_cases import TRAINING_CASE

ROUNDS = 300
MOST_QUERIES = 8
MOST_BYTES_FIRST, MOST_BYTES_NEXT = 150_000, 40_000


@members_only
@require_POST
def bare(_: HttpRequest, audit_id: UUID) -> HttpResponse:
    """Read an audit and write it, and nothing else."""
    with transaction.atomic():
        audit = Audit.objects.get(pk=audit_id)
        Audit.objects.filter(pk=audit.pk).update(scored_at=timezone.now())
    return HttpResponse("Saved")


urlpatterns = [
    path("bare/<uuid:audit_id>/", bare),
    path("", include("config.urls")),
]


class _Saver:
    """Somebody who gives one answer after another, each another one than before."""

    def __init__(self, tenant: Tenant) -> None:
        self.browser = Browser(tenant.contributor)
        self.url = reverse("section", args=[tenant.draft.pk, "purpose"])
        self.bare_url = f"/bare/{tenant.draft.pk}/"
        opened = self.browser.open(self.url)
        # As a browser does, it sends what is answered on the page already.
        asked = [value for name, value in opened if name == "shown"]
        answered = {q: TRAINING_CASE[q] for q in asked if q in TRAINING_CASE}
        self.form = [field for field in opened if field[0] != "seq"]
        self.form += [
            (question, one)
            for question, value in answered.items()
            if question != "quality_gap"
            for one in (value if isinstance(value, list) else [value])
        ]
        self.numbers = count(1)

    def _request(self, url: str, **headers: str) -> dict[str, Any]:
        number = next(self.numbers)
        choice = ("met", "small", "large")[number % 3]
        form = [*self.form, ("quality_gap", choice), ("seq", str(number))]
        return self.browser.request(url, form, **headers)

    def save(self) -> Callable[[], object]:
        request = self._request(self.url, HTTP_HX_REQUEST="true")
        return lambda: self._answer(request, b"Saved ")

    def save_bare(self) -> Callable[[], object]:
        request = self._request(self.bare_url)
        return lambda: self._answer(request, b"Saved")

    def _answer(self, request: dict[str, Any], said: bytes) -> None:
        assert said in unpacked(self.browser.answer(request))


@contextmanager
def _site() -> Any:
    with site(ROOT_URLCONF=__name__):
        tenant = founded("saving", "Saving")
        with scope(organization=tenant.organization):
            lead = tenant.contributor
            save_answers(audit=tenant.draft, by=lead, answers=TRAINING_CASE)
        yield tenant


def saving() -> list[Result]:
    with _site() as tenant:
        saver = _Saver(tenant)
        vendor = connection.vendor
        name, against = f"save one answer on {vendor}", "a bare view"
        saved = in_turns(name, saver.save, against, saver.save_bare, ROUNDS)
        save = saver.save()
        with CaptureQueriesContext(connection) as captured:
            save()
        asked = [q["sql"] for q in captured if not _is_of_transaction(q["sql"])]
        reader = Browser(tenant.contributor)
        first = reader.weigh(saver.url)
        following = reader.weigh(reverse("section", args=[tenant.draft.pk, "volume"]))
    return [
        saved,
        _beside_bar("queries of it", len(asked), "queries", MOST_QUERIES),
        _beside_bar("first page", first, "bytes", MOST_BYTES_FIRST),
        _beside_bar("next page", following, "bytes", MOST_BYTES_NEXT),
    ]


def _is_of_transaction(sql: str) -> bool:
    return sql.startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))


def _beside_bar(name: str, value: int, unit: str, most: int) -> Result:
    return Result(name, value, unit, f"the bar of {most:,}", value / most)


BENCHMARKS = (saving,)
