"""A team is asked for its main risks before it submits, and the paper names them so."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Cover, Event, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit, save_answers
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.worked_cases import TRAINING_CASE

HARM, CONTROL = "Claims are sorted wrongly", "A clerk checks one in ten"
RISK = f"{HARM} → {CONTROL}"


def words(response: Any) -> str:
    return " ".join(html_of(response).split())


def sent(page: str, **typed: str) -> dict[str, str]:
    """Return what the form of a page sends, with what somebody types into it."""
    names = [f"{p}_{n}" for n in (1, 2, 3) for p in ("harm", "control", "owner")]
    assert all(f'name="initial-{name}"' in page for name in names)
    return {f"initial-{name}": "" for name in names} | typed


@pytest.mark.on_both
def test_risks_of_the_team_are_asked_for_and_named_on_the_paper(
    cast: Cast, client: Client
) -> None:
    draft, lead = cast.ours.draft, cast.ours.contributor
    there = reverse("risks", args=[draft.pk])
    with scope(organization=cast.ours.organization):
        save_answers(audit=draft, by=lead, answers=TRAINING_CASE)
    check, left_out = reverse("check", args=[draft.pk]), "(not stated)"
    before = words(client.get(check))
    assert f'<a href="{there}">Main risks</a> {left_out}' in before
    page = html_of(client.get(there))
    assert "Derived from the answers" in page
    assert "The author names no others" not in page

    named = {"harm_1": HARM, "control_1": CONTROL, "owner_1": "Ada"}
    saved = client.post(there, sent(page, **named, harm_3="Prices rise"))

    assert saved["Location"] == check
    assert left_out not in words(client.get(check))
    again = html_of(client.get(there))
    for text in (HARM, CONTROL, "Ada", "Prices rise"):
        assert f'value="{text}"' in again
    with scope(organization=cast.ours.organization):
        cover = Cover.objects.get(audit=draft)
        assert cover.risks == [
            {"text": RISK, "owner": "Ada"},
            {"text": "Prices rise", "owner": ""},
        ]
        [line] = Event.objects.filter(verb="cover.saved")
        assert line.details["changed"] == ["risks"]
        submit_audit(audit=fresh_audit(draft), by=lead)
        one = build_paper(Audit.objects.get(pk=draft.pk)).one
    assert one.risks == ((RISK, "Ada"), ("Prices rise", ""))
    # The rest of the rows is derived, in a block of its own.
    assert one.more_risks
    assert RISK not in one.more_risks
    # Then page 1 is where they are changed.
    assert client.get(there)["Location"] == reverse("result", args=[draft.pk])


def test_risks_that_do_not_fit_or_were_changed_are_given_back(
    cast: Cast, client: Client
) -> None:
    draft, there = cast.ours.draft, reverse("risks", args=[cast.ours.draft.pk])
    page = html_of(client.get(there))
    assert "Derived from the answers" not in page
    for typed, said in (
        ({"owner_2": "Ada"}, "Enter what could go wrong, or clear the rest"),
        ({"harm_1": "x" * 57}, "x" * 57),
        ({"harm_1": "A", "control_1": "y" * 46}, "y" * 46),
    ):
        refused = client.post(there, sent(page, **typed))
        assert refused.status_code == 422
        assert said in html_of(refused)
    with scope(organization=cast.ours.organization):
        assert not Cover.objects.filter(audit=draft).exists()
        admin = cast.ours.people[Role.REVIEWER]
        fields = {"risks": [{"text": "Theirs", "owner": ""}]}
        save_cover(audit=draft, by=admin, fields=fields)

    late = client.post(there, sent(page, harm_1="Mine"))

    assert late.status_code == 409
    told = words(late)
    assert "It is now “Theirs”. Save again to replace it with yours." in told
    assert 'value="Mine"' in told
    kept = sent(page, harm_1="Mine") | {"initial-harm_1": "Theirs"}
    assert client.post(there, kept).status_code == 302
    with scope(organization=cast.ours.organization):
        assert Cover.objects.get(audit=draft).risks == [{"text": "Mine", "owner": ""}]
