"""Every version of an entry can be read and restored, however many came after."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Version
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send


def write(cast: Cast, kind: str, item: str, said: list[Any]) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        for value in said:
            save_entries(
                audit=fresh_audit(tenant.draft),
                by=tenant.contributor,
                sent={(kind, item): Sent(value=value)},
                sender=Sender(),
            )


def entries(cast: Cast, kind: str) -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).entries(kind))


def restore_first(cast: Cast, client: Client, page: str) -> Any:
    """Press “Restore” of the very first version, as a page shows it."""
    with scope(organization=cast.ours.organization):
        first = Version.objects.filter(audit=cast.ours.draft).earliest("pk")
    action = reverse("restore", args=[first.public_id])
    form = page[page.index(f'action="{action}"') :]
    [seen] = re.findall(r'name="seen" value="(\d+)"', form)[:1]
    return client.post(action, {"seen": seen, "tab": "t"})


@pytest.mark.on_both
def test_note_under_many_others_is_found_and_restored(cast: Cast, ana: Client) -> None:
    write(cast, "note", "goal", ["The first.", *(f"Note {n}." for n in range(31))])

    latest = html_of(ana.get(reverse("question", args=[cast.ours.draft.pk, "goal"])))
    [older] = re.findall(r'href="([^"]+\?page=2)#history"', latest)
    page = html_of(ana.get(older))
    restore_first(cast, ana, page)

    assert "The first." not in latest
    assert "The first." in page
    assert entries(cast, "note") == {"goal": "The first."}


@pytest.mark.thorough
@pytest.mark.once
def test_short_history_has_no_older_page(cast: Cast, ana: Client) -> None:
    write(cast, "note", "goal", [f"Note {n}." for n in range(30)])

    page = html_of(ana.get(reverse("question", args=[cast.ours.draft.pk, "goal"])))

    assert "Note 0." in page
    assert "Show older versions" not in page


def test_numbers_have_a_history_from_which_one_is_restored(
    cast: Cast, ana: Client
) -> None:
    numbers = reverse("numbers", args=[cast.ours.draft.pk])
    for requests in ("5000", "6000"):
        send(ana, numbers, requests=requests)
    history = reverse("number_history", args=[cast.ours.draft.pk])

    page = html_of(ana.get(history))
    back = restore_first(cast, ana, page)

    assert f'href="{history}"' in html_of(ana.get(numbers))
    assert "5,000" in page
    assert "6,000" in page
    assert back["Location"] == history
    assert entries(cast, "number") == {"requests": "5000"}


def test_what_counts_already_is_not_restored(cast: Cast, ana: Client) -> None:
    write(cast, "note", "goal", ["One.", "Two.", "One."])
    history = reverse("question_history", args=[cast.ours.draft.pk, "goal"])

    page = html_of(ana.get(history))

    offered = re.findall(r'Restore\s*<span class="visually-hidden"> “(.*?)”', page)
    assert offered == ["Two."]


@pytest.mark.parametrize("route", ["question_history", "number_history"])
def test_history_of_a_submitted_audit_is_read_and_not_restored(
    cast: Cast, ana: Client, route: str
) -> None:
    write(cast, "answer", "goal", [["style"], ["knowledge"]])
    write(cast, "number", "requests", ["5000", "6000"])
    with scope(organization=cast.ours.organization):
        submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)

    more = ["goal"] if route == "question_history" else []
    page = html_of(ana.get(reverse(route, args=[cast.ours.draft.pk, *more])))

    assert "· current" in page
    assert "Restore" not in page


@pytest.mark.thorough
@pytest.mark.once
def test_earlier_ticks_are_named_by_their_labels(cast: Cast, client: Client) -> None:
    section = reverse("section", args=[cast.ours.draft.pk, "purpose"])
    send(client, section, state="planned")  # whoever plans to train is asked
    page = reverse("question", args=[cast.ours.draft.pk, "mlops"])
    send(client, page, mlops=["versioned", "rollback"])

    history = html_of(client.get(page)).partition('id="history"')[2]

    assert "Versioned data and models, Deployment with rollback" in history
    assert "versioned" not in history


@pytest.mark.thorough
def test_autosave_shows_who_answered_what_now(cast: Cast, ana: Client) -> None:
    page = reverse("question", args=[cast.ours.draft.pk, "eval"])
    send(ana, page, eval="small_set")

    saved = html_of(send(ana, page, htmx=True, eval="solid_set"))

    _, _, rows = saved.partition('<div id="versions" hx-swap-oob="innerHTML">')
    newest, _, older = rows.partition("</li>")
    assert "200 or more cases" in newest
    assert "· current" in " ".join(newest.split())
    assert "30 or more cases" in older
    assert "· current" not in " ".join(older.split("</ul>")[0].split())
