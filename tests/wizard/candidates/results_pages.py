"""The page of a results file, as it is opened and sent."""

from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import Audit
from tests.wizard.page_forms import hidden_in


def read(client: Client, audit: Audit, file: Any, kind: str = "") -> Any:
    there = reverse("upload_results", args=[audit.pk])
    return client.post(there, {"file": file, "kind": kind}, follow=True)


def save(client: Client, shown: Any, **fields: Any) -> None:
    """Send the page as it is shown, with what is chosen on it, and look at no other."""
    client.post(shown.request["PATH_INFO"], sent_of(shown, fields))


def page_after(client: Client, shown: Any, **fields: Any) -> Any:
    """Do the same, and return the page that it leads to."""
    return client.post(shown.request["PATH_INFO"], sent_of(shown, fields), follow=True)


def sent_of(shown: Any, fields: dict[str, Any]) -> dict[str, Any]:
    page = shown.content.decode()
    form = shown.context["form"]
    chosen = {f"kind-{n}": choice for n, choice in enumerate(form.choices())}
    sent = {name: found[0] for name, found in hidden_in(page).items()}
    sent.pop("csrfmiddlewaretoken", None)
    if form.replaces:
        chosen["again"] = "on"
    sent |= chosen | fields
    return {name: value for name, value in sent.items() if value is not None}
