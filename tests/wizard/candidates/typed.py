"""A typed candidate, and how it is posted."""

from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.services.answers.candidates import candidates_seen
from tests.wizard.page_forms import hidden

TYPED: dict[str, Any] = {
    "kind": "examples",
    "model": "claude-haiku-4-5",
    "cases": "100",
    "passed": "62",
    "cost": "0.004",
    "p95_ms": "900",
    "day": "2026-11-20",
    "run_by": "Evaluation team",
    "link": "https://example.org/report",
    "is_allowed": "on",
}


def post(client: Client, name: str, *args: Any, page: str = "", **fields: Any) -> Any:
    """Send a form that shows the candidates as they are, or as a page shows them."""
    if page:
        seen = hidden(client, page)["seen"][0]
    else:
        seen = candidates_seen(Audit.objects.get(pk=args[0]))
    return client.post(reverse(name, args=args), {"seen": seen, **fields})


def page_of(audit: Audit) -> str:
    return reverse("candidates", args=[audit.pk])
