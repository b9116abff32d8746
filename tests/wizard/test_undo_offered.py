"""Whose saves a page offers to undo, for how long, and what its button names."""

from typing import Any

import pytest
from django.test import Client
from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.wizard.undo.offer import label_in
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send
from tests.wizard.undo_button import entries, offered, press


def test_only_my_own_last_save_is_offered(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")

    assert offered(ana.get(purpose))
    assert offered(ben.get(purpose)) is None


def test_undo_is_offered_for_an_hour(cast: Cast, ana: Client, purpose: str) -> None:
    send(ana, purpose, state="none")
    with scope(organization=cast.ours.organization):
        audit = fresh_audit(cast.ours.draft)
        for entry in audit.answers.values():
            entry["at"] = "2026-01-01T00:00:00+00:00"
        Audit.objects.filter(pk=audit.pk).update(answers=audit.answers)

    assert offered(ana.get(purpose)) is None


def test_imported_answers_are_not_offered(
    cast: Cast, ana: Client, purpose: str
) -> None:
    with scope(organization=cast.ours.organization):
        save_entries(
            audit=fresh_audit(cast.ours.draft),
            by=cast.ours.contributor,
            sent={("answer", "state"): Sent(value="none")},
            sender=Sender(),
        )

    assert offered(ana.get(purpose)) is None


def test_save_before_an_import_of_mine_is_not_offered(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, goal="style")
    assert offered(ana.get(purpose))
    with scope(organization=cast.ours.organization):
        save_entries(
            audit=fresh_audit(cast.ours.draft),
            by=cast.ours.contributor,
            sent={("answer", "state"): Sent(value="none")},
            sender=Sender(),
        )

    assert offered(ana.get(purpose)) is None


def test_undo_offers_to_redo_what_it_undid(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, state="planned")
    page = ana.get(purpose)
    [done, _] = offered(page) or ("", "")
    assert done.startswith("Undo ")

    undone = press(cast, ana, page, purpose)
    assert (offered(undone) or ("",))[0] == done.replace("Undo", "Redo")
    redone = press(cast, ana, undone, purpose)

    assert "Redone: " in html_of(redone)
    assert entries(cast)["state"] == "planned"
    assert (offered(redone) or ("",))[0] == done


@pytest.mark.parametrize("given", [2, 5])
@pytest.mark.on_both
def test_undo_names_what_it_takes_back_before_and_after(
    cast: Cast, ana: Client, purpose: str, given: int
) -> None:
    answers: dict[str, Any] = {
        "state": "failed_or_paused",
        "eval": "small_set",
        "task_shape": "narrow_stable",
        "component": "generator",
        "tried": ["nothing"],
    }
    page = send(ana, purpose, htmx=True, seq="1", **dict([*answers.items()][:given]))
    labels = [label_in(cast.ours.draft, ("answer", each)) for each in answers]

    button = offered(page)
    after = html_of(press(cast, ana, page, purpose))

    assert button
    assert sum(f"“{label}”" in button[0] for label in labels) == min(given, 3)
    assert button[0].endswith(" and 2 more") is (given == 5)
    assert after.count("is again open") == min(given, 3)
    assert ("; and 2 more." in after) is (given == 5)
