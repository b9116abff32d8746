"""Many answers that were set aside stay readable, and few of them wait."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Role, Version
from audits.services.answers.set_aside import MOST_WAITING
from audits.wizard.conflicts import MOST_SHOWN
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden, resend, send

NOTE = {"note__state": "Ben's."}


@pytest.fixture
def opened(cast: Cast, ana: Client) -> dict[str, list[str]]:
    """A page that is open before others change its note."""
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    found = hidden(ana, page)
    ben = Client()
    sign_in(ben, cast.ours.people[Role.REVIEWER])
    send(ben, page, **NOTE)
    return found


def flood(cast: Cast, ana: Client, opened: dict[str, Any], number: int) -> None:
    """Send a note from a window, and let as many others have sent theirs."""
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    fields = {**opened, "tab": ["window"]}
    resend(ana, page, fields, htmx=True, note__state="Note 0.")
    with scope(organization=cast.ours.organization):
        own = Version.objects.filter(audit=cast.ours.draft, set_aside=True)
        sent = own.latest("pk")
        for count in range(1, number):
            sent.pk, sent.public_id = None, uuid4()
            sent.value, sent.tab = f"Note {count}.", f"window{count}"
            sent.save(force_insert=True)


def notes(cast: Cast) -> list[tuple[Any, bool]]:
    """Return the notes that were set aside, and whether each waits."""
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(audit=cast.ours.draft, set_aside=True)
        return [
            (version.value, not version.settled)
            for version in found.filter(kind="note").order_by("pk")
        ]


@pytest.mark.parametrize(
    "state",
    [Audit.State.DRAFT, pytest.param(Audit.State.IN_REVIEW, marks=pytest.mark.once)],
)
@pytest.mark.on_both
def test_beyond_the_limit_only_the_newest_of_an_entry_waits(
    cast: Cast, ana: Client, opened: dict[str, Any], state: str
) -> None:
    with scope(organization=cast.ours.organization):
        Audit.objects.filter(pk=cast.ours.draft.pk).update(state=state)
    flood(cast, ana, opened, MOST_WAITING)
    before = notes(cast)
    page = reverse("question", args=[cast.ours.draft.pk, "state"])
    fields = {**opened, "tab": ["another"]}

    resend(ana, page, fields, htmx=True, note__state="The last.")

    assert [waits for _, waits in before] == [True] * MOST_WAITING
    assert notes(cast) == [
        *((text, False) for text, _ in before),
        ("The last.", True),
    ]


@pytest.mark.once
def test_conflicts_are_shown_a_page_at_a_time_with_a_few_queries(
    cast: Cast, ana: Client, opened: dict[str, Any]
) -> None:
    url = reverse("conflicts", args=[cast.ours.draft.pk])
    flood(cast, ana, opened, 2)
    with CaptureQueriesContext(
        connection,
    ) as few:
        ana.get(url)
    flood(cast, ana, opened, MOST_SHOWN + 1)  # the first is there already

    with CaptureQueriesContext(connection) as many:
        first = html_of(ana.get(url))
    second = html_of(ana.get(url, {"page": 2}))

    assert len(many) == len(few)
    assert (first.count("Keep yours"), second.count("Keep yours")) == (MOST_SHOWN, 2)
    assert f'href="{url}?page=2"' in first


@pytest.mark.once
def test_refused_text_is_shown_on_its_own_page(
    cast: Cast, ana: Client, opened: dict[str, Any]
) -> None:
    flood(cast, ana, opened, MOST_SHOWN + 1)
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(audit=cast.ours.draft, set_aside=True)
        oldest = found.order_by("pk")[0]
    sent = {"keep": "both", "text": "long " * 9000}

    page = ana.post(reverse("settle", args=[oldest.public_id]), sent)

    assert page.status_code == 422
    assert html_of(page).count("Keep yours") == 1
    assert "long long" in html_of(page)
