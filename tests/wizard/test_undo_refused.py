"""Nothing is undone that somebody changed since, or that is not allowed any more."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Role, Version
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.candidates.typed import TYPED, page_of, post
from tests.wizard.page_forms import send
from tests.wizard.undo_button import entries, offered, press, versions


def test_undo_is_refused_where_somebody_else_changed_the_answer(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    page = send(ana, purpose, htmx=True, state="none", seq="1")
    send(ben, purpose, state="planned")

    after = press(cast, ana, page, purpose)

    name = str(cast.ours.people[Role.REVIEWER])
    said = html_of(after)
    assert f"Nothing was undone: {name} has changed “" in said
    assert entries(cast)["state"] == "planned"
    assert len(versions(cast, "state")) == 2
    assert offered(after) is None


def test_undo_is_refused_where_somebody_said_how_the_newer_answer_is_known(
    cast: Cast, ana: Client, ben: Client, purpose: str
) -> None:
    page = send(ana, purpose, htmx=True, eval="solid_set", seq="1")
    send(ben, purpose, eval="solid_set", level__eval="measured")

    after = press(cast, ana, page, purpose)

    assert "Nothing was undone" in html_of(after)
    assert entries(cast)["eval"] == "solid_set"


def test_undo_of_an_older_save_of_mine_is_refused(
    cast: Cast, ana: Client, purpose: str
) -> None:
    page = send(ana, purpose, htmx=True, state="none", seq="1")
    send(ana, purpose, state="planned")

    after = press(cast, ana, page, purpose)

    assert "Nothing was undone: you have changed “" in html_of(after)
    assert entries(cast)["state"] == "planned"


def test_undo_that_is_sent_twice_undoes_once(
    cast: Cast, ana: Client, purpose: str
) -> None:
    page = send(ana, purpose, htmx=True, state="none", seq="1")

    press(cast, ana, page, purpose)
    after = press(cast, ana, page, purpose)

    assert "Undone: " in html_of(after)
    assert len(versions(cast, "state")) == 2


def test_undo_is_refused_once_the_audit_was_submitted(
    cast: Cast, ana: Client, purpose: str
) -> None:
    page = send(ana, purpose, htmx=True, state="none", seq="1")
    with scope(organization=cast.ours.organization):
        submit_audit(audit=cast.ours.draft, by=cast.ours.contributor)

    after = press(cast, ana, page, purpose)

    assert "was submitted while your page was open" in html_of(after)
    assert entries(cast)["state"] == "none"


@pytest.mark.on_both
def test_undo_is_refused_where_the_earlier_value_is_not_allowed_any_more(
    cast: Cast, ana: Client, purpose: str
) -> None:
    send(ana, purpose, state="none")
    page = send(ana, purpose, htmx=True, state="planned", seq="1")
    with scope(organization=cast.ours.organization):
        Version.objects.filter(item="state", number=1).update(value="an old option")

    after = press(cast, ana, page, purpose)

    assert "is not allowed any more" in html_of(after)
    assert entries(cast)["state"] == "planned"


def test_amount_is_not_undone_into_another_currency(cast: Cast, ana: Client) -> None:
    numbers = reverse("numbers", args=[cast.ours.draft.pk])
    send(ana, numbers, value_per_request="10")
    page = send(ana, numbers, htmx=True, value_per_request="12", seq="1")
    send(ana, numbers, currency="EUR", value_per_request="12")

    after = press(cast, ana, page, numbers)

    assert "Nothing was undone" in html_of(after)
    assert entries(cast, "number")["value_per_request"] == "12"


def test_answer_that_test_results_contradict_now_does_not_come_back(
    cast: Cast, ana: Client
) -> None:
    draft = cast.ours.draft
    for seq, value in enumerate(["large", "met"]):
        with scope(organization=cast.ours.organization):
            save_entries(
                audit=fresh_audit(draft),
                by=cast.ours.contributor,
                sent={("answer", "quality_gap"): Sent(value=value)},
                sender=Sender(tab="a-page", seq=seq),
            )
    page = ana.get(reverse("section", args=[draft.pk, "purpose"]))
    post(ana, "candidates", draft.pk, page=page_of(draft), share="20", limit_ms="")
    post(ana, "candidate", draft.pk, "new", page=page_of(draft), **TYPED)

    after = press(cast, ana, page)

    assert entries(cast)["quality_gap"] == "met"
    assert "the test results now answer “Gap to the target”" in html_of(after)
    assert entries(cast)["quality_gap"] == "met"
    assert offered(after) is None


@pytest.mark.parametrize(
    "said",
    ["", "answer", "answer.state", "answer.state.x", "candidate.c1.1", "nothing.x.1"],
)
def test_other_values_of_the_button_change_nothing(
    cast: Cast, ana: Client, said: str
) -> None:
    draft = cast.ours.draft.pk
    before = entries(cast)

    answer = ana.post(reverse("undo", args=[draft]), {"undo": said})

    assert answer["Location"] == reverse("tasks", args=[draft])
    assert entries(cast) == before
