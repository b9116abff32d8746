"""Discards a draft as a contributor does, on its page."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from tests.casting import Cast
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden


def discard(cast: Cast, draft: Audit) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)
    page = reverse("discard", args=[draft.pk])
    client.post(page, hidden(client, page))
    with scope(organization=draft.organization):
        draft.refresh_from_db()
    assert draft.state == Audit.State.SUPERSEDED
