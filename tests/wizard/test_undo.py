"""Undo brings back what was there before a save, as a new version."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Evidence, Role
from audits.services.answers.answers import fresh_audit
from audits.services.answers.evidence import add_link
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.page_forms import send
from tests.wizard.undo_button import entries, offered, press, versions


@pytest.mark.parametrize("htmx", [True, False])
def test_undo_brings_the_value_before_back_as_a_new_version(
    cast: Cast, ana: Client, purpose: str, htmx: bool
) -> None:
    send(ana, purpose, state="none")
    saved = send(ana, purpose, htmx=htmx, state="planned", seq="1")
    page = saved if htmx else ana.get(saved["Location"])

    after = press(cast, ana, page, purpose)

    me = cast.ours.contributor.email
    assert offered(page)
    assert entries(cast)["state"] == "none"
    assert versions(cast, "state") == [("none", me), ("planned", me), ("none", me)]
    assert after.redirect_chain[-1][0].endswith(purpose)
    assert "is again “" in html_of(after)


def test_undo_of_an_undo_gives_the_newer_value_again(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    page = send(ana, purpose, htmx=True, state="planned", seq="1")

    again = press(cast, ana, press(cast, ana, page, purpose), purpose)

    assert entries(cast)["state"] == "planned"
    assert offered(again)


def test_first_answer_is_open_again(cast: Cast, ana: Client, purpose: str) -> None:
    page = send(ana, purpose, htmx=True, state="none", seq="1")

    after = press(cast, ana, page)

    assert entries(cast).get("state") is None
    assert "is again open" in html_of(after)


@pytest.mark.on_both
def test_answer_comes_back_with_its_level_and_its_file(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ben, purpose, eval="solid_set", level__eval="measured")
    with scope(organization=cast.ours.organization):
        reviewer = cast.ours.people[Role.REVIEWER]
        add_link(
            audit=cast.ours.draft,
            by=reviewer,
            question="eval",
            link="https://example.com/set",
            name="The set",
        )
    page = send(ana, purpose, htmx=True, eval="small_set", seq="1")
    fallen = entries(cast, "level").get("eval")

    press(cast, ana, page)

    with scope(organization=cast.ours.organization):
        audit = fresh_audit(cast.ours.draft)
        [link] = Evidence.objects.filter(audit=audit, question="eval")
        assert not link.is_for_another_answer(audit)
    assert fallen is None
    assert entries(cast)["eval"] == "solid_set"
    assert entries(cast, "level")["eval"] == "measured"


@pytest.mark.thorough
def test_level_that_the_save_left_stays_when_its_answer_is_undone(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    send(ben, purpose, level__eval="documented")
    page = send(ana, purpose, htmx=True, eval="solid_set", seq="1")

    press(cast, ana, page)

    assert entries(cast).get("eval") is None
    assert entries(cast, "level").get("eval") == "documented"


def test_level_alone_is_undone(cast: Cast, ana: Client, purpose: str) -> None:
    send(ana, purpose, eval="solid_set", level__eval="asserted")
    page = send(ana, purpose, htmx=True, level__eval="measured", seq="1")

    press(cast, ana, page)

    assert entries(cast)["eval"] == "solid_set"
    assert entries(cast, "level")["eval"] == "asserted"


@pytest.mark.parametrize("htmx", [True, False])
@pytest.mark.on_both
def test_number_and_note_are_undone(cast: Cast, ana: Client, htmx: bool) -> None:
    numbers = reverse("numbers", args=[cast.ours.draft.pk])
    goal = reverse("question", args=[cast.ours.draft.pk, "goal"])
    send(ana, numbers, requests="5000")
    saved = send(ana, numbers, htmx=htmx, requests="6000", seq="1")
    page = saved if htmx else ana.get(numbers)

    after = press(cast, ana, page, numbers)
    noted = send(ana, goal, htmx=True, note__goal="A note.", seq="1")
    press(cast, ana, noted, goal)

    assert entries(cast, "number") == {"requests": "5000"}
    assert "5,000" in html_of(after)
    assert entries(cast, "note") == {}
    assert versions(cast, "goal", "note")[0][0] == "A note."


@pytest.mark.on_both
def test_what_a_page_saved_together_is_undone_together(
    cast: Cast, ana: Client, purpose: str
) -> None:
    before = entries(cast)
    saved = send(ana, purpose, state="none", eval="solid_set", level__eval="measured")

    page = ana.get(saved["Location"])
    press(cast, ana, page)

    button = offered(page)
    assert button
    assert button[0] == "Undo “Where training stands” and “Test set”"
    assert entries(cast) == before
    assert entries(cast, "level") == {}
