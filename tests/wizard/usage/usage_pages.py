"""The pages of a usage file, as people send them."""

from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import Audit
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit
from tests.wizard.page_forms import hidden_in

TYPED = {"requests": "5000", "prefix_tokens": "2500", "today": "prompt"}
MEASURED = {
    "requests": "310000",
    "variable_tokens": "500",
    "output_tokens": "200",
    "cache_hit": "0.4",
    "model": "gpt-5",
}


def read(client: Client, audit: Audit, file: Any) -> Any:
    there = reverse("usage", args=[audit.pk])
    return client.post(there, {"file": file}, follow=True)


def chosen(shown: Any, **fields: Any) -> dict[str, Any]:
    """Return what the page sends as it is shown, with what is chosen on it."""
    form = shown.context["form"]
    sent: dict[str, Any] = {
        name: found[0] for name, found in hidden_in(shown.content.decode()).items()
    }
    sent.pop("csrfmiddlewaretoken", None)
    for name, field in form.fields.items():
        value = form[name].value()
        if value not in (None, ""):
            sent[name] = value
        assert field is not None
    return sent | fields


def save(client: Client, shown: Any, **fields: Any) -> None:
    """Send the page as it is shown; look at none after it."""
    client.post(shown.request["PATH_INFO"], chosen(shown, **fields))


def page_after(client: Client, shown: Any, **fields: Any) -> Any:
    """Do the same, and return the page that it leads to."""
    there = shown.request["PATH_INFO"]
    return client.post(there, chosen(shown, **fields), follow=True)


def numbers(audit: Audit) -> dict[str, str]:
    return values(fresh_audit(audit).numbers)
