"""Who answered what, as a question's page tells it."""

from django.test import Client
from django.urls import reverse

from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send


def test_earlier_ticks_are_named_by_their_labels(cast: Cast, client: Client) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "eval"])
    send(client, page, eval=["thirty", "rerun"])

    history = html_of(client.get(page)).partition('id="history"')[2]

    assert "30 or more labelled cases, Run again on every change" in history
    assert "thirty" not in history
