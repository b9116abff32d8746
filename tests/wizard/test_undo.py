"""The line that says “Saved” offers to undo what was saved."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Evidence, Role, Version
from audits.models.audits import values
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.evidence import add_link
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.wizard.undo.offer import label_in
from tests.casting import Cast
from tests.pages import html_of
from tests.signed_in import sign_in
from tests.wizard.candidates.typed import TYPED, page_of, post
from tests.wizard.page_forms import send

_BUTTON = re.compile(
    r'name="undo"\s+value="([^"]*)"\s+aria-label="([^"]*)"',
)


@pytest.fixture
def ben(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.people[Role.REVIEWER])
    return client


def offered(page: Any) -> tuple[str, str] | None:
    """Return what a page's button says it undoes, and its value."""
    found = _BUTTON.findall(html_of(page))
    assert len(found) < 2
    return (unescape(found[0][1]), unescape(found[0][0])) if found else None


def press(cast: Cast, client: Client, page: Any, back: str = "") -> Any:
    """Press the button of a page, and return the page that follows."""
    button = offered(page)
    assert button
    headers = {"Referer": f"http://testserver{back}"} if back else {}
    there = reverse("undo", args=[cast.ours.draft.pk])
    return client.post(there, {"undo": button[1]}, headers=headers, follow=True)


def entries(cast: Cast, kind: str = "answer") -> dict[str, Any]:
    with scope(organization=cast.ours.organization):
        return values(Audit.objects.get(pk=cast.ours.draft.pk).entries(kind))


def versions(cast: Cast, item: str, kind: str = "answer") -> list[tuple[Any, str]]:
    with scope(organization=cast.ours.organization):
        found = Version.objects.filter(audit=cast.ours.draft, item=item, kind=kind)
        return [(v.value, v.by.email) for v in found.order_by("pk")]


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
