"""How long it takes to save one answer, with the verdict and the panel anew."""

from itertools import count
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import include, path, reverse
from django.utils import timezone

from audits.models import Audit
from audits.services.answers import save_answers
from tests.bench.measure import Result, beside
from tests.casting import TRAINING_CASE, House, build_house
from tests.wizard.page_forms import hidden

ROUNDS = 200
# What a first visit loads beside the page.
FILES = (
    *("css/tokens.css", "css/app.css", "js/htmx.min.js", "js/save.js"),
    *("fonts/inter-latin.woff2", "fonts/source-serif-latin.woff2"),
    "icons/attune.svg",
)


def bare(request: HttpRequest, audit_id: str) -> HttpResponse:
    """One authenticated SELECT and one UPDATE, and nothing else."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    audit = Audit.objects.get(pk=audit_id)
    Audit.objects.filter(pk=audit.pk).update(scored_at=timezone.now())
    return HttpResponse("saved")


urlpatterns = [
    path("bare/<uuid:audit_id>/", bare),
    path("", include("config.urls")),
]


class _Saver:
    """Somebody who gives one answer after another."""

    def __init__(self, house: House, section: str) -> None:
        self.client = Client(headers={"HX-Request": "true"})
        self.client.force_login(house.contributor)
        self.url = reverse("section", args=[house.draft.pk, section])
        self.form: dict[str, Any] = hidden(Client(), self.url) | self._opened(house)
        self.bare = f"/bare/{house.draft.pk}/"
        self.numbers = count(1)

    def _opened(self, house: House) -> dict[str, Any]:
        reader = Client()
        reader.force_login(house.contributor)
        return hidden(reader, self.url)

    def save(self) -> object:
        number = next(self.numbers)
        choice = ("met", "small", "large")[number % 3]
        form = {**self.form, "quality_gap": choice, "seq": str(number)}
        response = self.client.post(self.url, form)
        assert b"Saved " in response.content
        return response

    def save_bare(self) -> object:
        response = self.client.post(self.bare)
        assert response.content == b"saved"
        return response


def saving() -> tuple[Result, ...]:
    call_command("migrate", verbosity=0)
    house = build_house("saving", "Saving")
    from django_scopes import scope  # noqa: PLC0415

    with scope(organization=house.organization):
        save_answers(audit=house.draft, by=house.contributor, answers=TRAINING_CASE)
    with override_settings(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["testserver"]):
        saver = _Saver(house, "purpose")
        saved = beside(
            "save one answer", saver.save, "a bare view", saver.save_bare, ROUNDS
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            saver.save()
    asked = [q["sql"] for q in queries if not q["sql"].startswith(("BEGIN", "COMMIT"))]
    return saved, Result(
        "queries to save one answer", len(asked), "queries", "8", len(asked) / 8
    )
